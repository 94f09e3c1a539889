import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Received } from '../../../demo/site/inbox.ts';
import { createSite } from '../../../demo/site/site.ts';
import { demoBrand } from './served.ts';

const SECRET = 'whsec_as text, prefix and all';
const now = Date.UTC(2026, 5, 1, 12, 0, 0, 412);

let app: Hono;
beforeEach(() => {
  app = createSite({
    site: 'http://localhost:8080',
    api: 'http://localhost:8081',
    sandboxes: 'http://127.0.0.1:1',
    brand: { ...demoBrand, webhookSecret: SECRET },
    bookings: [{ pnr: 'ABC123', lastName: 'SMITH', shows: 'one' }],
    containerScript: () => '',
    now: () => now,
  });
});

const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const eventOf = (type: string, data: object = {}, id = 'evt_1', sequence = 1) =>
  JSON.stringify({
    id,
    type,
    timestamp: '2026-06-01T12:00:00.000Z',
    sequence,
    data: { transaction_id: 'txn_1', ...data },
  });

async function deliver(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<number> {
  const signature = typeof body === 'string' ? { 'X-DepartCart-Signature': sign(body) } : {};
  const answer = await app.request('/webhooks', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...signature, ...headers },
    body,
  });
  return answer.status;
}

async function inbox(query = ''): Promise<{ fault: unknown; oldest: number | null; requests: Received[] }> {
  return (await app.request(`/inbox.json${query}`)).json() as never;
}

const setFault = (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/webhooks/fault', { method: 'PUT', headers, body: JSON.stringify(body) });

describe('the airline’s webhook address', () => {
  it('takes what is signed with the brand’s secret, and shows all of it, newest first', async () => {
    const body = eventOf('transaction.completed', { amount: 84, amount_minor: 8400, currency: 'EUR' }, 'evt_4', 4);
    expect(await deliver(eventOf('transaction.created'))).toBe(200);
    expect(await deliver(body, { 'X-DepartCart-Attempt': '2', 'webhook-id': 'evt_4' })).toBe(200);
    const { requests } = await inbox();
    expect(requests.map(({ no, type }) => [no, type])).toEqual([
      [2, 'transaction.completed'],
      [1, 'transaction.created'],
    ]);
    expect(requests[0]).toEqual({
      no: 2,
      received_at: '2026-06-01T12:00:00.412Z',
      signature: 'valid',
      event: 'evt_4',
      type: 'transaction.completed',
      sequence: 4,
      transaction: 'txn_1',
      attempt: 2,
      repeat: false,
      says: 'The seats are sold, and €84.00 is ours.',
      answer: { status: 200, ms: expect.any(Number), on_purpose: false },
      headers: expect.objectContaining({ 'x-departcart-signature': sign(body), 'webhook-id': 'evt_4' }),
      body,
    });
  });

  it.each([
    ['a wrong signature', { 'X-DepartCart-Signature': sign('something else') }, 'wrong'],
    ['another secret', { 'X-DepartCart-Signature': sign(eventOf('x'), 'other') }, 'wrong'],
    ['half a signature', { 'X-DepartCart-Signature': 'sha256=ab' }, 'wrong'],
    ['no signature', { 'X-DepartCart-Signature': undefined }, 'missing'],
  ])('refuses %s with 401, and keeps it for looking at', async (_, header, verdict) => {
    const headers = new Headers({ 'Content-Type': 'application/json' });
    for (const [name, value] of Object.entries(header)) if (value !== undefined) headers.set(name, value);
    const answer = await app.request('/webhooks', { method: 'POST', headers, body: eventOf('x') });
    expect(answer.status).toBe(401);
    const { requests } = await inbox();
    expect(requests).toMatchObject([{ signature: verdict, answer: { status: 401, on_purpose: false } }]);
    expect(requests[0]!.says).toContain('nothing was done with it');
  });

  it('checks the bytes, not the text that is made of them', async () => {
    const raw = Uint8Array.from([0x22, 0xff, 0xfe, 0x22]);
    const signature = `sha256=${createHmac('sha256', SECRET).update(raw).digest('hex')}`;
    expect(await deliver(raw, { 'X-DepartCart-Signature': signature })).toBe(400);
    expect((await inbox()).requests).toMatchObject([
      { signature: 'valid', type: null, event: null, body: '"\ufffd\ufffd"' },
    ]);
  });

  it('takes an event that comes again for the one it was', async () => {
    const body = eventOf('payment.processed', { payment_id: 'pay_1', amount: 5.5, currency: 'EUR' });
    expect([await deliver(body), await deliver(body)]).toEqual([200, 200]);
    const { requests } = await inbox();
    expect(requests.map(({ repeat }) => repeat)).toEqual([true, false]);
    expect(requests[0]!.says).toBe('€5.50 is captured. It came before, so nothing was done twice.');
  });

  it('answers as the switch says, as often as it says, and takes none of those for done', async () => {
    expect(await (await setFault({ status: 503, times: 2 })).json()).toEqual({ status: 503, times: 2 });
    const body = eventOf('transaction.created');
    expect(await deliver(body)).toBe(503);
    expect((await inbox()).fault).toEqual({ status: 503, times: 1 });
    expect([await deliver(body), await deliver(body)]).toEqual([503, 200]);
    const { fault, requests } = await inbox();
    expect(fault).toBeNull();
    expect(requests.map(({ answer, repeat }) => [answer.status, answer.on_purpose, repeat])).toEqual([
      [200, false, false],
      [503, true, false],
      [503, true, false],
    ]);
    expect(requests[1]!.says).toContain('We answered 503 on purpose, so it will come again.');
    await setFault({ status: 500, times: 9 });
    await setFault({ status: 500, times: 0 });
    expect(await deliver(body)).toBe(200);
  });

  it.each([
    { status: 200, times: 1 },
    { status: 503, times: -1 },
    { status: 503 },
    { status: '503', times: 1 },
    'x',
    null,
  ])('has no switch like %j', async (body) => {
    const answer = await setFault(body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { errors: unknown[] }).errors).not.toEqual([]);
    expect((await inbox()).fault).toBeNull();
  });

  it('is switched and cleared by pages of this machine only', async () => {
    const elsewhere = { origin: 'https://evil.example' };
    expect((await setFault({ status: 503, times: 1 }, elsewhere)).status).toBe(403);
    await deliver(eventOf('transaction.created'));
    expect((await app.request('/inbox.json', { method: 'DELETE', headers: elsewhere })).status).toBe(403);
    expect((await app.request('/inbox.json', { headers: elsewhere })).status).toBe(403);
    expect((await setFault({ status: 503, times: 1 }, { origin: 'http://localhost:8080' })).status).toBe(200);
    expect((await inbox()).requests).toHaveLength(1);
  });

  it('refuses a body that no webhook has', async () => {
    expect(await deliver('x'.repeat(100 * 1024 + 1))).toBe(413);
    expect((await inbox()).requests).toEqual([]);
  });

  it('keeps the last 200, and tells what came after one', async () => {
    for (let count = 1; count <= 203; count++) await deliver(eventOf('test.ping', {}, `evt_${count}`));
    const { requests, oldest } = await inbox();
    expect([requests.length, requests[0]!.no, oldest]).toEqual([200, 203, 4]);
    expect((await inbox('?after=201')).requests.map(({ no }) => no)).toEqual([203, 202]);
    expect((await inbox('?after=nonsense')).requests).toHaveLength(200);
  });

  it('forgets all of it when it is cleared, and counts on', async () => {
    const body = eventOf('transaction.created');
    await deliver(body);
    await setFault({ status: 503, times: 1 });
    expect((await app.request('/inbox.json', { method: 'DELETE' })).status).toBe(204);
    expect(await inbox()).toMatchObject({ fault: null, oldest: null, requests: [] });
    await deliver(body);
    expect((await inbox()).requests).toMatchObject([{ no: 2, repeat: false, answer: { status: 200 } }]);
  });
});

