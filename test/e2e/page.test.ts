import { expect, test } from './fixtures.ts';
import { linksFor } from './hosted.ts';
import { chooseBoth, toPayment } from './paying.ts';

test.describe('the host page', () => {
  test('after the loader: one module, one POST, nothing else until the map is drawn', async ({ trip, page, demo }) => {
    await page.addInitScript(() => {
      const look = () => {
        const map = document.querySelector('departcart-seat-panel')?.shadowRoot?.querySelector('dc-seat-map');
        if (map?.shadowRoot?.querySelector('[data-seat]')) performance.mark('drawn');
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const requests: { method: string; url: string }[] = [];
    let loaded = false;
    page.on('request', (request) => {
      if (loaded) requests.push({ method: request.method(), url: request.url() });
      if (request.url() === `${demo.api}/loader.js`) loaded = true;
    });
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await trip.see();
    await expect(trip.panel.getByText('Taxes and fees included')).toBeVisible();
    const afterwards = await page.evaluate(() => {
      const [drawn] = performance.getEntriesByName('drawn');
      return performance
        .getEntriesByType('resource')
        .flatMap(({ name, startTime }) => (startTime > drawn!.startTime ? name : []));
    });
    const ours = requests.filter(({ url }) => url.startsWith(demo.api) && !afterwards.includes(url));
    expect(requests.map(({ method }) => method)).not.toContain('OPTIONS');
    expect(
      ours.map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/-[\w-]{8}\.js$/, '-HASH.js')}`).sort(),
    ).toEqual(['GET /assets/panel-HASH.js', 'POST /api/panel/open']);
    expect([...hosts].sort()).toEqual([demo.site, demo.api].sort());
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
  });

  test('the tag works under a nonce-only script-src and required Trusted Types', async ({ trip, page }) => {
    const violations: string[] = [];
    await page.exposeFunction('violated', (what: string) => violations.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        (window as unknown as { violated(what: string): void }).violated(
          `${event.violatedDirective} ${event.sample} ${event.blockedURI}`,
        );
      });
    });
    const answer = page.waitForResponse((response) => response.url().includes('/confirmation'));
    await trip.see('ABC123', 'SMITH', '&csp=strict');
    const policy = (await answer).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toMatch(/script-src 'nonce-[^']+'(;|$)/);
    await trip.freeSeat().click();
    await expect(trip.panel.getByRole('gridcell', { selected: true }).first()).toBeVisible();
    expect(violations).toEqual([]);
  });

  test('neither gives the panel its style nor takes the panel’s', async ({ trip, page }) => {
    await trip.see();
    const heading = trip.panel.getByRole('heading', { name: 'Choose your seats' });
    const style = await heading.evaluate((node) => {
      const { fontFamily, color, letterSpacing, textTransform } = getComputedStyle(node);
      return { fontFamily, color, letterSpacing, textTransform };
    });
    expect(style.fontFamily).not.toMatch(/georgia|times|serif(?<!sans-serif)/i);
    expect(style.color).toBe('rgb(31, 41, 55)');
    const hostBefore = await page.locator('h1').evaluate((node) => getComputedStyle(node).fontFamily);
    expect(hostBefore).toMatch(/georgia/i);
    await expect(page.locator('style')).toHaveCount(0);
  });

  test('hears of the panel in its data layer, and nothing personal', async ({ trip, page }) => {
    await trip.see();
    await expect
      .poll(() => page.evaluate(() => JSON.stringify((window as unknown as { dataLayer: object[] }).dataLayer)))
      .toContain('departcart_ready');
    const entries = await page.evaluate(() =>
      JSON.stringify(
        (window as unknown as { dataLayer: object[] }).dataLayer.filter((entry) =>
          JSON.stringify(entry).includes('departcart_'),
        ),
      ),
    );
    expect(entries).toContain('departcart_ready');
    expect(entries).not.toMatch(/ABC123|SMITH|John/i);
  });

  test('may name the booking by an encrypted id alone, which counts before what the page shows', async ({
    trip,
    page,
    demo,
  }) => {
    const { encrypted_id: id } = await linksFor(demo.api, 'SOLO77', 'OKAFOR');
    await page.addInitScript((encryptedId) => {
      Object.assign(window, { departcart: [{ type: 'init', encryptedId }] });
    }, id);
    const opening = page.waitForRequest(`${demo.api}/api/panel/open`);
    await trip.see();
    await expect(trip.panel.getByText('SOLO77').first()).toBeVisible();
    const call = (await opening).postDataJSON() as Record<string, unknown>;
    expect(call).toMatchObject({ encrypted_id: id });
    expect(Object.keys(call)).not.toContain('record_locator');
    await trip.freeSeat().click();
    await expect(trip.panel.getByRole('gridcell', { selected: true })).toHaveCount(1);
  });

  test('a page that is not on the brand’s list hears so with a stable code, and shows nothing broken', async ({
    page,
    demo,
  }) => {
    await page.addInitScript(() => {
      document.addEventListener('departcart:error', (event) => {
        console.log('heard', (event as CustomEvent<{ code: string }>).detail.code);
      });
    });
    const heard = page.waitForEvent('console', (message) => message.text().startsWith('heard'));
    // The same server by another name is another origin.
    await page.goto(`${demo.site.replace('localhost', '127.0.0.1')}/confirmation?pnr=ABC123&name=SMITH`);
    expect((await heard).text()).toBe('heard origin_not_allowed');
    await expect(page.locator('departcart-seat-panel')).toHaveCount(0);
    const pushed = await page.evaluate(() => JSON.stringify((window as unknown as { dataLayer: object[] }).dataLayer));
    expect(pushed).toContain('departcart_error');
    expect(pushed).toContain('origin_not_allowed');
  });

  test('has the whole panel, to the payment, where its first file came on the second try', async ({ trip, page }) => {
    await page.route(/\/assets\/panel-/, (route) => route.abort(), { times: 1 });
    await trip.see();
    await chooseBoth(trip, 'ZS 482');
    await toPayment(trip);
  });

  test.describe('the panel’s second file', () => {
    const second = /\/assets\/choosing-/;

    test('is fetched once more when it does not come, and what was pressed meanwhile is not lost', async ({
      trip,
      page,
    }) => {
      await page.route(second, (route) => route.abort(), { times: 1 });
      await trip.see();
      await trip.freeSeat().click();
      await expect(trip.panel.getByRole('gridcell', { selected: true }).first()).toBeVisible();
    });

    test('comes when a connection that was lost is back', async ({ trip, page }) => {
      let lost = true;
      await page.route(second, async (route) => {
        if (lost) await page.context().setOffline(true);
        await (lost ? route.abort() : route.continue());
      });
      await trip.see();
      await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false);
      await trip.freeSeat().click();
      lost = false;
      await page.context().setOffline(false);
      await expect(trip.panel.getByRole('gridcell', { selected: true }).first()).toBeVisible();
    });

    test('that never comes is said in words, with a stable code', async ({ trip, page }) => {
      await page.route(second, (route) => route.abort());
      await trip.open();
      await expect(trip.panel.getByRole('alert')).toContainText('Load the page again');
      await expect
        .poll(() => page.evaluate(() => JSON.stringify((window as unknown as { dataLayer: object[] }).dataLayer)))
        .toContain('incomplete');
    });
  });
});
