import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Answer, Heard } from '../answer.ts';
import type { Faults } from '../faults.ts';
import { hear, send, serveCall } from '../serve-call.ts';
import type { SandboxEnv, Surroundings } from '../serve-call.ts';
import { createBrowserPages } from './stripe/browser-pages.ts';
import { Callbacks } from './stripe/callbacks.ts';
import type { Post, StripeEvent } from './stripe/callbacks.ts';
import { errorAnswer, invalid, JSON_TYPE, Refused, tooMany } from './stripe/errors.ts';
import { readForm } from './stripe/form.ts';
import type { Form } from './stripe/form.ts';
import { IdempotencyKeys, keyInUse } from './stripe/idempotency.ts';
import { callerOf, needsSecretKey, stripeDemoCredentials } from './stripe/keys.ts';
import { Ledger } from './stripe/ledger.ts';
import { expand } from './stripe/lists.ts';
import { API_VERSION } from './stripe/objects.ts';
import { readParameters } from './stripe/parameters.ts';
import { goodCharge, newId, refundedOf } from './stripe/records.ts';
import type { Intent } from './stripe/records.ts';
import { refusalOf, routesOf } from './stripe/routes.ts';
import type { Route } from './stripe/routes.ts';

export { stripeDemoCredentials } from './stripe/keys.ts';

export interface StripeOptions extends Surroundings {
  faults: Faults;
  /** Where callbacks go, asked at each try; absent: nowhere. */
  callbackUrl?: (() => string) | undefined;
  /** How the time between two tries of a callback passes; a timer when absent. */
  retryWait?: ((milliseconds: number) => Promise<void>) | undefined;
  /** How a callback is carried; over the network when absent. */
  post?: Post | undefined;
}

/** What really happened to one payment, in this project's words. Amounts are minor units. */
export interface StripePayment {
  id: string;
  /** The vendor's word. */
  status: string;
  currency: string;
  amount: number;
  held: number;
  captured: number;
  refunded: number;
  disputed: boolean;
  /** How often a card was charged or refused. */
  tries: number;
  card: { brand: string; last4: string } | null;
  metadata: Record<string, string>;
}

