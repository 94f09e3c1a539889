/** A seat that the traveller chose or gave up. Ids are the answer's own ("1", "2"): no name, no locator, nothing personal. */
export interface SeatDetail {
  segment: string;
  /** "ZS 482". */
  flight: string;
  traveller: string;
  designator: string;
  /** In minor units of `currency`. */
  price: number;
  currency: string;
}

/**
 * What the page may hear from `<departcart-seat-panel>`. All bubble and cross shadow roots. They tell what people did, and
 * what the server then refused; a selection that was only restored tells nothing.
 */
export interface PageEvents {
  /** The booking is open and its seats can be chosen, or it is said why not. */
  'departcart:ready': { mode: 'test' | 'live'; segments: number; travellers: number; seats: number };
  'departcart:seat-select': SeatDetail;
  /** `refused`: the airline's doing, not the traveller's. */
  'departcart:seat-deselect': SeatDetail & { refused: boolean };
  /** On to payment: the server has kept this selection. */
  'departcart:checkout': { seats: SeatDetail[]; total: number; currency: string };
  /** Where the purchase stands, in a word; told when it changes. */
  'departcart:payment': { state: PaymentState };
  /** The airline has confirmed: the seats that were got and what they cost. Once a purchase, on the page that saw it end. */
  'departcart:complete': {
    transaction: string;
    is: 'completed' | 'partially_completed';
    seats: SeatDetail[];
    total: number;
    currency: string;
  };
  /** Something stands in the way: a code of the API's closed list, or `unreachable`. The sentence is for whoever looks after the page. */
  'departcart:error': { code: string; detail: string };
  /** Continue without choosing. */
  'departcart:close': Record<string, never>;
}

/** `open`: to be paid. `action`: the bank asks. `pending`: the bank works. `confirming`: the airline does. */
export type PaymentState =
  | 'starting'
  | 'open'
  | 'paying'
  | 'declined'
  | 'price_changed'
  | 'seat_taken'
  | 'action'
  | 'pending'
  | 'confirming'
  | 'done'
  | 'partly'
  | 'failed'
  | 'expired'
  | 'refunded'
  | 'checking';

export type PageEventName = keyof PageEvents;

/** One of them, ready to be dispatched. */
export function pageEvent<N extends PageEventName>(name: N, detail: PageEvents[N]): CustomEvent<PageEvents[N]> {
  return new CustomEvent(name, { bubbles: true, composed: true, detail });
}
