import { expect, test } from './fixtures.ts';
import { chooseBoth, press, toPayment } from './paying.ts';

test.describe('the panel’s third file', () => {
  const third = /\/assets\/payment-step-/;
  const field = 'iframe[src*="/stripe/"]';

  test('is fetched once more when it does not come', async ({ trip, page }) => {
    await page.route(third, (route) => route.abort(), { times: 1 });
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await expect(page.locator(field)).toBeVisible();
  });

  test('is fetched by one call at a time, whatever happens meanwhile', async ({ trip, page }) => {
    const asked: string[] = [];
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route(third, async (route) => {
      asked.push(route.request().url());
      await held;
      await route.continue();
    });
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await press(trip, 'Continue to payment');
    await expect(trip.panel.getByText('The payment page is on its way')).toBeVisible();
    await page.evaluate(() => {
      for (let times = 0; times < 3; times++) window.dispatchEvent(new Event('online'));
    });
    letThrough();
    await expect(page.locator(field)).toBeVisible();
    expect(asked).toHaveLength(1);
  });

  test('needs nothing of a second file that came on its second try', async ({ trip, page }) => {
    await page.route(/\/assets\/choosing-/, (route) => route.abort(), { times: 1 });
    await page.route(third, (route) => route.abort(), { times: 1 });
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await expect(page.locator(field)).toBeVisible();
  });

  test('that does not come is said in words, with a stable code, and comes by a press', async ({ trip, page }) => {
    let isOff = true;
    await page.route(third, (route) => (isOff ? route.abort() : route.continue()));
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await press(trip, 'Continue to payment');
    await expect(trip.heading('The payment page did not load')).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => JSON.stringify((window as unknown as { dataLayer: object[] }).dataLayer)))
      .toContain('incomplete');
    isOff = false;
    await press(trip, 'Try now');
    await expect(trip.heading('Pay for your seats')).toBeVisible();
    await expect(page.locator(field)).toBeVisible();
  });

  test('lets the gateway in under a nonce-only script-src and required Trusted Types', async ({ trip, page }) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript/.test(message.text())) violations.push(message.text());
    });
    await trip.see('ABC123', 'SMITH', '&csp=strict');
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
    await expect(page.locator(field)).toBeVisible();
    expect(violations).toEqual([]);
  });
});
