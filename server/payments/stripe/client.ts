import Stripe from 'stripe';
import type { Outbound, OutboundResponse } from '../../domain/ports/outbound.ts';
import { type Fault, faultOf } from './fault.ts';

export interface StripeSettings {
  /** `sk_…`, or a restricted key `rk_…` that may write PaymentIntents and Refunds and read Charges and Disputes. */
  secretKey: string;
  /** `whsec_…` of the brand's endpoint; several while one replaces another. */
  webhookSecrets: readonly string[];
  mode: 'test' | 'live';
  /** Mode test only: where calls go instead of Stripe. No slash at the end. */
  baseUrl?: string;
}

export type Answer<T> = { value: T } | { fault: Fault };

export interface StripeClient {
  /**
   * One call at Stripe, or all pages of one list.
   * @param call names it in the log: `capture`
   * Throws only for a fault of our own.
   */
  ask<T>(call: string, signal: AbortSignal, work: (stripe: Stripe) => Promise<T>): Promise<Answer<T>>;
}

const ADDRESS = 'https://api.stripe.com';

/** Of one request, connect to last byte. */
const TIMEOUT_MS = 20_000;

/**
 * The official SDK over our own client for outgoing calls: one guard of addresses, one limit on time, one log, and the knowledge
 * whether a request that failed had left. Nothing is repeated here: the purchase machine does that, after a look.
 * @throws when a base URL is given in mode live
 */
export function createStripeClient(settings: StripeSettings, outbound: Outbound): StripeClient {
  const { secretKey, mode, baseUrl } = settings;
  if (mode === 'live' && baseUrl) throw new Error('live payments go to Stripe itself, never to a base URL');
  return {
    async ask(label, signal, work) {
      // One SDK for each call, since it carries neither name nor signal through to its HTTP client. It holds no connection and is
      // made in a fraction of a millisecond. An asynchronous context of each adapter would be asked at every promise of the
      // process, for good.
      const stripe = new Stripe(secretKey, {
        httpClient: httpClientOver(outbound, baseUrl ?? ADDRESS, { label: `stripe.${label}`, signal }),
        // The SDK repeats a cut connection even so; not with this client, whose errors it does not know.
        maxNetworkRetries: 0,
        telemetry: false,
        timeout: TIMEOUT_MS,
      });
      try {
        return { value: await work(stripe) };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        return { fault: faultOf(error, label) };
      }
    },
  };
}

/** What the SDK does not carry through to its HTTP client. */
interface Call {
  label: string;
  signal: AbortSignal;
}

/** The SDK's own idea of host, port and protocol is passed over: a base URL may have a path. */
const httpClientOver = (outbound: Outbound, base: string, call: Call): Stripe.HttpClient => ({
  getClientName: () => 'departcart',
  async makeRequest(_host, _port, path, method, headers, body, _protocol, timeoutMs) {
    const response = await outbound({
      ...call,
      method: method as 'GET' | 'POST' | 'DELETE',
      url: base + path,
      headers: plain(headers),
      ...(body && { body }),
      timeoutMs,
    });
    return answered(response);
  },
});

/** Without the length, which our client counts itself. */
const plain = (headers: Record<string, string | number | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  );

const answered = ({ status, headers, text }: OutboundResponse): Stripe.HttpClientResponse => ({
  getStatusCode: () => status,
  getHeaders: () => headers,
  getRawResponse: () => ({}),
  toStream() {
    throw new Error('nothing is streamed from Stripe');
  },
  async toJSON() {
    const value: unknown = JSON.parse(text);
    // The SDK takes what it is given for an object.
    if (value === null || typeof value !== 'object') throw new Error('no object');
    return value;
  },
});
