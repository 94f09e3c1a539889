import { z } from 'zod';
import type { Answer, Heard } from '../../answer.ts';
import type { Airline } from '../../airline/airline.ts';
import type { Booking, HeldSeat, Traveller } from '../../airline/bookings.ts';
import { BODY_TYPES, UNSUPPORTED_TYPE_CODE } from './assumptions.ts';
import { invalidData, invalidFormat, missing, refuse } from './errors.ts';
import { OFFER_ID, orderId } from './orders.ts';
import type { Asked } from './seat-maps.ts';

/** What a body says, or why it can't be used. */
export type Read<T> = { said: T } | { refused: Answer };

const seatNumber = z.string().regex(/^[1-9][0-9]{0,2}[A-Z]?$/);

const orderChange = z.object({
  data: z.object({
    type: z.literal('flight-order'),
    id: z.string().optional(),
    flightOffers: z
      .array(
        z.object({
          type: z.literal('flight-offer'),
          id: z.string(),
          travelerPricings: z
            .array(
              z.object({
                travelerId: z.string(),
                fareDetailsBySegment: z
                  .array(
                    z.object({
                      segmentId: z.string(),
                      additionalServices: z
                        .object({
                          chargeableSeatNumber: seatNumber.optional(),
                          chargeableSeat: z.object({ number: seatNumber }).optional(),
                        })
                        .optional(),
                    }),
                  )
                  .min(1),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
  }),
});

const point = z.object({ iataCode: z.string(), at: z.string() });

const offers = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        itineraries: z.array(
          z.object({
            segments: z.array(
              z.object({
                id: z.string(),
                carrierCode: z.string(),
                number: z.string(),
                departure: point,
                arrival: point,
              }),
            ),
          }),
        ),
        travelerPricings: z.array(
          z.object({
            travelerId: z.string(),
            travelerType: z.string(),
            associatedAdultId: z.string().optional(),
            fareDetailsBySegment: z.array(z.object({ segmentId: z.string(), class: z.string().optional() })),
          }),
        ),
      }),
    )
    .min(1)
    .max(6),
  included: z.object({ travelers: z.record(z.string(), z.unknown()).optional() }).optional(),
});

/** The seats that a change of an order asks for. */
export function readOrderChange(heard: Heard, booking: Booking): Read<HeldSeat[]> {
  const read = readJson(heard, orderChange);
  if ('refused' in read) return read;
  const { id, flightOffers } = read.said.data;
  if (id !== undefined && id !== orderId(booking)) {
    return { refused: invalidData('The order of the body is not the one of the path', { pointer: '/data/id' }) };
  }
  const seats: HeldSeat[] = [];
  for (const [o, offer] of flightOffers.entries()) {
    if (offer.id !== OFFER_ID) return { refused: unknownPart('offer', `/data/flightOffers/${o}/id`) };
    for (const [t, { travelerId, fareDetailsBySegment }] of offer.travelerPricings.entries()) {
      const pointer = `/data/flightOffers/${o}/travelerPricings/${t}`;
      if (!booking.travellers.some((traveller) => traveller.id === travelerId)) {
        return { refused: unknownPart('traveler', `${pointer}/travelerId`) };
      }
      for (const [s, { segmentId, additionalServices }] of fareDetailsBySegment.entries()) {
        const detail = `${pointer}/fareDetailsBySegment/${s}`;
        if (!booking.segments.some((segment) => segment.id === segmentId)) {
          return { refused: unknownPart('segment', `${detail}/segmentId`) };
        }
        const designator = additionalServices?.chargeableSeat?.number ?? additionalServices?.chargeableSeatNumber;
        if (designator) seats.push({ traveller: travelerId, segment: segmentId, designator });
      }
    }
  }
  if (seats.length > 0) return { said: seats };
  return { refused: missing('No seat is asked for', { pointer: '/data/flightOffers/0/travelerPricings' }) };
}

/** What the seat maps of whole flight offers are asked for: `POST /v1/shopping/seatmaps`. */
export function readOffers(heard: Heard, airline: Airline): Read<Asked[]> {
  const read = readJson(heard, offers);
  if ('refused' in read) return read;
  const asked = read.said.data.map((offer, o): Asked => {
    const onLaps = new Set(offer.travelerPricings.map(({ associatedAdultId }) => associatedAdultId));
    const [first] = offer.travelerPricings;
    return {
      flightOfferId: offer.id,
      segments: offer.itineraries.flatMap(({ segments }, i) =>
        segments.map((segment, s) => ({
          id: segment.id,
          bookingClass: first?.fareDetailsBySegment.find(({ segmentId }) => segmentId === segment.id)?.class ?? 'M',
          flight: airline.flights.find(
            (flight) =>
              flight.airline === segment.carrierCode &&
              flight.number === segment.number &&
              flight.departure.airport === segment.departure.iataCode &&
              flight.departure.local.slice(0, 10) === segment.departure.at.slice(0, 10),
          ),
          called: `${segment.carrierCode}${segment.number}`,
          pointer: `/data/${o}/itineraries/${i}/segments/${s}`,
        })),
      ),
      travellers: offer.travelerPricings
        .map(({ travelerId, travelerType }) => ({
          id: travelerId,
          kind: KINDS[travelerType] ?? ('adult' as const),
          infantOnLap: onLaps.has(travelerId),
        }))
        .filter(({ kind }) => kind !== 'infant_lap'),
    };
  });
  return { said: asked };
}

function readJson<T>(heard: Heard, shape: z.ZodType<T>): Read<T> {
  const type = heard.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!BODY_TYPES.includes(type)) {
    const detail = `Content-Type must be ${BODY_TYPES.join(' or ')}`;
    return { refused: refuse(415, UNSUPPORTED_TYPE_CODE, 'UNSUPPORTED MEDIA TYPE', detail) };
  }
  let sent: unknown;
  try {
    sent = JSON.parse(heard.text);
  } catch {
    return { refused: invalidFormat('The body is not JSON') };
  }
  const read = shape.safeParse(sent, { reportInput: true });
  if (read.success) return { said: read.data };
  const [first] = read.error.issues;
  const source = { pointer: (first?.path ?? []).map((step) => `/${String(step)}`).join('') };
  const absent = first?.input === undefined;
  return { refused: absent ? missing('Mandatory field', source) : invalidFormat('Field of a wrong format', source) };
}

function unknownPart(what: string, pointer: string): Answer {
  return invalidData(`No such ${what} in this order`, { pointer });
}

const KINDS: Record<string, Traveller['kind']> = {
  ADULT: 'adult',
  SENIOR: 'adult',
  YOUNG: 'adult',
  STUDENT: 'adult',
  CHILD: 'child',
  SEATED_INFANT: 'child',
  HELD_INFANT: 'infant_lap',
};
