import { Hono } from 'hono';
import type { Answer, Heard } from '../answer.ts';
import { segmentOf, sitterOf } from '../airline/airline.ts';
import type { Airline } from '../airline/airline.ts';
import type { Booking } from '../airline/bookings.ts';
import type { OwnFaultWord, VendorCall } from '../faults.ts';
import { hear, send, serveCall } from '../serve-call.ts';
import type { SandboxEnv, Surroundings } from '../serve-call.ts';
import { amadeusAssumptions, METHOD_NOT_ALLOWED_CODE, OVERRIDE_HEADER, RECORD_LOCATOR } from './amadeus/assumptions.ts';
import type { AmadeusAssumptions } from './amadeus/assumptions.ts';
import {
  forbidden,
  invalidFormat,
  missing,
  notAvailable,
  notFound,
  notOperating,
  refuse,
  reply,
  seatTaken,
  tooMany,
} from './amadeus/errors.ts';
import { inOldSpelling } from './amadeus/old-spelling.ts';
import { airportsOf, describeLocations, describeOrder, findOrder, OFFER_ID } from './amadeus/orders.ts';
import { readOffers, readOrderChange } from './amadeus/requests.ts';
import { describeSeatMaps } from './amadeus/seat-maps.ts';
import type { Asked } from './amadeus/seat-maps.ts';
import { Tokens, wrongClient } from './amadeus/tokens.ts';

export { demoBookings } from '../airline/bookings.ts';
export { amadeusDemoCredentials } from './amadeus/tokens.ts';

type CallName = VendorCall<'amadeus'>;

interface Route {
  call: CallName;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** Signing in needs no token. */
  open?: true;
  answer(heard: Heard): Answer;
  under?: Partial<Record<OwnFaultWord, (heard: Heard) => Answer>>;
}

/** Euro cents that the fault `dearer` puts on every seat. */
const DEARER_BY = 500;

export interface AmadeusOptions extends Surroundings {
  /** Asked at each call, so that a reset is seen. */
  airline(): Airline;
  assume?: Partial<AmadeusAssumptions>;
}

/**
 * Amadeus Enterprise, as far as a seller of seats speaks with it: sign in, read an order by its record locator or id, read its
 * seat maps, put a seat into it. Written from the public specification, samples and client code; what none of them says is
 * in `amadeus/assumptions.ts`. Mount it at the client's base URL.
 */
