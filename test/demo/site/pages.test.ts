import { execFile, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoBookings } from '../../../demo/sandboxes/gds/amadeus.ts';
import { createSandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import { createSite } from '../../../demo/site/site.ts';
import { chromiumLaunch } from '../../support/chromium.js';
import { demoBrand, served, type Served } from './served.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let sandboxes: Served;
let site: Served;

beforeAll(async () => {
  browser = await chromium.launch(await chromiumLaunch());
  sandboxes = await served(() => createSandboxes().app);
  site = await served((origin) =>
    createSite({
      site: origin,
      api: 'http://127.0.0.1:1',
      sandboxes: sandboxes.origin,
      brand: demoBrand,
      bookings: demoBookings,
      containerScript: () => 'window.containerSaw = structuredClone(window.dataLayer);',
    }),
  );
});
afterAll(async () => {
  await browser.close();
  site.close();
  sandboxes.close();
});

/** The page, with everything that its policy forbade. */
async function visit(path: string, width = 1280): Promise<Page & { violations(): Promise<string[]> }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => seen.push(violatedDirective));
  });
  await page.goto(site.origin + path);
  const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  return Object.assign(page, { violations });
}

const faults = async (): Promise<unknown> => (await fetch(`${sandboxes.origin}/faults`)).json();

describe('the start page in a browser', () => {
  it('switches faults on and off, sees them wear off, and starts over', async () => {
    const page = await visit('/');
    const slow = page.getByRole('button', { name: 'The airline answers after 5 seconds next 3 calls' });
    await slow.click();
    await page.getByRole('button', { name: /^It is down/ }).click();
    await page.getByText('On. Open the airline’s page').waitFor();
    await expect.poll(faults).toEqual([
      { vendor: 'amadeus', call: '*', fault: 'slow', times: 3 },
      { vendor: 'amadeus', call: '*', fault: 'down', times: 6 },
    ]);

    await fetch(`${sandboxes.origin}/faults`, {
      method: 'PUT',
      body: JSON.stringify([{ vendor: 'amadeus', call: '*', fault: 'slow', times: 1 }]),
    });
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const on = page.getByRole('button', { name: 'The airline answers after 5 seconds on for 1 call' });
    await on.waitFor();
    expect(await page.getByRole('button', { pressed: true }).count()).toBe(1);
    await on.click();
    await expect.poll(faults).toEqual([]);

    await page.getByRole('button', { name: /^It is down/ }).click();
    await page.getByRole('button', { name: /^Start over/ }).click();
    await page.getByText('Started over.').waitFor();
    expect(await faults()).toEqual([]);
    expect(await page.getByRole('button', { pressed: true }).count()).toBe(0);
    expect(await page.violations()).toEqual([]);
    await page.close();
  });
});

describe('the confirmation page in a browser', () => {
  it('has its booking in the data layer when the container comes', async () => {
    const page = await visit('/confirmation?pnr=ABC123&name=SMITH');
    await page.waitForFunction(() => 'containerSaw' in window);
    expect(await page.evaluate(() => (window as unknown as { containerSaw: unknown }).containerSaw)).toEqual([
      { event: 'booking_confirmed', booking: { recordLocator: 'ABC123', lastName: 'SMITH', flights: 2 } },
    ]);
    expect(await page.violations()).toEqual([]);
    await page.close();
  });
});

const SECRET = 'demo_secret';

/** A delivery to the site, as DepartCart sends it. */
async function deliver(type: string, data: object, more: { id?: string; signed?: boolean; seq?: number } = {}) {
  const { id = 'evt_1', signed = true, seq = 1 } = more;
  const event = {
    id,
    type,
    timestamp: '2026-06-01T12:00:00.000Z',
    sequence: seq,
    data: { transaction_id: 'txn_1', ...data },
  };
  const body = JSON.stringify(event);
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const headers = { 'Content-Type': 'application/json', 'webhook-id': id, 'X-DepartCart-Attempt': '1' };
  const answer = await fetch(`${site.origin}/webhooks`, {
    method: 'POST',
    headers: { ...headers, ...(signed && { 'X-DepartCart-Signature': signature }) },
    body,
  });
  return answer.status;
}

const clearInbox = () => fetch(`${site.origin}/inbox.json`, { method: 'DELETE' });

