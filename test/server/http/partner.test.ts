import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';
import { addCredentials, API_KEY, API_SECRET, TestBackend } from '../../support/partner.ts';

const HOUR_MS = 3_600_000;
let demo: TestDemo;
let clock: TestClock;
let backend: TestBackend;
let log: string;
beforeEach(async () => {
  clock = new TestClock();
  log = '';
  demo = await startTestDemo({
    clock,
    log: new Writable({
      write(chunk, _encoding, done) {
        log += String(chunk);
        done();
      },
    }),
  });
  backend = new TestBackend(demo);
  await addCredentials(demo, 'skyline', API_KEY, API_SECRET);
});
afterEach(() => demo.close());

const credentials = { api_key: API_KEY, api_secret: API_SECRET };
const SEAT_MAP = '/api/generate-encrypted-seatmap-url';

describe('POST /generate-bearer-token', () => {
  it('answers as the guide says, for 24 hours unless asked otherwise', async () => {
    const { status, body } = await backend.post('/generate-bearer-token', credentials);
    const now = clock.now() / 1000;
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      bearer_token: expect.stringMatching(
        new RegExp(`^skyline:${now}:${now + 86_400}:[\\w-]{24}:[0-9a-f]{64}$`),
      ) as string,
      token_type: 'Bearer',
      expires_in: 86_400,
      expires_at: now + 86_400,
      brand: 'skyline',
    });
  });

  it.each([1, 720])('takes %i hours', async (hours) => {
    const { body } = await backend.post('/generate-bearer-token', { ...credentials, duration_hours: hours });
    expect(body['expires_in']).toBe(hours * 3600);
  });

  it.each([0, 0.5, 721, -1, '24', null])('refuses %j hours', async (hours) => {
    const { status, body } = await backend.post('/generate-bearer-token', { ...credentials, duration_hours: hours });
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ pointer: '/duration_hours' }]);
  });

  it('answers a wrong key and a wrong secret alike, in words and in time', async () => {
    const answers = [];
    for (const [api_key, api_secret] of [
      [API_KEY, 'dcs_wrong'],
      ['dck_nobodys000000000000', API_SECRET],
      ['no key at all', 'x'],
    ]) {
      const before = clock.now();
      const { status, body } = await backend.post('/generate-bearer-token', { api_key, api_secret });
      expect((clock.now() - before) % 600).toBe(0);
      answers.push(JSON.stringify({ status, ...body, request_id: '' }));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"credentials_not_valid"');
    expect(answers[0]).toContain('"success":false');
  });

  it('slows down whoever guesses, and nobody who is right', async () => {
    const wrong = () => backend.post('/generate-bearer-token', { ...credentials, api_secret: 'dcs_guess' });
    const statuses = [];
    for (let tries = 0; tries < 32; tries++) statuses.push((await wrong()).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await backend.post('/generate-bearer-token', credentials)).status).toBe(200);
    clock.pass(61_000);
    expect((await wrong()).status).toBe(401);
    expect(log).toContain('alarm');
  });

  it('takes two secrets while one replaces the other, and the old one only until its end', async () => {
    const { apiSecrets } = demo.demo.services.store.rows;
    const [old] = await apiSecrets.byApiKey(API_KEY);
    await addCredentials(demo, 'skyline', API_KEY, 'dcs_the_next_one');
    await apiSecrets.end(API_KEY, old!.hash, clock.now() + HOUR_MS);
    clock.pass(10_000);
    const statusOf = async (api_secret: string) =>
      (await backend.post('/generate-bearer-token', { ...credentials, api_secret })).status;
    expect([await statusOf(API_SECRET), await statusOf('dcs_the_next_one')]).toEqual([200, 200]);
    clock.pass(HOUR_MS);
    expect([await statusOf(API_SECRET), await statusOf('dcs_the_next_one')]).toEqual([401, 200]);
  });
});

