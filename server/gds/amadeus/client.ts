import type { Clock } from '../../domain/ports/clock.ts';
import {
  OutboundError,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
} from '../../domain/ports/outbound.ts';
import { faultOf, faultOfConnection, type Answer, type Fault } from './faults.ts';
import { read, tokenShape } from './reply.ts';

/** How one airline or agency signs in at Amadeus. */
export interface AmadeusSettings {
  apiKey: string;
  apiSecret: string;
  /** Enterprise: the office whose bookings are seen, "NCE1A0950". */
  officeId: string;
  /** Stands in front of every call's reference, so that Amadeus's support finds our calls. */
  clientRef?: string;
  environment: 'test' | 'live';
  /** Instead of the environment's own address. */
  baseUrl?: string;
  /** The verb that changes an order. Amadeus's release notes say PATCH, which is the default; public clients use either. */
  orderChangeVerb?: 'PATCH' | 'POST';
}

export interface AmadeusParts {
  outbound: Outbound;
  clock: Clock;
  /** A fresh id with every call. */
  newId: () => string;
  settings: AmadeusSettings;
}

/** What is asked: where, its name in log and errors, and its limits. */
export interface Call {
  path: string;
  /** For the log: never a path, which may hold a record locator. */
  label: string;
  name: string;
  timeoutMs: number;
  maxBytes?: number;
}

export interface AmadeusClient {
  /** Reads; answers the parsed JSON of a 2xx. Signs in and renews the token by itself, repeats once after a fault that passes. */
  get(call: Call, signal: AbortSignal): Promise<Answer<unknown>>;
  /**
   * Writes; answers null for any 2xx, since what its body holds is not documented. Sent at most once, whatever happens: a token
   * that is refused is forgotten, and it is the caller who asks again.
   */
  change(call: Call, method: 'PATCH' | 'POST', body: object, signal: AbortSignal): Promise<Answer<null>>;
}

/** Before the one repetition. Amadeus's test system takes no two requests within 100 ms. */
const PAUSE_MS = 250;
/** A token is renewed this long before its end, so that it does not end under way. */
const EARLY_MS = 60_000;

/** Speaks Amadeus's REST transport for one set of credentials. */
export function createClient({ outbound, clock, newId, settings }: AmadeusParts): AmadeusClient {
  const base = (settings.baseUrl ?? HOSTS[settings.environment]).replace(/\/+$/, '');
  const send = createSend(outbound, clock, () => [settings.clientRef, newId()].filter(Boolean).join('-'));
  const tokens = createTokens(clock, async () => parsed(await send(tokenRequest(base, settings), TOKEN), TOKEN));

  const requestOf = ({ path, label, timeoutMs, maxBytes }: Call, token: string, signal: AbortSignal) => ({
    url: base + path,
    headers: { authorization: `Bearer ${token}`, accept: `${TYPE}, application/json` },
    label,
    signal,
    timeoutMs,
    ...(maxBytes !== undefined && { maxBytes }),
  });

  const getWith = async (call: Call, token: string, signal: AbortSignal): Promise<Answer<unknown>> =>
    parsed(await send({ method: 'GET', ...requestOf(call, token, signal) }, call), call);

  const attempt = async (call: Call, signal: AbortSignal): Promise<Answer<unknown>> => {
    const token = await tokens.current(signal);
    if (!token.ok) return token;
    const answer = await getWith(call, token.value, signal);
    if (answer.ok || answer.fault.kind !== 'stale_token') return answer;
    tokens.drop(token.value);
    const renewed = await tokens.current(signal);
    return renewed.ok ? getWith(call, renewed.value, signal) : renewed;
  };

  return {
    async get(call, signal) {
      const answer = await attempt(call, signal);
      if (answer.ok || answer.fault.kind !== 'unavailable' || signal.aborted) return answer;
      const waited = await clock.sleep(PAUSE_MS, signal).then(
        () => true,
        () => false,
      );
      return waited ? attempt(call, signal) : answer;
    },

    async change(call, method, body, signal) {
      const token = await tokens.current(signal);
      if (!token.ok) return { ok: false, fault: { ...token.fault, sent: false } };
      const request = requestOf(call, token.value, signal);
      const headers = { ...request.headers, 'content-type': TYPE };
      const answer = await send({ ...request, method, headers, body: JSON.stringify(body) }, call);
      if (answer.ok) return { ok: true, value: null };
      if (answer.fault.kind === 'stale_token') tokens.drop(token.value);
      return answer;
    },
  };
}

