import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asked, PaymentPort } from '../../../../server/domain/ports/payments.ts';
import {
  charge,
  CLIENT_SECRET,
  declinedIntent,
  dispute,
  FakeStripe,
  intent,
  INTENT,
  list,
  NOW,
  refundObject,
  refusal,
  SECRET_KEY,
  type Said,
  unexpectedState,
} from './fake-stripe.ts';

const CREATE = 'POST /v1/payment_intents';
const READ = `GET /v1/payment_intents/${INTENT}`;
const CAPTURE = `POST /v1/payment_intents/${INTENT}/capture`;
const CANCEL = `POST /v1/payment_intents/${INTENT}/cancel`;
const REFUND = 'POST /v1/refunds';
const REFUNDS = 'GET /v1/refunds';
const DISPUTES = 'GET /v1/disputes';

const opened = { ref: { paymentId: 'pay_1', key: 'pay_1:open:1', currency: 'EUR' } };
const ref = { paymentId: 'pay_1', gatewayRef: INTENT, key: 'pay_1:capture:1', currency: 'EUR' };
const asked: Asked = { what: 'open', heard: 'nothing', expiresAt: '2026-03-09T07:50:00Z' };
const refund = { id: 'ref_1', amountMinor: 2000, whole: false };

let stripe: FakeStripe;
let signal: AbortSignal;
beforeEach(async () => {
  stripe = new FakeStripe();
  await stripe.start();
  signal = new AbortController().signal;
});
afterEach(() => stripe.stop());

const open = (more: object = {}, port: PaymentPort = stripe.port) =>
  port.open(
    {
      ...opened,
      transactionId: 'txn_1',
      amountMinor: 5000,
      currency: 'EUR',
      returnUrl: 'https://seats.example/return/stripe/pay_1',
      expiresAt: '2026-03-09T07:50:00Z',
      methods: ['card', 'apple_pay', 'google_pay'],
      ...more,
    },
    signal,
  );
const capture = (more: object = {}) => stripe.port.capture({ ...ref, ...more }, 3000, signal);
const close = () => stripe.port.close(ref, true, signal);
const inspect = (more: object = {}) => stripe.port.inspect(ref, { ...asked, ...more }, signal);
const again = { is: 'again', at: new Date(NOW).toISOString() };

describe('open', () => {
  it('makes an object that only authorises, under our key and with our ids, and brings what the browser needs', async () => {
    stripe.on(CREATE, { body: intent() });
    expect(await open()).toEqual({
      is: 'done',
      value: {
        word: 'opened',
        step: 'card',
        gatewayRef: INTENT,
        amountMinor: 5000,
        currency: 'EUR',
        live: false,
        client: { client_secret: CLIENT_SECRET },
      },
    });
    const [request] = stripe.heard;
    expect(request!.path).toBe('/stripe/v1/payment_intents');
    expect(request!.headers).toMatchObject({
      authorization: `Bearer ${SECRET_KEY}`,
      'idempotency-key': 'pay_1:open:1',
      'stripe-version': '2026-10-28.endive',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(request!.body).toEqual({
      amount: '5000',
      currency: 'eur',
      capture_method: 'manual',
      'allowed_payment_method_types[0]': 'card',
      'metadata[transaction_id]': 'txn_1',
      'metadata[payment_id]': 'pay_1',
    });
  });

  it('takes cards where no method is named', async () => {
    stripe.on(CREATE, { body: intent() });
    await open({ methods: [] });
    expect(stripe.heard[0]!.body['allowed_payment_method_types[0]']).toBe('card');
  });

  it('refuses a method, a currency or an amount that it cannot charge, and asks nobody', async () => {
    expect(await open({ methods: ['ideal'] })).toMatchObject({ is: 'refused_by_configuration' });
    expect(await open({ currency: 'XAU' })).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringContaining('XAU'),
    });
    expect(await open({ currency: 'KWD', amountMinor: 5005 })).toMatchObject({ is: 'refused_by_configuration' });
    expect(stripe.heard).toEqual([]);
  });

  it('names an amount below what Stripe takes', async () => {
    stripe.on(CREATE, refusal(400, { type: 'invalid_request_error', code: 'amount_too_small', param: 'amount' }));
    expect(await open({ amountMinor: 10 })).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringMatching(/below the least that Stripe takes/),
    });
  });
});