describe('a bearer token', () => {
  const link = { pnr: 'ABC123', last_name: 'SMITH' };

  it('opens the API until its end and not after', async () => {
    const headers = await backend.bearer(1);
    expect((await backend.post(SEAT_MAP, link, headers)).status).toBe(200);
    clock.pass(HOUR_MS - 1000);
    expect((await backend.post(SEAT_MAP, link, headers)).status).toBe(200);
    clock.pass(1000);
    expect((await backend.post(SEAT_MAP, link, headers)).body.code).toBe('token_not_valid');
  });

  it('is worth nothing when anything in it is another', async () => {
    const token = await backend.token();
    const parts = token.split(':');
    const swap = (index: number, value: string) => parts.map((part, at) => (at === index ? value : part)).join(':');
    for (const bent of [
      swap(0, 'other'),
      swap(1, String(Number(parts[1]) - 1)),
      swap(2, String(Number(parts[2]) + 1)),
      swap(
        3,
        parts[3]!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      ),
      swap(
        4,
        parts[4]!.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      ),
      swap(4, parts[4]!.toUpperCase()),
      `${token}:`,
      token.slice(0, -1),
      '',
      'a'.repeat(5000),
    ]) {
      const { status, body } = await backend.post(SEAT_MAP, link, { authorization: `Bearer ${bent}` });
      expect([status, body.code], bent).toEqual([401, 'token_not_valid']);
      clock.pass(61_000);
    }
  });

  it('ends with the key that signed it, within ten seconds', async () => {
    const { store } = demo.demo.services;
    const headers = await backend.bearer();
    expect((await backend.post(SEAT_MAP, link, headers)).status).toBe(200);
    const [key] = await store.rows.keys.ofPurpose('skyline', 'bearer_token');
    expect(headers.authorization.split(':')[3]).toMatch(new RegExp(`^${key!.id}`));
    await store.rows.keys.end(key!.id, clock.now());
    clock.pass(10_000);
    expect((await backend.post(SEAT_MAP, link, headers)).status).toBe(401);
  });

  it('lets no page’s script read what a backend is told', async () => {
    const headers = { ...(await backend.bearer()), origin: demo.site };
    const { headers: answered } = await backend.post(SEAT_MAP, link, headers);
    expect(answered.get('access-control-allow-origin')).toBeNull();
  });
});

