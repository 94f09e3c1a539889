import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoBookings } from '../../../demo/sandboxes/gds/amadeus.ts';
import { createSandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import { createSite } from '../../../demo/site/site.ts';
import { chromiumLaunch } from '../../support/chromium.js';
import { served, type Served } from './served.ts';

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
      brand: { code: 'skyline', publishableKey: 'dcpub_test_skyline' },
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
    const slow = page.getByRole('button', { name: 'The reservation system answers after 5 seconds next 3 calls' });
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
    const on = page.getByRole('button', { name: 'The reservation system answers after 5 seconds on for 1 call' });
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

describe('the pages', () => {
  it.each(['/', '/confirmation', '/confirmation?pnr=NOBODY&name=X', '/terms', '/nothing'])(
    '%s pass axe and never scroll sideways',
    async (path) => {
      for (const width of [320, 1280]) {
        const page = await visit(path, width);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const runner = (window as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } })
            .axe;
          const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await runner.run(document, { runOnly: { type: 'tag', values } });
          return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
        });
        expect(found, `at ${width} px`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        await page.close();
      }
    },
  );
});
