import type { Page } from '@playwright/test';
import { designatorOf, expect, test, Trip } from './fixtures.ts';
import {
  atAirline,
  atGateway,
  chooseBoth,
  enterCard,
  expectTold,
  inCents,
  press,
  seatsBooked,
  takenAtGateway,
  toPayment,
} from './paying.ts';

test.describe('a purchase', () => {
  test('both adults on both flights, paid with 4242, to the verified webhooks', async ({ trip, page, demo }) => {
    await trip.see();
    const chosen = [...(await chooseBoth(trip, 'ZS 482')), ...(await chooseBoth(trip, 'ZS 17'))];
    await toPayment(trip);
    const pay = trip.panel.getByRole('button', { name: /^Pay €/ });
    const sum = inCents((await pay.textContent()) ?? '');
    await enterCard(page, '4242 4242 4242 4242');
    await pay.click();
    await seatsBooked(trip);
    expect(await atAirline(demo)).toEqual([...chosen].sort());
    expect(await takenAtGateway(demo)).toBe(sum);
    await expectTold(demo, [
      'transaction.created',
      'fulfillment.updated',
      'payment.processed',
      'transaction.completed',
    ]);
    await page.reload();
    await expect(trip.heading('Your seats are booked')).toBeVisible();
  });

  test('free seats: no payment, and no payment.processed', async ({ trip, demo }) => {
    await trip.see();
    const chosen = await chooseBoth(trip, 'ZS 482', true);
    await press(trip, /Keep these seats|Take these seats|Continue/);
    const take = trip.panel.getByRole('button', { name: 'Take these seats' });
    await take.click();
    await seatsBooked(trip);
    expect(await atAirline(demo)).toEqual([...chosen].sort());
    expect(await takenAtGateway(demo)).toBe(0);
    await expectTold(demo, ['transaction.created', 'fulfillment.updated', 'transaction.completed']);
  });

  test('declined, then paid with another card while the first payment is still being closed', async ({
    trip,
    page,
    demo,
  }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await demo.fault('slow', 'cancel', 1, 'stripe');
    await enterCard(page, '4000 0000 0000 0002');
    const pay = trip.panel.getByRole('button', { name: /^Pay €/ });
    await pay.click();
    await expect(trip.panel.getByText('Your bank declined the card').first()).toBeVisible({ timeout: 15_000 });
    expect(await takenAtGateway(demo)).toBe(0);
    await enterCard(page, '4242 4242 4242 4242');
    await pay.click();
    await seatsBooked(trip);
    // each payment had its own object: the field was not left on the one that is being closed
    await expect
      .poll(async () => (await atGateway(demo)).map(({ status }) => status).toSorted(), { timeout: 20_000 })
      .toEqual(['canceled', 'succeeded']);
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
    await seatsBooked(trip);
    expect(await atAirline(demo)).toEqual([first[0]!, designator].sort());
  });

  test('back to the seats while the card field is on its way: there is one when it is wanted again', async ({
    trip,
    page,
  }) => {
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route(/\/stripe\/stripe\.js/, async (route) => {
      await held;
      await route.continue();
    });
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await press(trip, 'Back to seats');
    await expect(trip.grid.first()).toBeVisible();
    await toPayment(trip);
    letThrough();
    await enterCard(page, '4242 4242 4242 4242');
    await expect(page.locator('iframe[src*="/stripe/field"]')).toHaveCount(1);
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await seatsBooked(trip);
  });

  test.describe('the bank asks', () => {
    const challenge = (page: Page) => page.getByRole('dialog').locator('iframe').contentFrame();

    const payWithChallenge = async (trip: Trip, page: Page) => {
      await trip.see();
      await chooseBoth(trip, 'ZS 482');
      await toPayment(trip);
      await enterCard(page, '4000 0027 6000 3184');
      await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: 15_000 });
    };

    test('and the traveller approves', async ({ trip, page, demo }) => {
      await payWithChallenge(trip, page);
      await challenge(page)
        .getByRole('button', { name: /approve|confirm/i })
        .click();
      await seatsBooked(trip);
      expect(await atAirline(demo)).toHaveLength(2);
    });

    test('and the traveller refuses: nothing is charged, another try is possible', async ({ trip, page, demo }) => {
      await payWithChallenge(trip, page);
      await challenge(page)
        .getByRole('button', { name: /refuse|fail|decline|reject/i })
        .click();
      await expect(trip.panel.getByText(/declined|not approved/).first()).toBeVisible({ timeout: 15_000 });
      expect(await takenAtGateway(demo)).toBe(0);
      await enterCard(page, '4242 4242 4242 4242');
      await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
      await seatsBooked(trip);
    });

    test('and the tab is closed: nothing is ever charged, and it expires by itself', async ({
      trip,
      page,
      demo,
      context,
      clock,
    }) => {
      await payWithChallenge(trip, page);
      await page.close();
      clock.ahead += 16 * 60_000;
      // The expiry closes the gateway's object first, and is told then.
      await expectTold(demo, ['transaction.created', 'transaction.failed']);
      const later = new Trip(await context.newPage(), demo.site);
      await later.open();
      await expect(later.heading('Time ran out')).toBeVisible({ timeout: 15_000 });
      expect(await takenAtGateway(demo)).toBe(0);
      expect(await atAirline(demo)).toEqual([]);
    });
  });

  test('seats that somebody else takes are named, the rest is kept, one like it is offered', async ({
    trip,
    page,
    demo,
  }) => {
    await trip.see();
    const [gone, kept] = await chooseBoth(trip, 'ZS 482');
    const offered = trip.panel.getByRole('button', { name: /^Take \d+[A-Z]$/ });
    /** Goes on with the seat that is offered in place of this one, which costs the same. Answers which. */
    const takeInstead = async (lost: string) => {
      await expect(trip.heading(`${lost} was just taken`)).toBeVisible({ timeout: 15_000 });
      const other = /\d+[A-Z]/.exec((await offered.textContent())!)![0];
      expect([gone, kept]).not.toContain(other);
      await offered.click();
      await expect(trip.heading('Pay for your seats')).toBeVisible();
      await expect(pay).toHaveText(`Pay ${sum}`);
      return other;
    };
    const pay = trip.panel.getByRole('button', { name: /^Pay €/ });
    const sum = /€[\d.]+/.exec(
      (await trip.panel
        .getByText(/^€\d+\.\d\d$/)
        .filter({ visible: true })
        .last()
        .textContent())!,
    )![0];
    await page.waitForLoadState('networkidle');
    await demo.take(gone!);
    await press(trip, 'Continue to payment');
    const second = await takeInstead(gone!);
    await demo.take(second);
    await enterCard(page, '4242 4242 4242 4242');
    await pay.click();
    const third = await takeInstead(second);
    expect(await takenAtGateway(demo)).toBe(0);
    await enterCard(page, '4242 4242 4242 4242');
    await pay.click();
    await seatsBooked(trip);
    expect(await atAirline(demo)).toEqual([kept!, third].sort());
    expect(await takenAtGateway(demo)).toBe(inCents(sum));
  });

  test('the airline takes every seat away at the last moment: nothing is charged', async ({ trip, page, demo }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await demo.fault('refuse', 'assign', 2);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('We couldn’t book these seats')).toBeVisible({ timeout: 20_000 });
    expect(await takenAtGateway(demo)).toBe(0);
    expect(await atAirline(demo)).toEqual([]);
  });

  test('the price moved before paying: the traveller is asked again', async ({ trip, page, demo }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await demo.fault('dearer', 'seatmaps', 1000);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €64/ }).click();
    await expect(trip.panel.getByText(/The prices? changed/).first()).toBeVisible({ timeout: 15_000 });
    expect(await takenAtGateway(demo)).toBe(0);
  });

  test('the airline’s answer is lost after the work: found out by a look, charged once', async ({
    trip,
    page,
    demo,
    clock,
  }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await demo.fault('lost_after', 'assign', 1);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.panel.getByText(/Confirming/).first()).toBeVisible({ timeout: 15_000 });
    // Step by step: when the answer is lost is not seen from here, and the look comes two minutes after.
    const bookedByNow = async () => {
      clock.ahead += 40_000;
      return (await atAirline(demo)).length;
    };
    await expect.poll(bookedByNow, { timeout: 60_000, intervals: [250] }).toBe(2);
    await seatsBooked(trip);
  });

  test('a reload at each step finds the purchase again', async ({ trip, page }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await page.reload();
    await expect(
      trip.panel.getByRole('gridcell', { selected: true }).first().or(trip.heading('Pay for your seats')),
    ).toBeVisible();
    if (!(await trip.heading('Pay for your seats').isVisible())) await toPayment(trip);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await seatsBooked(trip);
    await page.reload();
    await seatsBooked(trip);
  });

  test('callbacks never come: paid all the same', async ({ trip, page, demo }) => {
    await demo.fault('down', 'callbacks', 1000, 'stripe');
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await seatsBooked(trip);
  });

  test('a second tab joins: one purchase, charged once', async ({ trip, page, demo, context }) => {
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    const other = new Trip(await context.newPage(), demo.site);
    await other.open();
    await expect(other.heading('Pay for your seats').or(other.grid.first())).toBeVisible();
    if (!(await other.heading('Pay for your seats').isVisible())) await toPayment(other);
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await seatsBooked(trip);
    expect((await atGateway(demo)).filter((one) => one.captured > 0)).toHaveLength(1);
    await other.page.reload();
    await expect(other.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
  });
});
