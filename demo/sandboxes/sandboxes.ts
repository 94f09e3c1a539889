import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { Airline } from './airline/airline.ts';
import type { Booking } from './airline/bookings.ts';
import { Faults } from './faults.ts';
import { createAmadeus } from './gds/amadeus.ts';
import type { AmadeusAssumptions } from './gds/amadeus/assumptions.ts';
import { createDesk } from './gds/desk.ts';
import { createStripe } from './payments/stripe.ts';
import type { Post } from './payments/stripe/callbacks.ts';
import type { SandboxEnv } from './serve-call.ts';

export { faultWords, ownFaultWords, vendorCalls } from './faults.ts';
export type { Fault, FaultWord, OwnFaultWord, Vendor } from './faults.ts';

export interface SandboxOptions {
  /** Milliseconds since the epoch. Flights are dated from it when the sandboxes start and at each reset. */
  now?: () => number;
  /** How the fault `slow` waits. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Other ways of speaking that a client must bear; see `gds/amadeus/assumptions.ts`. */
  amadeus?: Partial<AmadeusAssumptions>;
  /** Where Stripe sends its callbacks, asked at each try: `{api}/callbacks/stripe/{brand}`. Absent: it sends none. */
  stripeCallbackUrl?: () => string;
  /** How callbacks are carried; over the network when absent. */
  post?: Post;
}

export interface Sandboxes {
  /**
   * Answers on `/amadeus/v1/…` and `/stripe/v1/…`, which makes `{sandboxes}/amadeus` and `{sandboxes}/stripe` the base URLs of
   * clients, on `/v1/…` for Stripe's SDK, and on `/stripe/stripe.js`.
   */
  app: Hono<SandboxEnv>;
  /** As `POST /reset`: bookings, seats and dates anew, no payments, no faults, no tokens. */
  reset(): void;
  /** Ends when no callback of a gateway is on its way any more. */
  settled(): Promise<void>;
  /** Gives up callbacks that are on their way. No timer is left. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * The stand-ins of the reservation systems and gateways, and beside them what no vendor has, for people and tests: `POST /reset`,
 * `GET|PUT /faults`, `GET /gds/{vendor}/bookings/{pnr}`, `POST /gds/{vendor}/take|move|cancel` (gds/desk.ts), `GET /payments/{vendor}/payments`,
 * `POST /payments/stripe/payments/{id}/dispute`.
 */
export function createSandboxes(options: SandboxOptions = {}): Sandboxes {
  const now = options.now ?? Date.now;
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  const faults = new Faults();
  let airline = new Airline(now());
  const assume = options.amadeus ?? {};
  const amadeus = createAmadeus({ airline: () => airline, faults, now, wait, assume });
  const callbackUrl = options.stripeCallbackUrl;
  const stripe = createStripe({ faults, now, wait, callbackUrl, retryWait: options.wait, post: options.post });
  const reset = () => {
    airline = new Airline(now());
    faults.clear();
    amadeus.reset();
    stripe.reset();
  };

  const app = new Hono<SandboxEnv>();
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  app.use(async (_context, next) => {
    faults.land(now());
    await next();
  });
  for (const path of ['/faults', '/reset', '/gds/*', '/payments/*'])
    app.use(path, onlyFromThisMachine, allowThisMachine);

  app.get('/faults', (context) => context.json(faults.list()));
  app.put('/faults', async (context) => {
    const errors = faults.replace(await context.req.text());
    return errors.length > 0 ? context.json({ errors }, 400) : context.json(faults.list());
  });
  app.post('/reset', (context) => {
    reset();
    return context.body(null, 204);
  });
  app.get('/gds/amadeus/bookings/:pnr', (context) => {
    const booking = airline.booking(context.req.param('pnr'));
    return booking ? context.json(describeBooking(booking)) : context.json({ error: 'no such booking' }, 404);
  });
  app.get('/payments/stripe/payments', (context) => context.json(stripe.payments()));
  app.post('/payments/stripe/payments/:id/dispute', (context) =>
    stripe.dispute(context.req.param('id'))
      ? context.body(null, 204)
      : context.json({ error: 'no such payment, nothing captured, or disputed already' }, 404),
  );
  app.route(
    '/gds/amadeus',
    createDesk(() => airline),
  );
  app.route('/amadeus', amadeus.app);
  app.route('/stripe', stripe.pages).route('/stripe', stripe.api);
  // Its SDK can be told a host and a port, but no path.
  app.route('/', stripe.api);
  app.notFound((context) => {
    const error =
      'Nothing here. There are GET|PUT /faults, POST /reset, GET /gds/amadeus/bookings/{pnr}, POST /gds/amadeus/take, /move and /cancel, GET /payments/stripe/payments, /amadeus/v1/…, /stripe/v1/… and /stripe/stripe.js';
    return context.json({ error }, 404);
  });
  return { app, reset, settled: () => stripe.settled(), close: () => stripe.close() };
}

/** What really stands, in this project's words. */
function describeBooking({ pnr, travellers, segments, seats, documents }: Booking): object {
  return {
    pnr,
    travellers: travellers.map(({ id, givenName, surname, kind, adult }) => ({
      id,
      given_name: givenName,
      surname,
      kind,
      ...(adult !== undefined && { adult }),
    })),
    segments: segments.map(({ id, flight, status, flown }) => ({
      id,
      flight: `${flight.airline} ${flight.number}`,
      operated_by: flight.operatedBy,
      origin: flight.departure.airport,
      destination: flight.arrival.airport,
      departure: flight.departure.local,
      arrival: flight.arrival.local,
      duration: flight.duration,
      aircraft: flight.aircraft.code,
      status: flown ? 'flown' : status,
    })),
    seats,
    documents,
  };
}

const THIS_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Lets the demo's pages, which stand on another port, switch faults. */
const allowThisMachine = cors({
  origin: (origin) => (THIS_MACHINE.test(origin) ? origin : null),
  allowMethods: ['GET', 'PUT', 'POST'],
  allowHeaders: ['content-type'],
  maxAge: 600,
});

/** A page from elsewhere, open in the same browser, must not reset or break the demo: no CORS answer stops a plain POST. */
const onlyFromThisMachine: MiddlewareHandler<SandboxEnv> = async (context, next) => {
  const origin = context.req.header('origin');
  if (origin && !THIS_MACHINE.test(origin)) return context.json({ error: 'for pages on this machine only' }, 403);
  return next();
};