const TYPE = 'application/vnd.amadeus+json';

type Send = (request: OutboundRequest, call: Pick<Call, 'name'>) => Promise<Answer<string>>;

/** One request: the body of a 2xx as it came, or its fault named. */
function createSend(outbound: Outbound, clock: Clock, nextReference: () => string): Send {
  return async (request, { name }) => {
    let response: OutboundResponse;
    try {
      response = await outbound({ ...request, headers: { ...request.headers, 'ama-client-ref': nextReference() } });
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { ok: false, fault: faultOfConnection(error, name) };
    }
    const { status, text } = response;
    if (status >= 200 && status <= 299) return { ok: true, value: text };
    return { ok: false, fault: faultOf(response, parseJson(text), name, clock.now()) };
  };
}

function parsed(answer: Answer<string>, { name }: Pick<Call, 'name'>): Answer<unknown> {
  if (!answer.ok) return answer;
  const value = parseJson(answer.value);
  return value === undefined ? { ok: false, fault: { kind: 'bad_response', call: name } } : { ok: true, value };
}

const TOKEN = { name: 'sign-in' };

const tokenRequest = (base: string, { apiKey, apiSecret, officeId }: AmadeusSettings): OutboundRequest => ({
  method: 'POST',
  url: `${base}/v1/security/oauth2/token`,
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: apiKey,
    client_secret: apiSecret,
    guest_office_id: officeId,
  }).toString(),
  label: 'amadeus.token',
  timeoutMs: 10_000,
  maxBytes: 64 * 1024,
});

interface Tokens {
  current(signal: AbortSignal): Promise<Answer<string>>;
  /** Forgets this token, unless another one has come meanwhile. */
  drop(token: string): void;
}

/** The token of one set of credentials: kept until shortly before its end, asked for once however many calls wait for it. */
function createTokens(clock: Clock, ask: () => Promise<Answer<unknown>>): Tokens {
  let kept: { token: string; endsAt: number } | null = null;
  let asking: Promise<Answer<string>> | null = null;

  const renew = async (): Promise<Answer<string>> => {
    const askedAt = clock.now();
    const answer = await ask();
    if (!answer.ok) return { ok: false, fault: signInFault(answer.fault) };
    const reply = read(tokenShape, answer.value, 'token');
    if (!reply.ok) return { ok: false, fault: { kind: 'bad_response', call: TOKEN.name } };
    const { access_token: token, expires_in: seconds } = reply.value;
    kept = { token, endsAt: askedAt + seconds * 1000 - EARLY_MS };
    return { ok: true, value: token };
  };

  return {
    async current(signal) {
      if (signal.aborted) return GAVE_UP;
      if (kept && clock.now() < kept.endsAt) return { ok: true, value: kept.token };
      // Not bound to this caller's signal: others wait for the same answer.
      asking ??= renew().finally(() => (asking = null));
      return untilAborted(asking, signal);
    },
    drop(token) {
      if (kept?.token === token) kept = null;
    },
  };
}

/** The sign-in needs no token and holds no record: whatever is refused there is a matter of the settings. */
const signInFault = (fault: Fault): Fault =>
  ['stale_token', 'not_entitled', 'rejected', 'not_found'].includes(fault.kind)
    ? { ...fault, kind: 'credentials' }
    : fault;

const GAVE_UP: Answer<string> = { ok: false, fault: { kind: 'timeout', call: TOKEN.name } };

async function untilAborted(work: Promise<Answer<string>>, signal: AbortSignal): Promise<Answer<string>> {
  let stop = () => {};
  const aborted = new Promise<Answer<string>>((resolve) => {
    stop = () => resolve(GAVE_UP);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const HOSTS = { test: 'https://test.travel.api.amadeus.com', live: 'https://travel.api.amadeus.com' } as const;
