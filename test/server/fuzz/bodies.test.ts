import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';
import { mutated, PATIENCE_MS, share } from '../../support/fuzz.ts';
import { API_KEY, API_SECRET, TestBackend } from '../../support/partner.ts';

/** Longer than any answer takes on a busy machine: a hang ends the case. */
const HANG_MS = 30_000;

let demo: TestDemo;
let clock: TestClock;
let bearer: string;
let panelToken: string;
let encryptedId: string;
const faults: string[] = [];

beforeAll(async () => {
  clock = new TestClock();
  const log = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk);
      if (text.includes('request failed')) faults.push(text);
      done();
    },
  });
  demo = await startTestDemo({ clock, log });
  const backend = new TestBackend(demo);
  bearer = await backend.token(720);
  const booking = { pnr: 'ABC123', last_name: 'SMITH' };
  const made = await backend.post('/api/generate-encrypted-seatmap-url', booking, {
    authorization: `Bearer ${bearer}`,
  });
  encryptedId = String(made.body['encrypted_id']);
  panelToken = (await demo.open('ABC123', 'SMITH')).body.token!;
});
afterAll(() => demo.close());

/** Every call with a body of ours, and the fields that are right in it. */
const calls: Record<string, () => Record<string, unknown>> = {
  '/generate-bearer-token': () => ({ api_key: API_KEY, api_secret: API_SECRET, duration_hours: 24 }),
  '/api/generate-encrypted-seatmap-url': () => ({ pnr: 'ABC123', last_name: 'SMITH', source: 'cart', reference: 'r' }),
  '/api/generate-all-deeplinks': () => ({ pnr: 'ABC123', last_name: 'SMITH', source: 'cart' }),
  '/generate-encrypted-url': () => ({ pnr: 'ABC123', last_name: 'SMITH', brand: 'skyline' }),
  '/v1/test-encryption': () => ({ encrypted_id: encryptedId }),
  '/api/transactions/search': () => ({ pnr: 'ABC123', last_name: 'SMITH', limit: 20 }),
  '/api/panel/open': () => ({
    v: 1,
    key: 'dcpub_test_skyline',
    record_locator: 'ABC123',
    last_name: 'SMITH',
    locale: 'en',
    source: 'x',
    page: 'http://localhost',
  }),
  '/api/panel/open#link': () => ({ v: 1, encrypted_id: encryptedId }),
  '/api/panel/open#bearer': () => ({ v: 1, bearer, encrypted_id: encryptedId, origin: demo.site }),
  '/api/panel/map': () => ({ v: 1, token: panelToken, segment: 'x' }),
  '/api/panel/select': () => ({
    v: 1,
    token: panelToken,
    version: 0,
    picks: [{ traveller: '1', segment: 'x', designator: '12A' }],
  }),
  '/api/panel/start': () => ({ v: 1, token: panelToken, idempotency_key: '12345678', selection_version: 0 }),
  '/api/panel/pay': () => ({ v: 1, token: panelToken, idempotency_key: '12345679', quote: 1 }),
  '/api/panel/returned': () => ({
    v: 1,
    token: panelToken,
    idempotency_key: '12345670',
    payment: 'x',
    said: 'submitted',
  }),
  '/api/panel/leave': () => ({ v: 1, token: panelToken, idempotency_key: '12345671' }),
  '/api/panel/status': () => ({ v: 1, token: panelToken, after: 0 }),
  '/api/panel/tag': () => ({ v: 1 }),
};

const names = Object.keys(calls);
const field = fc.constantFrom(
  ...'v key bearer origin record_locator last_name encrypted_id token segment version picks idempotency_key pnr source reference'.split(
    ' ',
  ),
  ...'api_key api_secret duration_hours limit cursor quote said payment after locale __proto__ constructor toString length 0 a/b~c'.split(
    ' ',
  ),
);
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    'ABC123',
    'SMITH',
    '𝕊𝕄𝕀𝕋ℍ',
    'a'.repeat(5000),
    -1,
    0,
    1e308,
    0.5,
    2 ** 53,
    null,
    true,
    [],
    {},
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

interface Sent {
  path: string;
  body: string | Uint8Array;
}
/** A right body with fields changed, added and taken out. */
const bentFields = fc
  .record({
    name: fc.constantFrom(...names),
    put: fc.array(fc.tuple(fc.nat(20), odd), { maxLength: 2 }),
    add: fc.dictionary(field, odd, { maxKeys: 2 }),
    drop: fc.option(fc.nat(20)),
  })
  .map(({ name, put, add, drop }) => (): Sent => {
    const fields = Object.entries(calls[name]!());
    for (const [at, value] of put) fields[at % fields.length]![1] = value;
    if (drop !== null) fields.splice(drop, 1);
    // As text, so that a key like __proto__ is a key like any other.
    const pairs = [...fields, ...Object.entries(add)].map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
    );
    return { path: name, body: `{${pairs.join(',')}}` };
  });
