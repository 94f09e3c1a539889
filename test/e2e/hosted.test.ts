import type { Request } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { amongSeveralBrands, chooseByLink, linksFor, violationsOf } from './hosted.ts';
import { chooseBoth, enterCard, press, toPayment } from './paying.ts';

const stateOf = 'JSON.stringify(history.state)';

test.describe('a link', () => {
  test('opens the seats in one call, and leaves the address bar at once; a reload keeps it', async ({
    trip,
    page,
    demo,
  }) => {
    const violations = await violationsOf(page);
    const links = await linksFor(demo.api);
    const asked: string[] = [];
    const watch = (request: Request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    page.on('request', watch);
    await page.goto(links.seatmap_url);
    await expect(trip.grid.first()).toBeVisible();
    expect(asked.filter((one) => one.includes('/api/'))).toEqual(['POST /api/panel/open']);
    expect(page.url()).toBe(`${demo.api}/seatmap?source=mail`);
    expect(await page.evaluate(stateOf)).toContain(links.encrypted_id);
    await expect(page.getByRole('banner')).toContainText('Booking ABC123');
    await expect(page.getByRole('banner').getByRole('img', { name: 'SkylineAir' })).toBeVisible();
    await expect(page).toHaveTitle('Your seats, SkylineAir');
    await expect(page.getByRole('contentinfo')).toContainText('SkylineAir sells these seats. Seats by DepartCart.');
    await expect(page.getByRole('navigation', { name: 'Legal' }).getByRole('link')).toHaveText([
      'Privacy',
      'Seat conditions',
      'Refunds',
    ]);
    await page.reload();
    await expect(trip.grid.first()).toBeVisible();
    expect(page.url()).toBe(`${demo.api}/seatmap?source=mail`);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect(violations).toEqual([]);
  });

  test('is sent as it stood: blanks are the plus signs that they were, also the first one', async ({ page, demo }) => {
    const bodies: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/panel/open')) bodies.push(JSON.parse(request.postData() ?? ''));
    });
    for (const written of ['+ab/c+d==', '%2Bab%2Fc%2Bd%3D%3D', '%20ab/c%20d==']) {
      await page.goto(`${demo.api}/seatmap?id=${written}&source=x`);
      await expect.poll(() => bodies.length).toBeGreaterThan(0);
      expect(bodies.splice(0)).toEqual([expect.objectContaining({ encrypted_id: '+ab/c+d==', source: 'x' })]);
    }
  });

  test('that opens nothing says so, with the form below it, which leads to the seats', async ({ trip, page, demo }) => {
    const { encrypted_id: id } = await linksFor(demo.api);
    await page.goto(`${demo.api}/cart?id=${id.slice(0, 60)}`);
    await expect(trip.heading('This link doesn’t open a booking')).toBeVisible();
    expect(page.url()).toBe(`${demo.api}/cart`);
    await trip.panel.getByLabel('Booking reference').fill('ABC123');
    await trip.panel.getByLabel('Last name').fill('Smith');
    await press(trip, 'Find booking');
    await expect(trip.grid.first()).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('Booking ABC123');
  });
});

test.describe('a hosted page of several brands', () => {
  test('becomes the brand’s whose link it is', async ({ trip, page, demo }) => {
    await amongSeveralBrands(page);
    const bodies: Record<string, unknown>[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/open')) bodies.push(JSON.parse(request.postData() ?? '') as Record<string, unknown>);
    });
    const links = await linksFor(demo.api);
    await page.goto(links.seatmap_url);
    await expect(trip.grid.first()).toBeVisible();
    expect(bodies).toEqual([{ v: 1, encrypted_id: links.encrypted_id, source: 'mail' }]);
    await expect(page).toHaveTitle('Your seats, SkylineAir');
    await expect(page.getByRole('banner').getByRole('img', { name: 'SkylineAir' })).toBeVisible();
    const icon = await page.locator('link[rel=icon]').getAttribute('href');
    expect(icon).toMatch(/^\/static\/brand\/[0-9a-f]{64}$/);
    const colour = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--departcart-primary'),
    );
    expect(colour).toBe('#1e40af');
  });

  test('has no form to show: it says where the link is', async ({ trip, page, demo }) => {
    await amongSeveralBrands(page);
    await page.goto(`${demo.api}/seatmap`);
    await expect(page.getByRole('alert')).toContainText('Open the link in your e-mail: it leads here');
    await page.goto(`${demo.api}/seatmap?id=bad`);
    await expect(trip.heading('This link doesn’t open a booking')).toBeVisible();
    await expect(trip.panel.getByRole('textbox')).toHaveCount(0);
  });
});