describe('links', () => {
  it('to the seat map are a path, with the id in it and the source behind', async () => {
    const { status, body } = await backend.post(
      SEAT_MAP,
      { pnr: ' abc123 ', last_name: ' smith ', source: 'api', brand: 'ignored' },
      await backend.bearer(),
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      encrypted_id: expect.stringMatching(/^Z0FBQUFB[\w=-]+$/) as string,
      seatmap_url: `/seatmap?id=${String(body['encrypted_id'])}&source=api`,
      source: 'api',
    });
  });

  it('to all pages are whole addresses', async () => {
    const { body } = await backend.post(
      '/api/generate-all-deeplinks',
      { pnr: 'ABC123', last_name: 'SMITH' },
      await backend.bearer(),
    );
    for (const [field, page] of [
      ['seatmap_url', 'seatmap'],
      ['cart_url', 'cart'],
      ['checkout_url', 'checkout'],
    ] as const)
      expect(body[field]).toBe(`${demo.api}/${page}?id=${String(body['encrypted_id'])}&source=cart`);
  });

  it.each(['a b', '', 'x'.repeat(65), '<script>', 'ü'])('turn the source %j into "other"', async (source) => {
    const { body } = await backend.post(
      SEAT_MAP,
      { pnr: 'ABC123', last_name: 'SMITH', source },
      await backend.bearer(),
    );
    expect(body['source']).toBe('other');
  });

  it.each(['O’Brien', "O'BRIEN", 'De la Cruz-López', 'Łukasiewicz', '王小明', 'Smith/John Mr', 'ﬁsher'])(
    'take the name %s and open again with it',
    async (last_name) => {
      const made = await backend.post(SEAT_MAP, { pnr: 'ABC123', last_name }, await backend.bearer());
      expect(made.status).toBe(200);
      const opened = await demo.demo.services.encryptedIds.open(String(made.body['encrypted_id']), async () => []);
      expect(opened?.lastName).toBe(last_name.normalize('NFKC').toUpperCase());
    },
  );

  it.each<[object, string]>([
    [{ last_name: 'SMITH' }, '/pnr'],
    [{ pnr: 'ABC', last_name: 'SMITH' }, '/pnr'],
    [{ pnr: 'ABC-123', last_name: 'SMITH' }, '/pnr'],
    [{ pnr: 'ABC123' }, '/last_name'],
    [{ pnr: 'ABC123', last_name: '  ' }, '/last_name'],
    [{ pnr: 'ABC123', last_name: 'SM1TH' }, '/last_name'],
    [{ pnr: 'ABC123', last_name: 'SMITH\u0000' }, '/last_name'],
    [{ pnr: ['ABC123'], last_name: 'SMITH' }, '/pnr'],
  ])('refuse %j and say where', async (body, pointer) => {
    const answer = await backend.post(SEAT_MAP, body, await backend.bearer());
    expect(answer.status).toBe(422);
    expect(answer.body.success).toBe(false);
    expect(answer.body['errors']).toMatchObject([{ pointer }]);
    expect(answer.text).not.toContain('SM1TH');
  });

  it('are made once for an idempotency key', async () => {
    const headers = { ...(await backend.bearer()), 'idempotency-key': 'order-4711' };
    const body = { pnr: 'ABC123', last_name: 'SMITH' };
    const first = await backend.post(SEAT_MAP, body, headers);
    expect((await backend.post(SEAT_MAP, body, headers)).body).toEqual(first.body);
    const other = await backend.post(SEAT_MAP, { ...body, last_name: 'JONES' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });
});

describe('the older guide’s calls, with the API key as the bearer', () => {
  const headers = { authorization: `Bearer ${API_KEY}` };

  it('make a link', async () => {
    const { status, body } = await backend.post(
      '/generate-encrypted-url',
      { pnr: 'ABC123', last_name: 'SMITH' },
      headers,
    );
    expect(status).toBe(200);
    expect(body['seatmap_url']).toMatch(/^\/seatmap\?id=Z0FBQUFB/);
  });

  it('say what an id is, without the name in it', async () => {
    const made = await backend.post(SEAT_MAP, { pnr: 'ABC123', last_name: 'OKONKWO' }, await backend.bearer());
    const { status, body, text } = await backend.post(
      '/v1/test-encryption',
      { encrypted_id: made.body['encrypted_id'] },
      headers,
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      valid: true,
      brand: 'skyline',
      pnr: 'ABC123',
      format: 'fernet-double',
      derivation: null,
    });
    expect(text).not.toMatch(/OKONKWO/i);
  });

  it('answer whatever does not open alike, in words, headers and time', async () => {
    const foreign = await demo.demo.services.encryptedIds.seal({
      brand: 'neighbour',
      recordLocator: 'ABC123',
      lastName: 'SMITH',
    });
    const answers = [];
    for (const encrypted_id of [
      '',
      'undefined',
      'Z0FBQUFB',
      foreign,
      'a'.repeat(19_000),
      `${foreign.slice(0, -8)}AAAA`,
    ]) {
      const before = clock.now();
      const answer = await backend.post('/v1/test-encryption', { encrypted_id }, headers);
      expect((clock.now() - before) % 600).toBe(0);
      const names = [...answer.headers.keys()].join();
      answers.push(JSON.stringify({ status: answer.status, names, ...answer.body, request_id: '' }));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"link_not_valid"');
  });

  it('let nobody ask for long', async () => {
    const statuses = [];
    for (let tries = 0; tries < 12; tries++)
      statuses.push((await backend.post('/v1/test-encryption', { encrypted_id: 'x' }, headers)).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(404));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });
});

describe('open', () => {
  const open = (body: object, origin: string | null) =>
    demo.call<{ success: boolean; code?: string; token: string; record_locator: string }>(
      'open',
      { v: 1, ...body },
      { origin },
    );
  const idOf = async (last_name = 'SMITH', pnr = 'ABC123') =>
    String((await backend.post(SEAT_MAP, { pnr, last_name }, await backend.bearer())).body['encrypted_id']);

  it('takes a link’s id, on our own page without a key, on the brand’s with its key', async () => {
    const encrypted_id = await idOf();
    for (const [body, origin] of [
      [{ encrypted_id }, demo.api],
      [{ encrypted_id, key: 'dcpub_test_skyline' }, demo.site],
    ] as const) {
      const { status, body: opened } = await open(body, origin);
      expect(status).toBe(200);
      expect(opened.record_locator).toBe('ABC123');
    }
    expect((await open({ encrypted_id }, demo.site)).body.code).toBe('key_unknown');
    expect((await open({ encrypted_id }, 'https://evil.example')).body.code).toBe('key_unknown');
  });

  it('answers a broken link, another brand’s and one that leads nowhere alike', async () => {
    const nowhere = await idOf('JONES');
    const flown = await idOf('SMITH', 'FLOWN1');
    const answers = [];
    for (const encrypted_id of ['broken', nowhere, flown]) {
      const before = clock.now();
      const { status, body } = await open({ encrypted_id }, demo.api);
      expect((clock.now() - before) % 600).toBe(0);
      answers.push(JSON.stringify({ status, ...body, request_id: '' }));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"link_not_valid"');
  });

  it('takes a bearer token from a backend, for itself or for a page of the brand’s', async () => {
    const bearer = await backend.token();
    const booking = { record_locator: 'ABC123', last_name: 'SMITH' };
    const own = await open({ bearer, ...booking }, null);
    expect(own.status).toBe(200);
    const segment = 'nothing';
    const mapFrom = async (token: string, origin: string | null) =>
      (await demo.map(token, segment, { origin })).body.code;
    expect(await mapFrom(own.body.token, null)).toBe('segment_not_found');
    expect(await mapFrom(own.body.token, demo.site)).toBe('session_over');

    const forPage = await open({ bearer, origin: demo.site, ...booking }, null);
    expect(await mapFrom(forPage.body.token, demo.site)).toBe('segment_not_found');
    expect(await mapFrom(forPage.body.token, null)).toBe('session_over');

    expect((await open({ bearer, origin: 'https://evil.example', ...booking }, null)).body.code).toBe(
      'origin_not_allowed',
    );
    expect((await open({ bearer, ...booking }, demo.site)).body.code).toBe('origin_not_allowed');
    expect((await open({ bearer: `${bearer}0`, ...booking }, null)).body.code).toBe('token_not_valid');
  });

  it.each<[object, string]>([
    [{ key: 'dcpub_test_skyline' }, '/record_locator'],
    [{ record_locator: 'ABC123', last_name: 'SMITH' }, '/key'],
    [{ key: 'dcpub_test_skyline', encrypted_id: 'x', last_name: 'SMITH' }, '/last_name'],
    [{ key: 'dcpub_test_skyline', bearer: 'x', encrypted_id: 'x' }, '/bearer'],
    [{ key: 'dcpub_test_skyline', origin: 'x', encrypted_id: 'x' }, '/origin'],
  ])('refuses %j and says where', async (body, pointer) => {
    const { status, body: problem } = await open(body, demo.site);
    expect(status).toBe(422);
    expect((problem as unknown as { errors: { pointer: string }[] }).errors.map((one) => one.pointer)).toContain(
      pointer,
    );
  });
});

it('logs no key, token, locator, name or id', async () => {
  const headers = await backend.bearer();
  const made = await backend.post(SEAT_MAP, { pnr: 'ABC123', last_name: 'SMITH' }, headers);
  await backend.post(
    '/v1/test-encryption',
    { encrypted_id: made.body['encrypted_id'] },
    { authorization: `Bearer ${API_KEY}` },
  );
  await demo.call('open', { v: 1, encrypted_id: made.body['encrypted_id'] }, { origin: demo.api });
  await backend.get(String(made.body['seatmap_url']));
  expect(log).toContain('/api/generate-encrypted-seatmap-url');
  for (const secret of [
    API_KEY,
    API_SECRET,
    headers.authorization.slice(7),
    'ABC123',
    String(made.body['encrypted_id']),
  ])
    expect(log).not.toContain(secret);
  expect(log).not.toMatch(/smith/i);
});
