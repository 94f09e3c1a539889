import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Outbound, OutboundRequest } from '../../../../server/domain/ports/outbound.ts';
import { createStripeClient } from '../../../../server/payments/stripe/client.ts';
import { intent, INTENT, SECRET_KEY } from './fake-stripe.ts';

afterEach(() => vi.restoreAllMocks());

const settings = { secretKey: SECRET_KEY, webhookSecrets: [], mode: 'test' } as const;

describe('calls at Stripe', () => {
  it('carry each their own name and signal, also two at once', async () => {
    const sent: OutboundRequest[] = [];
    const outbound: Outbound = (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(intent()) });
    };
    const client = createStripeClient(settings, outbound);
    const one = new AbortController().signal;
    const other = new AbortController().signal;
    await Promise.all([
      client.ask('inspect', one, (stripe) => stripe.paymentIntents.retrieve(INTENT)),
      client.ask('close', other, (stripe) => stripe.paymentIntents.cancel(INTENT)),
    ]);
    const of = (label: string) => sent.filter((request) => request.label === label).map(({ signal }) => signal);
    expect(of('stripe.inspect')).toEqual([one]);
    expect(of('stripe.close')).toEqual([other]);
  });

  // Each asynchronous context that was entered once is asked at every promise of the process, as long as it runs: one an adapter, and
  // a server of many brands grows slower with each.
  it('enter no asynchronous context', async () => {
    const run = vi.spyOn(AsyncLocalStorage.prototype, 'run');
    const outbound: Outbound = () => Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(intent()) });
    const client = createStripeClient(settings, outbound);
    const signal = new AbortController().signal;
    expect(await client.ask('inspect', signal, (stripe) => stripe.paymentIntents.retrieve(INTENT))).toMatchObject({
      value: { id: INTENT },
    });
    expect(run).not.toHaveBeenCalled();
  });
});
