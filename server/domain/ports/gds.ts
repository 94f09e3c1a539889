import type { Booking } from '../booking.ts';
import type { SegmentMap } from '../seat-map.ts';
import type { SeatRefusal } from '../transaction/words.ts';
import type { Outcome } from './outcome.ts';

/**
 * What the domain asks of a reservation system. An adapter keeps its vendor's words inside its own folder.
 *
 * Reads may be repeated by the caller; an adapter bounds each call by `signal` and by a time limit of its own.
 */
export interface GdsPort {
  readonly can: GdsCapabilities;
  /**
   * Looks a booking up by the GDS's record locator and any traveller's surname.
   * `done` with null: no such booking, wrong name, or nothing left to fly; a caller cannot tell which, and must not.
   */
  findBooking(recordLocator: string, lastName: string, signal: AbortSignal): Promise<Outcome<Booking | null>>;
  /** Per asked segment a map, or why there is none, in the order asked. */
  seatMaps(booking: Booking, segmentIds: readonly string[], signal: AbortSignal): Promise<Outcome<SegmentMap[]>>;
  /**
   * Asks for seats, and says for each what became of it: `present` only when a read proved it, `absent` when it was known not
   * sent, `unknown` when a request's answer was lost. Never repeats a write by itself.
   */
  assign(booking: Booking, picks: readonly SeatPick[], signal: AbortSignal): Promise<Outcome<ItemWord[]>>;
  /** What really stands at the GDS for these items, seat and document. A read. */
  lookup(booking: Booking, picks: readonly SeatPick[], signal: AbortSignal): Promise<Outcome<ItemWord[]>>;
  /** Takes seats off again; `unsupported` where `can.unassign` is false. */
  unassign(booking: Booking, picks: readonly SeatPick[], signal: AbortSignal): Promise<Outcome<ItemWord[]>>;
  /** Issues the EMDs of seats that stand; `unsupported` where `can.issueEmd` is false. */
  issue(booking: Booking, picks: readonly SeatPick[], signal: AbortSignal): Promise<Outcome<ItemWord[]>>;
  /** Voids or refunds EMDs; `unsupported` where `can.refundEmd` is false. */
  refundEmds(booking: Booking, picks: readonly SeatPick[], signal: AbortSignal): Promise<Outcome<ItemWord[]>>;
}

export interface GdsCapabilities {
  assignPaid: boolean;
  unassign: boolean;
  issueEmd: boolean;
  refundEmd: boolean;
  /** How a change of somebody else's is noticed. */
  lock: 'signature' | 'version' | 'none';
}

/** One item of a purchase, as the GDS needs it. */
export interface SeatPick {
  item: string;
  traveller: string;
  segment: string;
  leg: number;
  designator: string;
  offerRef?: unknown;
  priceMinor: number;
  currency: string;
  /** Number of the EMD, where one is known. */
  document?: string;
}

export interface ItemWord {
  item: string;
  thing: 'seat' | 'emd';
  word: 'present' | 'absent' | 'refused' | 'unknown';
  reason?: SeatRefusal;
  number?: string;
}
