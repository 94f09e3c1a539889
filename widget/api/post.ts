import type { Answer, OpenCall, Opened, Problem } from '../../server/wire/panel.ts';
import { OPEN_TIMEOUT_MS, openBooking, type Opening } from './open.ts';

/** What a call may end with: the server's closed list, and what only a browser can say. */
export type ProblemCode =
  | 'booking_not_found'
  | 'origin_not_allowed'
  | 'key_unknown'
  | 'key_is_stripes'
  | 'brand_disabled'
  | 'link_not_valid'
  | 'session_over'
  | 'client_outdated'
  | 'invalid_request'
  | 'selection_changed'
  | 'segment_not_found'
  | 'selection_empty'
  | 'purchase_not_found'
  | 'payment_not_offered'
  | 'idempotency_key_reused'
  | 'idempotency_in_progress'
  | 'gateway_unavailable'
  | 'gds_unavailable'
  | 'gds_not_ready'
  | 'too_many_requests'
  | 'busy'
  | 'internal'
  /** The browser says that there is no connection. */
  | 'offline'
  /** No answer in time, none at all, or one that is not ours (a proxy's page, half a body). */
  | 'unreachable'
  /** The caller gave up. */
  | 'cancelled';

/** A call that did not work: the server's problem document, or the like of it from here. */
export interface ApiProblem extends Partial<Omit<Problem, 'code' | 'detail'>> {
  code: ProblemCode;
  /** The server's sentence, for the page's owner and the log; the panel has its own words for travellers. */
  detail: string;
  retryAfterSeconds?: number;
}

export type Reply<T> = { ok: true; answer: Answer<T> } | { ok: false; problem: ApiProblem };

export interface PostOptions {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page: for writes that a navigation must not lose. */
  keepalive?: boolean;
}

const STARTED_TIMEOUT_MS = 1000;

/** The booking; `started`: an opening call that was made already and had its time. */
export function open(
  api: string,
  call: Omit<OpenCall, 'v'>,
  signal: AbortSignal,
  started?: Opening,
): Promise<Reply<Opened>> {
  const timeoutMs = started ? STARTED_TIMEOUT_MS : OPEN_TIMEOUT_MS;
  return replyTo<Opened>(() => started ?? openBooking(api, call), { timeoutMs, signal });
}

/**
 * One call of the panel. A text body makes it `text/plain`, a simple request, so no browser asks OPTIONS first. No cookie
 * goes along, and of the page's address only its origin (a confirmation page may carry a locator in its query).
 */
export function post<T>(api: string, name: string, body: object, options: PostOptions): Promise<Reply<T>> {
  const request = (signal: AbortSignal) =>
    fetch(`${api.replace(/\/+$/, '')}/api/panel/${name}`, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
      body: JSON.stringify(body),
      keepalive: options.keepalive === true,
      signal,
    });
  return replyTo<T>(request, options);
}

/** What became of a request, made now or before, in time. Never rejects. */
export async function replyTo<T>(
  request: (signal: AbortSignal) => Promise<Response>,
  { timeoutMs, signal }: PostOptions,
): Promise<Reply<T>> {
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  // a request that was made before does not hear the stopper
  const stopped = new Promise<never>((_, reject) => stopper.signal.addEventListener('abort', reject));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(stop, timeoutMs);
  try {
    const read = async () => {
      const response = await request(stopper.signal);
      return { said: (await response.json()) as Answer<T> | Problem, retryAfter: response.headers.get('Retry-After') };
    };
    const { said, retryAfter } = await Promise.race([read(), stopped]);
    if (said.success) return { ok: true, answer: said };
    // A document without a code is not ours: a proxy speaks JSON, too.
    if (!said.code) throw said;
    const retryAfterSeconds = Math.ceil(Number(retryAfter));
    return {
      ok: false,
      problem: { ...said, code: said.code as ProblemCode, ...(retryAfterSeconds && { retryAfterSeconds }) },
    };
  } catch {
    const code = signal?.aborted ? 'cancelled' : navigator.onLine ? 'unreachable' : 'offline';
    return { ok: false, problem: { code, detail: 'DepartCart gave no answer.' } };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
