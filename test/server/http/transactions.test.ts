import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../../support/demo.ts';
import { TestBackend } from '../../support/partner.ts';

let demo: TestDemo;
let clock: MovableClock;
let backend: TestBackend;
let headers: { authorization: string };
beforeEach(async () => {
  clock = new MovableClock();
  demo = await startTestDemo({ clock });
  backend = new TestBackend(demo);
  headers = await backend.bearer();
});
afterEach(() => demo.close());

/** A free seat for the traveller of SOLO77, bought; where it came from travels with it. */
async function buy(more: object = {}): Promise<string> {
  const opened = await demo.call<{
    token: string;
    selection: { version: number };
    segments: { id: string }[];
    travellers: { id: string }[];
    map: Parameters<typeof freeSeats>[0];
  }>('open', { v: 1, key: 'dcpub_test_skyline', record_locator: 'SOLO77', last_name: 'OKAFOR', ...more });
  const { token, map, segments, travellers, selection } = opened.body;
  const seat = freeSeats(map, 0).find(({ price, exit }) => price === 0 && !exit)!;
  const pick = { traveller: travellers[0]!.id, segment: segments[0]!.id, designator: seat.designator };
  const chosen = await demo.select(token, selection.version, [pick]);
  const started = await demo.purchase('start', token, { selection_version: chosen.body.selection.version });
  return started.body.transaction;
}

describe('GET /api/transactions', () => {
  it('lists newest first, in pages', async () => {
    const first = await buy();
    const { token } = (await demo.open('SOLO77', 'OKAFOR')).body;
    await demo.purchase('leave', token!, {});
    const second = await buy();
    const page = await backend.get('/api/transactions?limit=1', headers);
    expect(page.status).toBe(200);
    expect(page.body['transactions']).toMatchObject([{ id: second, status: 'created', currency: 'EUR' }]);
    const next = await backend.get(`/api/transactions?limit=1&cursor=${String(page.body['next_cursor'])}`, headers);
    expect(next.body).toMatchObject({ transactions: [{ id: first }], next_cursor: null });
  });

  it('tells where a purchase came from, and finds it by that', async () => {
    const id = await buy({ source: 'newsletter', reference: 'ORDER-4711', variant: 'b' });
    for (const query of ['source=newsletter', 'reference=ORDER-4711', 'status=created']) {
      const { body } = await backend.get(`/api/transactions?${query}`, headers);
      expect(body['transactions'], query).toMatchObject([
        { id, source: 'newsletter', reference: 'ORDER-4711', variant: 'b' },
      ]);
    }
    for (const query of ['source=other', 'reference=ORDER', 'status=completed', 'created_to=2020-01-01T00:00:00Z']) {
      const { body } = await backend.get(`/api/transactions?${query}`, headers);
      expect(body['transactions'], query).toEqual([]);
    }
    const events = await demo.demo.services.store.rows.events.ofTransaction(id);
    expect(JSON.parse(events[0]!.body)).toMatchObject({ data: { reference: 'ORDER-4711', source: 'newsletter' } });
  });

  it('finds by time of creation', async () => {
    const before = new Date(clock.now() - 60_000).toISOString();
    const id = await buy();
    const after = new Date(clock.now() + 60_000).toISOString();
    const within = await backend.get(`/api/transactions?created_from=${before}&created_to=${after}`, headers);
    expect(within.body['transactions']).toMatchObject([{ id }]);
    const [{ created_at }] = within.body['transactions'] as [{ created_at: string }];
    expect(Math.abs(Date.parse(created_at) - clock.now())).toBeLessThan(60_000);
    expect((await backend.get(`/api/transactions?created_from=${after}`, headers)).body['transactions']).toEqual([]);
    expect((await backend.get(`/api/transactions?created_to=${before}`, headers)).body['transactions']).toEqual([]);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=x', '/limit'],
    ['status=paid', '/status'],
    ['created_from=yesterday', '/created_from'],
    ['cursor=abc', '/cursor'],
    ['statsu=created', '/statsu'],
  ])('refuses %s and says where', async (query, pointer) => {
    const { status, body } = await backend.get(`/api/transactions?${query}`, headers);
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer }]);
  });
});

describe('GET /api/transactions/{id}', () => {
  it('tells the purchase whole, with the names that its partner needs', async () => {
    const id = await buy();
    const { status, body } = await backend.get(`/api/transactions/${id}`, headers);
    expect(status).toBe(200);
    expect(body['transaction']).toMatchObject({
      id,
      record_locator: 'SOLO77',
      items: [{ traveller: { last_name: 'OKAFOR' }, amount: 0, amount_minor: 0, state: 'pending' }],
      payments: [],
      refunds: [],
    });
  });

  it('is not there without a token, nor under another id', async () => {
    const id = await buy();
    expect((await backend.get(`/api/transactions/${id}`)).body.code).toBe('token_not_valid');
    expect((await backend.get(`/api/transactions/${id.slice(0, -1)}`, headers)).body.code).toBe('not_found');
  });
});

describe('POST /api/transactions/search', () => {
  it('finds a booking’s purchases by locator and a name on it', async () => {
    const id = await buy();
    const search = (pnr: string, last_name: string) =>
      backend.post('/api/transactions/search', { pnr, last_name }, headers);
    expect((await search(' solo77', 'okafor ')).body['transactions']).toMatchObject([{ id }]);
    expect((await search('SOLO77', 'SMITH')).body['transactions']).toEqual([]);
    expect((await search('ABC123', 'OKAFOR')).body['transactions']).toEqual([]);
  });
});

describe('the description of the API', () => {
  it('names every call of a partner’s and the panel’s, with what goes in and what comes out', async () => {
    const { status, headers: answered, body } = await backend.get('/openapi.json');
    expect(status).toBe(200);
    expect(answered.get('content-type')).toBe('application/json');
    const { paths, webhooks } = body as unknown as {
      paths: Record<string, Record<string, { requestBody?: object; responses: Record<string, { content?: object }> }>>;
      webhooks: object;
    };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/generate-bearer-token',
        '/api/generate-encrypted-seatmap-url',
        '/api/generate-all-deeplinks',
        '/generate-encrypted-url',
        '/v1/test-encryption',
        '/api/transactions',
        '/api/transactions/{id}',
        '/api/transactions/search',
        '/api/panel/open',
        '/api/panel/pay',
      ]),
    );
    for (const [path, methods] of Object.entries(paths))
      for (const [method, operation] of Object.entries(methods)) {
        expect(operation.responses['200']!.content, path).toBeDefined();
        if (method === 'post') expect(operation.requestBody, path).toBeDefined();
      }
    expect(Object.keys(webhooks)).toContain('transaction.completed');
  });

  it('is a page for people, with nothing of another host and nothing inline', async () => {
    const { status, headers: answered, text } = await backend.get('/docs');
    expect(status).toBe(200);
    expect(answered.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(text).toContain('/api/generate-encrypted-seatmap-url');
    expect(text).not.toMatch(/<script|style=|(?:src|href)="https?:/);
    expect((await backend.get('/docs/style.css')).headers.get('content-type')).toContain('text/css');
  });
});
