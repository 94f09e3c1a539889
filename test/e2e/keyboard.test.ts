import { expect, test } from './fixtures.ts';

test('SOLO77’s whole purchase by keyboard, in at most 30 presses beside the card', async ({ trip, page }) => {
  await trip.see('SOLO77', 'OKAFOR');
  let presses = 0;
  let counting = false;
  const press = async (key: string) => {
    if (counting) presses += 1;
    await page.keyboard.press(key);
  };
  /** What has the focus, in the page, in a shadow root or in the card's frame. */
  const focused = async (): Promise<string> => {
    const here = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const inPanel = !!document.activeElement?.closest('departcart-seat-panel');
      const role = element?.getAttribute('role') ?? element?.localName ?? '';
      return { inPanel, name: `${role} ${element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''}` };
    });
    if (here.inPanel) counting = true;
    if (!here.name.startsWith('iframe')) return here.name;
    const frame = page.frames().find((one) => one.url().includes('/stripe/field'));
    const label = await frame!.evaluate(() => document.activeElement?.id ?? '');
    return `field ${label}`;
  };
  const tabTo = async (what: RegExp) => {
    for (let tries = 0; tries < 40; tries++) {
      if (what.test(await focused())) return;
      await press('Tab');
    }
    throw new Error(`Tab never came to ${what}; it is at ${await focused()}`);
  };

  await tabTo(/^gridcell .*, available$/);
  await press('Enter');
  await expect.poll(focused).toMatch(/chosen for/);
  await tabTo(/^button Continue to payment/);
  await press('Enter');
  await expect(trip.heading('Pay for your seats')).toBeVisible();
  await expect(page.locator('iframe[src*="/stripe/"]')).toBeVisible();
  await tabTo(/^field number/);
  await page.keyboard.type('4242424242424242');
  await tabTo(/^field expiry/);
  await page.keyboard.type('1234');
  await tabTo(/^field cvc/);
  await page.keyboard.type('123');
  await tabTo(/^button Pay €/);
  await press('Enter');
  await expect(trip.panel.getByRole('heading', { name: /^Your seats? (is|are) booked/ })).toBeVisible({
    timeout: 20_000,
  });
  expect(presses).toBeLessThanOrEqual(30);
});
