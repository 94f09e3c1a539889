import type {
  AirportTime,
  AssignedSeat,
  Booking,
  Segment,
  TravelDocument,
  Traveller,
  TravellerType,
} from '../../domain/booking.ts';
import { surnameMatches } from '../../domain/surname.ts';
import { orderShape, read, type Order, type OrderOffer, type OrderSegment, type Read } from './reply.ts';
import { CABINS } from './seat-map.ts';

/** What later calls about a booking need. It is kept sealed with the booking, and read back by refOf. */
export interface OrderRef {
  orderId: string;
}

/** What names a segment to Amadeus: its id alone is not always enough, since each offer counts its own. */
export interface SegmentRef {
  segmentId: string;
  flightOfferId?: string;
}

/** The orders of a reply to a look-up by reference: an array for some clients, one object for others. */
export function readOrders(body: unknown): Read<Order[]> {
  const data = (body as { data?: unknown } | null)?.data;
  const orders: Order[] = [];
  for (const [index, one] of (Array.isArray(data) ? (data as unknown[]) : [data]).entries()) {
    const order = read(orderShape, one, Array.isArray(data) ? `data[${index}]` : 'data');
    if (!order.ok) return order;
    orders.push(order.value);
  }
  return { ok: true, value: orders };
}

/** Whether the order is the one that Amadeus itself knows by this locator; airlines' own locators do not count. */
export const isOrderOf = (order: Order, recordLocator: string): boolean =>
  (order.associatedRecords ?? []).some(
    ({ reference, originSystemCode }) => isGds(originSystemCode) && reference?.trim().toUpperCase() === recordLocator,
  );

/** Whether any traveller has this surname. Both surnames count together and the first alone, as it stands on tickets. */
export const hasTraveller = (order: Order, lastName: string): boolean =>
  surnameMatches(
    lastName,
    (order.travelers ?? []).flatMap(({ name }) => {
      const surname = name?.lastName ?? '';
      return name?.secondLastName ? [surname, `${surname} ${name.secondLastName}`] : [surname];
    }),
  );

/** An order in our words. */
export function toBooking(order: Order, recordLocator: string, readAt: string): Booking {
  const offers = order.flightOffers ?? [];
  const segments = segmentsOf(offers);
  const ref: OrderRef = { orderId: order.id };
  return {
    gds: 'amadeus',
    recordLocator,
    supplierLocators: (order.associatedRecords ?? []).flatMap(({ reference, originSystemCode }) =>
      reference && originSystemCode && !isGds(originSystemCode)
        ? [{ airline: originSystemCode, locator: reference }]
        : [],
    ),
    ref,
    travellers: travellersOf(order, offers),
    segments,
    documents: documentsOf(order, segments),
    staleWarning: false,
    readAt,
  };
}

/** Amadeus is "GDS" in the replies that were seen, and its own airline code in the documented one. */
const isGds = (system: string | null | undefined): boolean => !system || system === 'GDS' || system === '1A';

function travellersOf(order: Order, offers: readonly OrderOffer[]): Traveller[] {
  const pricings = offers.flatMap(({ travelerPricings }) => travelerPricings ?? []);
  return (order.travelers ?? []).map(({ id, dateOfBirth, name }): Traveller => {
    const mine = pricings.filter(({ travelerId }) => travelerId === id);
    const type = TYPES.get(mine.find(({ travelerType }) => travelerType)?.travelerType ?? '') ?? 'other';
    const adult = mine.find(({ associatedAdultId }) => associatedAdultId)?.associatedAdultId;
    return {
      id,
      ref: id,
      type,
      givenName: [name?.firstName, name?.middleName].filter(Boolean).join(' '),
      surname: [name?.lastName, name?.secondLastName].filter(Boolean).join(' '),
      ...(dateOfBirth && { birthDate: dateOfBirth }),
      ...(adult && { associatedAdultId: adult }),
      seatable: type !== 'infant_lap',
    };
  });
}

/** Travellers may be split over offers that hold the same segment: such a segment is one. */
function segmentsOf(offers: readonly OrderOffer[]): Segment[] {
  const segments: Segment[] = [];
  for (const offer of offers) {
    for (const raw of (offer.itineraries ?? []).flatMap(({ segments: inner }) => inner)) {
      const twin = segments.find(({ ref }) => (ref as SegmentRef).segmentId === raw.id);
      if (!twin) segments.push(toSegment(raw, offer, raw.id));
      else if (sameFlight(twin, raw)) twin.assignedSeats.push(...seatsOf(raw, offer, twin.assignedSeats));
      else segments.push(toSegment(raw, offer, `${offer.id ?? offers.indexOf(offer) + 1}-${raw.id}`));
    }
  }
  return segments;
}

/** The offer that this traveller flies this segment by: travellers may be split over offers, and each offer prices its own. */
export const offerOf = (order: Order, segment: Segment, travellerId: string): string | undefined =>
  (order.flightOffers ?? []).find((offer) =>
    (offer.itineraries ?? [])
      .flatMap(({ segments }) => segments)
      .filter((raw) => raw.id === (segment.ref as SegmentRef).segmentId && sameFlight(segment, raw))
      .some((raw) => faresOf(raw, offer).some((one) => one.travelerId === travellerId)),
  )?.id ?? (segment.ref as SegmentRef).flightOfferId;

