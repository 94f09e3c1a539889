import { Hono, type Context as HonoContext } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Log, LogFields } from '../domain/ports/log.ts';
import { clientAddressReader } from './client-address.ts';
import { problemOf } from './problem.ts';
import { parseBody, parseQuery, readBytes } from './read-body.ts';
import { bearerOf, isReply, type Call, type PartnerCall, type Reply, type Route } from './route.ts';

/** The panel's largest call is a selection of some 200 seats. */
const MAX_BODY_BYTES = 64 * 1024;
/** A gateway's callback may hold a whole object with its history. */
const MAX_CALLBACK_BYTES = 1024 * 1024;

export interface AppOptions {
  log: Log;
  newId: () => string;
  trustedProxies: readonly string[];
  /** What this server is reached as. */
  publicUrl: string;
  /** For routes of partners. */
  partner: {
    /** @throws DepartCartError when the token is not good */
    authorise(bearer: string | null, address: string): Promise<BrandSettings>;
    /** Runs a write once for its `Idempotency-Key`. */
    once<T extends object>(
      scope: { brand: string; route: string; key: string; body: unknown },
      work: () => Promise<T>,
    ): Promise<T>;
  };
}

type App = Hono<{ Bindings: HttpBindings }>;
type Context = HonoContext<{ Bindings: HttpBindings }>;

const NO_PARAMS: Readonly<Record<string, string>> = {};

/** Puts the table of routes behind HTTP: ids, limits, CORS, problems and one log line a request, the same for every route. */
export function createApp(routes: readonly Route[], options: AppOptions): App {
  const app: App = new Hono();
  const addressOf = clientAddressReader(options.trustedProxies);
  const respond = responder(options.publicUrl);
  const refuse = (c: Context, fault: unknown, more: { origin?: string | null; headers?: Record<string, string> }) => {
    const requestId = options.newId();
    const answer = problem(fault, requestId);
    Object.assign(answer.headers, more.headers);
    logRequest(options.log, { requestId, method: c.req.method, status: answer.status }, fault);
    return respond(answer, requestId, more.origin ?? null);
  };
  for (const line of routes) {
    const hasParams = line.path.includes(':');
    app.on(line.method, line.path, async (c) => {
      const incoming = c.env.incoming;
      const requestId = options.newId();
      const started = performance.now();
      const call: Call<unknown> = {
        body: undefined,
        query: undefined,
        origin: incoming.headers.origin ?? null,
        address: addressOf(incoming),
        requestId,
        params: hasParams ? (c.req.param() as Record<string, string>) : NO_PARAMS,
        headers: incoming.headers,
      };
      let answer: Reply;
      let fault: unknown;
      try {
        await prepare(line, call, c, options);
        const value = await onceForItsKey(line, call, options);
        answer = isReply(value) ? value : json(200, value);
      } catch (error) {
        fault = error;
        answer = problem(error, requestId);
        const lies = !incoming.complete || incoming.readableLength > 0;
        if (line.body && lies) answer.headers['connection'] = 'close';
      }
      // The route's pattern and never the URL: a URL may hold what must not be logged.
      logRequest(
        options.log,
        {
          requestId,
          method: line.method,
          route: line.path,
          status: answer.status,
          ms: Math.round(performance.now() - started),
        },
        fault,
      );
      return respond(answer, requestId, line.who === 'page' ? call.origin : null);
    });
  }
  const linesAt = pathFinder(routes);
  app.notFound((c) => {
    const here = linesAt(c.req.path);
    if (!here.length) return refuse(c, new DepartCartError('not_found', 'There is nothing at this path.'), {});
    const allowed = here.map(({ method }) => method);
    const fault = new DepartCartError('method_not_allowed', `This path answers ${allowed.join(' and ')}.`);
    const origin = here.some(({ who }) => who === 'page') ? c.env.incoming.headers.origin : null;
    return refuse(c, fault, { origin: origin ?? null, headers: { allow: allowed.join(', ') } });
  });
  app.onError((error, c) => refuse(c, error, {}));
  return app;
}