describe('inspect: every status of Stripe’s is one word of ours', () => {
  it.each([
    ['requires_payment_method', { word: 'opened', step: 'card' }],
    ['requires_confirmation', { word: 'opened', step: 'card' }],
    ['requires_action', { word: 'opened', step: 'action' }],
    ['processing', { word: 'pending' }],
    ['requires_capture', { word: 'authorised' }],
    ['canceled', { word: 'closed' }],
    ['a_status_of_next_year', { word: 'pending' }],
  ])('%s', async (status, expected) => {
    stripe.on(READ, { body: intent({ status }) });
    const outcome = await inspect();
    expect(outcome).toMatchObject({ is: 'done', value: { ...expected, amountMinor: 5000, currency: 'EUR' } });
    const value = (outcome as { value: object }).value;
    expect('client' in value).toBe(expected.word === 'opened');
    expect(value).not.toHaveProperty('capturedMinor');
  });

  it('succeeded, with what was captured, the card, and every refund there is', async () => {
    const failedLater = refundObject({ id: 're_2', status: 'failed', metadata: null });
    stripe.on(READ, { body: intent({ status: 'succeeded', amount_received: 3000, latest_charge: charge() }) });
    stripe.on(REFUNDS, { body: list(refundObject(), failedLater) });
    expect(await inspect()).toEqual({
      is: 'done',
      value: {
        word: 'captured',
        gatewayRef: INTENT,
        amountMinor: 5000,
        capturedMinor: 3000,
        means: { brand: 'visa', last4: '4242' },
        refunds: [
          { ref: 're_1', ours: 'ref_1', amountMinor: 2000 },
          { ref: 're_2', amountMinor: 2000, failed: true },
        ],
        live: false,
        currency: 'EUR',
      },
    });
    expect(stripe.heard.map(({ path }) => path)).toEqual([
      `/stripe/v1/payment_intents/${INTENT}?expand[0]=latest_charge`,
      `/stripe/v1/refunds?payment_intent=${INTENT}&limit=100`,
    ]);
  });

  it('a decline, also of the bank’s challenge, though the object could be used again', async () => {
    stripe.on(READ, { body: declinedIntent });
    expect(await inspect()).toMatchObject({ is: 'done', value: { word: 'declined' } });
    const failed3ds = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure' };
    stripe.on(READ, { body: intent({ last_payment_error: failed3ds }) });
    expect(await inspect()).toMatchObject({ is: 'done', value: { word: 'declined' } });
  });

  it('a second card after a decline on the same object', async () => {
    stripe.on(READ, { body: { ...declinedIntent, status: 'requires_action' } });
    expect(await inspect()).toMatchObject({ is: 'done', value: { word: 'opened', step: 'action' } });
  });

  it('the card that a hold is on', async () => {
    stripe.on(READ, { body: intent({ status: 'requires_capture', latest_charge: charge() }) });
    expect(await inspect()).toMatchObject({ value: { word: 'authorised', means: { brand: 'visa', last4: '4242' } } });
  });

  it.each([
    ['needs_response', undefined],
    ['under_review', undefined],
    ['won', 'won'],
    ['warning_closed', 'won'],
    ['lost', 'lost'],
  ])('a dispute that is %s', async (status, outcome) => {
    const latest_charge = charge({ disputed: true });
    stripe.on(READ, { body: intent({ status: 'succeeded', amount_received: 5000, latest_charge }) });
    stripe.on(REFUNDS, { body: list() });
    stripe.on(DISPUTES, { body: list(dispute({ status })) });
    const { value } = (await inspect()) as { value: { dispute: object } };
    expect(value.dispute).toEqual({
      ref: 'dp_1',
      amountMinor: 5000,
      dueAt: '2026-04-01T00:00:00.000Z',
      ...(outcome && { outcome }),
    });
  });
});

