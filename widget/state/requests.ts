/**
 * What an element may ask of the panel. Elements say what the traveller wanted and change nothing themselves; the store
 * answers by handing new state down.
 */
export interface Requests {
  /** Show this segment's map. */
  'show-segment': { segment: string };
  /** Choose for this traveller from now on. */
  'show-traveller': { traveller: string };
  /** The seat was pressed: choose, move or release it for the current traveller. `assent`: the exit row's condition was accepted. */
  'toggle-seat': { designator: string; assent?: true };
  /** The seat under the pointer or the focus, for the card; null when it left. */
  'look-at-seat': { designator: string | null };
  /** Release every seat chosen here. */
  'clear-seats': null;
  /** The form on "not found". */
  'find-booking': { recordLocator: string; lastName: string };
  /** Ask again now. */
  'try-again': null;
  /** Go on: to payment, or without choosing. */
  continue: { to: 'payment' | 'without' };
  /** From what `continue` led to, back to the map; a purchase that was started waits. */
  'back-to-seats': null;
  /** Pay the sum on the button, or take what is free. */
  pay: null;
  /** Go on with the new prices, or with the seats that are left. */
  'accept-price': null;
  /** Go on with what the bank asks. */
  'resume-payment': null;
  /** Give the purchase up. */
  'leave-payment': null;
  /** Another seat in the place of one that is gone. */
  'take-instead': { traveller: string; segment: string; designator: string };
  /** The purchase is over: buy the same seats again. */
  'start-again': null;
  /** The purchase is over: back to the seats, as the booking has them now. */
  'see-seats': { segment?: string };
  /** A notice was read, or the exit row's condition was not accepted. */
  dismiss: { what: 'notice' | 'assent' };
}

export type RequestName = keyof Requests;

/** Any one request, told apart by its name. */
export type Asked = { [N in RequestName]: { name: N; what: Requests[N] } }[RequestName];

/** A request on its way up. Bubbles and crosses shadow roots; the panel listens once. */
export class PanelRequest<N extends RequestName = RequestName> extends CustomEvent<{ name: N; what: Requests[N] }> {
  static readonly type = 'dc-request';
  constructor(name: N, what: Requests[N]) {
    super(PanelRequest.type, { bubbles: true, composed: true, detail: { name, what } });
  }
}