/**
 * The lines of a path, whatever the method. Not by more routes: two handlers to a path would be chained on every request, and other
 * methods beside a path with a parameter take the framework's fast router away.
 */
function pathFinder(routes: readonly Route[]): (path: string) => Route[] {
  const known = routes.map((line) => ({ line, pattern: new RegExp(`^${line.path.replace(/:\w+/g, '[^/]+')}$`) }));
  return (path) => known.filter(({ pattern }) => pattern.test(path)).map(({ line }) => line);
}

/** Authorises, and reads what the table says is sent. */
async function prepare(line: Route, call: Call<unknown>, c: Context, options: AppOptions): Promise<void> {
  const { incoming } = c.env;
  if (line.who === 'partner') {
    (call as PartnerCall<unknown>).brand = await options.partner.authorise(bearerOf(call.headers), call.address);
  }
  if (line.query) call.query = parseQuery(c.req.query(), line.query);
  if (line.body) {
    const bytes = await readBytes(incoming, line.body === 'raw' ? MAX_CALLBACK_BYTES : MAX_BODY_BYTES);
    call.body = line.body === 'raw' ? bytes : parseBody(bytes.toString('utf8'), line.body, line.before);
  }
}

/** The header by which a partner's backend may repeat a write without doing it twice. */
const IDEMPOTENCY_KEY = 'idempotency-key';

function onceForItsKey(line: Route, call: Call<unknown>, { partner }: AppOptions): ReturnType<Route['handler']> {
  const key = call.headers[IDEMPOTENCY_KEY];
  if (line.who !== 'partner' || line.method !== 'POST' || key === undefined) return line.handler(call);
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw new DepartCartError('invalid_request', 'Idempotency-Key must be 8 to 100 visible ASCII characters.');
  }
  const { code: brand } = (call as PartnerCall<unknown>).brand;
  return partner.once({ brand, route: line.path, key, body: call.body }, async () => line.handler(call));
}

/** Of most answers, so they are put together once. */
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

const json = (status: number, value: object): Reply => ({ status, headers: JSON_HEADERS, body: JSON.stringify(value) });

function problem(error: unknown, requestId: string): Reply {
  const { status, headers, body } = problemOf(error, requestId);
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** Of an answer that says nothing else: it is data, never a page, and nobody frames it. */
const POLICY = "default-src 'none'; frame-ancestors 'none'";
const YEAR_SECONDS = 365 * 86_400;

/**
 * Makes answers with the headers that all of them have; a route's own win.
 *
 * `origin`: of the page that may read the answer. Every origin may read an error, a refused one too, so that the loader can
 * say what is wrong; what an answer holds is decided by the brand's list before it is made.
 */
function responder(publicUrl: string): (answer: Reply, requestId: string, origin: string | null) => Response {
  const transport = publicUrl.startsWith('https:') ? `max-age=${YEAR_SECONDS}` : null;
  return (answer, requestId, origin) => {
    // Written out: copies of a kept object with one more field cost several times as much.
    const headers: Record<string, string> = {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': POLICY,
      'x-request-id': requestId,
      'content-type': 'application/json',
      'cache-control': 'no-store',
    };
    if (transport !== null) headers['strict-transport-security'] = transport;
    if (answer.headers !== JSON_HEADERS) {
      // A route that says its type says how long to keep it, too, or nothing.
      delete headers['cache-control'];
      Object.assign(headers, answer.headers);
    }
    if (origin !== null) {
      headers['access-control-allow-origin'] = origin;
      headers['access-control-expose-headers'] = 'retry-after, x-request-id';
      headers['vary'] = 'origin';
    }
    return new Response(answer.status === 304 ? null : answer.body, { status: answer.status, headers });
  };
}

function logRequest(log: Log, fields: LogFields, fault: unknown): void {
  if (fault instanceof DepartCartError && fault.code !== 'internal')
    log.info({ ...fields, code: fault.code }, 'request');
  else if (fault instanceof Error)
    log.error({ ...fields, fault: fault.name, message: fault.message, stack: fault.stack }, 'request failed');
  else log.info(fields, 'request');
}
