import type { Page } from '@playwright/test';
import { designatorOf, expect, test, type Fixtures, type Trip } from './fixtures.ts';

interface Heard {
  type: string;
  signature: string;
}

/** The card field lives in a frame on the gateway's own origin. */
const field = (page: Page) => page.frameLocator('iframe[src*="/stripe/"]').first();

async function enterCard(page: Page, number: string): Promise<void> {
  await field(page).getByLabel('Card number').fill(number);
  await field(page).getByLabel('Expiration date').fill('12 / 34');
  await field(page).getByLabel('Security code').fill('123');
}

/** Chooses for both travellers on a flight; answers the designators. */
async function chooseBoth(trip: Trip, flight: string, free = false): Promise<string[]> {
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

const press = (trip: Trip, name: string | RegExp) =>
  trip.panel.getByRole('button', { name }).filter({ visible: true }).first().click();

async function toPayment(trip: Trip): Promise<void> {
  await press(trip, 'Continue to payment');
  await expect(trip.heading('Pay for your seats')).toBeVisible();
}

const inbox = async (site: string): Promise<Heard[]> => {
  const { requests } = (await (await fetch(`${site}/inbox.json`)).json()) as { requests: (Heard & { no: number })[] };
  return requests.toSorted((one, other) => one.no - other.no);
};

const atAirline = async (demo: Fixtures['demo'], pnr = 'ABC123'): Promise<string[]> => {
  const stands = (await (await fetch(`${demo.sandboxes}/gds/amadeus/bookings/${pnr}`)).json()) as {
    seats: { designator: string }[];
  };
  return stands.seats.map((one) => one.designator).sort();
};

const atGateway = async (demo: Fixtures['demo']): Promise<number> => {
  const list = (await (await fetch(`${demo.sandboxes}/payments/stripe/payments`)).json()) as { captured: number }[];
  return list.reduce((sum, one) => sum + one.captured, 0);
};

test.describe('a purchase', () => {
  test('both adults on both flights, paid with 4242, to the verified webhooks', async ({ trip, page, demo }) => {
    await trip.see();
    const chosen = [...(await chooseBoth(trip, 'ZS 482')), ...(await chooseBoth(trip, 'ZS 17'))];
    await toPayment(trip);
    const pay = trip.panel.getByRole('button', { name: /^Pay €/ });
    const sum = Number(/€([\d.]+)/.exec((await pay.textContent()) ?? '')![1]);
    await enterCard(page, '4242 4242 4242 4242');
    await pay.click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    expect(await atAirline(demo)).toEqual([...chosen].sort());
    expect(await atGateway(demo)).toBe(Math.round(sum * 100));
    await expect
      .poll(async () => (await inbox(demo.site)).map((one) => one.type))
      .toEqual(['transaction.created', 'fulfillment.updated', 'payment.processed', 'transaction.completed']);
    expect((await inbox(demo.site)).map((one) => one.signature)).toEqual(Array(4).fill('valid'));
    await page.reload();
    await expect(trip.heading('Your seats are booked')).toBeVisible();
  });

  test('free seats: no payment, and no payment.processed', async ({ trip, demo }) => {
    await trip.see();
    const chosen = await chooseBoth(trip, 'ZS 482', true);
    await press(trip, /Keep these seats|Take these seats|Continue/);
    const take = trip.panel.getByRole('button', { name: 'Take these seats' });
    await take.click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    expect(await atAirline(demo)).toEqual([...chosen].sort());
    expect(await atGateway(demo)).toBe(0);
    await expect
      .poll(async () => (await inbox(demo.site)).map((one) => one.type))
      .toEqual(['transaction.created', 'fulfillment.updated', 'transaction.completed']);
  });

  test('declined, then paid with another card', async ({ trip, page, demo }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await enterCard(page, '4000 0000 0000 0002');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('Your bank declined the card')).toBeVisible({ timeout: 15_000 });
    expect(await atGateway(demo)).toBe(0);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
  });

  test('one of two seats refused: only the other is charged', async ({ trip, page, demo }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await demo.fault('refuse', 'assign', 1);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('One of two seats is yours')).toBeVisible({ timeout: 20_000 });
    expect(await atAirline(demo)).toHaveLength(1);
  });

  test('Stripe’s script blocked: says so', async ({ trip, page }) => {
    await page.route(/\/stripe\/stripe\.js/, (route) => route.abort());
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await press(trip, 'Continue to payment');
    await expect(trip.panel.getByText('The card field did not load').first()).toBeVisible({ timeout: 20_000 });
  });

  test('back to the seats, others chosen, paid', async ({ trip, page, demo }) => {
    await trip.see();
    const first = await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await press(trip, 'Back to seats');
    await trip.traveller('María G.').click();
    const other = trip.panel.getByRole('gridcell', { name: /^(?!.*(exit row|free)).*€\d+, available$/ }).nth(6);
    const designator = await designatorOf(other);
    await trip.seat(designator).click();
    await toPayment(trip);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    expect(await atAirline(demo)).toEqual([first[0]!, designator].sort());
  });
});
