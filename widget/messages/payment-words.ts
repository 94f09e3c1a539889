import type { MoreSpeech, StateWords } from './message.ts';

/** The words from "Continue to payment" to the receipt; they come with the code that says them. */
export interface PaymentWords {
  heading: string;
  /** "ABC123 · 4 seats on 2 flights · €84.00". */
  line: (locator: string, seats: number, flights: number, total: string) => string;
  /** Spoken name of the part with the field and the button. */
  name: string;
  yourSeats: string;

  buttons: {
    back: string;
    pay: (total: string) => string;
    paying: string;
    /** Where nothing is to be paid. */
    take: string;
    taking: string;
    accept: (total: string) => string;
    /** After seats were lost: with the others. */
    others: (total: string) => string;
    takeInstead: (designator: string) => string;
    chooseOther: string;
    chooseOthers: string;
    seeMap: string;
    chooseFor: (name: string) => string;
    tryAgain: string;
    startAgain: string;
    withBank: string;
    cancel: string;
    cancelling: string;
    print: string;
  };

  /** Who charges, where the card's details go. */
  charges: (brand: string) => string;
  /** A free choice takes no card. */
  free: string;
  payBy: (time: string) => string;
  legal: { terms: string; privacy: string; opens: string };
  fieldLoading: string;
  fieldFailed: StateWords;
  enterAgain: string;

  starting: StateWords;
  notStarted: StateWords;
  airlineDown: StateWords;
  gatewayDown: StateWords;
  notOffered: StateWords;
  /** In the way of a press on the pay page. */
  notHeard: StateWords;
  /** The connection is interrupted while something moves. */
  lostTouch: string;

  lost: (designators: string, seats: number) => StateWords;
  refused: (designators: string, seats: number) => StateWords;
  /** After `lost`: a seat like it. */
  alike: (designator: string, facts: string) => string;
  price: (moved: number) => StateWords;
  elsewhere: StateWords;
  was: string;

  declined: (time: string | null) => StateWords;
  notApproved: StateWords;
  bank: (total: string) => StateWords;
  pending: (total: string) => StateWords;
  confirming: StateWords;
  confirmingSeat: (designator: string) => string;
  late: (designators: string, isFree: boolean) => StateWords;
  ending: StateWords;

  done: (locator: string, brand: string, isPaid: boolean) => StateWords;
  partly: (got: number, all: number, lost: number) => StateWords;
  /** What became of the money for the others. */
  paidOnly: (got: number) => string;
  goesBack: (amount: string) => string;
  wentBack: (amount: string) => string;
  notCharged: string;
  failed: string;
  held: (total: string) => string;
  nothingToPay: string;
  failedHeading: string;
  over: StateWords;
  expired: StateWords;
  refunded: (amount: string) => StateWords;
  checking: {
    payment: (brand: string) => StateWords;
    seats: (designators: string) => StateWords;
    refund: StateWords;
  };

  receipt: {
    heading: string;
    seats: (seats: number) => string;
    means: string;
    /** "Visa ending 4242". */
    ending: (brand: string, last4: string) => string;
    documents: string;
    reference: string;
    refunded: string;
  };
  /** "Leo on lap". */
  onLap: (infant: string) => string;
}

export interface PaymentSpeech extends MoreSpeech {
  payment: PaymentWords;
  /** "14:52", the reader's own clock. */
  time: (instant: string) => string;
}
