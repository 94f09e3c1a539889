import { isFree, nameOf, plainCss, rowsOf } from '../plain.js';

/** Baseline (a): the whole cabin written as one string of plain buttons. What a browser can do at best. */

/** @type {HTMLElement} */
let root;

/** @param {HTMLElement} box @param {import('../plain.js').MapAnswer} map */
export function mount(box, map) {
  root = box;
  const style = document.createElement('style');
  style.textContent = plainCss;
  document.head.append(style);
  let text = '<div class="map">';
  for (const { n, places } of rowsOf(map)) {
    text += '<div class="row">';
    for (const place of places) {
      if (place === 'aisle') text += `<span>${n}</span>`;
      else if (place === null) text += '<span></span>';
      else {
        const { letter, designator, seat } = place;
        text += `<button type="button" class="seat" data-seat="${designator}" aria-pressed="false" aria-label="${nameOf(designator, seat)}"${isFree(seat) ? '' : ' disabled'}>${letter}</button>`;
      }
    }
    text += '</div>';
  }
  box.innerHTML = `${text}</div>`;
  box.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button');
    button?.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
  });
}

/** @param {string} designator */
export const seatElement = (designator) => root.querySelector(`[data-seat="${designator}"]`);
/** @param {string} designator */
export const isChosen = (designator) => seatElement(designator)?.getAttribute('aria-pressed') === 'true';
