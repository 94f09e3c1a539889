import type { MapAnswer } from '../../server/wire/panel.ts';
import { needsAssent, priceFor, reasonFor, seatAt, type SeatPlace } from './seats.ts';

/** In whose place, and who must not be disturbed. */
export interface Wanted {
  designator: string;
  /** What it cost. */
  price: number;
  /** Place of the traveller in the answer's order. */
  traveller: number;
  /** The exit row's condition was accepted. */
  hasAssent: boolean;
  /** Seats with fellow travellers. */
  taken: ReadonlySet<string>;
}

/** A row is further than any change of place within one. */
const ROW = 10;
const OTHER_KIND = 25;
const OTHER_LEGROOM = 40;

/**
 * The seat most like one that is gone: of the same price for this traveller, window for window and legroom for legroom where
 * that is to be had, and near; null: no free seat costs the same.
 */
export function nearestSeat(map: MapAnswer | undefined, wanted: Wanted): SeatPlace | null {
  const from = seatAt(map, wanted.designator);
  if (!map || !from) return null;
  let best: { place: SeatPlace; distance: number } | null = null;
  for (const place of placesOf(map)) {
    const { seat, designator } = place;
    if (designator === wanted.designator || wanted.taken.has(designator) || seat.chosen) continue;
    if (reasonFor(seat, wanted.traveller) || priceFor(seat, wanted.traveller) !== wanted.price) continue;
    if (needsAssent(place) && !wanted.hasAssent) continue;
    const distance = distanceBetween(from, place);
    if (!best || distance < best.distance) best = { place, distance };
  }
  return best && best.place;
}

function* placesOf(map: MapAnswer): Generator<SeatPlace> {
  for (const deck of map.decks) {
    for (const cabin of deck.cabins) {
      const letters = cabin.columns.replaceAll(' ', '');
      for (const row of cabin.rows) {
        for (const [at, seat] of row.seats.entries()) {
          const letter = letters[at];
          if (seat && letter) yield { designator: `${row.n}${letter}`, deck, cabin, row, seat, letter };
        }
      }
    }
  }
}

const kindOf = ({ seat }: SeatPlace) => ['W', 'A', '9'].find((code) => seat.c?.includes(code));
const hasLegroom = ({ seat }: SeatPlace) => seat.c?.includes('L') === true;

function distanceBetween(from: SeatPlace, to: SeatPlace): number {
  const column = (place: SeatPlace) => from.cabin.columns.indexOf(place.letter);
  return (
    Math.abs(from.row.n - to.row.n) * ROW +
    Math.abs(column(from) - column(to)) +
    (kindOf(from) === kindOf(to) ? 0 : OTHER_KIND) +
    (hasLegroom(from) === hasLegroom(to) ? 0 : OTHER_LEGROOM)
  );
}