describe('inspect of an object whose name was lost', () => {
  const lost = { paymentId: 'pay_1', key: 'pay_1:open:1', currency: 'EUR' };

  it('finds it by our own id', async () => {
    const other = intent({ id: 'pi_0', metadata: {} });
    stripe.on('GET /v1/payment_intents', { body: list(other, intent()) });
    stripe.on(READ, { body: intent() });
    expect(await stripe.port.inspect(lost, asked, signal)).toMatchObject({
      is: 'done',
      value: { word: 'opened', gatewayRef: INTENT, client: { client_secret: CLIENT_SECRET } },
    });
    const since = Date.parse('2026-03-09T06:50:00Z') / 1000;
    expect(stripe.heard[0]!.path).toBe(`/stripe/v1/payment_intents?created[gte]=${since}&limit=100`);
  });

  it('looks through all pages', async () => {
    const other = intent({ id: 'pi_0', metadata: {} });
    stripe.on('GET /v1/payment_intents', { body: { ...list(other), has_more: true } }, { body: list(intent()) });
    stripe.on(READ, { body: intent() });
    expect(await stripe.port.inspect(lost, asked, signal)).toMatchObject({ value: { gatewayRef: INTENT } });
    expect(stripe.heard[1]!.path).toContain('starting_after=pi_0');
  });

  it('says that nothing is held where there is none', async () => {
    stripe.on('GET /v1/payment_intents', { body: list() });
    expect(await stripe.port.inspect(lost, asked, signal)).toEqual({
      is: 'done',
      value: { word: 'closed', live: false, currency: 'EUR' },
    });
  });

  it('learns nothing while it cannot look', async () => {
    stripe.on('GET /v1/payment_intents', 'cut');
    expect(await stripe.port.inspect(lost, asked, signal)).toEqual(again);
  });
});

describe('capture', () => {
  it('takes what was confirmed, under its key', async () => {
    stripe.on(CAPTURE, { body: intent({ status: 'succeeded', amount_received: 3000, latest_charge: 'ch_1' }) });
    expect(await capture()).toMatchObject({
      is: 'done',
      value: { word: 'captured', capturedMinor: 3000, amountMinor: 5000 },
    });
    expect(stripe.heard).toHaveLength(1);
    expect(stripe.heard[0]!.body).toEqual({ amount_to_capture: '3000' });
    expect(stripe.heard[0]!.headers['idempotency-key']).toBe('pay_1:capture:1');
  });

  it.each([
    [
      'was taken before',
      { status: 'succeeded', amount_received: 3000 },
      { is: 'done', value: { word: 'captured', capturedMinor: 3000 } },
    ],
    ['lapsed', { status: 'canceled' }, { is: 'done', value: { word: 'closed' } }],
    ['is still there', { status: 'requires_capture' }, { is: 'declined', reason: 'payment_intent_unexpected_state' }],
  ])('reads when Stripe says that the state is another: the hold %s', async (_what, now, expected) => {
    stripe.on(CAPTURE, unexpectedState);
    stripe.on(READ, { body: intent(now) });
    expect(await capture()).toMatchObject(expected);
  });

  it('is refused where the bank says no at capture', async () => {
    stripe.on(CAPTURE, refusal(402, { type: 'card_error', code: 'card_declined' }));
    stripe.on(READ, { body: declinedIntent });
    expect(await capture()).toEqual({ is: 'declined', reason: 'card_declined' });
  });

  it('is unknown when it cannot be read either', async () => {
    stripe.on(CAPTURE, unexpectedState);
    stripe.on(READ, 'cut');
    expect(await capture()).toEqual({ is: 'unknown' });
  });

  it('is refused for an amount that Stripe cannot express', async () => {
    expect(await stripe.port.capture({ ...ref, currency: 'KWD' }, 3005, signal)).toMatchObject({ is: 'declined' });
    expect(stripe.heard).toEqual([]);
  });
});