export function createAmadeus(options: AmadeusOptions): { app: Hono<SandboxEnv>; reset(): void } {
  const { airline } = options;
  const speak = { ...amadeusAssumptions, ...options.assume };
  const tokens = new Tokens(() => options.now());

  const routes: Route[] = [
    {
      call: 'token',
      method: 'POST',
      path: '/v1/security/oauth2/token',
      open: true,
      answer: (heard) => tokens.grant(heard),
    },
    {
      call: 'token',
      method: 'GET',
      path: '/v1/security/oauth2/token/:token',
      open: true,
      answer: (heard) => tokens.describe(heard),
    },
    {
      call: 'order',
      method: 'GET',
      path: '/v1/booking/flight-orders/by-reference',
      answer: (heard) => orderByReference(heard, airline(), speak),
    },
    {
      call: 'order',
      method: 'GET',
      path: '/v1/booking/flight-orders/:id',
      answer: (heard) => orderById(heard, airline(), speak),
    },
    {
      call: 'assign',
      method: speak.orderChange,
      path: '/v1/booking/flight-orders/:id',
      answer: (heard) => changeOrder(heard, airline(), speak),
      under: { taken: (heard) => changeOrder(heard, airline(), speak, { takeFirst: true }) },
    },
    {
      call: 'seatmaps',
      method: 'GET',
      path: '/v1/shopping/seatmaps',
      answer: (heard) => seatMapsOfOrder(heard, airline(), speak),
      under: { dearer: (heard) => seatMapsOfOrder(heard, airline(), speak, DEARER_BY) },
    },
    {
      call: 'seatmaps',
      method: 'POST',
      path: '/v1/shopping/seatmaps',
      answer: (heard) => seatMapsOfOffers(heard, airline(), speak),
      under: { dearer: (heard) => seatMapsOfOffers(heard, airline(), speak, DEARER_BY) },
    },
  ];

  const app = new Hono<SandboxEnv>();
  for (const route of routes) {
    app.on(route.method, route.path, async (context) => {
      const heard = await hear(context);
      const objection = route.open ? undefined : tokens.objection(heard);
      if (objection) return send(objection);
      const work = () => route.answer(heard);
      const refusal = REFUSALS[route.call];
      const under = Object.fromEntries(
        Object.entries(route.under ?? {}).map(([word, answer]) => [word, () => answer(heard)]),
      );
      const call = { vendor: 'amadeus', name: route.call, work, refusal, throttled: tooMany, under } as const;
      return serveCall(context, call, options);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const detail = 'This address does not know this method';
    app.all(path, () => send(refuse(405, METHOD_NOT_ALLOWED_CODE, 'METHOD NOT ALLOWED', detail)));
  }
  app.all('*', () => send(notFound()));
  return { app, reset: () => tokens.clear() };
}

/** `GET /v1/booking/flight-orders/by-reference?reference=ABC123&originSystemCode=GDS`. There is no name to check here. */
function orderByReference({ url }: Heard, airline: Airline, speak: AmadeusAssumptions): Answer {
  const reference = url.searchParams.get('reference');
  if (!reference) return missing('Mandatory parameter reference is missing', { parameter: 'reference' });
  if (!RECORD_LOCATOR.test(reference)) {
    return invalidFormat('A reference is six letters and digits', { parameter: 'reference' });
  }
  const system = url.searchParams.get('originSystemCode');
  if (!system) return missing('Mandatory parameter originSystemCode is missing', { parameter: 'originSystemCode' });
  if (system !== 'GDS') return invalidFormat('originSystemCode must be GDS', { parameter: 'originSystemCode' });
  const booking = airline.booking(reference);
  if (!booking) return notFound();
  const order = describeOrder(airline, booking, speak);
  const data = speak.byReference === 'list' ? [order] : order;
  return reply({ meta: { count: 1, links: { self: url.href } }, data, dictionaries: dictionariesOf(booking) });
}

/** `GET /v1/booking/flight-orders/{id}` */
function orderById({ params, url }: Heard, airline: Airline, speak: AmadeusAssumptions): Answer {
  const booking = findOrder(airline, params['id'] ?? '');
  if (!booking) return notFound();
  const data = describeOrder(airline, booking, speak);
  return reply({ meta: { links: { self: url.href } }, data, dictionaries: dictionariesOf(booking) });
}

/** `PATCH /v1/booking/flight-orders/{id}`: seats for travellers on segments. `takeFirst`: a stranger is faster for the first. */
function changeOrder(
  heard: Heard,
  airline: Airline,
  speak: AmadeusAssumptions,
  options: { takeFirst?: true } = {},
): Answer {
  const booking = findOrder(airline, heard.params['id'] ?? '');
  if (!booking) return notFound();
  const read = readOrderChange(heard, booking);
  if ('refused' in read) return read.refused;
  const [first] = read.said;
  const flight = first && segmentOf(booking, first.segment)?.flight;
  if (options.takeFirst && flight) airline.take(flight, first.designator);
  const refusal = airline.assign(booking, read.said);
  if (refusal) {
    const { designator, segment } = refusal.seat;
    const detail = `Error booking additional services: seat ${designator}, segment ${segment}`;
    return refusal.why === 'taken' ? seatTaken(detail) : notAvailable(detail);
  }
  return orderById(heard, airline, speak);
}

/** `GET /v1/shopping/seatmaps?flightOrderId={id}` */
function seatMapsOfOrder({ url }: Heard, airline: Airline, speak: AmadeusAssumptions, dearerBy = 0): Answer {
  const { searchParams } = url;
  const id = searchParams.get('flightOrderId') ?? searchParams.get('flight-orderId');
  if (!id) return missing('Mandatory parameter flightOrderId is missing', { parameter: 'flightOrderId' });
  const flag = searchParams.get('seatNumberServiceBookingStatusRequired');
  if (flag !== null && flag !== 'true' && flag !== 'false') {
    return invalidFormat('true or false', { parameter: 'seatNumberServiceBookingStatusRequired' });
  }
  const booking = findOrder(airline, id);
  if (!booking) return notFound();
  const asked = askedOf(booking);
  if (asked.segments.length === 0) return notOperating();
  return seatMaps(airline, [asked], url, speak, dearerBy);
}

/** `POST /v1/shopping/seatmaps` with whole flight offers and `X-HTTP-Method-Override: GET`. */
function seatMapsOfOffers(heard: Heard, airline: Airline, speak: AmadeusAssumptions, dearerBy = 0): Answer {
  const override = heard.header(OVERRIDE_HEADER);
  const source = { parameter: 'X-HTTP-Method-Override' };
  if (!override) return missing('Mandatory header X-HTTP-Method-Override is missing', source);
  if (override !== 'GET') return refuse(400, 572, 'INVALID OPTION', 'X-HTTP-Method-Override must be GET', source);
  const read = readOffers(heard, airline);
  return 'refused' in read ? read.refused : seatMaps(airline, read.said, heard.url, speak, dearerBy);
}

function seatMaps(airline: Airline, asked: Asked[], url: URL, speak: AmadeusAssumptions, dearerBy: number): Answer {
  const body = describeSeatMaps(airline, asked, url.href, dearerBy);
  return reply(speak.seatMapSpelling === 'old' ? inOldSpelling(body) : body);
}

/** Segments that are cancelled or flown have no map. */
function askedOf(booking: Booking): Asked {
  return {
    flightOfferId: OFFER_ID,
    segments: booking.segments.flatMap(({ id, bookingClass, flight, status, flown }, index) => {
      if (status === 'cancelled' || flown) return [];
      const called = `${flight.airline}${flight.number}, operated by ${flight.operatedBy}`;
      const pointer = `/data/flightOffers/0/itineraries/0/segments/${index}`;
      return [{ id, bookingClass, flight, called, pointer }];
    }),
    travellers: booking.travellers
      .filter(({ kind }) => kind !== 'infant_lap')
      .map(({ id }) => ({ id, ...sitterOf(booking, id)! })),
  };
}

function dictionariesOf(booking: Booking): object {
  return { locations: describeLocations(airportsOf(booking.segments)) };
}

/** What the fault `refuse` makes of each call. */
const REFUSALS: Record<CallName, () => Answer> = {
  token: wrongClient,
  order: forbidden,
  seatmaps: notOperating,
  assign: () => seatTaken('Error booking additional services'),
};
