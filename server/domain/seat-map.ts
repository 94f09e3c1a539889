import type { CabinName } from './booking.ts';
import type { Money } from './money.ts';

/** The common seat map: what every GDS adapter makes of its vendor's answer. Prices and availability are per traveller. */
export interface SeatMap {
  segmentId: string;
  /** Above 1 only where one flight number changes aircraft. */
  leg: number;
  offerRef?: unknown;
  /** UTC instant after which the offers must be read again. */
  expiresAt?: string;
  decks: Deck[];
  source: { fetchedAt: string; partial: boolean; warnings: string[] };
}

export interface Deck {
  level: 'upper' | 'main' | 'lower';
  cabins: CabinSection[];
}

export interface CabinSection {
  cabin: CabinName;
  cabinCode?: string;
  /** Left to right, looking forward. */
  columns: ColumnSlot[];
  rows: Row[];
  facilities: Facility[];
  wing?: { fromRow: number; toRow: number };
}

export type ColumnSlot = { kind: 'seat'; letter: string } | { kind: 'aisle' };

export interface Row {
  number: number;
  exit: boolean;
  wing: boolean;
  bulkhead: boolean;
  /** One per seat column of the cabin, in its order; null: no seat there. */
  slots: (Seat | null)[];
}

export interface Seat {
  row: number;
  column: string;
  /** "12B": no zeros in front, no dash. */
  designator: string;
  /** IATA PADIS 9825 codes, each once; unknown ones are kept. */
  characteristics: string[];
  position: 'window' | 'aisle' | 'middle' | 'unknown';
  /** By traveller id. */
  offers: Record<string, SeatOffer>;
}

export interface SeatOffer {
  availability: 'available' | 'occupied' | 'blocked' | 'not_eligible' | 'no_data';
  /** The vendor's own word, for people who support the integration. */
  rawStatus: string;
  price: SeatPrice;
  refundable?: 'yes' | 'no' | 'reuse';
  ref?: unknown;
}

/** `unpriced`: chargeable, but the GDS names no amount; such a seat is not sellable. Unknown tax is absent, not 0. */
export type SeatPrice =
  | { kind: 'free' }
  | { kind: 'paid'; total: Money; base?: Money; taxes?: Money }
  | { kind: 'unpriced' };

export interface Facility {
  code: string;
  row: number;
  position: 'front' | 'rear' | 'in_row';
  columns: string[];
}

/** Why a flight has no map to choose from: a closed list. */
export type NoMapReason =
  | 'operated_by_other'
  | 'no_map'
  | 'all_taken'
  | 'closed'
  | 'flown'
  | 'cancelled'
  | 'not_confirmed'
  | 'group_booking'
  | 'currency_not_supported';

/** What a GDS has to say about one segment: its map, or why there is none. */
export type SegmentMap =
  | { segmentId: string; map: SeatMap }
  | { segmentId: string; noMap: NoMapReason; detail?: string };
