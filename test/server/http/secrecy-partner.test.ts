import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDemo } from '../../../demo/start.ts';
import { TestClock, TestDemo } from '../../support/demo.ts';
import { API_KEY, API_SECRET, TestBackend, type Said } from '../../support/partner.ts';

/** What partner and traveller entrusted to us: may stand sealed, as a digest, or not at all. */
const planted = new Map([
  ['API secret', API_SECRET],
  ['record locator', 'ABC123'],
  ['record locator that nobody has', 'ZZTOP9'],
  ['surname', 'SMITH'],
  ['another surname', 'GARCÍA'],
  ['surname that nobody has', 'WRONGHAMPTON'],
  ['secret of the GDS', 'demo_amadeus_secret'],
  ['key of the GDS', 'demo_amadeus_key'],
  ['secret key of the gateway', 'sk_test_demo_skyline'],
  ['secret of its callbacks', 'whsec_demo_skyline'],
  ['secret of deliveries', 'demo_webhook_secret_skyline'],
  ['password of old links', 'demo_legacy_password'],
  ['salt of old links', 'demo_legacy_salt'],
  ['order number', 'ORDER-OF-THE-PARTNERS-OWN'],
]);

const folder = mkdtempSync(join(tmpdir(), 'departcart-secrecy-partner-'));
let log = '';
let demo: TestDemo;
let backend: TestBackend;
const refusals: string[] = [];

async function said(answer: Promise<Said>, route: string, wanted: number): Promise<Said> {
  const one = await answer;
  expect(one.status, `${route} ${one.text}`).toBe(wanted);
  // Our own example of a locator is the demo's.
  if (one.status >= 400) refusals.push(`${one.text.replace(', like ABC123', '')}\n${[...one.headers].join('\n')}`);
  return one;
}
const post = (path: string, body: unknown, wanted: number, headers: Record<string, string> = {}) =>
  said(backend.post(path, body, headers), path, wanted);
const get = (path: string, wanted: number, headers: Record<string, string> = {}) =>
  said(backend.get(path, headers), path.replace(/\?.*/, ''), wanted);

