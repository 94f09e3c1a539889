// under another name, so that no formatter puts white space into the templates, which would be text to lay out
import { css, html as tight, LitElement, nothing, unsafeCSS } from 'lit';
import { isFree, nameOf, plainCss, rowsOf } from '../plain.js';

/** Baseline (b): the same plain buttons as a Lit element that renders again on every click. The yardstick. */
class PlainSeats extends LitElement {
  static properties = { map: { attribute: false }, chosen: { state: true } };
  static styles = css`
    ${unsafeCSS(plainCss)}
  `;

  constructor() {
    super();
    /** @type {import('../plain.js').MapAnswer | null} */
    this.map = null;
    /** @type {Set<string>} */
    this.chosen = new Set();
  }

  /** @param {Event} event */
  #press(event) {
    const designator = /** @type {Element} */ (event.target).closest('button')?.dataset.seat;
    if (!designator) return;
    const chosen = new Set(this.chosen);
    if (!chosen.delete(designator)) chosen.add(designator);
    this.chosen = chosen;
  }

  render() {
    if (!this.map) return nothing;
    return tight`<div class="map" @click=${this.#press}>${rowsOf(this.map).map(
      ({ n, places }) =>
        tight`<div class="row">${places.map((place) => {
          if (place === 'aisle') return tight`<span>${n}</span>`;
          if (place === null) return tight`<span></span>`;
          const { letter, designator, seat } = place;
          return tight`<button type="button" class="seat" data-seat=${designator} aria-pressed=${this.chosen.has(designator)} aria-label=${nameOf(designator, seat)} ?disabled=${!isFree(seat)}>${letter}</button>`;
        })}</div>`,
    )}</div>`;
  }
}
customElements.define('plain-seats', PlainSeats);

/** @type {PlainSeats} */
let element;

/** @param {HTMLElement} box @param {import('../plain.js').MapAnswer} map */
export function mount(box, map) {
  element = /** @type {PlainSeats} */ (document.createElement('plain-seats'));
  element.map = map;
  box.append(element);
}

/** @param {string} designator */
export const seatElement = (designator) => element.renderRoot.querySelector(`[data-seat="${designator}"]`);
/** @param {string} designator */
export const isChosen = (designator) => seatElement(designator)?.getAttribute('aria-pressed') === 'true';
