import type { Cabin, Deck, MapAnswer, Reason, Row, Seat } from '../../server/wire/panel.ts';

/** A seat and where it stands. */
export interface SeatPlace {
  designator: string;
  deck: Deck;
  cabin: Cabin;
  row: Row;
  seat: Seat;
  letter: string;
}

/** The seat of that designator; null where the map has none. */
export function seatAt(map: MapAnswer | undefined, designator: string): SeatPlace | null {
  const number = Number.parseInt(designator, 10);
  const letter = designator.slice(String(number).length);
  for (const deck of map?.decks ?? []) {
    for (const cabin of deck.cabins) {
      const row = cabin.rows.find(({ n }) => n === number);
      const seat = row?.seats[cabin.columns.replaceAll(' ', '').indexOf(letter)];
      if (row && seat) return { designator, deck, cabin, row, seat, letter };
    }
  }
  return null;
}

/** What it costs the traveller at this place of the answer's order, in minor units; null: the airline names no price. */
export function priceFor(seat: Seat, traveller: number): number | null {
  return (typeof seat.p === 'object' ? seat.p[traveller] : seat.p) ?? null;
}

/** Why this traveller cannot have it; null: can. Shown only, the server decides again. */
export function reasonFor(seat: Seat, traveller: number): Reason | null {
  const reason = typeof seat.no === 'object' ? seat.no[traveller] : seat.no;
  return reason || (priceFor(seat, traveller) === null ? 'unpriced' : null);
}

/** An exit row's condition must be accepted before the first pick there. */
export function needsAssent({ row, seat }: SeatPlace): boolean {
  return row.exit === true || seat.c?.includes('E') === true;
}

/** The seats beside it, no aisle between. */
export function neighbours({ cabin, row, letter }: SeatPlace): string[] {
  const at = cabin.columns.indexOf(letter);
  return [cabin.columns[at - 1], cabin.columns[at + 1]].filter((next) => next?.trim()).map((next) => row.n + next!);
}

/** In the first fifth of the aircraft's or the deck's foremost cabin. */
export function isNearFront({ deck, cabin, row }: SeatPlace): boolean {
  return cabin === deck.cabins[0] && cabin.rows.indexOf(row) < cabin.rows.length / 5;
}
