import type { Clock } from '../../../../server/domain/ports/clock.ts';
import {
  OutboundError,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
} from '../../../../server/domain/ports/outbound.ts';
import { createAmadeus } from '../../../../server/gds/amadeus/adapter.ts';
import type { AmadeusSettings } from '../../../../server/gds/amadeus/client.ts';

/** What the fake says to one call: a status with a body (an object becomes JSON), or a fault of the connection. */
export type Said =
  | { status?: number; body?: unknown; headers?: Record<string, string>; after?: Promise<void> }
  | OutboundError['kind'];

export const error = (status: number, code: number | string, title = 'SAID NO'): Said => ({
  status,
  body: { errors: [{ status, code, title }] },
});

/** A far side that speaks Amadeus's contract: gives tokens, checks them, and answers calls from a script. */
export class FakeAmadeus {
  readonly requests: OutboundRequest[] = [];
  /** By what the path holds; each list is said in turn and its last entry for ever. */
  readonly script: Record<'token' | 'by-reference' | 'seatmaps', Said[]> = {
    token: [],
    'by-reference': [],
    seatmaps: [],
  };
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
    const call = request.url.includes('/oauth2/token')
      ? 'token'
      : request.url.includes('by-reference')
        ? 'by-reference'
        : 'seatmaps';
    const list = this.script[call];
    const said = list.length > 1 ? list.shift()! : list[0];
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

  private answer({ status = 200, body, headers = {} }: Exclude<Said, string>): OutboundResponse {
    return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
  }
}

export const ever = (): AbortSignal => new AbortController().signal;
