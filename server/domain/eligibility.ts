import type { CabinName, Segment, Traveller } from './booking.ts';
import type { CabinSection, Row, Seat } from './seat-map.ts';

/** Why a traveller may not have a seat: a closed list, shown in words by the panel. */
export type SeatReason =
  | 'taken'
  | 'blocked'
  | 'not_in_fare'
  | 'exit_row_child'
  | 'exit_row_infant'
  | 'no_infant'
  | 'not_for_you'
  | 'unpriced';

/** Where a seat stands, as far as the rules look. */
export interface SeatPlace {
  seat: Seat;
  row: Pick<Row, 'exit'>;
  cabin: Pick<CabinSection, 'cabin'>;
}

/** Seats that airlines give only on request: handicapped, deportee, crew. PADIS 9825. */
const ON_REQUEST = ['H', 'DE', 'C'];

/**
 * Who may sit where: the one rule, run when a map is made and again before a purchase starts. The GDS's availability decides;
 * characteristics explain it, and add what every airline demands of exit rows and infants.
 *
 * Codes 1 and V are hints, not blocks: airlines sell such seats. An exit row needs, beyond this, the traveller's assent.
 * @returns null when the traveller may have the seat
 */
export function reasonAgainst(
  place: SeatPlace,
  traveller: Traveller,
  segment: Segment,
  withInfant: boolean,
): SeatReason | null {
  const { seat } = place;
  const offer = seat.offers[traveller.id];
  const has = (code: string) => seat.characteristics.includes(code);
  if (offer?.availability === 'occupied') return 'taken';
  if (otherCabin(place.cabin.cabin, segment.cabin)) return 'not_in_fare';
  const exit = place.row.exit || has('E');
  const child = traveller.type === 'child' || traveller.type === 'infant_seat';
  if (exit && child) return 'exit_row_child';
  if (exit && withInfant) return 'exit_row_infant';
  if (has('1A') && withInfant) return 'no_infant';
  if (has('IE') && child) return 'not_for_you';
  if (offer?.availability === 'blocked') return 'blocked';
  if (offer?.availability !== 'available') return 'not_for_you';
  // A bassinet hangs in front of it: for whoever brings the baby.
  if (ON_REQUEST.some(has) || (has('B') && !withInfant)) return 'not_for_you';
  return offer.price.kind === 'unpriced' ? 'unpriced' : null;
}

/** Whether a section is another cabin than the one booked. Unknown cabins are not held against anybody. */
export const otherCabin = (section: CabinName, booked: CabinName | undefined): boolean =>
  booked !== undefined && booked !== 'unknown' && section !== 'unknown' && section !== booked;

/** The ids of the adults who carry an infant on the lap. */
export const lapHolders = (travellers: readonly Traveller[]): Set<string> =>
  new Set(
    travellers.flatMap((one) => (one.type === 'infant_lap' && one.associatedAdultId ? [one.associatedAdultId] : [])),
  );

/** Whether choosing this seat needs the traveller's word that they can help in an evacuation. */
export const needsAssent = (place: Pick<SeatPlace, 'seat' | 'row'>): boolean =>
  place.row.exit || place.seat.characteristics.includes('E');
