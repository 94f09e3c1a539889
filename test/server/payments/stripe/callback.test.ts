import { existsSync, readFileSync } from 'node:fs';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { CallbackRefused } from '../../../../server/domain/ports/payments.ts';
import { readCallback } from '../../../../server/payments/stripe/callback.ts';
import { charge, CLIENT_SECRET, dispute, intent, INTENT, NOW, refundObject } from './fake-stripe.ts';

const SECRET = 'whsec_first';
const event = (object: object, more: object = {}) => ({
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: NOW / 1000,
  data: { object },
  livemode: false,
  type: 'payment_intent.amount_capturable_updated',
  ...more,
});

const bytes = (text: string) => new TextEncoder().encode(text);
const sign = (payload: string, secret = SECRET, at = NOW) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at / 1000 });

function receive(what: object, { secret = SECRET, at = NOW, secrets = [SECRET] } = {}) {
  const text = JSON.stringify(what);
  return readCallback(bytes(text), { 'stripe-signature': sign(text, secret, at) }, NOW, secrets);
}

describe('a callback that holds', () => {
  it('says which payment it is about, and what to compare', () => {
    expect(receive(event(intent({ status: 'requires_capture' })))).toEqual({
      eventId: 'evt_1',
      live: false,
      gatewayRef: INTENT,
      paymentId: 'pay_1',
      amountMinor: 5000,
      currency: 'EUR',
    });
  });

  it('says whether it is real money', () => {
    expect(receive(event(intent(), { livemode: true }))).toMatchObject({ live: true });
  });

  it('counts in our units', () => {
    expect(receive(event(intent({ amount: 125000, currency: 'isk' })))).toMatchObject({
      amountMinor: 1250,
      currency: 'ISK',
    });
  });

  it('finds the payment of a charge, a refund and a dispute, and takes their amounts for no payment’s', () => {
    expect(receive(event(charge({ payment_intent: INTENT, metadata: { payment_id: 'pay_1' } })))).toEqual({
      eventId: 'evt_1',
      live: false,
      gatewayRef: INTENT,
      paymentId: 'pay_1',
    });
    expect(receive(event(refundObject()))).toMatchObject({ gatewayRef: INTENT, paymentId: 'pay_1' });
    expect(receive(event(refundObject({ metadata: null, payment_intent: null })))).not.toHaveProperty('gatewayRef');
    expect(receive(event(dispute({ payment_intent: { id: INTENT } })))).toMatchObject({
      gatewayRef: INTENT,
      dispute: { ref: 'dp_1', amountMinor: 5000, dueAt: '2026-04-01T00:00:00.000Z' },
    });
    expect(receive(event(dispute({ status: 'lost' }))).dispute).toMatchObject({ outcome: 'lost' });
  });

  it('is about no payment where Stripe tells of something else', () => {
    expect(receive(event({ id: 'cus_1', object: 'customer', metadata: {} }))).toEqual({
      eventId: 'evt_1',
      live: false,
    });
  });

  it('may be signed with any of several secrets', () => {
    const secrets = [SECRET, 'whsec_second'];
    expect(receive(event(intent()), { secret: 'whsec_second', secrets }).eventId).toBe('evt_1');
    expect(receive(event(intent()), { secrets }).eventId).toBe('evt_1');
  });

  it('may be signed twice, and its header be written in capitals', () => {
    const text = JSON.stringify(event(intent()));
    const other = sign(text, 'whsec_old').split(',v1=')[1]!;
    const header = sign(text).replace(',v1=', `,v1=${other},v1=`);
    expect(readCallback(bytes(text), { 'Stripe-Signature': header }, NOW, [SECRET]).eventId).toBe('evt_1');
  });

  it('may be as old as five minutes', () => {
    expect(receive(event(intent()), { at: NOW - 300_000 }).eventId).toBe('evt_1');
  });

  it('hands on no client secret', () => {
    expect(JSON.stringify(receive(event(intent())))).not.toContain(CLIENT_SECRET);
  });
});

describe('a callback that is refused', () => {
  const refused = (work: () => unknown) => {
    let thrown: unknown;
    try {
      work();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CallbackRefused);
    expect(String(thrown)).not.toMatch(/whsec|secret_|pi_1|v1=/);
  };
  const text = JSON.stringify(event(intent()));
  const at = (header: string | string[] | undefined, body = text, secrets = [SECRET]) =>
    refused(() => readCallback(bytes(body), { 'stripe-signature': header }, NOW, secrets));

  it('forged, or of another brand', () => {
    refused(() => receive(event(intent()), { secret: 'whsec_other' }));
    at(sign(text), text, []);
  });

  it('older than five minutes', () => refused(() => receive(event(intent()), { at: NOW - 301_000 })));

  it('changed by a byte', () => {
    at(sign(text), text.replace('5000', '5001'));
    at(sign(text), `${text}\n`);
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['two of them', [sign(text), sign(text)]],
    ['no time', sign(text).replace(/t=\d+,/, '')],
    ['another time', sign(text).replace(/t=\d+/, `t=${NOW / 1000 + 1}`)],
    ['no signature', sign(text).split(',')[0]],
    ['an empty signature', `${sign(text).split(',')[0]},v1=`],
    ['only the scheme of tests', sign(text).replace('v1=', 'v0=')],
    ['capitals', sign(text).replace(/v1=.*/, (found) => `v1=${found.slice(3).toUpperCase()}`)],
  ])('with %s', (_what, header) => at(header));

  it.each(['', 'no JSON', '{}', '[]', 'null', '{"object":"event"}', '{"object":"v2.core.event","id":"evt_1"}'])(
    'signed, and no event of ours: %j',
    (body) => at(body ? sign(body) : sign(text), body),
  );
});

const vectors = '../shared/contracts/payment-samples/stripe/signature-vectors.json';
it.skipIf(!existsSync(vectors))('says of every published signature what the SDK says', () => {
  interface Vector {
    name: string;
    secret: string;
    body: string;
    header: string;
    now: number;
    tolerance: number;
    expected: 'valid' | 'invalid';
  }
  const all = (JSON.parse(readFileSync(vectors, 'utf8')) as { vectors: Vector[] }).vectors;
  // Ours always checks the age.
  const ours = all.filter(({ tolerance }) => tolerance === 300);
  expect(ours.length).toBeGreaterThan(15);
  const verdicts = ours.map(({ name, body, header, now, secret }) => {
    try {
      readCallback(bytes(body), { 'stripe-signature': header }, now * 1000, [secret]);
      return [name, 'valid'];
    } catch {
      return [name, 'invalid'];
    }
  });
  // Its body is signed, and a stub that is no event.
  const expected = ours.map(({ name, expected: verdict }) => [
    name,
    name === 'valid_unicode_body' ? 'invalid' : verdict,
  ]);
  expect(verdicts).toEqual(expected);
});
