import { createHmac } from 'node:crypto';
import type { Faults } from '../../faults.ts';
import type { EventType } from './ledger.ts';
import { API_VERSION } from './objects.ts';
import type { Wire } from './objects.ts';
import { newId } from './records.ts';

/** What the demo partner's endpoint is subscribed to; the others are only listed. */
const SUBSCRIBED: readonly EventType[] = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.refunded',
  'charge.dispute.created',
];

/** Milliseconds before the second and each later try. The vendor goes on for three days. */
const RETRY_AFTER_MS = [1_000, 3_000, 9_000, 27_000];
const TIMEOUT_MS = 10_000;
const SLOW_MS = 5_000;
const LATE_MS = 90_000;

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: Wire };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
}

export interface CallbackOptions {
  faults: Faults;
  /** Milliseconds since the epoch. */
  now(): number;
  signingSecret: string;
  /** Where callbacks go; undefined: nowhere. */
  url?: (() => string) | undefined;
  /** How the time between two tries passes; without it a timer that keeps no process alive. */
  wait?: ((milliseconds: number) => Promise<void>) | undefined;
  /** How a callback is carried; over the network when absent. */
  post?: Post | undefined;
}

export type Post = (
  url: string,
  request: { method: 'POST'; headers: Record<string, string>; body: string },
) => Promise<Response>;

/**
 * Remembers events and sends them, signed, to the partner's endpoint: at least once, in no order, never while an answer waits.
 *
 * Faults on the call `callbacks` meet each try: `slow` and `late` send it later, `lost_after` and `half` send it and take no
 * notice of the answer, so that it is sent again; any other word and it is not sent.
 */
export class Callbacks {
  readonly events: StripeEvent[] = [];
  private readonly underway = new Set<Promise<void>>();
  private ended = new AbortController();

  constructor(private readonly options: CallbackOptions) {}

  tell(type: EventType, object: Wire, request: StripeEvent['request']): void {
    const isSent = this.options.url !== undefined && SUBSCRIBED.includes(type);
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: Math.floor(this.options.now() / 1000),
      data: { object },
      livemode: false,
      pending_webhooks: isSent ? 1 : 0,
      request,
      type,
    };
    this.events.push(event);
    if (isSent) this.start(event);
  }

  /** Ends when nothing is on its way any more: delivered, given up or put off by a fault. */
  async settled(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway);
  }

  /** Forgets all events and what is on its way. */
  reset(): void {
    this.ended.abort();
    this.ended = new AbortController();
    this.events.length = 0;
  }

  /** Gives up what is on its way. No timer is left. */
  async close(): Promise<void> {
    this.ended.abort();
    await this.settled();
  }

  private start(event: StripeEvent): void {
    const { signal } = this.ended;
    const sending = this.send(event, signal).finally(() => this.underway.delete(sending));
    this.underway.add(sending);
  }

  private async send(event: StripeEvent, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (const pause of [...RETRY_AFTER_MS, undefined]) {
      if (signal.aborted || (await this.attempt(event, signal))) return;
      if (pause !== undefined) await this.wait(pause, signal);
    }
  }

  /** Whether it is done with. */
  private async attempt(event: StripeEvent, signal: AbortSignal): Promise<boolean> {
    switch (this.options.faults.take('stripe', 'callbacks')?.word) {
      case undefined:
        return this.post(event, signal);
      case 'slow':
        await this.wait(SLOW_MS, signal);
        return this.post(event, signal);
      case 'late':
        this.options.faults.later(this.options.now() + LATE_MS, () => this.start(event));
        return true;
      case 'lost_after':
      case 'half':
        await this.post(event, signal);
        return false;
      default:
        return false;
    }
  }

  private async post(event: StripeEvent, signal: AbortSignal): Promise<boolean> {
    const body = JSON.stringify(event, null, 2);
    const timestamp = Math.floor(this.options.now() / 1000);
    try {
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': `t=${timestamp},v1=${sign(this.options.signingSecret, timestamp, body)}`,
      };
      const overNetwork: Post = (url, request) =>
        fetch(url, {
          ...request,
          redirect: 'manual',
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
      const post = this.options.post ?? overNetwork;
      const response = await post(this.options.url!(), { method: 'POST', headers, body });
      await response.arrayBuffer();
      if (response.ok) event.pending_webhooks = 0;
      return response.ok;
    } catch {
      return false;
    }
  }

  private wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.options.wait) return this.options.wait(milliseconds);
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds).unref();
      signal.addEventListener('abort', end);
    });
  }
}

/** HMAC-SHA256 of `<timestamp>.<body>`; the whole secret is the key. */
const sign = (secret: string, timestamp: number, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
