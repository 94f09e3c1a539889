import { z } from 'zod';

/**
 * The shapes of Amadeus's replies, as far as we read them. Unknown keys are ignored and absent ones allowed where the real
 * replies lack them; a wrong type in what we use is an error, since guessing at it would sell the wrong seat.
 * Sources: SeatMapDisplay 1.9 and FlightOrderManagement specifications, and the replies that were measured.
 */

/** What became of reading a reply; `problem` names the place and what was expected there, never a value of the reply. */
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string };

/** Parses with a shape; the first fault's place is written as a program would: data[0].decks[1].seats[3].number. */
export function read<T>(shape: z.ZodType<T>, value: unknown, root: string): Read<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return { ok: false, problem: `${root}${path}: ${issue?.message ?? 'unreadable'}` };
}

/** Ids become keys of objects and parts of addresses, so they are kept plain. Numbers occur where text is specified. */
const id = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'expected an id of letters, digits and dashes'));
const text = z.string().nullish();
const whole = z.int().nullish();
/** Columns are walked one by one: a bound keeps a damaged reply from walking for ever. */
const coordinate = z.int().min(0).max(999).nullish();
const coordinates = z.object({ x: coordinate, y: coordinate }).nullish();

const price = z.object({
  currency: text,
  total: text,
  base: text,
  taxes: z.array(z.object({ amount: text })).nullish(),
});

const seat = z.object({
  cabin: text,
  number: z.string(),
  characteristicsCodes: z.array(z.string()).nullish(),
  coordinates,
  travelerPricing: z
    .array(z.object({ travelerId: id.nullish(), seatAvailabilityStatus: text, price: price.nullish() }))
    .nullish(),
});

const facility = z.object({
  code: z.string(),
  row: z.union([z.string(), z.int()]).transform(String).nullish(),
  column: text,
  position: text,
  coordinates,
});

const deckConfiguration = z.object({
  startWingsX: whole,
  endWingsX: whole,
  startWingsRow: whole,
  endWingsRow: whole,
  exitRowsX: z.array(z.int()).nullish(),
});

const deck = z.object({
  deckType: text,
  deckConfiguration: z.preprocess(respell(Object.keys(deckConfiguration.shape)), deckConfiguration.nullish()),
  seats: z.array(seat),
  facilities: z.array(facility).nullish(),
});

const carrier = z.object({ carrierCode: text }).nullish();
const end = z.object({ iataCode: text, at: text }).nullish();

const seatMapFields = z.object({
  segmentId: id.nullish(),
  flightOfferId: id.nullish(),
  carrierCode: text,
  number: z.union([z.string(), z.int()]).transform(String).nullish(),
  operating: carrier,
  aircraft: z.object({ code: text }).nullish(),
  class: text,
  departure: end,
  arrival: end,
  availableSeatsCounters: z.array(z.object({ travelerId: id, value: z.int() })).nullish(),
  decks: z.array(deck),
});

/** One entry of a seat map reply's `data`: one segment, in one of the cabins asked for. */
export const seatMapShape = z.preprocess(respell(Object.keys(seatMapFields.shape)), seatMapFields);

const code = z.union([z.string(), z.number()]).transform(Number).nullish();

/** An error or a warning: `code` comes as number or text. */
export const issueShape = z.object({
  code,
  title: text,
  detail: text,
  source: z.object({ pointer: text, parameter: text }).nullish(),
});
export const warningsShape = z.array(issueShape).nullish();

/** The token call's own errors have one code beside the OAuth words; all other calls list them. */
export const errorShape = z.object({ errors: z.array(issueShape).nullish(), code, title: text });

export const tokenShape = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.number(), z.string()]).transform(Number).pipe(z.number().positive()),
});

const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'expected a local time like 2026-03-09T07:35:00');
const airportTime = z.object({ iataCode: z.string(), terminal: text, at: localTime });

const segment = z.object({
  id,
  carrierCode: z.string(),
  number: z.union([z.string(), z.int()]).transform(String),
  operating: z
    .object({ carrierCode: text, number: z.union([z.string(), z.int()]).transform(String).nullish() })
    .nullish(),
  aircraft: z.object({ code: text }).nullish(),
  departure: airportTime,
  arrival: airportTime,
  bookingStatus: text,
  isFlown: z.boolean().nullish(),
});

const fareDetails = z.object({
  segmentId: id,
  cabin: text,
  class: text,
  additionalServices: z
    .object({ chargeableSeatNumber: text, chargeableSeat: z.object({ number: text }).nullish() })
    .nullish(),
});

const flightOffer = z.object({
  id: id.nullish(),
  source: text,
  itineraries: z.array(z.object({ segments: z.array(segment) })).nullish(),
  travelerPricings: z
    .array(
      z.object({
        travelerId: id,
        travelerType: text,
        associatedAdultId: id.nullish(),
        fareDetailsBySegment: z.array(fareDetails).nullish(),
      }),
    )
    .nullish(),
});

/** A flight order: one booking as Amadeus holds it. */
export const orderShape = z.object({
  id: z.string().min(1),
  associatedRecords: z.array(z.object({ reference: text, originSystemCode: text })).nullish(),
  travelers: z
    .array(
      z.object({
        id,
        dateOfBirth: text,
        name: z.object({ firstName: text, middleName: text, lastName: text, secondLastName: text }).nullish(),
      }),
    )
    .nullish(),
  flightOffers: z.array(flightOffer).nullish(),
  tickets: z
    .array(
      z.object({
        documentType: text,
        documentNumber: text,
        documentStatus: text,
        travelerId: id.nullish(),
        segmentIds: z.array(id).nullish(),
      }),
    )
    .nullish(),
});

export type SeatMapEntry = z.infer<typeof seatMapShape>;
export type DeckEntry = z.infer<typeof deck>;
export type SeatEntry = z.infer<typeof seat>;
export type FacilityEntry = z.infer<typeof facility>;
export type PriceEntry = z.infer<typeof price>;
export type Issue = z.infer<typeof issueShape>;
export type Order = z.infer<typeof orderShape>;
export type OrderSegment = z.infer<typeof segment>;
export type OrderOffer = z.infer<typeof flightOffer>;

/** Older replies spell keys with other capitals (`flightOfferid`, `segmentid`, `startseatRow`): brings them to today's. */
function respell(names: string[]): (value: unknown) => unknown {
  const today = new Map(names.map((name) => [name.toLowerCase(), name]));
  return (value) => {
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [today.get(key.toLowerCase()) ?? key, inner]),
    );
  };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
