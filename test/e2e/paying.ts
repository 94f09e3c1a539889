import type { Page } from '@playwright/test';
import { designatorOf, expect, type Fixtures, type Trip } from './fixtures.ts';

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

/** To the pay step with the purchase on it; its heading alone is there before the server has answered. */
export async function toPayment(trip: Trip): Promise<void> {
  await press(trip, 'Continue to payment');
  await expect(trip.heading('Pay for your seats')).toBeVisible();
  await expect(trip.panel.getByRole('button', { name: /^(Pay €|Take these seats)/ })).toBeVisible();
}

/** Pays with this card, up to the press. */
export async function pay(trip: Trip, page: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await trip.see();
  await chooseBoth(trip, 'ZS 482');
  await toPayment(trip);
  await enterCard(page, card);
  await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
}

export const seatsBooked = (trip: Trip) =>
  expect(trip.panel.getByRole('heading', { name: /^Your seats? (is|are) booked/ })).toBeVisible({ timeout: 20_000 });

/** Minor units of "Pay €64.00". */
export const inCents = (text: string): number => Math.round(Number(/€([\d.]+)/.exec(text)![1]) * 100);

/** The seats that the booking has at the airline, in order. */
export async function atAirline(demo: Fixtures['demo'], pnr = 'ABC123'): Promise<string[]> {
  const stands = (await (await fetch(`${demo.sandboxes}/gds/amadeus/bookings/${pnr}`)).json()) as {
    seats: { designator: string }[];
  };
  return stands.seats.map((one) => one.designator).sort();
}

/** Every payment that the gateway has, oldest first. */
export async function atGateway(demo: Fixtures['demo']): Promise<{ status: string; captured: number }[]> {
  return (await (await fetch(`${demo.sandboxes}/payments/stripe/payments`)).json()) as never;
}

/** Minor units. */
export const takenAtGateway = async (demo: Fixtures['demo']): Promise<number> =>
  (await atGateway(demo)).reduce((sum, one) => sum + one.captured, 0);

/** What the partner's inbox heard, in its order. */
async function inbox(demo: Fixtures['demo']): Promise<{ type: string; signature: string }[]> {
  const { requests } = (await (await fetch(`${demo.site}/inbox.json`)).json()) as {
    requests: { no: number; type: string; signature: string }[];
  };
  return requests.toSorted((one, other) => one.no - other.no);
}

/** Waits until the partner has heard these, each once and in this order, and looks at their signatures. */
export async function expectTold(demo: Fixtures['demo'], types: string[]): Promise<void> {
  await expect.poll(async () => (await inbox(demo)).map(({ type }) => type), { timeout: 20_000 }).toEqual(types);
  expect((await inbox(demo)).map(({ signature }) => signature)).toEqual(types.map(() => 'valid'));
}