describe('what an event tells, in words', () => {
  it.each([
    ['transaction.created', { amount: 84, currency: 'EUR' }, 'A traveller chose seats for €84.00.'],
    ['transaction.created', { amount: 0, currency: 'EUR' }, 'A traveller chose seats.'],
    ['payment.processed', { amount: 1200, currency: 'JPY' }, 'JP¥1,200 is captured.'],
    [
      'payment.failed',
      { reason: 'insufficient_funds' },
      'A payment did not go through: insufficient funds. The traveller may try again.',
    ],
    ['fulfillment.updated', { status: 'confirmed' }, 'Every seat is confirmed.'],
    [
      'fulfillment.updated',
      { status: 'partially_confirmed' },
      'Some of the seats are confirmed, others could not be had.',
    ],
    [
      'fulfillment.updated',
      { status: '<b>' },
      'Something changed about the seats, in a word that this site does not know.',
    ],
    ['transaction.completed', { amount: 0, currency: 'EUR' }, 'The seats are sold. There was nothing to pay.'],
    [
      'transaction.completed',
      { amount: 5, currency: 'EUR', status: 'partially_completed' },
      'Some of the seats are sold, and €5.00 is ours.',
    ],
    ['transaction.failed', { reason: 'expired' }, 'No seat was sold: expired.'],
    ['transaction.failed', {}, 'No seat was sold: no reason given.'],
    ['transaction.attention', { reason: 'capture_failed' }, 'A person has to look at this purchase: capture failed.'],
    ['refund.processed', { amount: 42.5, currency: 'EUR' }, '€42.50 went back to the traveller.'],
    ['dispute.closed', { outcome: 'lost' }, 'The dispute is over, and the money is gone.'],
    ['constructor', {}, 'An event of a kind that this site does not know. It was put aside.'],
    ['something.new', { amount: 'x' }, 'An event of a kind that this site does not know. It was put aside.'],
    ['payment.processed', { amount: '5', currency: 'nonsense' }, 'The money is captured.'],
  ])('%s %j', async (type, data, says) => {
    await deliver(eventOf(type, data));
    expect((await inbox()).requests[0]!.says).toBe(says);
  });
});