const sameFlight = (segment: Segment, raw: OrderSegment): boolean =>
  segment.marketing.airline === raw.carrierCode &&
  segment.marketing.number === raw.number &&
  segment.departure.local === minutes(raw.departure.at);

function toSegment(raw: OrderSegment, offer: OrderOffer, id: string): Segment {
  const fares = faresOf(raw, offer).map(({ fare }) => fare);
  const bookingClass = fares.find((fare) => fare.class)?.class;
  const cabin = CABINS.get(fares.find((fare) => fare.cabin)?.cabin ?? '');
  const airline = raw.operating?.carrierCode;
  const ref: SegmentRef = { segmentId: raw.id, ...(offer.id && { flightOfferId: offer.id }) };
  return {
    id,
    ref,
    marketing: { airline: raw.carrierCode, number: raw.number },
    ...(airline && { operating: { airline, ...(raw.operating?.number && { number: raw.operating.number }) } }),
    origin: raw.departure.iataCode,
    destination: raw.arrival.iataCode,
    departure: airportTime(raw.departure),
    arrival: airportTime(raw.arrival),
    ...(bookingClass && { bookingClass }),
    ...(cabin && { cabin }),
    ...(raw.aircraft?.code && { aircraft: raw.aircraft.code }),
    status: raw.isFlown ? 'flown' : statusOf(raw.bookingStatus),
    ...(raw.bookingStatus && { rawStatus: raw.bookingStatus }),
    contentSource: SOURCES.get(offer.source ?? '') ?? 'unknown',
    assignedSeats: seatsOf(raw, offer, []),
  };
}

const faresOf = (raw: OrderSegment, offer: OrderOffer) =>
  (offer.travelerPricings ?? []).flatMap(({ travelerId, fareDetailsBySegment }) =>
    (fareDetailsBySegment ?? []).filter(({ segmentId }) => segmentId === raw.id).map((fare) => ({ travelerId, fare })),
  );

/** The seats that travellers hold already, in the older spelling or the newer; those known before stay as they are. */
function seatsOf(raw: OrderSegment, offer: OrderOffer, known: readonly AssignedSeat[]): AssignedSeat[] {
  return faresOf(raw, offer).flatMap(({ travelerId, fare }): AssignedSeat[] => {
    const services = fare.additionalServices;
    const text = services?.chargeableSeat?.number ?? services?.chargeableSeatNumber ?? '';
    const designator = /^0*([1-9]\d{0,2}[A-Z])$/.exec(text.trim().toUpperCase())?.[1];
    if (!designator || known.some((seat) => seat.travellerId === travelerId)) return [];
    return [{ travellerId: travelerId, designator, status: 'confirmed' }];
  });
}

function documentsOf(order: Order, segments: readonly Segment[]): TravelDocument[] {
  return (order.tickets ?? []).flatMap((ticket): TravelDocument[] => {
    const kind = DOCUMENTS.get(ticket.documentType ?? '');
    if (!kind || !ticket.documentNumber) return [];
    const ids = ticket.segmentIds ?? [];
    return [
      {
        kind,
        number: ticket.documentNumber,
        ...(ticket.travelerId && { travellerId: ticket.travelerId }),
        segmentIds: segments.filter(({ ref }) => ids.includes((ref as SegmentRef).segmentId)).map(({ id }) => id),
        status: DOCUMENT_STATUS.get(ticket.documentStatus ?? '') ?? 'unknown',
      },
    ];
  });
}

const airportTime = ({ at, terminal }: OrderSegment['departure']): AirportTime => ({
  local: minutes(at),
  ...(terminal && { terminal }),
});

/** "2026-03-09T07:35:00" without its seconds. */
const minutes = (at: string): string => at.slice(0, 16);

/** An order that names no status is one that stands: Amadeus leaves it out where nothing happened to the segment. */
const statusOf = (word: string | null | undefined): Segment['status'] =>
  word ? (STATUS.get(word) ?? 'unknown') : 'confirmed';

const STATUS: ReadonlyMap<string, Segment['status']> = new Map([
  ['CONFIRMED', 'confirmed'],
  ['WAITLISTED', 'waitlisted'],
  ['PENDING', 'pending'],
  ['CANCELLED', 'cancelled'],
  ['DENIED', 'cancelled'],
]);

const TYPES: ReadonlyMap<string, TravellerType> = new Map([
  ['ADULT', 'adult'],
  ['CHILD', 'child'],
  ['SENIOR', 'senior'],
  ['YOUNG', 'youth'],
  ['HELD_INFANT', 'infant_lap'],
  ['SEATED_INFANT', 'infant_seat'],
]);

const SOURCES: ReadonlyMap<string, NonNullable<Segment['contentSource']>> = new Map([
  ['GDS', 'atpco'],
  ['NDC', 'ndc'],
  ['LTC', 'lcc'],
]);

const DOCUMENTS: ReadonlyMap<string, TravelDocument['kind']> = new Map([
  ['ETICKET', 'ticket'],
  ['PTICKET', 'ticket'],
  ['EMD', 'emd'],
  ['MCO', 'emd'],
]);

const DOCUMENT_STATUS: ReadonlyMap<string, TravelDocument['status']> = new Map([
  ['ISSUED', 'issued'],
  ['ORIGINAL', 'issued'],
  ['REFUNDED', 'refunded'],
  ['VOID', 'void'],
  ['EXCHANGED', 'exchanged'],
]);