export interface StripeSandbox {
  /** The API, `/v1/…`. The official SDK asks for it at a host's root. */
  api: Hono<SandboxEnv>;
  /** `stripe.js` and the pages it opens. They stand beside the API's `v1`. */
  pages: Hono<SandboxEnv>;
  payments(): StripePayment[];
  /** The cardholder disputes a captured payment. False: there is nothing to dispute. */
  dispute(id: string): boolean;
  reset(): void;
  /** Ends when no callback is on its way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const EVERY_ORIGIN = '*';
const ALREADY_SENT = 'x-hono-already-sent';

/**
 * Stripe, as far as a seller of seats speaks with it, on the wire of API 2026-10-28: the official SDK works against it unchanged.
 * Written from the public specification, the SDK's types and samples.
 */
export function createStripe(options: StripeOptions): StripeSandbox {
  const { faults, now } = options;
  const callbacks = new Callbacks({
    faults,
    now,
    signingSecret: stripeDemoCredentials.signingSecret,
    url: options.callbackUrl,
    wait: options.retryWait,
    post: options.post,
  });
  const keys = new IdempotencyKeys(now);
  let request: StripeEvent['request'] = { id: null, idempotency_key: null };
  const newLedger = () =>
    new Ledger({
      now,
      tell: (type, object) => callbacks.tell(type, object, request),
      later: (at, run) => faults.later(at, run),
    });
  let ledger = newLedger();

  /** Carries a call out on behalf of a request; events it causes name that request. */
  const carryOut = (route: Route, asked: Asked, requestId: string): Answer => {
    request = { id: requestId, idempotency_key: asked.key ?? null };
    try {
      const { answer, paths } = readParameters(asked.form, (parameters) => {
        const paths = parameters.list('expand') ?? [];
        return { answer: route.read({ ...asked, parameters, ledger, events: callbacks.events, now }), paths };
      });
      return { status: 200, type: JSON_TYPE, body: expand(answer(), paths, ledger) };
    } finally {
      request = { id: null, idempotency_key: null };
    }
  };

  const serve = async (context: Context<SandboxEnv>, route: Route): Promise<Response> => {
    const requestId = newId('req', 14);
    const asked = readRequest(await hear(context), route);
    const { key } = asked;
    if (key !== undefined && keys.isRunning(key)) throw keyInUse();
    let replayed: string | undefined;
    const once = (work: () => Answer): Answer => {
      if (key === undefined) return answerOf(work);
      const result = keys.once(key, asked.fingerprint, requestId, work);
      replayed = result.replayed;
      return result.answer;
    };
    const call = {
      vendor: 'stripe',
      name: route.call,
      work: () => once(() => carryOut(route, asked, requestId)),
      refusal: () => once(() => refusalOf(route.call)),
      throttled: () => errorAnswer(tooMany()),
    } as const;
    // Only while it waits can a request of ours meet another with its key.
    const wait = (milliseconds: number) =>
      key === undefined ? options.wait(milliseconds) : keys.during(key, () => options.wait(milliseconds));
    const response = await serveCall(context, call, { faults, now, wait });
    return withHeaders(response, {
      'request-id': requestId,
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(replayed !== undefined && { 'idempotent-replayed': 'true', 'original-request': replayed }),
    });
  };

  const api = new Hono<SandboxEnv>();
  for (const route of routesOf()) {
    api.on(route.method, `/v1${route.path}`, (context) => serve(context, route));
    if (route.browser) api.options(`/v1${route.path}`, () => preflight());
  }
  api.all('/v1/*', (context) => {
    const { method, path } = context.req;
    throw invalid(
      `Unrecognized request URL (${method}: ${path.replace(/^.*?\/v1\//, '/v1/')}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      { status: 404 },
    );
  });
  api.onError((error) => {
    if (!(error instanceof Refused)) throw error;
    return withHeaders(send(errorAnswer(error)), { 'request-id': newId('req', 14) });
  });

  return {
    api,
    pages: createBrowserPages({ ledger: () => ledger }),
    payments: () => ledger.intents.map(describePayment),
    dispute(id) {
      const intent = ledger.intents.find((one) => one.id === id);
      const charge = intent && goodCharge(intent);
      if (!charge || charge.captured === 0 || charge.dispute) return false;
      ledger.openDispute(charge);
      return true;
    },
    reset() {
      ledger = newLedger();
      keys.clear();
      callbacks.reset();
    },
    settled: () => callbacks.settled(),
    close: () => callbacks.close(),
  };
}

/** A request whose caller is known. */
export interface Asked {
  params: Record<string, string>;
  caller: 'server' | 'browser';
  form: Form;
  /** `Idempotency-Key`, of a POST. */
  key?: string;
  fingerprint: string;
}

/** @throws Refused */
function readRequest(heard: Heard, route: Route): Asked {
  const { url, text, params, header } = heard;
  const isPost = route.method === 'POST';
  if (isPost && text !== '' && !header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw invalid('Invalid request (check that your POST content type is application/x-www-form-urlencoded).');
  }
  const form = readForm(isPost ? text : url.search);
  const caller = callerOf(heard, form);
  const version = header('stripe-version');
  if (version !== undefined && version !== API_VERSION) {
    throw invalid(`Invalid Stripe API version: ${version}. This stand-in speaks ${API_VERSION}.`);
  }
  if (caller === 'browser' && !route.browser) throw needsSecretKey();
  const key = isPost ? header('idempotency-key') : undefined;
  if (key !== undefined && key.length > 255) throw invalid('Idempotency keys may be up to 255 characters.');
  const fingerprint = `${route.method} ${url.pathname}\n${text}`;
  return { params, caller, form, fingerprint, ...(key !== undefined && { key }) };
}

function answerOf(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return errorAnswer(error);
    throw error;
  }
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  if (response.headers.has(ALREADY_SENT)) return response;
  const all = { 'stripe-version': API_VERSION, 'access-control-allow-origin': EVERY_ORIGIN, ...headers };
  for (const [name, value] of Object.entries(all)) response.headers.set(name, value);
  return response;
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': EVERY_ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, stripe-version',
      'access-control-max-age': '600',
    },
  });
}

function describePayment(intent: Intent): StripePayment {
  const charge = goodCharge(intent);
  const card = charge?.method;
  return {
    id: intent.id,
    status: intent.status,
    currency: intent.currency,
    amount: intent.amount,
    held: intent.status === 'requires_capture' ? intent.amount : 0,
    captured: charge?.captured ?? 0,
    refunded: charge ? refundedOf(charge) : 0,
    disputed: charge?.dispute !== undefined,
    tries: intent.charges.length,
    card: card ? { brand: card.behaviour.brand, last4: card.last4 } : null,
    metadata: intent.metadata,
  };
}
