/** What the stand-in's answers hold, as far as the tests look at it. */
export interface Reply<T = unknown> {
  status: number;
  type: string;
  body: T;
}

export interface Order {
  type: string;
  id: string;
  associatedRecords: { reference: string; originSystemCode: string }[];
  travelers: { id: string; dateOfBirth: string; name: { firstName: string; lastName: string } }[];
  flightOffers: {
    itineraries: { segments: Segment[] }[];
    price: { total: string; grandTotal: string; additionalServices?: { type: string; amount: string }[] };
    travelerPricings: {
      travelerId: string;
      travelerType: string;
      associatedAdultId?: string;
      fareDetailsBySegment: {
        segmentId: string;
        additionalServices?: { chargeableSeatNumber?: string; chargeableSeat?: { id: string; number: string } };
      }[];
    }[];
  }[];
  tickets: { documentType: string; documentNumber: string; travelerId: string; segmentIds: string[] }[];
}

export interface Segment {
  id: string;
  departure: { iataCode: string; terminal?: string; at: string };
  bookingStatus: string;
  isFlown: boolean;
}

export interface SeatMaps {
  meta: { count: number };
  warnings?: { title: string; detail: string; source: { pointer: string } }[];
  data: SeatMap[];
  dictionaries: Record<string, Record<string, unknown>>;
}

export interface SeatMap {
  number: string;
  segmentId: string;
  decks: Deck[];
  availableSeatsCounters: { travelerId: string; value: number }[];
}

export interface Deck {
  deckType: string;
  deckConfiguration: { width: number; length: number };
  facilities?: {
    code: string;
    row?: string;
    column?: string;
    position: string;
    coordinates: { x: number; y: number };
  }[];
  seats: Seat[];
}

export interface Seat {
  cabin: string;
  number: string;
  characteristicsCodes?: string[];
  travelerPricing: Pricing[];
  coordinates: { x: number; y: number };
}

export interface Pricing {
  travelerId: string;
  seatAvailabilityStatus: 'AVAILABLE' | 'BLOCKED' | 'OCCUPIED';
  price?: { currency: string; total: string; base?: string; taxes?: { amount: string; code: string }[] };
}

export interface Refusal {
  errors: { status: number; code: number; source?: object }[];
}

/** `GET /gds/amadeus/bookings/{pnr}` */
export interface Stands {
  travellers: { id: string; given_name: string; surname: string; kind: string }[];
  segments: { id: string; flight: string; departure: string; arrival: string }[];
  seats: { traveller: string; segment: string; designator: string }[];
  documents: { kind: string }[];
}
