import { expect, test } from './fixtures.ts';
import { Keys } from './keys.ts';
import { atAirline, expectTold, inCents, seatsBooked, takenAtGateway } from './paying.ts';

const PAID = /^gridcell (?!.*(exit row|free)).*€\d+, available$/;
const FREE = /^gridcell (?!.*exit row).*free.*, available$/;

test.describe('by keyboard alone', () => {
  test('SOLO77 buys a seat, in at most 30 presses beside the card', async ({ trip, page }) => {
    await trip.see('SOLO77', 'OKAFOR');
    const keys = new Keys(page);
    await keys.tabTo(/^gridcell .*, available$/);
    await keys.press('Enter');
    await expect.poll(() => keys.focused()).toMatch(/chosen for/);
    await keys.tabTo(/^button Continue to payment/);
    await keys.press('Enter');
    await expect(trip.heading('Pay for your seats')).toBeVisible();
    await keys.enterCard('4242424242424242');
    await keys.tabTo(/^button Pay €/);
    await keys.press('Enter');
    await seatsBooked(trip);
    expect(keys.presses).toBeLessThanOrEqual(30);
  });

  test('SOLO77 takes a free seat: no payment, and no payment.processed', async ({ trip, page, demo }) => {
    await trip.see('SOLO77', 'OKAFOR');
    const keys = new Keys(page);
    const seat = await keys.choose(FREE);
    await keys.tabTo(/^button (Keep|Take) th(is|ese) seats?|^button Continue/);
    await keys.press('Enter');
    await expect(trip.panel.getByRole('button', { name: 'Take these seats' })).toBeVisible();
    await keys.tabTo(/^button Take these seats/);
    await keys.press('Enter');
    await seatsBooked(trip);
    expect(await atAirline(demo, 'SOLO77')).toEqual([seat]);
    expect(await takenAtGateway(demo)).toBe(0);
    await expectTold(demo, ['transaction.created', 'fulfillment.updated', 'transaction.completed']);
  });

  test('both adults on both flights choose and pay, to the verified webhooks', async ({ trip, page, demo }) => {
    await trip.see();
    const keys = new Keys(page);
    const chosen: string[] = [];
    await keys.tabTo(/^radio /);
    for (const flight of ['ZS 482', 'ZS 17']) {
      // A first pick hands on to the traveller who has no seat yet.
      chosen.push(await keys.choose(PAID), await keys.choose(PAID));
      await expect(trip.flight(flight)).toContainText('2 of 2 seats');
      if (flight === 'ZS 17') break;
      // Arrows walk the tabs, Enter shows one: a map is fetched only when asked for.
      await keys.backTo(/^tab /);
      await keys.press('ArrowRight');
      await keys.press('Enter');
      await expect(trip.grid.first()).toHaveAccessibleName(/ZS 17/);
    }
    await keys.tabTo(/^button Continue to payment/);
    await keys.press('Enter');
    await expect(trip.heading('Pay for your seats')).toBeVisible();
    await keys.enterCard('4242424242424242');
    await keys.tabTo(/^button Pay €/);
    const sum = inCents(await keys.focused());
    await keys.press('Enter');
    await seatsBooked(trip);
    expect(await atAirline(demo)).toEqual([...chosen].sort());
    expect(await takenAtGateway(demo)).toBe(sum);
    await expectTold(demo, [
      'transaction.created',
      'fulfillment.updated',
      'payment.processed',
      'transaction.completed',
    ]);
  });
});