function oldLink(content: object, bend = false): string {
  const key = pbkdf2Sync('demo_legacy_password', 'demo_legacy_salt', 100_000, 32, 'sha256');
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const bytes = Buffer.concat([iv, cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  if (bend) bytes[bytes.length - 1]! ^= 1;
  return bytes.toString('base64');
}

beforeAll(async () => {
  const to = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const databaseFile = join(folder, 'demo.sqlite');
  demo = new TestDemo(
    await runDemo({ port: 0, clock: new TestClock(), databaseFile, log: to, logLevel: 'trace', jobs: false }),
  );
  backend = new TestBackend(demo);
  const smith = { pnr: 'ABC123', last_name: 'SMITH', reference: 'ORDER-OF-THE-PARTNERS-OWN' };
  const nobody = { pnr: 'ZZTOP9', last_name: 'WRONGHAMPTON' };
  const credentials = { api_key: API_KEY, api_secret: API_SECRET };
  const key = { authorization: `Bearer ${API_KEY}` };

  const token = await post('/generate-bearer-token', credentials, 200);
  const bearer = String(token.body['bearer_token']);
  planted.set('bearer token', bearer).set('its signature', bearer.split(':').at(-1)!);
  const partner = { authorization: `Bearer ${bearer}` };
  await post('/generate-bearer-token', { api_key: 'dck_demo_skyline', api_secret: `${API_SECRET}x` }, 401);
  await post('/generate-bearer-token', { ...credentials, duration_hours: 'SMITH' }, 422);
  await post('/generate-bearer-token', { api_key: [API_SECRET], [API_SECRET.slice(0, 8)]: 'ABC123' }, 422);
  await post('/generate-bearer-token', `{"api_secret":"${API_SECRET}"`, 400);

  for (const path of ['/api/generate-encrypted-seatmap-url', '/api/generate-all-deeplinks']) {
    const made = await post(path, smith, 200, {
      ...partner,
      'idempotency-key': `for ABC123 ${path}`.replaceAll(' ', '-'),
    });
    planted.set(`id of ${path}`, String(made.body['encrypted_id']));
    await post(path, smith, 401, { authorization: `Bearer ${bearer}x` });
    await post(path, { ...smith, pnr: 'SMITH ABC123' }, 422, partner);
    await post(path, `{"pnr":"ABC123`, 400, partner);
    await post(path, smith, 422, { ...partner, 'idempotency-key': 'SMITH' });
  }
  const older = await post('/generate-encrypted-url', { ...smith, brand: 'skyline' }, 200, key);
  const id = String(older.body['encrypted_id']);
  planted.set('id of the older call', id);
  await post('/generate-encrypted-url', { pnr: 'ABC123', last_name: { SMITH: 1 } }, 422, key);
  const cbc = oldLink({ ...smith, brand: 'skyline' });
  const bad = oldLink({ ...smith, brand: 'skyline' }, true);
  planted.set('an old link', cbc).set('an old link that does not open', bad);

  await post('/v1/test-encryption', { encrypted_id: id }, 200, key);
  await post('/v1/test-encryption', { encrypted_id: cbc }, 200, key);
  await post('/v1/test-encryption', { encrypted_id: bad }, 404, key);
  await post('/v1/test-encryption', { encrypted_id: id, SMITH: 'ABC123' }, 401, {
    authorization: `Bearer ${API_SECRET}`,
  });
  await post('/v1/test-encryption', { encrypted_id: ['ABC123'] }, 422, key);

  for (const page of ['/seatmap', '/cart', '/checkout']) {
    await get(`${page}?id=${id}&source=cart`, 200);
    await get(`${page}?id=${encodeURIComponent(bad)}&pnr=ABC123&last_name=SMITH`, 200);
    await post(`${page}`, smith, 405);
  }
  await get(`/ABC123/SMITH?id=${id}`, 404);

  const open = (body: object, wanted: number, origin: string | null = demo.api) =>
    said(
      backend.post('/api/panel/open', { v: 1, ...body }, origin === null ? {} : { origin }),
      '/api/panel/open',
      wanted,
    );
  await open({ encrypted_id: id }, 200);
  await open({ encrypted_id: cbc }, 200);
  await open({ encrypted_id: bad }, 404);
  await open({ encrypted_id: id, last_name: 'SMITH' }, 422);
  await open({ encrypted_id: id, nickname: 'ABC123 SMITH' }, 422);
  await open({ bearer, record_locator: 'ABC123', last_name: 'SMITH' }, 200, null);
  await open({ bearer: `${bearer}x`, record_locator: 'ABC123', last_name: 'SMITH' }, 401, null);
  await open({ key: 'dcpub_test_skyline', record_locator: nobody.pnr, last_name: nobody.last_name }, 404, demo.site);
  for (let tries = 0; tries < 5; tries++) {
    await backend.post(
      '/api/panel/open',
      { v: 1, key: 'dcpub_test_skyline', record_locator: nobody.pnr, last_name: nobody.last_name },
      { origin: demo.site },
    );
  }
  await open({ key: 'dcpub_test_skyline', record_locator: nobody.pnr, last_name: nobody.last_name }, 429, demo.site);

  await get('/api/transactions?reference=ORDER-OF-THE-PARTNERS-OWN', 200, partner);
  await get('/api/transactions?pnr=ABC123&last_name=SMITH', 422, partner);
  await get('/api/transactions/ABC123-SMITH', 404, partner);
  await post('/api/transactions/search', smith, 200, partner);
  await post('/api/transactions/search', { pnr: 'ABC123', last_name: 5 }, 422, partner);
  await post('/api/transactions/search', smith, 401, { authorization: `Bearer ${API_KEY}` });
}, 120_000);
afterAll(async () => {
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A text as it may stand in bytes, in JSON or in an address. */
const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('latin1'),
  secret.replaceAll('Í', String.raw`\u00cd`),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** Names of what stands in a text, in any case. */
const found = (text: string): string[] => {
  const lower = text.toLowerCase();
  const stands = (secret: string) => spellings(secret).some((one) => lower.includes(one.toLowerCase()));
  return [...planted].filter(([, secret]) => stands(secret)).map(([name]) => name);
};

describe('after every call of the partner’s API, right and wrong', () => {
  it('nothing of it is readable in the database, its journal included', () => {
    const files = readdirSync(folder);
    for (const name of ['demo.sqlite', 'demo.sqlite-wal', 'demo.sqlite-shm']) expect(files).toContain(name);
    const text = files.map((file) => readFileSync(join(folder, file)).toString('latin1')).join('\n');
    // What may be read is there: the search would find the rest.
    expect(text).toContain('dcpub_test_skyline');
    expect(found(text)).toEqual([]);
  });

  it('nothing of it is in the log, at its most talkative', () => {
    expect(log).toContain('/api/generate-encrypted-seatmap-url');
    expect(log).toContain('"alarm":true');
    expect(log.split('\n').filter((line) => found(line).length)).toEqual([]);
    expect(log).not.toContain(API_KEY);
  });

  it('no refusal repeats anything of what was sent', () => {
    expect(refusals.length).toBeGreaterThan(25);
    expect(refusals.filter((text) => found(text).length)).toEqual([]);
  });

  it('no hosted page holds anything of the link that opened it', async () => {
    const { text } = await backend.get(`/seatmap?id=${planted.get('id of the older call')}`);
    expect(text).toMatch(/^<!doctype html>/i);
    expect(found(text)).toEqual([]);
  });
});
