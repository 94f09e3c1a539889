/**
 * Everything that this stand-in does and no public document says. The Enterprise side of Amadeus is documented for its
 * customers only; what is known of it comes from public code of such customers. When a real trace contradicts a line here,
 * that line changes, and nothing else should have to.
 */

/** Where public sources contradict each other the stand-in speaks either way, and a client should understand both. */
export interface AmadeusAssumptions {
  /** `by-reference` answers `data` as a list of orders (two clients) or as one order (others). */
  byReference: 'list' | 'object';
  /** The verb that changes an order: PATCH by the release notes, POST by one client. */
  orderChange: 'PATCH' | 'POST';
  /** The documented spelling, or the one that the official samples have. */
  ticketingKey: 'ticketingAgreement' | 'ticketingAggreement';
  /** Seat maps as today, or as in the oldest public sample. */
  seatMapSpelling: 'today' | 'old';
}

export const amadeusAssumptions: AmadeusAssumptions = {
  byReference: 'list',
  orderChange: 'PATCH',
  ticketingKey: 'ticketingAgreement',
  seatMapSpelling: 'today',
};

/** Demanded on every call, the token's too. What its absence answers is not known: 400 32171 (token: 400 38187). */
export const CLIENT_REFERENCE_HEADER = 'ama-client-ref';

/** A token request without `guest_office_id` answers this (400 38187); another office than the key's answers `invalid_client`. */
export const NO_OFFICE_ERROR = 'invalid_request';

/**
 * What a record locator looks like; anything else is 400 477, an unknown one 404 38196. Lower case is not folded. An office
 * finds its own orders only, and all demo bookings are the demo office's.
 */
export const RECORD_LOCATOR = /^[A-Z0-9]{6}$/;

/** Bodies may be sent as Amadeus's own type (documented) or as plain JSON (seen in public code). Else 415, with this code. */
export const BODY_TYPES = ['application/vnd.amadeus+json', 'application/json'];
export const UNSUPPORTED_TYPE_CODE = 38199;

/** A verb that an address does not know, with 405. Among them DELETE, which would cancel the whole trip at the real one. */
export const METHOD_NOT_ALLOWED_CODE = 38198;

/** POST to the seat maps without `X-HTTP-Method-Override: GET`: 400 32171 for want of the header, 572 for another value. */
export const OVERRIDE_HEADER = 'x-http-method-override';

/**
 * A flight without a map is left out of `data` and named in `warnings`, in an error's shape with this code and title. If
 * that leaves no map, `data` is empty and the status still 200. An order with nothing left to fly: 400 4481.
 */
export const NO_MAP_WARNING = { status: 200, code: 5405, title: 'SEAT MAP NOT AVAILABLE' };

/** A seat that our bookings hold, in everybody's map: its own travellers' too, since the map does not know who asks. */
export const HELD_SEAT_STATUS = 'OCCUPIED';

/**
 * The decks of one flight stand in one entry of `data`, MAIN before UPPER, each with its own x and y: no sample with an upper
 * deck is public. A cabin outside the fare is left out where it has a deck to itself, as in the samples; where it shares one
 * it is drawn, and this is what its seats are. Held infants have no seat, hence no pricing and no counter.
 */
export const OTHER_CABIN_STATUS = 'BLOCKED';

/**
 * Changing seats, all or nothing within one call, answers 200 and the order as it then stands. A seat that somebody else
 * holds is 400 36870; one that is blocked for this traveller, does not exist, or is on a flight that is cancelled or gone is
 * 400 38034; a traveller or segment that the order lacks is 400 4926. A seat with an EMD may be moved like any other.
 */
export const CHANGE_REFUSALS = { taken: 36870, not_for_you: 38034 } as const;

/**
 * How a held seat reads back: `chargeableSeatNumber`, or `chargeableSeat: { id, number }` once it has a document. Both occur,
 * so a client meets both. What held seats cost stands in the offer's price as `SEATS`.
 */
export const paidSeatReadsAs = 'chargeableSeat';
