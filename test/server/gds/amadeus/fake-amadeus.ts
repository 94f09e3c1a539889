import type { Clock } from '../../../../server/domain/ports/clock.ts';
import {
  OutboundError,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
} from '../../../../server/domain/ports/outbound.ts';
import { createAmadeus } from '../../../../server/gds/amadeus/adapter.ts';
import type { AmadeusSettings } from '../../../../server/gds/amadeus/client.ts';

/** What the fake says to one call: a status with a body (an object becomes JSON), a fault of the connection, or either by what was asked. */
export type Said =
  | { status?: number; body?: unknown; headers?: Record<string, string>; after?: Promise<void> }
  | OutboundError['kind']
  | ((request: OutboundRequest) => Exclude<Said, (request: OutboundRequest) => Said>);

type Call = 'token' | 'by-reference' | 'order' | 'change' | 'seatmaps';

export const error = (status: number, code: number | string, title = 'SAID NO') => ({
  status,
  body: { errors: [{ status, code, title }] },
});

/** A far side that speaks Amadeus's contract: gives tokens, checks them, and answers calls from a script. */
export class FakeAmadeus {
  readonly requests: OutboundRequest[] = [];
  /** By what the path holds; each list is said in turn and its last entry for ever. */
  readonly script: Record<Call, Said[]> = { token: [], 'by-reference': [], order: [], change: [], seatmaps: [] };
  now = Date.parse('2026-03-09T07:35:00Z');
  slept: number[] = [];
  private given = 0;
  private ids = 0;

  readonly clock: Clock = {
    now: () => this.now,
    sleep: (milliseconds, signal) => {
      this.slept.push(milliseconds);
      this.now += milliseconds;
      return signal?.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
    },
  };

  readonly outbound: Outbound = async (request) => {
    this.requests.push(request);
    await Promise.resolve();
    const call = callOf(request);
    const list = this.script[call];
    const next = list.length > 1 ? list.shift()! : list[0];
    const said = typeof next === 'function' ? next(request) : next;
    if (typeof said === 'string') throw new OutboundError(said, said !== 'connect', 'no answer');
    await said?.after;
    if (said) return this.answer(said);
    if (call !== 'token') throw new Error(`nothing is scripted for ${call}`);
    this.given++;
    return this.answer({ body: { token_type: 'Bearer', access_token: `token-${this.given}`, expires_in: 1799 } });
  };

  adapter(settings: Partial<AmadeusSettings> = {}) {
    return createAmadeus({
      outbound: this.outbound,
      clock: this.clock,
      newId: () => `id-${++this.ids}`,
      settings: { apiKey: 'key-1', apiSecret: 'secret/1&2', officeId: 'NCE1A0950', environment: 'test', ...settings },
    });
  }

  requestsFor(part: string): OutboundRequest[] {
    return this.requests.filter(({ url }) => url.includes(part));
  }

  /** The calls in their order. */
  calls(): Call[] {
    return this.requests.map(callOf);
  }

  private answer({
    status = 200,
    body,
    headers = {},
  }: {
    status?: number;
    body?: unknown;
    headers?: Record<string, string>;
  }): OutboundResponse {
    return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
  }
}

function callOf({ method, url }: OutboundRequest): Call {
  if (url.includes('/oauth2/token')) return 'token';
  if (url.includes('by-reference')) return 'by-reference';
  if (url.includes('/seatmaps')) return 'seatmaps';
  return method === 'GET' ? 'order' : 'change';
}

export const ever = (): AbortSignal => new AbortController().signal;
