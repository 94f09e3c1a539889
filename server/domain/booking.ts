import type { Money } from './money.ts';

export type CabinName = 'first' | 'business' | 'premium_economy' | 'economy' | 'unknown';

/** A booking as its GDS holds it. `ref` fields are the GDS's own handles: opaque here, never shown, never logged. */
export interface Booking {
  /** The adapter's code: `amadeus`, `sabre`, `travelport`. */
  gds: string;
  /** The GDS's record locator (PNR), upper case. */
  recordLocator: string;
  supplierLocators: { airline: string; locator: string }[];
  ref: unknown;
  travellers: Traveller[];
  segments: Segment[];
  documents: TravelDocument[];
  /** The GDS itself says that what it answered may be old. */
  staleWarning: boolean;
  /** UTC instant, ISO 8601. */
  readAt: string;
}

export type TravellerType = 'adult' | 'child' | 'infant_lap' | 'infant_seat' | 'youth' | 'senior' | 'other';

export interface Traveller {
  /** Stable inside one booking: "1", "2" … */
  id: string;
  ref: unknown;
  type: TravellerType;
  passengerCode?: string;
  givenName: string;
  surname: string;
  /** ISO date. Used by rules, never sent to a browser. */
  birthDate?: string;
  /** For an infant on a lap: whose. */
  associatedAdultId?: string;
  /** False for an infant on a lap: no seat, no price. */
  seatable: boolean;
}

export interface Segment {
  id: string;
  ref: unknown;
  marketing: { airline: string; number: string };
  operating?: { airline: string; number?: string };
  origin: string;
  destination: string;
  departure: AirportTime;
  arrival: AirportTime;
  bookingClass?: string;
  cabin?: CabinName;
  /** IATA aircraft type code, "320". */
  aircraft?: string;
  status: 'confirmed' | 'waitlisted' | 'pending' | 'cancelled' | 'flown' | 'unknown';
  rawStatus?: string;
  /** Decides the route by which a seat is assigned. */
  contentSource?: 'atpco' | 'ndc' | 'lcc' | 'unknown';
  assignedSeats: AssignedSeat[];
}

/** `local` is airport-local time without offset ("2026-03-09T07:35"); `instant` only where the GDS gives an offset. */
export interface AirportTime {
  local: string;
  instant?: string;
  terminal?: string;
}

export interface AssignedSeat {
  travellerId: string;
  designator: string;
  status: 'confirmed' | 'pending' | 'unknown';
  chargeable?: boolean;
  leg?: number;
}

/** A ticket or an EMD of the booking. */
export interface TravelDocument {
  kind: 'ticket' | 'emd';
  number: string;
  travellerId?: string;
  segmentIds: string[];
  status: 'issued' | 'void' | 'refunded' | 'exchanged' | 'unknown';
  total?: Money;
}