describe('close', () => {
  it('cancels, which is final', async () => {
    stripe.on(CANCEL, { body: intent({ status: 'canceled' }) });
    expect(await close()).toMatchObject({ is: 'done', value: { word: 'closed' } });
    expect(stripe.heard[0]!.body).toEqual({ cancellation_reason: 'abandoned' });
    expect(stripe.heard[0]!.headers['idempotency-key']).toBe('pay_1:capture:1');
  });

  it.each([
    [
      'was captured',
      { status: 'succeeded', amount_received: 5000 },
      { is: 'done', value: { word: 'captured', capturedMinor: 5000 } },
    ],
    ['was closed before', { status: 'canceled' }, { is: 'done', value: { word: 'closed' } }],
    ['is being worked on', { status: 'processing' }, { is: 'done', value: { word: 'pending' } }],
    ['is open by now', { status: 'requires_capture' }, again],
  ])('says how it is when it came too late: it %s', async (_what, now, expected) => {
    stripe.on(CANCEL, unexpectedState);
    stripe.on(READ, { body: intent(now) });
    expect(await close()).toMatchObject(expected);
  });

  it('is unknown for an object without a name', async () => {
    expect(await stripe.port.close({ ...opened.ref }, false, signal)).toEqual({ is: 'unknown' });
    expect(await stripe.port.capture({ ...opened.ref }, 1, signal)).toEqual({ is: 'unknown' });
    expect(await stripe.port.refund({ ...opened.ref }, refund, signal)).toEqual({ is: 'unknown' });
    expect(stripe.heard).toEqual([]);
  });
});

describe('refund', () => {
  const give = () => stripe.port.refund({ ...ref, key: 'ref_1:1' }, refund, signal);

  it('names itself, so that it is found again', async () => {
    stripe.on(REFUND, { body: refundObject() });
    expect(await give()).toEqual({ is: 'done', value: { gatewayRef: 're_1' } });
    expect(stripe.heard[0]!.headers['idempotency-key']).toBe('ref_1:1');
    expect(stripe.heard[0]!.body).toEqual({
      payment_intent: INTENT,
      amount: '2000',
      reason: 'requested_by_customer',
      'metadata[payment_id]': 'pay_1',
      'metadata[refund_id]': 'ref_1',
    });
  });

  it.each([
    ['pending', { is: 'done', value: { gatewayRef: 're_1' } }],
    ['requires_action', { is: 'accepted' }],
    ['failed', { is: 'declined', reason: 'lost_or_stolen_card' }],
    ['canceled', { is: 'declined', reason: 'lost_or_stolen_card' }],
  ])('that is %s', async (status, expected) => {
    stripe.on(REFUND, { body: refundObject({ status, failure_reason: 'lost_or_stolen_card' }) });
    expect(await give()).toEqual(expected);
  });

  const tooMuch: Said[] = [
    refusal(400, { type: 'invalid_request_error', code: 'charge_already_refunded' }),
    refusal(400, { type: 'invalid_request_error', param: 'amount' }),
  ];
  it.each(tooMuch)('that Stripe finds too much: it was made before, or will not be made', async (said) => {
    stripe.on(REFUND, said);
    stripe.on(REFUNDS, { body: list(refundObject()) });
    expect(await give()).toEqual({ is: 'done', value: { gatewayRef: 're_1' } });
    stripe.on(REFUNDS, { body: list(refundObject({ id: 're_9', metadata: {} }), refundObject({ status: 'failed' })) });
    expect(await give()).toMatchObject({ is: 'declined' });
    stripe.on(REFUNDS, 'cut');
    expect(await give()).toEqual({ is: 'unknown' });
  });
});

it('has no step of the server’s own', async () => {
  expect(await stripe.port.confirm(ref, signal)).toEqual({ is: 'unsupported' });
});

