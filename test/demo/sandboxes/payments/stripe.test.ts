import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START, StripeStand } from './stand.ts';

let stand: StripeStand;
beforeEach(async () => {
  stand = await StripeStand.start();
});
afterEach(() => stand.close());

/** What the SDK throws. */
async function refusal(asked: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
}

describe('payment intents, by the official SDK', () => {
  it('opens one that waits for a card', async () => {
    const intent = await stand.open({ statement_descriptor_suffix: 'SEATS' });
    expect(intent).toMatchObject({
      object: 'payment_intent',
      amount: 4200,
      amount_capturable: 0,
      currency: 'eur',
      capture_method: 'manual',
      status: 'requires_payment_method',
      livemode: false,
      metadata: { transaction: 'dc_1' },
      payment_method_types: ['card'],
      statement_descriptor_suffix: 'SEATS',
      created: START / 1000,
    });
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_\\w{24}$`));
    expect(intent.lastResponse).toMatchObject({ apiVersion: '2026-10-28.endive', statusCode: 200 });
    expect(intent.lastResponse.requestId).toMatch(/^req_/);
  });

  it('holds the money, takes less than was held and lets the rest go', async () => {
    const held = await stand.held();
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 4200, amount_received: 0 });
    expect(await stand.payments()).toMatchObject([{ held: 4200, captured: 0 }]);
    const taken = await stand.stripe.paymentIntents.capture(held.id, { amount_to_capture: 3000 });
    expect(taken).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 3000, amount: 4200 });
    expect(await stand.payments()).toMatchObject([
      {
        id: held.id,
        status: 'succeeded',
        amount: 4200,
        held: 0,
        captured: 3000,
        refunded: 0,
        metadata: { transaction: 'dc_1' },
        card: { brand: 'visa', last4: '4242' },
      },
    ]);
  });

  it('takes all of it when no amount is named, and at once when it is not manual', async () => {
    const held = await stand.held();
    expect((await stand.stripe.paymentIntents.capture(held.id)).amount_received).toBe(4200);
    const automatic = await stand.held('pm_card_visa', { capture_method: 'automatic' });
    expect(automatic).toMatchObject({ status: 'succeeded', amount_received: 4200 });
  });

  it('lets go of what it holds', async () => {
    const held = await stand.held();
    const gone = await stand.stripe.paymentIntents.cancel(held.id, { cancellation_reason: 'abandoned' });
    expect(gone).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned', amount_capturable: 0 });
    expect(await stand.payments()).toMatchObject([{ held: 0, captured: 0 }]);
  });

  it('shows the card and the time to capture by in the charge, when asked', async () => {
    const { id } = await stand.held('pm_card_mastercard');
    const plain = await stand.stripe.paymentIntents.retrieve(id);
    const { latest_charge } = await stand.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    const charge = latest_charge as Stripe.Charge;
    expect(charge.id).toBe(plain.latest_charge);
    expect(charge).toMatchObject({ object: 'charge', captured: false, amount: 4200, paid: true, status: 'succeeded' });
    expect(charge.payment_method_details!.card).toMatchObject({
      brand: 'mastercard',
      last4: '4444',
      capture_before: START / 1000 + 7 * 86_400,
    });
    const error = await refusal(stand.stripe.paymentIntents.retrieve(id, { expand: ['amount'] }));
    expect(error.message).toBe('This property cannot be expanded (amount).');
  });

  it('lists the newest first, page by page', async () => {
    const ids = [(await stand.open()).id, (await stand.open()).id, (await stand.open()).id];
    const first = await stand.stripe.paymentIntents.list({ limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(first.has_more).toBe(true);
    const all = await stand.stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('changes the amount while nobody has paid, never after', async () => {
    const { id } = await stand.open();
    const changed = await stand.stripe.paymentIntents.update(id, { amount: 3900, metadata: { quote: '2' } });
    expect(changed).toMatchObject({ amount: 3900, metadata: { transaction: 'dc_1', quote: '2' } });
    await stand.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    const error = await refusal(stand.stripe.paymentIntents.update(id, { amount: 100 }));
    expect(error.code).toBe('payment_intent_unexpected_state');
  });

  it('gives a hold up by itself after seven days', async () => {
    const { id } = await stand.held();
    stand.time += 7 * 86_400_000;
    expect(await stand.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    });
    expect(await stand.told()).toContain('payment_intent.canceled');
  });

  it('forgets everything at a reset', async () => {
    const { id } = await stand.held();
    await fetch(`${stand.url}/reset`, { method: 'POST' });
    expect(await stand.payments()).toEqual([]);
    expect(await refusal(stand.stripe.paymentIntents.retrieve(id))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'intent',
    });
  });
});

describe('what a state does not allow', () => {
  it.each([
    ['a capture before it is paid', (id: string) => stand.stripe.paymentIntents.capture(id), 'requires_payment_method'],
    ['a second cancel', cancelTwice, 'canceled'],
    ['a cancel after the capture', cancelCaptured, 'succeeded'],
    ['a second capture', captureTwice, 'succeeded'],
    ['paying twice', payTwice, 'requires_capture'],
  ])('refuses %s and names the state', async (_what, act, status) => {
    const { id } = await stand.open();
    const error = await refusal(act(id));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(error.payment_intent).toMatchObject({ id, status });
  });

  it('captures no more than it holds', async () => {
    const { id } = await stand.held();
    const error = await refusal(stand.stripe.paymentIntents.capture(id, { amount_to_capture: 4201 }));
    expect(error).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount_to_capture' });
    expect(await stand.payments()).toMatchObject([{ held: 4200, captured: 0 }]);
  });

  async function pay(id: string) {
    await stand.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  }
  async function cancelTwice(id: string) {
    await stand.stripe.paymentIntents.cancel(id);
    await stand.stripe.paymentIntents.cancel(id);
  }
  async function cancelCaptured(id: string) {
    await pay(id);
    await stand.stripe.paymentIntents.capture(id);
    await stand.stripe.paymentIntents.cancel(id);
  }
  async function captureTwice(id: string) {
    await pay(id);
    await stand.stripe.paymentIntents.capture(id);
    await stand.stripe.paymentIntents.capture(id);
  }
  async function payTwice(id: string) {
    await pay(id);
    await pay(id);
  }
});

describe('refunds and disputes', () => {
  async function captured() {
    const { id } = await stand.held();
    await stand.stripe.paymentIntents.capture(id, { amount_to_capture: 3000 });
    return id;
  }

  it('gives back in parts, never more than was taken', async () => {
    const id = await captured();
    const refund = await stand.stripe.refunds.create({ payment_intent: id, amount: 1200, metadata: { refund: 'r1' } });
    expect(refund).toMatchObject({ amount: 1200, status: 'succeeded', payment_intent: id, metadata: { refund: 'r1' } });
    expect((await refusal(stand.stripe.refunds.create({ payment_intent: id, amount: 1801 }))).param).toBe('amount');
    expect((await stand.stripe.refunds.create({ payment_intent: id })).amount).toBe(1800);
    const error = await refusal(stand.stripe.refunds.create({ payment_intent: id }));
    expect(error.code).toBe('charge_already_refunded');
    expect(await stand.payments()).toMatchObject([{ captured: 3000, refunded: 3000 }]);
    const list = await stand.stripe.refunds.list({ payment_intent: id });
    expect(list.data.map(({ amount }) => amount)).toEqual([1800, 1200]);
    expect(await stand.stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id });
    const { latest_charge } = await stand.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] });
    expect(latest_charge).toMatchObject({ refunded: true, amount_refunded: 3000, amount_captured: 3000 });
    expect((latest_charge as Stripe.Charge).refunds!.data).toHaveLength(2);
  });

  it('has nothing to give back before the capture', async () => {
    const { id } = await stand.held();
    expect((await refusal(stand.stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
  });

  it('lets a cardholder dispute what was taken', async () => {
    const id = await captured();
    const answer = await fetch(`${stand.url}/payments/stripe/payments/${id}/dispute`, { method: 'POST' });
    expect(answer.status).toBe(204);
    const { data } = await stand.stripe.disputes.list({ payment_intent: id });
    expect(data).toMatchObject([{ amount: 3000, status: 'needs_response', reason: 'fraudulent', payment_intent: id }]);
    expect(await stand.payments()).toMatchObject([{ disputed: true }]);
    expect((await refusal(stand.stripe.refunds.create({ payment_intent: id }))).code).toBe('charge_disputed');
    expect(await stand.told()).toContain('charge.dispute.created');
  });
});

describe('cards', () => {
  it.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000 0000 0000 9995', 'card_declined', 'insufficient_funds'],
    ['4000000000000069', 'expired_card', 'expired_card'],
    ['4012888888881881', 'card_declined', 'test_mode_live_card'],
  ])('%s is declined as %s, %s, and another card may follow', async (number, code, declineCode) => {
    const intent = await stand.open();
    const answer = await stand.payAsBrowser(intent, number);
    expect(answer).toMatchObject({
      status: 402,
      body: { error: { type: 'card_error', code, decline_code: declineCode, payment_intent: { id: intent.id } } },
    });
    expect(await stand.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code, decline_code: declineCode, type: 'card_error' },
    });
    const second = await stand.payAsBrowser(intent, '5555555555554444');
    expect(second).toMatchObject({ status: 200, body: { status: 'requires_capture', last_payment_error: null } });
    expect(await stand.payments()).toMatchObject([{ tries: 2, held: 4200, card: { brand: 'mastercard' } }]);
  });

  it.each([
    ['a number that no card has', '4242424242424241', {}, 'incorrect_number', 'number'],
    ['a month that is past', '4242424242424242', { exp_month: '1', exp_year: '27' }, 'invalid_expiry_year', 'exp_year'],
    ['a month that there is not', '4242424242424242', { exp_month: '13' }, 'invalid_expiry_month', 'exp_month'],
    ['a short code', '4242424242424242', { cvc: '12' }, 'invalid_cvc', 'cvc'],
  ])('refuses %s without a try', async (_what, number, card, code, field) => {
    const intent = await stand.open();
    const more = Object.entries(card).map(([name, value]) => [`payment_method_data[card][${name}]`, value]);
    const answer = await stand.payAsBrowser(intent, number, Object.fromEntries(more));
    expect(answer).toMatchObject({
      status: 402,
      body: { error: { code, param: `payment_method_data[card][${field}]` } },
    });
    expect(await stand.payments()).toMatchObject([{ tries: 0, status: 'requires_payment_method' }]);
  });

  it('keeps no number', async () => {
    const intent = await stand.open();
    await stand.payAsBrowser(intent, '4242424242424242');
    const everything = JSON.stringify([
      await stand.payments(),
      await stand.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge', 'payment_method'] }),
      await stand.stripe.events.list({ limit: 100 }),
    ]);
    expect(everything).toContain('"4242"');
    expect(everything).not.toContain('424242');
  });

  it('takes no number from a server', async () => {
    const { id } = await stand.open();
    const answer = await stand.post(
      `/v1/payment_intents/${id}/confirm`,
      {
        'payment_method_data[type]': 'card',
        'payment_method_data[card][number]': '4242424242424242',
        'payment_method_data[card][exp_month]': '12',
        'payment_method_data[card][exp_year]': '34',
      },
      { authorization: 'Bearer sk_test_demo_skyline' },
    );
    expect(answer).toMatchObject({ status: 402, body: { error: { type: 'card_error' } } });
    expect(await stand.payments()).toMatchObject([{ tries: 0 }]);
  });
});

describe('a browser’s calls', () => {
  it('sees an intent by its secret, without metadata and charge', async () => {
    const intent = await stand.held();
    const browser = stand.client({}, 'pk_test_demo_skyline');
    const seen = await browser.paymentIntents.retrieve(intent.id, { client_secret: intent.client_secret! });
    expect(seen).toMatchObject({ id: intent.id, status: 'requires_capture', amount: 4200 });
    expect(seen).not.toHaveProperty('metadata');
    expect(seen).not.toHaveProperty('latest_charge');
  });

  it('is refused without the secret or with another’s, and everything else', async () => {
    const [one, other] = [await stand.open(), await stand.open()];
    const browser = stand.client({}, 'pk_test_demo_skyline');
    expect(await refusal(browser.paymentIntents.retrieve(one.id))).toMatchObject({
      code: 'parameter_missing',
      param: 'client_secret',
    });
    const wrong = { client_secret: other.client_secret! };
    expect((await refusal(browser.paymentIntents.retrieve(one.id, wrong))).param).toBe('client_secret');
    expect((await stand.payAsBrowser({ id: one.id, ...wrong }, '4242424242424242')).status).toBe(400);
    expect((await refusal(browser.paymentIntents.cancel(one.id))).code).toBe('secret_key_required');
    expect((await refusal(browser.paymentIntents.list())).code).toBe('secret_key_required');
    expect((await stand.payments()).map(({ tries }) => tries)).toEqual([0, 0]);
  });

  it('cannot pay what has been let go', async () => {
    const intent = await stand.open();
    await stand.stripe.paymentIntents.cancel(intent.id);
    expect(await stand.payAsBrowser(intent, '4242424242424242')).toMatchObject({
      status: 400,
      body: { error: { code: 'payment_intent_unexpected_state', payment_intent: { status: 'canceled' } } },
    });
  });
});

describe('what is asked wrongly', () => {
  const KEY = { authorization: 'Bearer sk_test_demo_skyline' };
  const GOOD = { amount: '4200', currency: 'eur' };

  it.each([
    [{ ...GOOD, 'payment_method_types[0]': 'card' }, 'parameter_unknown', 'payment_method_types'],
    [{ ...GOOD, 'automatic_payment_methods[on]': 'true' }, 'parameter_missing', 'automatic_payment_methods[enabled]'],
    [{ ...GOOD, amount: '42.00' }, 'parameter_invalid_integer', 'amount'],
    [{ ...GOOD, amount: '' }, 'parameter_invalid_empty', 'amount'],
    [{ ...GOOD, amount: '49' }, 'amount_too_small', 'amount'],
    [{ ...GOOD, amount: '100000000' }, 'amount_too_large', 'amount'],
    [{ amount: '4200' }, 'parameter_missing', 'currency'],
    [{ ...GOOD, currency: 'zzz' }, undefined, 'currency'],
    [{ ...GOOD, capture_method: 'late' }, undefined, 'capture_method'],
    [{ ...GOOD, statement_descriptor: 'SEATS' }, undefined, 'statement_descriptor'],
    [{ ...GOOD, 'allowed_payment_method_types[0]': 'apple_pay' }, 'payment_intent_invalid_parameter', undefined],
    [{ ...GOOD, 'metadata[a][b]': 'x' }, undefined, 'metadata[a]'],
    [{ ...GOOD, 'amount[0]': '1' }, undefined, 'amount[0]'],
  ])('refuses %j', async (form, code, param) => {
    const answer = await stand.post('/v1/payment_intents', form, KEY);
    expect(answer.status).toBe(400);
    const { error } = answer.body as { error: Record<string, unknown> };
    expect(error).toMatchObject({ type: 'invalid_request_error', ...(code && { code }), ...(param && { param }) });
    expect(await stand.payments()).toEqual([]);
  });

  it.each([
    ['no key', {}],
    ['another key', { authorization: 'Bearer sk_test_somebody_else' }],
    ['a key in another scheme', { authorization: 'Digest sk_test_demo_skyline' }],
  ])('answers 401 to %s', async (_what, headers) => {
    const answer = await stand.post('/stripe/v1/payment_intents', GOOD, headers as Record<string, string>);
    expect(answer).toMatchObject({ status: 401, body: { error: { type: 'invalid_request_error' } } });
    expect(JSON.stringify(answer.body)).not.toContain('somebody');
  });

  it('takes the key as a user name, too', async () => {
    const basic = { authorization: `Basic ${Buffer.from('sk_test_demo_skyline:').toString('base64')}` };
    expect((await stand.post('/stripe/v1/payment_intents', GOOD, basic)).status).toBe(200);
  });

  it('answers 404 to an address it does not know, and refuses JSON and other versions', async () => {
    const lost = await stand.post('/v1/invoices', {}, KEY);
    expect(lost).toMatchObject({ status: 404, body: { error: { type: 'invalid_request_error' } } });
    const json = { ...KEY, 'content-type': 'application/json' };
    const answer = await fetch(`${stand.url}/v1/refunds`, { method: 'POST', headers: json, body: '{}' });
    expect(answer.status).toBe(400);
    const old = await stand.post('/v1/payment_intents', GOOD, { ...KEY, 'stripe-version': '2024-06-20' });
    expect(old.status).toBe(400);
    expect(old.headers.get('stripe-version')).toBe('2026-10-28.endive');
  });
});

describe('idempotency keys', () => {
  const ask = { amount: 4200, currency: 'eur', capture_method: 'manual' } as const;

  it('answer a repeat with the first answer', async () => {
    const first = await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    await stand.stripe.paymentIntents.confirm(first.id, { payment_method: 'pm_card_visa' });
    const again = await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    expect(again).toMatchObject({ id: first.id, status: 'requires_payment_method' });
    expect(again.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
    });
    expect(await stand.payments()).toHaveLength(1);
  });

  it('are refused with other parameters', async () => {
    await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    const error = await refusal(stand.stripe.paymentIntents.create({ ...ask, amount: 4300 }, { idempotencyKey: 'k1' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
  });

  it('remember a refusal that was carried out, not one that was never understood', async () => {
    const { id } = await stand.open();
    await refusal(stand.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' }));
    await stand.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    const again = await refusal(stand.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k1' }));
    expect(again.payment_intent).toMatchObject({ status: 'requires_payment_method' });

    await refusal(stand.stripe.paymentIntents.create({ ...ask, amount: 1 }, { idempotencyKey: 'k2' }));
    await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k2' });
    expect(await stand.payments()).toHaveLength(2);
  });

  it('are refused with 409 while the first request is carried out', async () => {
    let goOn!: () => void;
    const waiting = new Promise<void>((reached) => {
      stand.waitsFor(() => {
        reached();
        return new Promise((resolve) => (goOn = resolve));
      });
    });
    await stand.faults({ call: 'create', fault: 'slow' });
    const first = stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    await waiting;
    const error = await refusal(stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' }));
    expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    goOn();
    const { id } = await first;
    expect(await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' })).toMatchObject({ id });
  });

  it('save a payment whose answer was lost', async () => {
    await stand.faults({ call: 'create', fault: 'lost_after' });
    const stripe = stand.client({ maxNetworkRetries: 1 });
    const { id } = await stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    expect((await stand.payments()).map((one) => one.id)).toEqual([id]);
  });

  it('are forgotten after a day', async () => {
    await stand.stripe.paymentIntents.create(ask, { idempotencyKey: 'k1' });
    stand.time += 86_400_000;
    await stand.stripe.paymentIntents.create({ ...ask, amount: 4300 }, { idempotencyKey: 'k1' });
    expect(await stand.payments()).toHaveLength(2);
  });
});

describe('faults', () => {
  it('refuse each call in the vendor’s words', async () => {
    const { id } = await stand.held();
    const { paymentIntents, refunds } = stand.stripe;
    await stand.faults({ call: '*', fault: 'refuse', times: 6 });
    const capture = await refusal(paymentIntents.capture(id));
    expect(capture.code).toBe('charge_expired_for_capture');
    expect((await refusal(paymentIntents.cancel(id))).code).toBe('payment_intent_unexpected_state');
    expect((await refusal(refunds.create({ payment_intent: id }))).code).toBe('balance_insufficient');
    expect(await refusal(paymentIntents.retrieve(id))).toBeInstanceOf(Stripe.errors.StripePermissionError);
    expect((await refusal(stand.open())).code).toBe('testmode_charges_only');
    const confirm = await refusal(paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }));
    expect(confirm).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(await stand.payments()).toMatchObject([{ held: 4200, captured: 0 }]);
  });

  it('throttle, break and lose as the switches say', async () => {
    const { id } = await stand.held();
    const { paymentIntents } = stand.stripe;
    await stand.faults({ call: 'capture', fault: 'throttle' }, { call: 'capture', fault: 'lost_before', times: 2 });
    expect(await refusal(paymentIntents.capture(id))).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    // The SDK sends once more by itself when a connection is cut.
    expect(await refusal(paymentIntents.capture(id))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await stand.faults({ call: 'capture', fault: 'late', times: 2 });
    await refusal(paymentIntents.capture(id, {}, { idempotencyKey: 'k1' }));
    expect(await stand.payments()).toMatchObject([{ captured: 0 }]);
    stand.time += 90_000;
    expect(await stand.payments()).toMatchObject([{ captured: 4200 }]);
  });
});
