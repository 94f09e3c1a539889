/**
 * What both baselines draw: a plain `<button>` a seat, its name, `aria-pressed`, rows in a grid. Nothing else.
 *
 * @typedef {import('../../server/wire/panel.ts').MapAnswer} MapAnswer
 * @typedef {import('../../server/wire/panel.ts').Seat} Seat
 */

export const plainCss = `
.map { font: 14px sans-serif }
.row { display: grid; gap: 4px; margin: 4px 0; grid-auto-flow: column; justify-content: start }
.row > span { width: 32px; text-align: center; line-height: 32px }
.seat { width: 32px; height: 32px; border: 1px solid #345; border-radius: 6px; background: #e8f0ff; color: #123; padding: 0; font: inherit }
.seat[disabled] { background: #ddd; color: #555; border-color: #999 }
.seat[aria-pressed='true'] { background: #123; color: #fff }
.seat:focus-visible { outline: 3px solid #d40; outline-offset: 1px }`;

/** @param {Seat} seat */
export const isFree = (seat) => seat.no === undefined;

/**
 * @param {string} designator
 * @param {Seat} seat
 */
export const nameOf = (designator, seat) =>
  `${designator}, ${isFree(seat) ? `available, ${(Number(seat.p) / 100).toFixed(2)} EUR` : 'unavailable'}`;

/**
 * The map as rows of places: a letter with its seat, a row's number in an aisle, or nothing.
 *
 * @param {MapAnswer} map
 * @returns {{ n: number, places: (null | 'aisle' | { letter: string, designator: string, seat: Seat })[] }[]}
 */
export function rowsOf(map) {
  return map.decks.flatMap((deck) =>
    deck.cabins.flatMap(({ columns, rows }) =>
      rows.map(({ n, seats }) => {
        let at = 0;
        const places = columns.split('').map((letter) => {
          if (letter === ' ') return /** @type {const} */ ('aisle');
          const seat = seats[at++];
          return seat ? { letter, designator: `${n}${letter}`, seat } : null;
        });
        return { n, places };
      }),
    ),
  );
}