describe('the inbox in a browser', () => {
  beforeEach(clearInbox);

  it('shows what comes while it is looked at, and keeps what was chosen', async () => {
    const page = await visit('/inbox');
    await page.getByRole('heading', { name: 'Nothing has come in yet' }).waitFor();
    await deliver('transaction.created', { amount: 84, currency: 'EUR' });
    await page.getByRole('heading', { name: 'transaction.created' }).waitFor();
    expect(await page.getByText('Signature valid', { exact: true }).count()).toBe(1);
    expect(await page.getByText('A traveller chose seats for €84.00.').count()).toBe(1);

    await deliver('fulfillment.updated', { status: 'confirmed' }, { id: 'evt_2', seq: 2 });
    await page.getByRole('heading', { name: 'fulfillment.updated' }).waitFor();
    await page.getByText('fulfillment.updated came in.').waitFor();
    expect(await page.getByRole('region', { name: 'Headers' }).textContent()).toMatch(
      /^x-departcart-signature: sha256=\w{64}$/m,
    );
    expect(JSON.parse((await page.getByRole('region', { name: 'Body' }).textContent())!)).toMatchObject({
      id: 'evt_2',
      data: { status: 'confirmed' },
    });

    await page.getByRole('link', { name: /^transaction\.created/ }).click();
    await page.getByRole('heading', { name: 'transaction.created' }).waitFor();
    await deliver('transaction.completed', { amount: 84, currency: 'EUR' }, { id: 'evt_3', seq: 3 });
    await page.getByRole('link', { name: /^transaction\.completed/ }).waitFor();
    expect(await page.getByRole('heading', { name: 'transaction.created' }).count()).toBe(1);
    expect(await page.getByRole('link', { name: /^(transaction|fulfillment)/ }).allTextContents()).toEqual([
      expect.stringMatching(/^transaction\.completed\d\d:\d\d:\d\d\.\d{3}Signature valid · answered 200 in \d+ ms$/),
      expect.stringMatching(/^fulfillment/),
      expect.stringMatching(/^transaction\.created/),
    ]);
    await page.reload();
    await page.getByRole('heading', { name: 'transaction.created' }).waitFor();
    expect(await page.violations()).toEqual([]);
    await page.close();
  });

  it('switches the 503 on, sees it wear off, and is cleared by starting over', async () => {
    const page = await visit('/inbox');
    await page.getByRole('button', { name: 'Answer 503 to the next 3' }).click();
    await page.getByRole('button', { name: 'Answering 503 to the next 3', pressed: true }).waitFor();
    expect(await deliver('transaction.created', {})).toBe(503);
    await page.getByRole('link', { name: /Answered 503 on purpose, will come again/ }).waitFor();
    await page.getByRole('button', { name: 'Answering 503 to the next 2', pressed: true }).click();
    await page.getByRole('button', { name: 'Answer 503 to the next 3', pressed: false }).waitFor();
    expect(await deliver('transaction.created', {})).toBe(200);

    const start = await visit('/');
    await start.getByRole('button', { name: /^Start over/ }).click();
    await start.getByText('Started over.').waitFor();
    await page.getByRole('heading', { name: 'Nothing has come in yet' }).waitFor();
    await start.close();
    await page.close();
  });

  it('shows hostile requests as text', async () => {
    const hostile = '<img src=x onerror=alert(1)></pre><script>alert(2)</script>';
    await deliver(hostile, { [hostile]: hostile }, { id: hostile.replaceAll(/[^a-z]/g, '_'), signed: false });
    const page = await visit('/inbox');
    await page.getByText('Not signed', { exact: true }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toContain(hostile);
    expect(await page.getByRole('region', { name: 'Body' }).textContent()).toContain(hostile);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.violations()).toEqual([]);
    await page.close();
  });

  it.skipIf(spawnSync('curl', ['--version']).error)(
    'copies a delivery as a command that delivers it once more',
    async () => {
      await deliver('transaction.created', { note: `it's` });
      const page = await visit('/inbox');
      await page.evaluate(() => {
        const copied: string[] = [];
        Object.assign(window, { copied });
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: async (text: string) => copied.push(text) },
        });
      });
      await page.getByRole('button', { name: 'Copy as curl' }).click();
      await page.getByText('Copied.').waitFor();
      const [command] = await page.evaluate(() => (window as unknown as { copied: string[] }).copied);
      await promisify(execFile)('sh', ['-c', command!.replace(/^curl /, 'curl -sS ')]);
      const { requests } = (await (await fetch(`${site.origin}/inbox.json`)).json()) as { requests: object[] };
      expect(requests).toMatchObject([
        { signature: 'valid', repeat: true },
        { signature: 'valid', repeat: false },
      ]);
      await page.close();
    },
  );
});

describe('the pages', () => {
  it.each(['/', '/confirmation', '/confirmation?pnr=NOBODY&name=X', '/inbox', '/inbox?empty', '/terms', '/nothing'])(
    '%s pass axe and never scroll sideways',
    async (path) => {
      await clearInbox();
      if (path === '/inbox') {
        await deliver('transaction.created', { amount: 84, currency: 'EUR' });
        await deliver('a_type_without_any_place_to_break_'.repeat(4), {}, { id: 'evt_2', signed: false });
      }
      const page = await visit(path);
      if (path === '/inbox') await page.getByText('Not signed', { exact: true }).waitFor();
      await page.evaluate(axe);
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate(async () => {
          const runner = (window as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } })
            .axe;
          const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await runner.run(document, {
            runOnly: { type: 'tag', values },
            resultTypes: ['violations'],
          });
          return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
        });
        expect(found, `at ${width} px`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      await page.close();
    },
  );
});
