import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';

let demo: TestDemo;
let logged = '';
beforeAll(async () => {
  const log = new Writable({ write: (chunk, _, done) => done(void (logged += String(chunk))) });
  demo = await startTestDemo({ clock: new TestClock(), log });
});
afterAll(() => demo.close());

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(demo.api + path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Directive -> sources. */
const policyOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((line) => {
      const [name = '', ...sources] = line.split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe('a hosted page', () => {
  it.each(['/seatmap', '/cart', '/checkout'])(
    '%s allows what the panel and its gateway need, and no more',
    async (path) => {
      const { status, headers } = await get(path);
      const { sandboxes } = demo.demo;
      expect(status).toBe(200);
      expect(policyOf(headers)).toEqual({
        'default-src': "'none'",
        'script-src': `'self' ${sandboxes}`,
        'connect-src': `'self' ${sandboxes}`,
        'img-src': "'self' data:",
        'frame-src': sandboxes,
        'style-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
        'require-trusted-types-for': "'script'",
        'trusted-types': 'departcart',
      });
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      });
      for (const none of ['set-cookie', 'access-control-allow-origin']) expect(headers.get(none)).toBeNull();
    },
  );

  it('has nothing inline, and files that are there', async () => {
    const { text } = await get('/seatmap');
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=/i);
    const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.map(([, , inside]) => inside)).toEqual(['']);
    const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files).toHaveLength(3);
    for (const file of files) {
      const { status, headers } = await get(file);
      expect([file, status]).toEqual([file, 200]);
      expect(headers.get('content-type')).toMatch(file.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      expect(headers.get('cache-control')).toContain('immutable');
    }
  });

  it('is the same for every id; it asks nobody anything, and no id is logged', async () => {
    logged = '';
    const pages = await Promise.all(
      ['', '?id=x', '?id=%00%ff', '?id=a&id=b', `?id=${'A'.repeat(8000)}`, '?id=%3Cscript%3E&source=%22%3E'].map(
        (query) => get(`/checkout${query}`),
      ),
    );
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(logged.match(/"route":"\/checkout"/g)).toHaveLength(pages.length);
    expect(logged).not.toMatch(/outgoing call|AAAA|source/);
  });

  it('names the only brand there is, or the key’s', async () => {
    for (const query of ['', '?key=dcpub_test_skyline', '?key=dcpub_test_other']) {
      const { text } = await get(`/seatmap${query}`);
      expect(text).toContain('data-key="dcpub_test_skyline"');
      expect(text).toContain('<title>Your seats, SkylineAir</title>');
    }
  });

  it('takes no other method', async () => {
    expect((await get('/checkout', { method: 'POST' })).status).toBe(405);
    expect((await get('/checkout', { method: 'HEAD' })).status).toBe(200);
  });

  it('opens for every brand: its own origin is on no list', async () => {
    const booking = { record_locator: 'ABC123', last_name: 'SMITH' };
    const own = await demo.call('open', { v: 1, key: 'dcpub_test_skyline', ...booking }, { origin: demo.api });
    expect(own.status).toBe(200);
    const other = await demo.call('open', { v: 1, key: 'dcpub_test_skyline', ...booking }, { origin: `${demo.api}1` });
    expect(other.status).toBe(403);
  });
});

describe('a brand’s logo', () => {
  it('is served by us, for ever, as a picture that can do nothing', async () => {
    const { body } = await demo.open('ABC123', 'SMITH');
    const { primary, icon } = body.brand.logos!;
    for (const path of [primary!, icon!]) {
      expect(path).toMatch(/^\/static\/brand\/[0-9a-f]{64}$/);
      const { status, headers, text } = await get(path);
      expect(status).toBe(200);
      expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/svg+xml',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
      });
    }
  });

  it('is not there under another name', async () => {
    for (const name of ['0'.repeat(64), 'x', '..%2F..%2Fetc%2Fpasswd', 'A'.repeat(64)])
      expect((await get(`/static/brand/${name}`)).status).toBe(404);
  });
});

describe('the older tag', () => {
  const ask = (origin: string | null, body: unknown = { v: 1 }) =>
    demo.call<Record<string, unknown>>('tag', body, { origin });

  it('finds its script where it always was, for minutes', async () => {
    const { status, headers } = await get('/static/loaders-dist/seat_selection_loader.js');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toMatch(/max-age=300\b/);
  });

  it('hears what the brand’s file says, on the brand’s own pages', async () => {
    const { status, headers, body } = await ask(demo.site);
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, key: 'dcpub_test_skyline', find: 'auto', anchor: '#departcart-seats' });
    expect(headers.get('access-control-allow-origin')).toBe(demo.site);
  });

  it('hears origin_not_allowed elsewhere, and can read it', async () => {
    for (const origin of [`${demo.site}0`, 'null', 'https://evil.example']) {
      const { status, headers, body } = await ask(origin);
      expect([status, body['code']]).toEqual([403, 'origin_not_allowed']);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    }
    expect((await ask(null)).body['code']).toBe('origin_not_allowed');
  });

  it('is asked for nothing else', async () => {
    for (const body of [{ v: 1, key: 'dcpub_test_skyline' }, {}, 'x'])
      expect((await ask(demo.site, body)).status).toBeGreaterThanOrEqual(400);
  });
});
