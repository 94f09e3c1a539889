import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoBookings } from '../../../demo/sandboxes/gds/amadeus.ts';
import { createSandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import { createSite } from '../../../demo/site/site.ts';
import { demoBrand, served, type Served } from './served.ts';

const site = 'http://localhost:8080';
const api = 'http://localhost:8081';
/** `2026-06-01`; the demo's flights leave 30 days later. */
const now = () => Date.UTC(2026, 5, 1, 12);

let sandboxes: string;
let server: Served;
let app: Hono;

const make = (more: Partial<Parameters<typeof createSite>[0]> = {}) =>
  createSite({
    site,
    api,
    sandboxes,
    brand: demoBrand,
    bookings: demoBookings,
    containerScript: () => '/* container */',
    ...more,
  });

beforeAll(async () => {
  server = await served(() => createSandboxes({ now }).app);
  sandboxes = server.origin;
  app = make();
});
afterAll(() => {
  server.close();
});

async function get(path: string, from = app) {
  const answer = await from.request(path);
  return { status: answer.status, header: (name: string) => answer.headers.get(name) ?? '', text: await answer.text() };
}

/** What a page's scripts read. */
const dataOf = (page: string, id: string): unknown =>
  JSON.parse(new RegExp(`<script type="application/json" id="${id}">([^]*?)</script>`).exec(page)![1]!);

describe('the start page', () => {
  it('offers what there is: the airline page, each booking, the key, the switches, the template', async () => {
    const { status, text } = await get('/');
    expect(status).toBe(200);
    for (const { pnr, lastName, shows } of demoBookings) {
      expect(text).toContain(`/confirmation?pnr=${pnr}&amp;name=${lastName}`);
      expect(text).toContain(shows);
    }
    expect(text).toContain('dcpub_test_skyline');
    expect(text).toContain(`href="${api}/gtm/template.tpl"`);
    expect(dataOf(text, 'settings')).toEqual({ sandboxes });
    const answer = await fetch(`${sandboxes}/faults`, {
      method: 'PUT',
      body: JSON.stringify(
        [...text.matchAll(/data-vendor="(\w+)"\s+data-call="([\w*]+)"\s+data-fault="(\w+)"\s+data-times="(\d+)"/g)].map(
          ([, vendor, call, fault, times]) => ({ vendor, call, fault, times: Number(times) }),
        ),
      ),
    });
    expect(answer.status, 'every switch is one that the sandboxes have').toBe(200);
    expect(await answer.json()).toHaveLength(11);
    for (const words of ['4000 0027 6000 3184', 'Not enough money', 'demo_secret', 'href="/inbox"'])
      expect(text).toContain(words);
    await fetch(`${sandboxes}/faults`, { method: 'PUT', body: '[]' });
  });
});

describe('the confirmation page', () => {
  it('tells the trip and fills the data layer before the container', async () => {
    const { status, text } = await get('/confirmation?pnr=ABC123&name=SMITH');
    expect(status).toBe(200);
    expect(text).toContain('You’re going to Singapore, John.');
    expect(text).toContain('Travelling with Leo');
    expect(text.replaceAll(/<[^>]+>|\s+/g, ' ').replaceAll(/ +/g, ' ')).toContain(
      'Wednesday 1 July 07:35 Dublin DUB 1 h 20 min 08:55 London LHR ZS 482 · Airbus A320 Wednesday 1 July 12:10 London LHR 13 h 05 min 09:15 +1 Singapore SIN ZS 17 · Airbus A380',
    );
    expect(dataOf(text, 'booking')).toEqual({ recordLocator: 'ABC123', lastName: 'SMITH', flights: 2 });
    expect(text).toMatch(/<script\s+src="\/data-layer\.js"[^>]*><\/script>\s*<script async\s+src="\/gtm\.js"/);
    expect(text).toContain('id="departcart-seats"');
  });

  it('says who flies when it is another airline', async () => {
    expect((await get('/confirmation?pnr=NOMAP2&name=LINDQVIST')).text).toContain('flown by XN');
  });

  it('shows the first booking when none is named, and the name that belongs to a locator', async () => {
    expect(dataOf((await get('/confirmation')).text, 'booking')).toMatchObject({
      recordLocator: 'ABC123',
      lastName: 'SMITH',
    });
    expect(dataOf((await get('/confirmation?pnr=SOLO77')).text, 'booking')).toMatchObject({ lastName: 'OKAFOR' });
  });

  it.each([
    ['a booking that is not there', '?pnr=NOBODY&name=SMITH'],
    ['another name', '?pnr=ABC123&name=JONES'],
  ])('keeps to itself what it knows, given %s', async (_, query) => {
    const { status, text } = await get(`/confirmation${query}`);
    expect(status).toBe(200);
    expect(text).toContain('Your booking is confirmed.');
    expect(text).not.toMatch(/John|Singapore|07:35/);
    expect(dataOf(text, 'booking')).toMatchObject({ flights: 0 });
  });

  it('does without the trip when the reservation system does not answer', async () => {
    const alone = make({ sandboxes: 'http://127.0.0.1:1' });
    expect((await get('/confirmation?pnr=ABC123&name=SMITH', alone)).text).toContain('id="departcart-seats"');
  });

  it('shows hostile text as text', async () => {
    const hostile = '"></script><script>alert(1)</script><img src=x onerror=alert(2)>';
    const { text } = await get(`/confirmation?${new URLSearchParams({ pnr: hostile, name: hostile }).toString()}`);
    expect(text).not.toMatch(/<script>|<img/);
    expect(dataOf(text, 'booking')).toMatchObject({ recordLocator: hostile, lastName: hostile });
    const names = make({ bookings: [{ pnr: 'A<b>', lastName: `'"<i>`, shows: '<script>alert(3)</script>' }] });
    expect((await get('/', names)).text).not.toMatch(/<script>|<i>|<b>[^T]/);
  });
});

describe('every page', () => {
  it.each(['/', '/confirmation', '/inbox', '/terms', '/privacy', '/nothing'])(
    '%s runs and styles nothing inline',
    async (path) => {
      const { header, text } = await get(path);
      expect(header('content-type')).toMatch(/^text\/html/);
      expect(header('x-content-type-options')).toBe('nosniff');
      const policy = header('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[\w+/=]{24}'/);
      expect(policy).not.toContain('unsafe');
      expect(text).not.toMatch(/\sstyle=|<style|\son\w+=|javascript:/i);
      const nonce = /'nonce-([^']+)'/.exec(policy)![1];
      for (const [script] of text.matchAll(/<script(?! type="application\/json")[^>]*>/g)) {
        expect(script).toMatch(/ src="\/[\w.-]+\.js"/);
        expect(script).toContain(`nonce="${nonce}"`);
      }
      expect(header('content-security-policy')).not.toBe((await get(path)).header('content-security-policy'));
    },
  );

  it('lets the airline page reach DepartCart and the gateway, the start page the sandboxes, and nobody else', async () => {
    const policy = (await get('/confirmation')).header('content-security-policy');
    expect(policy).toContain(`connect-src 'self' ${api} ${sandboxes};`);
    expect(policy).toContain(`frame-src ${sandboxes};`);
    expect((await get('/')).header('content-security-policy')).toContain(`connect-src 'self' ${sandboxes};`);
    expect((await get('/inbox')).header('content-security-policy')).toContain(`connect-src 'self';`);
    expect((await get('/')).header('content-security-policy')).not.toContain('frame-src');
  });

  it('may be had with a nonce-only policy and Trusted Types', async () => {
    const policy = (await get('/confirmation?pnr=ABC123&name=SMITH&csp=strict')).header('content-security-policy');
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]{24}';/);
    expect(policy).toContain(`require-trusted-types-for 'script'`);
  });

  it('has its files, with their types', async () => {
    const pages = await Promise.all(['/', '/confirmation', '/inbox'].map(async (path) => (await get(path)).text));
    const paths = pages.flatMap((text) =>
      [...text.matchAll(/(?:src|href)="(\/[\w-]+\.\w+)"/g)].map(([, path]) => path!),
    );
    const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
    expect(new Set(paths).size).toBeGreaterThanOrEqual(8);
    for (const path of paths) {
      const { status, header, text } = await get(path);
      expect(text.length, path).toBeGreaterThan(10);
      expect([path, status, header('content-type')]).toEqual([
        path,
        200,
        `${types[path.split('.')[1]!]}; charset=utf-8`,
      ]);
    }
    expect((await get('/gtm.js')).text).toBe('/* container */');
  });

  it('is 404, with a way on, where there is none', async () => {
    const { status, text } = await get('/nothing');
    expect(status).toBe(404);
    expect(text).toContain('href="/"');
  });
});

describe('/demo/info.json', () => {
  it('names what the demo has, with whole addresses', async () => {
    const { text, header } = await get('/demo/info.json');
    expect(header('content-type')).toMatch(/^application\/json/);
    expect(JSON.parse(text)).toEqual({
      site,
      confirmation: `${site}/confirmation`,
      api,
      sandboxes,
      brands: [
        {
          code: 'skyline',
          api_key: 'dck_demo_skyline',
          api_secret: 'dcs_demo_skyline',
          publishable_key: 'dcpub_test_skyline',
          webhook_secret: 'demo_secret',
          legacy_ids: { password: 'demo_password', salt: 'demo_salt' },
        },
      ],
      bookings: demoBookings.map(({ pnr, lastName, shows }) => ({ pnr, last_name: lastName, shows })),
      cards: expect.arrayContaining([{ number: '4242 4242 4242 4242', shows: 'Paid' }]),
      inbox: `${site}/inbox`,
      faults: `${sandboxes}/faults`,
    });
  });
});