test.describe('a hosted page', () => {
  test('says so when its files do not come, and has a way on', async ({ trip, page, demo }) => {
    const links = await linksFor(demo.api);
    await page.route(/\/assets\/panel-/, (route) => route.abort());
    await page.goto(links.seatmap_url);
    await expect(page.getByRole('alert')).toContainText('This page did not load');
    await page.unroute(/\/assets\/panel-/);
    await page.getByRole('button', { name: 'Load again' }).click();
    await expect(trip.grid.first()).toBeVisible();
  });

  test('has the whole panel where its first file came on the second try', async ({ trip, page, demo }) => {
    await page.route(/\/assets\/panel-/, (route) => route.abort(), { times: 1 });
    await page.goto((await linksFor(demo.api)).seatmap_url);
    await expect(trip.grid.first()).toBeVisible();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
  });

  test('shows the name where the logo does not come', async ({ page, demo }) => {
    await page.route(/\/static\/brand\//, (route) => route.abort());
    await page.goto((await linksFor(demo.api)).seatmap_url);
    await expect(page.getByRole('banner').getByText('SkylineAir')).toBeVisible();
    await expect(page.getByRole('banner').getByRole('img')).toHaveCount(0);
  });

  test('is the start page’s second door', async ({ trip, page, demo }) => {
    await page.goto(demo.site);
    await page.getByRole('link', { name: /The link in an e-mail/ }).click();
    await expect(trip.grid.first()).toBeVisible();
    expect(page.url()).toBe(`${demo.api}/seatmap?source=email`);
  });

  test('without a link asks for reference and name', async ({ trip, page, demo }) => {
    const violations = await violationsOf(page);
    await page.goto(`${demo.api}/seatmap?key=dcpub_test_skyline`);
    await expect(trip.heading('Find your booking')).toBeVisible();
    await trip.panel.getByLabel('Booking reference').fill('ABC123');
    await trip.panel.getByLabel('Last name').fill('Nobody');
    await press(trip, 'Find booking');
    await expect(trip.heading('We can’t find this booking')).toBeVisible();
    await trip.panel.getByLabel('Last name').fill('Smith');
    await press(trip, 'Find booking');
    await expect(trip.grid.first()).toBeVisible();
    expect(violations).toEqual([]);
  });

  test('/checkout shows what was chosen, with one button, and starts nothing by itself', async ({
    trip,
    page,
    demo,
  }) => {
    const violations = await violationsOf(page);
    const links = await linksFor(demo.api);
    const chosen = await chooseByLink(trip, page, links);
    const calls: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/panel/')) calls.push(request.url().split('/').at(-1)!);
    });
    await page.goto(links.checkout_url);
    await expect(trip.heading('Look over your seats')).toBeVisible();
    await expect(trip.panel.getByRole('button').filter({ visible: true })).toHaveText(['Continue to payment']);
    for (const designator of chosen) await expect(trip.panel.getByText(designator, { exact: true })).toBeVisible();
    expect(calls).toEqual(['open']);

    await press(trip, 'Continue to payment');
    await expect(trip.heading('Pay for your seats')).toBeVisible();
    await enterCard(page, '4242 4242 4242 4242');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    await page.reload();
    await expect(trip.heading('Your seats are booked')).toBeVisible();
    expect(violations).toEqual([]);
  });

  test('/checkout takes a card that the bank asks about', async ({ trip, page, demo }) => {
    const violations = await violationsOf(page);
    const links = await linksFor(demo.api);
    await chooseByLink(trip, page, links);
    await page.goto(links.checkout_url);
    await press(trip, 'Continue to payment');
    await enterCard(page, '4000 0027 6000 3184');
    await trip.panel.getByRole('button', { name: /^Pay €/ }).click();
    await page
      .frameLocator('iframe[src*="challenge"]')
      .getByRole('button', { name: /^(Yes|Complete|Approve)/ })
      .click();
    await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
    expect(violations).toEqual([]);
  });

  test('/cart shows what was chosen, with a way back to the seats', async ({ trip, page, demo }) => {
    const links = await linksFor(demo.api);
    const [first = ''] = await chooseByLink(trip, page, links);
    await page.goto(links.cart_url);
    await expect(trip.panel.getByRole('button').filter({ visible: true })).toHaveText([
      'Continue to payment',
      'Change seats',
    ]);
    await press(trip, 'Change seats');
    await expect(trip.seat(first)).toHaveAttribute('aria-selected', 'true');
    await press(trip, 'Continue to payment');
    await expect(trip.heading('Pay for your seats')).toBeVisible();
  });

  test('/cart and /checkout show the seats where nothing was chosen yet', async ({ trip, page, demo }) => {
    const links = await linksFor(demo.api);
    for (const url of [links.cart_url, links.checkout_url]) {
      await page.goto(url);
      await expect(trip.grid.first()).toBeVisible();
      await expect(trip.heading('Choose your seats')).toBeVisible();
    }
  });
});
