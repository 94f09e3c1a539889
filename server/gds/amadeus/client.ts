import type { Clock } from '../../domain/ports/clock.ts';
import {
  OutboundError,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
} from '../../domain/ports/outbound.ts';
import type { Outcome } from '../../domain/ports/outcome.ts';
import { errorShape, read, tokenShape } from './reply.ts';

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
}

export interface AmadeusParts {
  outbound: Outbound;
  clock: Clock;
  /** A fresh id with every call. */
  newId: () => string;
  settings: AmadeusSettings;
}

/** The kinds of fault that Amadeus knows. They stay in this folder: outcomeOf turns them into the port's words. */
export type FaultKind =
  | 'credentials'
  | 'stale_token'
  | 'not_entitled'
  | 'not_found'
  | 'rejected'
  | 'throttled'
  | 'quota'
  | 'address'
  | 'unavailable'
  | 'timeout'
  | 'bad_response';

export interface Fault {
  kind: FaultKind;
  /** For operators: "seat maps". */
  call: string;
  status?: number;
  code?: number;
  /** UTC milliseconds. */
  retryAt?: number;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; fault: Fault };

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
}

/** Before the one repetition. Amadeus's test system takes no two requests within 100 ms. */
const PAUSE_MS = 250;
/** A token is renewed this long before its end, so that it does not end under way. */
const EARLY_MS = 60_000;

/** Speaks Amadeus's REST transport for one set of credentials. */
export function createClient({ outbound, clock, newId, settings }: AmadeusParts): AmadeusClient {
  const base = (settings.baseUrl ?? HOSTS[settings.environment]).replace(/\/+$/, '');
  const send = createSend(outbound, clock, () => [settings.clientRef, newId()].filter(Boolean).join('-'));
  const tokens = createTokens(clock, () => send(tokenRequest(base, settings), TOKEN));

  const getWith = (call: Call, token: string, signal: AbortSignal): Promise<Answer<unknown>> => {
    const { path, label, timeoutMs, maxBytes } = call;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.amadeus+json, application/json' };
    const limits = { timeoutMs, ...(maxBytes !== undefined && { maxBytes }) };
    return send({ method: 'GET', url: base + path, headers, label, signal, ...limits }, call);
  };

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
  };
}

type Send = (request: OutboundRequest, call: Pick<Call, 'name'>) => Promise<Answer<unknown>>;

/** One request, its answer parsed or its fault named. */
function createSend(outbound: Outbound, clock: Clock, nextReference: () => string): Send {
  return async (request, { name }) => {
    let response: OutboundResponse;
    try {
      response = await outbound({ ...request, headers: { ...request.headers, 'ama-client-ref': nextReference() } });
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { ok: false, fault: { kind: CONNECTION[error.kind], call: name } };
    }
    const body = parseJson(response.text);
    if (response.status < 200 || response.status > 299)
      return { ok: false, fault: faultOf(response, body, name, clock.now()) };
    if (body === undefined) return { ok: false, fault: { kind: 'bad_response', call: name, status: response.status } };
    return { ok: true, value: body };
  };
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

/** By Amadeus's code where it names one we know, else by the HTTP status. */
function faultOf({ status, headers }: OutboundResponse, body: unknown, call: string, now: number): Fault {
  const error = read(errorShape, body, 'error');
  const codes = error.ok ? [...(error.value.errors ?? []), error.value].map(({ code }) => code) : [];
  const numbers = codes.filter((code): code is number => typeof code === 'number' && Number.isInteger(code));
  const code = numbers.find((one) => CODES.has(one)) ?? numbers[0];
  const kind = (code === undefined ? undefined : CODES.get(code)) ?? kindByStatus(status);
  const retryAt = kind === 'quota' ? now + QUOTA_PAUSE_MS : now + retryAfterMs(headers['retry-after'], now);
  return { kind, call, status, ...(code !== undefined && { code }), ...(WAITS.includes(kind) && { retryAt }) };
}

function kindByStatus(status: number): FaultKind {
  if (status === 401) return 'stale_token';
  if (status === 403) return 'not_entitled';
  if (status === 404) return 'not_found';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'rejected';
}

/** The header's seconds or date, within reason; a second where there is none. */
function retryAfterMs(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 1000), QUOTA_PAUSE_MS) : 1000;
}

/** A read's fault in the port's words. `detail` is for the operator: it holds no locator, no name and no secret. */
export function outcomeOf<T>({ kind, call, status, code, retryAt }: Fault): Outcome<T> {
  const refused = (detail: string): Outcome<T> => ({ is: 'refused_by_configuration', detail });
  const said = [status && `HTTP ${status}`, code && `code ${code}`].filter(Boolean).join(', ');
  switch (kind) {
    case 'credentials':
      return refused(
        `Amadeus refuses the sign-in (${said}): check api_key, api_secret, office_id and base_url, and that they are of this environment`,
      );
    case 'stale_token':
      return refused(
        `Amadeus refuses a token that it has just given (${said}): check with Amadeus whether the API key is still active`,
      );
    case 'not_entitled':
      return refused(`the API key has no right to ${call} (${said}): ask Amadeus to add it`);
    case 'not_found':
      return refused(`there is no ${call} at this address (${said}): check base_url`);
    case 'rejected':
      return refused(`Amadeus rejects the request for ${call} (${said})`);
    case 'address':
      return refused('the address of Amadeus may not be called: check base_url');
    case 'throttled':
    case 'quota':
      return { is: 'again', at: new Date(retryAt ?? 0).toISOString() };
    case 'unavailable':
    case 'timeout':
    case 'bad_response':
      return { is: 'unknown' };
  }
}

const HOSTS = { test: 'https://test.travel.api.amadeus.com', live: 'https://travel.api.amadeus.com' } as const;

/** A used-up quota does not come back within a traveller's visit. */
const QUOTA_PAUSE_MS = 60 * 60 * 1000;

const WAITS: readonly FaultKind[] = ['throttled', 'quota'];

/** Gateway codes [A-GD common errors]. Codes of single calls stand with those calls, in adapter.ts. */
const CODES: ReadonlyMap<number, FaultKind> = new Map([
  [38187, 'credentials'],
  [39683, 'credentials'],
  [39686, 'credentials'],
  [38190, 'stale_token'],
  [38192, 'stale_token'],
  [38193, 'stale_token'],
  [38191, 'rejected'],
  [38197, 'not_entitled'],
  [38196, 'not_found'],
  [38194, 'throttled'],
  [38195, 'quota'],
  [38189, 'unavailable'],
]);

/** No complete answer. A timeout is not repeated: the caller has waited long enough. */
const CONNECTION: Readonly<Record<OutboundError['kind'], FaultKind>> = {
  refused_address: 'address',
  connect: 'unavailable',
  broken: 'unavailable',
  timeout: 'timeout',
  aborted: 'timeout',
  too_large: 'bad_response',
};
