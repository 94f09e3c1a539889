import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxes } from '../../../../demo/sandboxes/sandboxes.ts';
import { StripeStand } from './stand.ts';

let stand: StripeStand;
beforeEach(async () => {
  stand = await StripeStand.start();
});
afterEach(() => stand.close());

describe('callbacks of Stripe', () => {
  it('tell hold, capture and refund to the brand’s address, signed', async () => {
    const { id } = await stand.held();
    await stand.told();
    await stand.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'pay:1:capture' });
    await stand.told();
    await stand.stripe.refunds.create({ payment_intent: id, amount: 500 });
    expect(await stand.told()).toEqual([
      'payment_intent.amount_capturable_updated',
      'payment_intent.succeeded',
      'charge.refunded',
    ]);
    expect(new Set(stand.heard.map(({ path }) => path))).toEqual(new Set(['/callbacks/stripe/skyline']));
    const [held, taken, refunded] = stand.heard.map((one) => stand.verify(one));
    expect(held!.data.object).toMatchObject({ id, status: 'requires_capture', metadata: { transaction: 'dc_1' } });
    expect(taken).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      request: { idempotency_key: 'pay:1:capture' },
      data: { object: { id, amount_received: 4200 } },
    });
    expect(refunded!.data.object).toMatchObject({ object: 'charge', payment_intent: id, amount_refunded: 500 });
    expect(new Set(stand.heard.map(({ event }) => event.id)).size).toBe(3);
  });

  it('tell a decline and a void', async () => {
    const intent = await stand.open();
    await stand.payAsBrowser(intent, '4000000000000002');
    await stand.told();
    await stand.stripe.paymentIntents.cancel(intent.id);
    expect(await stand.told()).toEqual(['payment_intent.payment_failed', 'payment_intent.canceled']);
    expect(stand.heard[0]!.event.data.object).toMatchObject({
      last_payment_error: { decline_code: 'generic_decline' },
    });
  });

  it('do not fit another body', async () => {
    await stand.held();
    await stand.told();
    const [one] = stand.heard;
    expect(() => stand.verify({ ...one!, body: one!.body.replace('4200', '1') })).toThrow('signature');
  });

  it('never keep an answer waiting', async () => {
    let answer!: () => void;
    stand.hold = new Promise((resolve) => (answer = resolve));
    expect((await stand.held()).status).toBe('requires_capture');
    answer();
    expect(await stand.told()).toHaveLength(1);
  });

  it('are tried again, signed anew, until they are taken', async () => {
    stand.answers.push(503, 500, 301);
    stand.waitsFor(async () => {
      stand.time += 400_000;
    });
    const { id } = await stand.held();
    await stand.told();
    expect(stand.waited).toEqual([1000, 3000, 9000]);
    expect(stand.heard).toHaveLength(4);
    expect(new Set(stand.heard.map(({ body }) => body)).size).toBe(1);
    expect(new Set(stand.heard.map(({ signature }) => signature)).size).toBe(4);
    expect(stand.verify(stand.heard[3]!).data.object).toMatchObject({ id });
  });

  it('are given up after five tries, and listed all the same', async () => {
    stand.answers.push(500, 500, 500, 500, 500, 500);
    await stand.held();
    await stand.told();
    expect(stand.heard).toHaveLength(5);
    const missed = await stand.stripe.events.list({ types: ['payment_intent.amount_capturable_updated'] });
    expect(missed.data).toMatchObject([{ id: stand.heard[0]!.event.id, pending_webhooks: 1 }]);
  });

  it('can be switched off', async () => {
    await stand.faults({ call: 'callbacks', fault: 'down', times: 1000 });
    await stand.held();
    expect(await stand.told()).toEqual([]);
  });

  it('come twice when their answer is lost, and late by the clock', async () => {
    await stand.faults({ call: 'callbacks', fault: 'lost_after' }, { call: 'callbacks', fault: 'late' });
    await stand.held();
    expect(await stand.told()).toHaveLength(1);
    stand.time += 90_000;
    await stand.payments();
    expect(await stand.told()).toHaveLength(2);
    expect(stand.heard[0]!.event.id).toBe(stand.heard[1]!.event.id);
  });

  it('end with the sandboxes, whatever they wait for', async () => {
    const sandboxes = createSandboxes({ stripeCallbackUrl: () => 'http://127.0.0.1:9/callbacks/stripe/skyline' });
    const ask = (path: string, form: Record<string, string>) =>
      sandboxes.app.request(path, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_demo_skyline' },
        body: new URLSearchParams(form),
      });
    const opened = await ask('/v1/payment_intents', { amount: '4200', currency: 'eur' });
    const { id } = (await opened.json()) as { id: string };
    const paid = await ask(`/v1/payment_intents/${id}/confirm`, { payment_method: 'pm_card_visa' });
    expect(paid.status).toBe(200);
    await sandboxes.close();
    await sandboxes.settled();
  });
});
