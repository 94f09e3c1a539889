import { expect, test } from './fixtures.ts';

test.describe('the older tag, with nothing but its host changed', () => {
  test('shows the panel: brand by origin, booking and place by the brand’s file', async ({ trip, page, demo }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(demo.api)) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await page.goto(`${demo.site}/legacy?pnr=ABC123&name=SMITH`);
    await expect(trip.grid.first()).toBeVisible();
    const tag = page.locator('script[data-gtm-source="true"]');
    await expect(tag).toHaveAttribute('src', `${demo.api}/static/loaders-dist/seat_selection_loader.js`);
    await expect(page.locator('#departcart-seats departcart-seat-panel')).toHaveCount(1);
    expect(asked.slice(0, 3)).toEqual([
      'GET /static/loaders-dist/seat_selection_loader.js',
      'POST /api/panel/tag',
      'GET /loader.js',
    ]);
    expect(asked.filter((one) => one === 'POST /api/panel/open')).toHaveLength(1);
    await trip.freeSeat().click();
    await expect(trip.panel.getByRole('gridcell', { selected: true })).toHaveCount(1);
  });

  test('twice on a page is one panel', async ({ trip, page, demo }) => {
    await page.goto(`${demo.site}/legacy?pnr=ABC123&name=SMITH`);
    await expect(trip.grid.first()).toBeVisible();
    const answered = page.waitForResponse((response) => response.url() === `${demo.api}/api/panel/tag`);
    await page.evaluate((src) => {
      document.head.append(Object.assign(document.createElement('script'), { src }));
    }, `${demo.api}/static/loaders-dist/seat_selection_loader.js`);
    await answered;
    await trip.freeSeat().click();
    await expect(trip.panel.getByRole('gridcell', { selected: true })).toHaveCount(1);
    await expect(trip.panel).toHaveCount(1);
  });

  test('works beside what the page says itself, which counts', async ({ trip, page, demo }) => {
    await page.addInitScript(() => {
      Object.assign(window, { departcart: [{ type: 'init', recordLocator: 'SOLO77', lastName: 'OKAFOR' }] });
    });
    await page.goto(`${demo.site}/legacy?pnr=ABC123&name=SMITH`);
    await expect(trip.panel.getByText('SOLO77').first()).toBeVisible();
  });

  test('on a page of no brand’s says so and shows nothing', async ({ page, demo }) => {
    const heard = page.waitForEvent('console', (message) => message.text().includes('origin_not_allowed'));
    await page.goto(`${demo.site.replace('localhost', '127.0.0.1')}/legacy?pnr=ABC123&name=SMITH`);
    await heard;
    await expect(page.locator('departcart-seat-panel')).toHaveCount(0);
    const pushed = await page.evaluate(() => JSON.stringify((window as unknown as { dataLayer: object[] }).dataLayer));
    expect(pushed).toContain('{"event":"departcart_error","code":"origin_not_allowed"}');
  });
});
