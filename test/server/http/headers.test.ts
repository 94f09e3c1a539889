import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, type Composed } from '../../../server/compose.ts';
import { freeSeats, startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';
import { addCredentials, API_KEY, TestBackend } from '../../support/partner.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

let demo: TestDemo;
let log = '';
beforeAll(async () => {
  const to = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  demo = await startTestDemo({ clock: new TestClock(), log: to });
});
afterAll(() => demo.close());

const booking = JSON.stringify({ pnr: 'ABC123', last_name: 'SMITH' });
/** One of every kind of answer: [method, path, status, body]. */
const kinds: [string, string, number, string?][] = [
  ['POST', '/generate-bearer-token', 200, JSON.stringify({ api_key: API_KEY, api_secret: 'dcs_demo_skyline' })],
  ['POST', '/generate-bearer-token', 401, JSON.stringify({ api_key: API_KEY, api_secret: 'x' })],
  ['POST', '/generate-bearer-token', 400, '{'],
  ['POST', '/generate-bearer-token', 422, '{}'],
  ['POST', '/generate-bearer-token', 413, `"${'x'.repeat(70_000)}"`],
  ['GET', '/generate-bearer-token', 405],
  ['OPTIONS', '/api/generate-all-deeplinks', 405],
  ['POST', '/api/generate-encrypted-seatmap-url', 401, booking],
  ['POST', '/generate-encrypted-url', 401, booking],
  ['POST', '/v1/test-encryption', 401, JSON.stringify({ encrypted_id: 'x' })],
  ['GET', '/api/transactions', 401],
  ['DELETE', '/api/transactions', 405],
  ['POST', '/callbacks/stripe/skyline', 400, '{}'],
  ['GET', '/nowhere', 404],
  ['PUT', '/nowhere', 404],
  ['GET', '/%E0%A4%A', 404],
  ['GET', '/api/panel/nothing', 404],
  ['GET', '/healthz', 200],
  ['GET', '/static/brand/none', 404],
  ['GET', '/assets/%E0%A4%A', 404],
];
const ask = (method: string, path: string, body?: string) =>
  fetch(demo.api + path, { method, headers: { origin: demo.site }, ...(body !== undefined && { body }) });

describe('answers that no page’s script is to read', () => {
  it.each(kinds)('%s %s → %i: nobody else reads, frames or takes it for something else', async (...kind) => {
    const [method, path, status, body] = kind;
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(status);
    const { headers } = answer;
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toBe(NOTHING);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    const id = headers.get('x-request-id')!;
    expect(id).toMatch(UUID);
    expect(log).toContain(id);
    if (status < 400) return;
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('no-store');
    const problem = (await answer.json()) as object;
    expect(problem).toMatchObject({ success: false, type: 'about:blank', status, request_id: id });
  });
});

describe('answers for pages', () => {
  it.each([
    ['POST', '/api/panel/open', '{"v":1}', 422],
    ['GET', '/api/panel/open', undefined, 405],
    ['POST', '/api/panel/tag', '{"v":1}', 200],
  ] as const)('%s %s may be read by the page that asked, without a cookie', async (method, path, body, status) => {
    const { headers, status: said } = await ask(method, path, body);
    if (status !== 200) expect(said).toBe(status);
    expect(headers.get('access-control-allow-origin')).toBe(demo.site);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toBe('origin');
    expect(headers.get('content-security-policy')).toBe(NOTHING);
  });

  it.each(['/seatmap?id=x', '/cart', '/checkout', '/docs'])(
    '%s is framed by nobody and sends no address on',
    async (path) => {
      const { headers } = await ask('GET', path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe-eval|\*(\s|;|$)/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(UUID);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('reached by https', () => {
  let composed: Composed;
  let server: Server;
  let base: string;
  beforeAll(async () => {
    composed = await compose({
      config: {
        port: 0,
        publicUrl: 'https://seats.example',
        databaseUrl: 'sqlite::memory:',
        masterKeys: [{ id: 'test', key: randomBytes(32) }],
        logLevel: 'silent',
        trustedProxies: [],
      },
    });
    const listener = getRequestListener(composed.app.fetch);
    server = createServer((request, response) => void listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    base = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await composed.close();
  });

  it.each(['/healthz', '/nowhere', '/seatmap', '/loader.js', '/docs'])(
    '%s says that it is for a year',
    async (path) => {
      expect((await fetch(base + path)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    },
  );
});

describe('another brand', () => {
  const KEY = 'dck_other_brands_own_key';
  const SECRET = 'dcs_other_brands_own_secret';
  let other: TestBackend;
  let skyline: TestBackend;
  beforeAll(async () => {
    const { brands } = demo.demo.services;
    const byCode = brands.byCode.bind(brands);
    const real = (await byCode('skyline'))!;
    // A second tenant, at the same airline: nothing but its code keeps it apart.
    Object.assign(brands, {
      byCode: async (code: string) => (code === 'other' ? { ...real, code } : byCode(code)),
    });
    await addCredentials(demo, 'other', KEY, SECRET);
    other = new TestBackend(demo, KEY, SECRET);
    skyline = new TestBackend(demo);
  });

  it('finds no transaction of ours, by id, in the list or by booking', async () => {
    const { body: opened } = await demo.open('ABC123', 'SMITH');
    const seat = freeSeats(opened.map!, 0).find((one) => one.price > 0 && !one.exit)!;
    const pick = { traveller: opened.travellers[0]!.id, segment: opened.map!.segment, designator: seat.designator };
    await demo.select(opened.token!, 0, [pick]);
    const { body: started } = await demo.purchase('start', opened.token!, { selection_version: 1 });
    const of = async (backend: TestBackend) => {
      const headers = await backend.bearer();
      return [
        await backend.get(`/api/transactions/${started.transaction}`, headers),
        await backend.get('/api/transactions', headers),
        await backend.post('/api/transactions/search', booking, headers),
      ];
    };
    for (const { text, status } of await of(skyline)) {
      expect(status).toBe(200);
      expect(text).toContain(started.transaction);
    }
    const [shown, ...lists] = await of(other);
    expect(shown!.status).toBe(404);
    for (const { text } of [shown!, ...lists]) expect(text).not.toContain(started.transaction);
  });

  it('opens no link of ours', async () => {
    const made = await skyline.post('/generate-encrypted-url', booking, { authorization: `Bearer ${API_KEY}` });
    const encrypted_id = String(made.body['encrypted_id']);
    const answers = [
      await other.post('/v1/test-encryption', { encrypted_id }, { authorization: `Bearer ${KEY}` }),
      await other.post('/v1/test-encryption', { encrypted_id }, await other.bearer()),
      await other.post('/api/panel/open', { v: 1, bearer: await other.token(), encrypted_id }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'link_not_valid']));
  });

  it('hears nothing of what was stored under the same idempotency key', async () => {
    const path = '/api/generate-encrypted-seatmap-url';
    const key = { 'idempotency-key': 'the-same-for-both' };
    const ours = await skyline.post(path, booking, { ...(await skyline.bearer()), ...key });
    const theirs = await other.post(path, booking, { ...(await other.bearer()), ...key });
    expect([ours.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.body['encrypted_id']).not.toBe(ours.body['encrypted_id']);
  });
});

it('ends the connection only where a body lies on it that was not read', async () => {
  const stays = async (method: string, path: string, body?: string) => {
    const response = await fetch(demo.api + path, { method, ...(body !== undefined && { body }) });
    await response.text();
    return [response.status, response.headers.get('connection')];
  };
  expect(await stays('GET', '/api/transactions')).toEqual([401, 'keep-alive']);
  expect(await stays('POST', '/generate-bearer-token', '{')).toEqual([400, 'keep-alive']);
  expect(await stays('POST', '/api/generate-all-deeplinks', booking)).toEqual([401, 'close']);
});
