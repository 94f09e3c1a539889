import type { MapAnswer } from '../../server/wire/panel.ts';
import { drawDecks } from './draw.ts';
import { facesFor, gridOf } from './grid.ts';
import { priceScale } from './price-scale.ts';
import type { SeatWords } from './words.ts';

/** One row with one of everything. */
const ROW: MapAnswer = {
  segment: '',
  read_at: '',
  expires_at: '',
  decks: [
    {
      level: 'main',
      cabins: [
        {
          cabin: 'economy',
          columns: 'A B',
          wing: [1, 1],
          rows: [
            {
              n: 1,
              exit: true,
              seats: [{ c: ['W', 'L'], p: 100 }, { no: 'taken' }],
              facilities: [{ code: 'galley', at: 'left', before: true }],
            },
          ],
        },
      ],
    },
  ],
};

/**
 * Draws a row that nobody sees, while the browser waits for the real map: drawing code is compiled, the drawings and the
 * first formatter are made. On a slow phone that is 40 ms and more which the map does not wait for.
 */
export function rehearse(words: SeatWords, currency: string, locale: string): void {
  const scale = priceScale(ROW, { currency, locale, words });
  const faceOf = facesFor(scale, words, [], '');
  drawDecks(gridOf(ROW), { words, label: '', widest: scale.widest, faceOf: (cell) => faceOf(cell, undefined) });
}