describe('what goes wrong', () => {
  const invalid = { type: 'invalid_request_error' };
  const configuration = { is: 'refused_by_configuration', detail: expect.any(String) };
  const unknown = { is: 'unknown' };

  // [what, said, a write's outcome, a read's]
  const faults: [string, Said, object, object][] = [
    ['too many requests', refusal(429, invalid), again, again],
    ['a lock', refusal(429, { ...invalid, code: 'lock_timeout' }), again, again],
    ['an old answer for the same', refusal(400, { ...invalid, code: 'rate_limit' }), again, again],
    [
      'the same request under way',
      refusal(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }),
      again,
      again,
    ],
    ['a key used for another request', refusal(400, { type: 'idempotency_error' }), unknown, again],
    ['a wrong key', refusal(401, invalid), configuration, configuration],
    ['a missing right', refusal(403, invalid), configuration, configuration],
    [
      'an unknown parameter',
      refusal(400, { ...invalid, code: 'parameter_unknown', param: 'x' }),
      configuration,
      configuration,
    ],
    ['an unknown object', refusal(404, { ...invalid, code: 'resource_missing' }), configuration, configuration],
    ['a fault of Stripe’s', refusal(500, { type: 'api_error' }), unknown, again],
    ['a gateway in between', { status: 502, body: '<html>Bad gateway</html>' }, unknown, again],
    ['no service', refusal(503, { type: 'api_error' }), unknown, again],
    ['a page instead of an answer', { body: '<html>hello</html>' }, unknown, again],
    ['nothing in the answer', { body: 'null' }, unknown, again],
    ['another object', { body: { object: 'customer' } }, unknown, again],
    ['a cut connection', 'cut', unknown, again],
    ['a cut answer', 'half', unknown, again],
  ];

  it.each(faults)('%s: a write', async (_what, said, expected) => {
    for (const call of [CREATE, CAPTURE, CANCEL]) stripe.on(call, said);
    expect(await open()).toEqual(expected);
    expect(await capture()).toEqual(expected);
    expect(await close()).toEqual(expected);
    // Never repeated by the SDK: the machine looks first.
    expect(stripe.heard).toHaveLength(3);
  });

  it.each(faults)('%s: a read', async (_what, said, _write, expected) => {
    stripe.on(READ, said);
    expect(await inspect()).toEqual(expected);
    expect(stripe.heard).toHaveLength(1);
  });

  it.each(faults.filter(([what]) => what !== 'another object'))(
    '%s: the refunds',
    async (_what, said, _write, expected) => {
      stripe.on(READ, { body: intent({ status: 'succeeded', amount_received: 1 }) });
      stripe.on(REFUNDS, said);
      expect(await inspect()).toEqual(expected);
    },
  );

  it('comes again when Stripe says', async () => {
    stripe.on(CREATE, refusal(429, invalid, { 'retry-after': '30' }));
    expect(await open()).toEqual({ is: 'again', at: new Date(NOW + 30_000).toISOString() });
  });

  it('knows that a refused connection brought nothing there', async () => {
    const nobody = stripe.adapter({ baseUrl: 'http://127.0.0.1:1' });
    expect(await open({}, nobody)).toEqual(again);
  });

  it('calls no address that it may not', async () => {
    const metadata = stripe.adapter({ baseUrl: 'http://169.254.169.254' });
    expect(await open({}, metadata)).toMatchObject({ ...configuration, detail: expect.stringContaining('base_url') });
  });

  it('gives up when the caller does: known before sending, unknown after', async () => {
    const caller = new AbortController();
    signal = caller.signal;
    stripe.on(CREATE, 'silence');
    const waiting = open();
    await expect.poll(() => stripe.heard.length).toBe(1);
    caller.abort();
    expect(await waiting).toEqual(unknown);
    expect(await open()).toEqual(again);
    expect(stripe.heard).toHaveLength(1);
  });

  it('keeps apart the callers of calls at the same time', async () => {
    const caller = new AbortController();
    stripe.on(CREATE, 'silence');
    stripe.on(READ, { body: intent() });
    const waiting = stripe.port.open(
      { ...opened, transactionId: 't', amountMinor: 1, currency: 'EUR', returnUrl: '', expiresAt: '', methods: [] },
      caller.signal,
    );
    await expect.poll(() => stripe.heard.length).toBe(1);
    expect(await inspect()).toMatchObject({ is: 'done' });
    caller.abort();
    expect(await waiting).toEqual(unknown);
  });

  it('tells nobody a key or a client secret', async () => {
    for (const [, said] of faults) {
      for (const call of [CREATE, READ, CAPTURE, CANCEL, REFUND, REFUNDS]) stripe.on(call, said);
      const outcomes = [
        await open(),
        await capture(),
        await close(),
        await inspect(),
        await stripe.port.refund(ref, refund, signal),
      ];
      expect(JSON.stringify(outcomes)).not.toMatch(/s3cret/);
    }
    expect(stripe.logged.length).toBeGreaterThan(50);
    expect(stripe.logged.join('\n')).not.toMatch(/s3cret|pi_1|pay_1/);
  });

  it('reports a key that was used for another request', async () => {
    stripe.on(CAPTURE, refusal(400, { type: 'idempotency_error' }));
    await capture();
    expect(stripe.logged.join('\n')).toContain('an idempotency key was sent with another request');
  });
});

it('never sends live payments to a base URL', () => {
  expect(() => stripe.adapter({ mode: 'live' } as object)).toThrow(/never to a base URL/);
});
