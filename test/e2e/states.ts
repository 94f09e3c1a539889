import type { Page } from '@playwright/test';
import { expect, type Fixtures, type Trip } from './fixtures.ts';
import { chooseBoth, enterCard, pay, press, toPayment } from './paying.ts';

interface Ground {
  trip: Trip;
  page: Page;
  demo: Fixtures['demo'];
  clock: Fixtures['clock'];
}

/** Every state of the panel, and how a traveller comes into it. The screenshots visit all of them, the accessibility tests some. */
export const states: { name: string; arrive(ground: Ground): Promise<void> }[] = [
  {
    name: 'loading',
    async arrive({ trip, demo }) {
      await demo.fault('slow', 'order');
      await trip.open();
      await expect(trip.panel.getByText(/Fetching/).first()).toBeVisible();
    },
  },
  { name: 'map-a320', arrive: ({ trip }) => trip.see() },
  {
    name: 'map-a320-chosen',
    async arrive({ trip }) {
      await trip.see();
      await trip.freeSeat(4).click();
      await trip.traveller('María G.').click();
      await trip.freeSeat(5).click();
      await expect(trip.panel.getByRole('tab', { name: /2 of 2/ })).toBeVisible();
    },
  },
  {
    name: 'map-a380',
    async arrive({ trip }) {
      await trip.see();
      await trip.flight('ZS 17').click();
      await expect(trip.grid.first()).toHaveAccessibleName(/ZS 17/);
    },
  },
  {
    name: 'exit-row',
    async arrive({ trip }) {
      await trip.see();
      await trip.traveller('María G.').click();
      await trip.panel
        .getByRole('gridcell', { name: /exit row.*, available$/ })
        .first()
        .click();
      await expect(trip.panel.getByRole('button', { name: /can help/ }).first()).toBeVisible();
    },
  },
  { name: 'has-seats', arrive: ({ trip }) => trip.see('HELD33', 'SMITH') },
  {
    name: 'no-map',
    async arrive({ trip }) {
      await trip.see('NOMAP2', 'LINDQVIST');
      await trip.flight('ZS 6120').click();
      await expect(trip.heading('No seat map for this flight')).toBeVisible();
    },
  },
  {
    name: 'all-taken',
    async arrive({ trip }) {
      await trip.open('FULL00', 'SMITH');
      await expect(trip.heading('Every seat here is taken')).toBeVisible();
    },
  },
  {
    name: 'not-found',
    async arrive({ trip }) {
      await trip.open('ABC123', 'JONES');
      await expect(trip.heading('We can’t find this booking')).toBeVisible();
    },
  },
  {
    name: 'airline-down',
    async arrive({ trip, demo }) {
      await demo.fault('down', '*', 100);
      await trip.open();
      await expect(trip.heading('The airline isn’t answering')).toBeVisible();
    },
  },
  {
    name: 'session-over',
    async arrive({ trip, clock }) {
      await trip.see();
      clock.ahead += 31 * 60_000;
      await trip.freeSeat().click();
      await expect(trip.heading('Still there?')).toBeVisible();
    },
  },
  {
    name: 'offline',
    async arrive({ trip, page }) {
      await trip.see();
      await expect(
        trip.panel
          .getByRole('button', { name: /Next flight/ })
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
      await page.context().setOffline(true);
      await expect(
        trip.panel
          .getByText(/You’re offline/)
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
    },
  },
  {
    name: 'pay',
    async arrive({ trip, page }) {
      await trip.see();
      await chooseBoth(trip, 'ZS 482');
      await toPayment(trip);
      await expect(page.locator('iframe[src*="/stripe/"]')).toBeVisible();
    },
  },
  {
    name: 'declined',
    async arrive({ trip, page }) {
      await pay(trip, page, '4000 0000 0000 0002');
      await expect(trip.panel.getByText('Your bank declined the card').first()).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'price-changed',
    async arrive({ trip, page, demo }) {
      await trip.see();
      await chooseBoth(trip, 'ZS 482');
      await toPayment(trip);
      await demo.fault('dearer', 'seatmaps', 1000);
      await enterCard(page, '4242 4242 4242 4242');
      await press(trip, /^Pay €/);
      await expect(trip.panel.getByText(/The prices? changed/).first()).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'confirming',
    async arrive({ trip, page, demo }) {
      await demo.fault('lost_after', 'assign', 1);
      await pay(trip, page);
      await expect(trip.panel.getByText(/Confirming/).first()).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'done',
    async arrive({ trip, page }) {
      await pay(trip, page);
      await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'partly',
    async arrive({ trip, page, demo }) {
      await demo.fault('refuse', 'assign', 1);
      await pay(trip, page);
      await expect(trip.heading('One of two seats is yours')).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'failed',
    async arrive({ trip, page, demo }) {
      await demo.fault('refuse', 'assign', 2);
      await pay(trip, page);
      await expect(trip.heading('We couldn’t book these seats')).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'field-blocked',
    async arrive({ trip, page }) {
      await page.route(/\/stripe\/stripe\.js/, (route) => route.abort());
      await trip.see();
      await chooseBoth(trip, 'ZS 482');
      await press(trip, 'Continue to payment');
      await expect(trip.panel.getByText('The card field did not load').first()).toBeVisible({ timeout: 20_000 });
    },
  },
];

/** The widths that look.md draws. */
export const widths = [320, 390, 768, 1280];
