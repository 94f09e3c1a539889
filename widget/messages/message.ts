import type { NoMap, Reason } from '../../server/wire/panel.ts';
import type { SeatWords } from '../seat-map/words.ts';

/**
 * The words of the first picture: head, tabs, traveller bar, legend, map. Those of everything after it are `MoreWords`,
 * which come with the code that says them. Both are typed tables, one a language: a missing key does not compile. Amounts,
 * names and days arrive formatted.
 *
 * Sentences say what happened, then what it means; "you", never "user"; no exclamation marks, no "please".
 */
export interface Words {
  /** BCP 47 primary language of this table. */
  language: string;
  seat: SeatWords;
  heading: string;
  /** "ABC123 · 2 travellers, 1 infant". */
  booking: (locator: string, travellers: number, infants: number) => string;
  steps: { name: string; seats: string; payment: string; done: string };
  testMode: string;
  flights: string;
  /** "Dublin to London". */
  route: (from: string, to: string) => string;
  /** Spoken in place of a tab's arrow. */
  arrow: string;
  /** "1 of 2 seats". */
  progress: (seated: number, travellers: number) => string;
  /** In place of the progress, where there is nothing to choose from. */
  nothingHere: string;
  who: string;
  noSeatYet: string;
  onLap: (infant: string) => string;
  /** In place of an amount: the booking has this seat already. */
  held: string;
  paid: string;
  legend: {
    prices: string;
    marks: string;
    extraLegroom: string;
    yours: string;
    taken: string;
    notForYou: string;
    exit: string;
  };
  /** The name of the map: "Seats on ZS 482, Dublin to London". */
  mapName: (flight: string, route: string) => string;
  /** Without a flight: of the booking, not opened yet. */
  loading: (flight?: string) => string;
  /** The panel's second file did not come. */
  incomplete: string;
}

/** A state that replaces a part of the panel: what happened, then what it means for the traveller. */
export interface StateWords {
  heading: string;
  body: string;
}

/** A fact on the seat card: a tick, a dot or a minus before it. Drawbacks are never left out. */
export type Tone = 'gain' | 'neutral' | 'drawback';

/** The words of choosing, and of whatever comes in between. */
export interface MoreWords {
  card: {
    /** Before a seat was pointed at or chosen. */
    empty: string;
    /** By PADIS code: where in the row the seat is. */
    places: Readonly<Record<'W' | 'A' | '9', string>>;
    /** By PADIS code, in the order in which they are listed. */
    facts: readonly (readonly [code: string, tone: Tone, text: string])[];
    nextTo: (names: string) => string;
    nearFront: string;
    available: string;
    chosen: string;
    seatOf: (name: string) => string;
    yourSeat: string;
    reasons: Readonly<Record<Reason, string>>;
    /** The seat that the booking already has. */
    held: (paid: boolean) => string;
    /** The condition of an exit row; stands before the pick. */
    exitRow: string;
    assent: (name: string, designator: string) => string;
    otherSeat: string;
  };

  summary: {
    heading: string;
    total: string;
    taxes: string;
    nothingToPay: string;
    clear: string;
    /** The panel's title over what was chosen before. */
    review: string;
    /** One sentence for those without a seat: what happens then. */
    unchosen: (names: string, travellers: number, to: string) => string;
  };

  buttons: {
    nextFlightTo: (city: string) => string;
    nextFlight: string;
    payment: string;
    /** Where nothing is to be paid. */
    keep: string;
    /** Where nothing is to be paid and the airline can be asked for the seats. */
    take: string;
    keeping: string;
    without: string;
    tryNow: string;
    trying: string;
    carryOn: string;
    reload: string;
    findBooking: string;
    finding: string;
    backToSeats: string;
    changeSeats: string;
    dismiss: string;
  };

  states: {
    noMap: Readonly<Record<NoMap, (flight: string, operator: string | undefined) => StateWords>>;
    notFound: StateWords;
    find: StateWords;
    /** The link that led here opens nothing; `canFind`: a form stands below. */
    linkBroken: (canFind: boolean) => StateWords;
    recordLocator: string;
    lastName: string;
    missing: { recordLocator: string; lastName: string };
    airlineDown: (seconds: number) => StateWords;
    unreachable: (seconds: number) => StateWords;
    tooMany: (seconds: number) => StateWords;
    offline: StateWords;
    sessionOver: StateWords;
    notHere: StateWords;
    outdated: StateWords;
    /** The panel's third file is on its way, or did not come. */
    fetchingPayment: StateWords;
    paymentMissing: StateWords;
    kept: (seats: number, total: string, isFree: boolean) => StateWords;
    without: StateWords;
  };

  notices: {
    gone: (designator: string) => StateWords;
    refused: (designator: string, why: string) => StateWords;
    changedElsewhere: StateWords;
    putBack: StateWords;
    /** In the way of keeping the choice: the line over the dock. */
    offline: StateWords;
    notKept: StateWords;
  };

  /** What a screen reader hears after the traveller's own act. */
  said: {
    chosen: (designator: string, name: string, total: string) => string;
    /** Taken over from a fellow traveller. */
    moved: (designator: string, name: string, from: string, total: string) => string;
    released: (designator: string, total: string) => string;
    cleared: string;
    nowChoosing: (name: string) => string;
    cannot: (designator: string, why: string) => string;
    heldStays: (name: string, designator: string) => string;
  };
}

/** Words, and what else a language writes. One object, handed to every element. */
export interface Speech {
  words: Words;
  locale: string;
  currency: string;
  /** "€18.00": sums. */
  sum: (amountMinor: number) => string;
  /** "€18", "Free": seats, the card, the traveller bar. */
  price: (amountMinor: number) => string;
  /** "Tue 9 Mar" of an airport-local time. */
  day: (local: string) => string;
}

export interface MoreSpeech extends Speech {
  more: MoreWords;
  /** "John Smith and María G." */
  list: (names: string[]) => string;
}
