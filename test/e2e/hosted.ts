import type { Page } from '@playwright/test';
import { expect, type Fixtures, type Trip } from './fixtures.ts';
import { chooseBoth } from './paying.ts';

type Links = Record<'encrypted_id' | 'seatmap_url' | 'cart_url' | 'checkout_url', string>;

/** The links that a partner's backend makes for an e-mail. */
export async function linksFor(api: string, pnr = 'ABC123', lastName = 'SMITH', source = 'mail'): Promise<Links> {
  const post = async <T>(path: string, body: object, bearer?: string): Promise<T> => {
    const answer = await fetch(api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const credentials = { api_key: 'dck_demo_skyline', api_secret: 'dcs_demo_skyline' };
  const { bearer_token: bearer } = await post<{ bearer_token: string }>('/generate-bearer-token', credentials);
  return post('/api/generate-all-deeplinks', { pnr, last_name: lastName, source }, bearer);
}

/** Collects what the pages' policies refuse from now on. */
export async function violationsOf(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction('violated', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { violated(what: string): void }).violated(
        `${event.violatedDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
  return violations;
}

/** The page as a deployment of several brands serves it: it names none of them. */
export const amongSeveralBrands = (page: Page) =>
  page.route(/\/(seatmap|cart|checkout)(\?|$)/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(/data-(key|brand)="[^"]*"/g, 'data-$1=""')
      .replaceAll(', SkylineAir', '');
    await route.fulfill({ response, body });
  });

/** Chooses two seats through a link, so that cart and checkout have something to show. */
export async function chooseByLink(trip: Trip, page: Page, links: Links): Promise<string[]> {
  await page.goto(links.seatmap_url);
  await expect(trip.grid.first()).toBeVisible();
  const kept = page.waitForResponse(
    async (response) =>
      response.url().endsWith('/api/panel/select') && ((await response.json()) as Kept).selection.picks.length === 2,
  );
  const chosen = await chooseBoth(trip, 'ZS 482');
  await kept;
  return chosen;
}

interface Kept {
  selection: { picks: unknown[] };
}

/** What a link may lead to; the accessibility test and the screenshots visit all of it. */
export const hostedStates: { name: string; arrive(ground: Ground): Promise<void> }[] = [
  {
    name: 'seatmap',
    async arrive({ trip, page, demo }) {
      await page.goto((await linksFor(demo.api)).seatmap_url);
      await expect(trip.grid.first()).toBeVisible();
      await expect(trip.panel.getByText('Taxes and fees included').first()).toBeAttached();
    },
  },
  {
    name: 'cart',
    async arrive({ trip, page, demo }) {
      const links = await linksFor(demo.api);
      await chooseByLink(trip, page, links);
      await page.goto(links.cart_url);
      await expect(trip.panel.getByRole('button', { name: 'Change seats' })).toBeVisible();
    },
  },
  {
    name: 'checkout',
    async arrive({ trip, page, demo }) {
      const links = await linksFor(demo.api);
      await chooseByLink(trip, page, links);
      await page.goto(links.checkout_url);
      await expect(trip.panel.getByRole('button', { name: 'Continue to payment' })).toBeVisible();
    },
  },
  {
    name: 'broken-link',
    async arrive({ trip, page, demo }) {
      await page.goto(`${demo.api}/seatmap?id=${(await linksFor(demo.api)).encrypted_id.slice(0, 80)}`);
      await expect(trip.heading('This link doesn’t open a booking')).toBeVisible();
    },
  },
  {
    name: 'no-link',
    async arrive({ page, demo }) {
      await amongSeveralBrands(page);
      await page.goto(`${demo.api}/seatmap`);
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'form',
    async arrive({ trip, page, demo }) {
      await page.goto(`${demo.api}/seatmap`);
      await expect(trip.heading('Find your booking')).toBeVisible();
    },
  },
];

interface Ground {
  trip: Trip;
  page: Page;
  demo: Fixtures['demo'];
}
