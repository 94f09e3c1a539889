import type { Airline } from '../../airline/airline.ts';
import type { Booking, HeldSeat, Segment, Traveller } from '../../airline/bookings.ts';
import { paidSeatReadsAs } from './assumptions.ts';
import type { AmadeusAssumptions } from './assumptions.ts';
import { amadeusDemoCredentials } from './tokens.ts';

/** The only offer of each order. */
export const OFFER_ID = '1';

const OFFICE = amadeusDemoCredentials.officeId;

/** An order's id is opaque, is not the record locator, and needs URL encoding (`=`). */
export function orderId(booking: Booking): string {
  return Buffer.from(`${booking.pnr}|${OFFICE}`).toString('base64');
}

export function findOrder(airline: Airline, id: string): Booking | undefined {
  const [pnr = ''] = Buffer.from(id, 'base64').toString().split('|');
  const booking = airline.booking(pnr);
  return booking && orderId(booking) === id ? booking : undefined;
}

/** The FlightOrder as `GET /v1/booking/flight-orders/{id}` has it below `data`. */
export function describeOrder(airline: Airline, booking: Booking, speak: AmadeusAssumptions): object {
  const record = { creationDateTime: `${booking.createdOn}T09:14:00`, flightOfferId: OFFER_ID };
  return {
    type: 'flight-order',
    id: orderId(booking),
    queuingOfficeId: OFFICE,
    ownerOfficeId: OFFICE,
    associatedRecords: [
      { reference: booking.pnr, originSystemCode: 'GDS', ...record },
      { reference: booking.airlineLocator, originSystemCode: 'ZS', ...record },
    ],
    travelers: booking.travellers.map(describeTraveller),
    flightOffers: [describeOffer(airline, booking)],
    [speak.ticketingKey]: { option: 'CONFIRM' },
    tickets: booking.documents.map((document) => ({
      documentType: document.kind === 'emd' ? 'EMD' : 'ETICKET',
      documentNumber: document.number,
      documentStatus: 'ISSUED',
      travelerId: document.traveller,
      segmentIds: document.segments,
    })),
    contacts: [
      {
        companyName: 'SKYLINEAIR',
        purpose: 'STANDARD',
        emailAddress: 'distribution@skylineair.example',
        phones: [{ deviceType: 'LANDLINE', countryCallingCode: '353', number: '15550100' }],
      },
    ],
  };
}

function describeTraveller({ id, givenName, surname, dateOfBirth, gender }: Traveller) {
  return { id, dateOfBirth, gender, name: { firstName: givenName, lastName: surname } };
}

function describeOffer(airline: Airline, booking: Booking) {
  const pricings = booking.travellers.toSorted((a, b) => Number(a.id) - Number(b.id));
  const fares = pricings.reduce((sum, { kind }) => sum + FARES[kind].total, 0);
  const seats = booking.seats.reduce((sum, seat) => sum + seatPrice(airline, booking, seat), 0);
  return {
    type: 'flight-offer',
    id: OFFER_ID,
    source: 'GDS',
    itineraries: [{ segments: booking.segments.map(describeSegment) }],
    price: {
      currency: 'EUR',
      billingCurrency: 'EUR',
      total: decimal(fares),
      base: decimal(pricings.reduce((sum, { kind }) => sum + FARES[kind].base, 0)),
      grandTotal: decimal(fares + seats),
      ...(booking.seats.length > 0 && { additionalServices: [{ type: 'SEATS', amount: decimal(seats) }] }),
    },
    pricingOptions: { fareType: ['PUBLISHED'], includedCheckedBagsOnly: true },
    validatingAirlineCodes: ['ZS'],
    travelerPricings: pricings.map((traveller) => ({
      travelerId: traveller.id,
      fareOption: 'STANDARD',
      travelerType: TRAVELER_TYPES[traveller.kind],
      ...(traveller.adult !== undefined && { associatedAdultId: traveller.adult }),
      price: { currency: 'EUR', ...describeFare(traveller.kind) },
      fareDetailsBySegment: booking.segments.map((segment) => describeFareDetail(booking, traveller, segment)),
    })),
  };
}

function describeSegment({ id, flight, status, flown }: Segment) {
  const point = ({ airport, terminal, local }: typeof flight.departure) => ({
    iataCode: airport,
    ...(terminal !== undefined && { terminal }),
    at: local,
  });
  return {
    id,
    departure: point(flight.departure),
    arrival: point(flight.arrival),
    carrierCode: flight.airline,
    number: flight.number,
    aircraft: { code: flight.aircraft.code },
    operating: { carrierCode: flight.operatedBy },
    duration: flight.duration,
    numberOfStops: 0,
    blacklistedInEU: false,
    bookingStatus: status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    isFlown: flown,
  };
}

function describeFareDetail(booking: Booking, traveller: Traveller, segment: Segment) {
  const held = booking.seats.find((seat) => seat.traveller === traveller.id && seat.segment === segment.id);
  return {
    segmentId: segment.id,
    cabin: 'ECONOMY',
    fareBasis: 'MSKYOW',
    brandedFare: 'SKYLIGHT',
    class: segment.bookingClass,
    includedCheckedBags: { quantity: 1 },
    ...(held && { additionalServices: describeHeldSeat(booking, held) }),
  };
}

function describeHeldSeat(booking: Booking, { traveller, segment, designator }: HeldSeat) {
  const paid = booking.documents.some(
    (document) => document.kind === 'emd' && document.traveller === traveller && document.segments.includes(segment),
  );
  return paid
    ? { [paidSeatReadsAs]: { id: `${segment}-${traveller}`, number: designator } }
    : { chargeableSeatNumber: designator };
}

function seatPrice(airline: Airline, booking: Booking, held: HeldSeat): number {
  const segment = booking.segments.find(({ id }) => id === held.segment);
  return (segment && airline.seat(segment.flight, held.designator)?.price) ?? 0;
}

/** The airports of an order or a seat map: `dictionaries.locations`. */
export function describeLocations(airports: string[]): Record<string, { cityCode: string; countryCode: string }> {
  return Object.fromEntries(airports.flatMap((code) => (LOCATIONS[code] ? [[code, LOCATIONS[code]]] : [])));
}

export function airportsOf(segments: Segment[]): string[] {
  return [...new Set(segments.flatMap(({ flight }) => [flight.departure.airport, flight.arrival.airport]))];
}

/** Euro cents as the wire has them: '32.00'. */
export function decimal(cents: number): string {
  return (cents / 100).toFixed(2);
}

function describeFare(kind: Traveller['kind']) {
  const { total, base } = FARES[kind];
  return { total: decimal(total), base: decimal(base), taxes: [{ code: 'YQ', amount: decimal(total - base) }] };
}

const FARES: Record<Traveller['kind'], { total: number; base: number }> = {
  adult: { total: 51_240, base: 43_000 },
  child: { total: 40_990, base: 32_750 },
  infant_lap: { total: 5_120, base: 4_300 },
};

const TRAVELER_TYPES: Record<Traveller['kind'], string> = {
  adult: 'ADULT',
  child: 'CHILD',
  infant_lap: 'HELD_INFANT',
};

const LOCATIONS: Record<string, { cityCode: string; countryCode: string }> = {
  DUB: { cityCode: 'DUB', countryCode: 'IE' },
  LHR: { cityCode: 'LON', countryCode: 'GB' },
  SIN: { cityCode: 'SIN', countryCode: 'SG' },
  KUL: { cityCode: 'KUL', countryCode: 'MY' },
  ARN: { cityCode: 'STO', countryCode: 'SE' },
};
