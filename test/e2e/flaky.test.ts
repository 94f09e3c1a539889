import type { Locator, Page } from '@playwright/test';
import { chanceFrom } from '../support/world.ts';
import { expect, test, type Trip } from './fixtures.ts';
import { atAirline, atGateway, enterCard } from './paying.ts';

/*
 * A connection that loses calls, some before they arrive, some with their answer, and delays the rest. `FLAKY=40 SEED=100` makes
 * forty purchases over such connections; what they found has tests of its own that take no minutes.
 */

const seeds = Number(process.env['FLAKY'] ?? 0);
const firstSeed = Number(process.env['SEED'] ?? 5);
const LOST = Number(process.env['LOST'] ?? 0.3);
const MOST_DELAY_MS = 1000;
const PATIENCE_MS = 120_000;

/** All but the panel's first file, without which there is nothing to press. Answers what became of each request. */
async function loseCalls(page: Page, seed: number): Promise<string[]> {
  const number = chanceFrom(seed);
  const heard: string[] = [];
  await page.route(/\/api\/panel\/|\/assets\/(choosing|payment-step)-|\/stripe\/(stripe\.js|field)/, async (route) => {
    const [fate, slow] = [number(), number() ** 3 * MOST_DELAY_MS];
    const end = fate < LOST / 2 ? 'lost' : fate < LOST ? 'answer lost' : 'arrived';
    heard.push(`${end}: ${new URL(route.request().url()).pathname}`);
    await new Promise((resolve) => setTimeout(resolve, slow));
    // The page may be over.
    if (end === 'arrived') return route.continue().catch(() => {});
    if (end === 'answer lost') await route.fetch().catch(() => {});
    await route.abort().catch(() => {});
  });
  return heard;
}

/** Somebody who does whatever the page offers next, until the seats are booked. */
async function buy(trip: Trip, page: Page): Promise<void> {
  const { panel } = trip;
  const visible = (name: RegExp) => panel.getByRole('button', { name }).filter({ visible: true }).first();
  const [again, goOn, pay] = [
    visible(/try again|try now|load again/i),
    visible(/^Continue to payment/),
    visible(/^Pay €/),
  ];
  const booked = panel.getByRole('heading', { name: /^Your seats are booked/ });
  const isThere = (one: Locator) => one.isVisible();
  const soon = { timeout: 2000 };
  let isTyped = false;
  const step = async () => {
    if (await isThere(panel.getByText('Load the page again'))) await page.reload();
    if (await isThere(again)) return again.click(soon);
    if (await isThere(pay)) {
      if (!(await pay.isEnabled())) return;
      if (!isTyped) await enterCard(page, '4242 4242 4242 4242');
      isTyped = true;
      return pay.click(soon);
    }
    if (!(await isThere(trip.grid.first()))) return;
    if ((await panel.getByRole('gridcell', { selected: true }).count()) === 2) return goOn.click(soon);
    for (const name of ['John S.', 'María G.']) {
      await trip.traveller(name).click(soon);
      await trip.freeSeat(6).click(soon);
    }
  };
  await expect(async () => {
    // What is offered may go before it is pressed.
    await step().catch(() => {});
    await expect(booked).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: PATIENCE_MS, intervals: [100] });
}

for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
  test(`over a connection that loses three calls of ten, seats are bought and charged once (${seed})`, async ({
    trip,
    page,
    demo,
  }) => {
    test.setTimeout(PATIENCE_MS + 60_000);
    const heard = await loseCalls(page, seed);
    await trip.open();
    await buy(trip, page).catch((error: Error) => {
      throw new Error(`${error.message}\n${heard.join('\n')}`);
    });
    expect(await atAirline(demo)).toHaveLength(2);
    expect((await atGateway(demo)).filter(({ captured }) => captured > 0)).toHaveLength(1);
  });
}
