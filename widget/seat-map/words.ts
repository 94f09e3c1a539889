import type { Cabin, Deck, Reason } from '../../server/wire/panel.ts';

/**
 * The words that the map draws or speaks. The panel hands them in from its messages; the map holds no language.
 * Everything but `free`, `row`, `decks`, `cabins` and `folded` is part of a seat's spoken name and therefore lower case:
 * "12A, window, extra legroom, exit row, €32, available".
 */
export interface SeatWords {
  /** By IATA PADIS 9825 code, in the order in which they are spoken; a code without a word is not spoken. */
  facts: Readonly<Record<string, string>>;
  available: string;
  /** Why this traveller cannot have it; `chosen`: by somebody else of this deployment, just now. */
  reasons: Readonly<Record<Reason | 'chosen', string>>;
  /** Picked here. The initials are what the seat shows, so they belong to its name (WCAG 2.5.3). */
  chosenFor: (name: string, initials: string) => string;
  /** The booking already has this seat for the traveller. `yours`: for the one who is choosing now. */
  heldBy: (name: string, initials: string, yours: boolean) => string;
  /** Free of charge: on a seat and in the legend. Up to five letters; a longer word gives way to "0" on narrow seats. */
  free: string;
  /** Free of charge, spoken where the seat shows `free`, and before the amount where it shows "0". */
  freeSpoken: string;
  /** Heading of the column of row numbers; heard, not seen. */
  row: string;
  cabins: Readonly<Record<Cabin['cabin'], string>>;
  /** A cabin that the fare does not include: "rows 6–17" and "Not part of your fare". */
  folded: (firstRow: number, lastRow: number) => { rows: string; note: string };
  decks: Readonly<Record<Deck['level'], string>>;
  /** Name of the switch between decks. */
  deckSwitch: string;
}

/** English, for the panel's English messages and for tests. */
export const seatWordsEn: SeatWords = {
  facts: {
    W: 'window',
    '1W': 'no window',
    '9': 'middle',
    A: 'aisle',
    L: 'extra legroom',
    E: 'exit row',
    K: 'front of cabin',
    FC: 'front of cabin',
    B: 'bassinet place',
    OW: 'over the wing',
    Q: 'quiet zone',
    '29': 'no recline',
    '30': 'limited recline',
    '1D': 'limited recline',
    AL: 'near lavatory',
    AG: 'near galley',
    '6': 'near galley',
    '6A': 'near galley',
    H: 'for travellers with a disability',
  },
  available: 'available',
  reasons: {
    chosen: 'being chosen by somebody else',
    taken: 'taken',
    blocked: 'not available',
    not_in_fare: 'not part of your fare',
    exit_row_child: 'not for children',
    exit_row_infant: 'not with an infant',
    no_infant: 'not with an infant',
    not_for_you: 'not available for you',
    unpriced: 'no price from the airline, not available here',
  },
  chosenFor: (name, initials) => `chosen for ${name}, ${initials}`,
  heldBy: (name, initials, yours) => `${yours ? 'your seat already' : `${name}’s seat already`}, ${initials}`,
  free: 'Free',
  freeSpoken: 'free',
  row: 'Row',
  cabins: {
    first: 'First',
    business: 'Business',
    premium_economy: 'Premium economy',
    economy: 'Economy',
    unknown: 'Cabin',
  },
  folded: (firstRow, lastRow) => ({ rows: `rows ${firstRow}–${lastRow}`, note: 'Not part of your fare' }),
  decks: { main: 'Main deck', upper: 'Upper deck', lower: 'Lower deck' },
  deckSwitch: 'Deck',
};
