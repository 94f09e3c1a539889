import type { Booking } from '../booking.ts';
import type { SegmentMap } from '../seat-map.ts';
import type { Outcome } from './outcome.ts';

/**
 * What the domain asks of a reservation system. An adapter keeps its vendor's words inside its own folder.
 *
 * Reads may be repeated by the caller; an adapter bounds each call by `signal` and by a time limit of its own.
 */
export interface GdsPort {
  /**
   * Looks a booking up by the GDS's record locator and any traveller's surname.
   * `done` with null: no such booking, wrong name, or nothing left to fly; a caller cannot tell which, and must not.
   */
  findBooking(recordLocator: string, lastName: string, signal: AbortSignal): Promise<Outcome<Booking | null>>;
  /** Per asked segment a map, or why there is none, in the order asked. */
  seatMaps(booking: Booking, segmentIds: readonly string[], signal: AbortSignal): Promise<Outcome<SegmentMap[]>>;
}
