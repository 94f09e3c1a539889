import type { Page } from '@playwright/test';
import { designatorOf, expect, type Trip } from './fixtures.ts';

/** The card field lives in a frame on the gateway's own origin. */
const field = (page: Page) => page.frameLocator('iframe[src*="/stripe/"]').first();

export async function enterCard(page: Page, number: string): Promise<void> {
  await field(page).getByLabel('Card number').fill(number);
  await field(page).getByLabel('Expiration date').fill('12 / 34');
  await field(page).getByLabel('Security code').fill('123');
}

/** Chooses for both travellers on a flight; answers the designators. */
export async function chooseBoth(trip: Trip, flight: string, free = false): Promise<string[]> {
  await trip.flight(flight).click();
  await expect(trip.grid.first()).toHaveAccessibleName(new RegExp(flight));
  const chosen: string[] = [];
  for (const name of ['John S.', 'María G.']) {
    await trip.traveller(name).click();
    const seat = trip.panel
      .getByRole('gridcell', {
        name: free ? /^(?!.*exit row).*free.*, available$/ : /^(?!.*(exit row|free)).*€\d+, available$/,
      })
      .nth(chosen.length);
    const designator = await designatorOf(seat);
    await trip.seat(designator).click();
    await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'true');
    chosen.push(designator);
  }
  return chosen;
}

/** Presses the first visible button of that name: rail and dock have the same ones. */
export const press = (trip: Trip, name: string | RegExp) =>
  trip.panel.getByRole('button', { name }).filter({ visible: true }).first().click();

export async function toPayment(trip: Trip): Promise<void> {
  await press(trip, 'Continue to payment');
  await expect(trip.heading('Pay for your seats')).toBeVisible();
}

/** Pays with this card, up to the press. */
export async function pay(trip: Trip, page: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await trip.see();
  await chooseBoth(trip, 'ZS 482');
  await toPayment(trip);
  await enterCard(page, card);
  await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
}