/** A right body whose text was bent, which is seldom JSON afterwards. */
const bentText = fc
  .record({ name: fc.constantFrom(...names), as: mutated(['<body>']), at: fc.nat(200) })
  .map(({ name, as, at }) => (): Sent => {
    const text = JSON.stringify(calls[name]!());
    return {
      path: name,
      body: text.slice(0, at % text.length) + as.replaceAll('<body>', '') + text.slice(at % text.length),
    };
  });
const rawBytes = fc
  .record({ name: fc.constantFrom(...names), bytes: fc.uint8Array({ maxLength: 300 }) })
  .map(({ name, bytes }) => (): Sent => ({ path: name, body: bytes }));
const bentIds = fc
  .tuple(
    fc.constantFrom('/v1/test-encryption', '/api/panel/open#link'),
    fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...Array.from('AZaz09-_=+/% '))), { maxLength: 3 }),
  )
  .map(([path, edits]) => (): Sent => {
    const id = Array.from(encryptedId);
    for (const [at, letter] of edits) id[at % id.length] = letter;
    return { path, body: JSON.stringify({ ...calls[path]!(), encrypted_id: id.join('') }) };
  });

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'x',
    ),
    authorization: fc.constantFrom(
      'good',
      'key',
      'bent',
      'Basic YTpi',
      'Bearer',
      'Bearer  x',
      `Bearer ${'a'.repeat(4000)}`,
    ),
    'idempotency-key': fc.oneof(
      fc.constantFrom('short', 'long enough', 'a-good-key-of-mine', 'x'.repeat(101)),
      fc.uuid(),
    ),
    origin: fc.constantFrom('site', 'null', 'https://evil.example', 'x', 'http://localhost'),
  },
  { requiredKeys: ['authorization', 'origin'] },
);

/** No crash, no hang, no 5xx; a refusal is a problem document that points into the body, and never a stack. */
async function expectAnswer({ path, body }: Sent, sent: Record<string, string>): Promise<void> {
  const stand: Record<string, string> = {
    good: `Bearer ${bearer}`,
    key: `Bearer ${API_KEY}`,
    bent: `Bearer ${bearer}0`,
    site: demo.site,
  };
  const headersSent = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, stand[value] ?? value]));
  const answer = await fetch(demo.api + path.replace(/#.*/, ''), {
    method: 'POST',
    body: body as string,
    headers: headersSent,
    signal: AbortSignal.timeout(HANG_MS),
  });
  const text = await answer.text();
  const said = JSON.parse(text) as { success: boolean; code?: string; errors?: { pointer: string; detail: string }[] };
  expect(answer.status, text).toBeLessThan(500);
  expect(text).not.toMatch(/\n\s*at |node_modules|node:internal|\.[jt]s:\d|ZodError|TypeError/);
  if (answer.status === 200) {
    expect(said.success).toBe(true);
    return;
  }
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(said).toMatchObject({
    success: false,
    status: answer.status,
    code: expect.stringMatching(/^[a-z_]+$/) as string,
    request_id: answer.headers.get('x-request-id'),
  });
  expect(said.errors !== undefined).toBe(said.errors !== undefined && said.code === 'invalid_request');
  for (const { pointer, detail } of said.errors ?? []) {
    expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
    expect(detail).toEqual(expect.any(String));
  }
}

describe('bodies of the API', { timeout: PATIENCE_MS }, () => {
  it('as they should be are answered', async () => {
    for (const name of names)
      await expectAnswer(
        { path: name, body: JSON.stringify(calls[name]!()) },
        { authorization: 'good', origin: 'site' },
      );
  });

  it.each([
    ['nested ten thousand deep', `{"pnr":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a name that a bent pattern would choke on', JSON.stringify({ pnr: 'ABC123', last_name: `${'a '.repeat(99)}1` })],
    ['a pair of equal keys', '{"pnr":"ABC123","pnr":5,"last_name":"SMITH"}'],
    ['a byte order mark', '\ufeff{"pnr":"ABC123","last_name":"SMITH"}'],
    ['a prototype', '{"__proto__":{"pnr":"ABC123","last_name":"SMITH"}}'],
    ['a number beyond numbers', '{"pnr":1e999,"last_name":-1e999}'],
    ['nothing', ''],
  ])('%s', async (_what, body) => {
    for (const name of names) await expectAnswer({ path: name, body }, { authorization: 'good', origin: 'site' });
  });

  it('bent in any way are answered, or refused with words', async () => {
    const sent = fc.oneof(
      { weight: 6, arbitrary: bentFields },
      { weight: 2, arbitrary: bentText },
      { weight: 1, arbitrary: rawBytes },
      { weight: 1, arbitrary: bentIds },
    );
    await fc.assert(
      fc.asyncProperty(sent, headers, fc.boolean(), async (make, with_, later) => {
        // Now and then limits are over, so that it is not they that answer; the session is kept alive.
        if (later) {
          clock.pass(61_000);
          if (Math.random() < 0.05) panelToken = (await demo.open('ABC123', 'SMITH')).body.token ?? panelToken;
        }
        await expectAnswer(make(), with_);
      }),
      share(1),
    );
    expect(faults).toEqual([]);
  });
});
