import type { DemoBrand } from './start-page.ts';

/** The three pages that a link may lead to, by the name of the answer's field. */
export const LINKED_PAGES = ['seatmap', 'cart', 'checkout'] as const;
export type LinkedPage = (typeof LINKED_PAGES)[number];

/** What a partner's back end does before it writes an e-mail: a token, then the links of one booking. */
export async function linkFor(
  api: string,
  brand: DemoBrand,
  booking: { pnr: string; lastName: string },
  page: LinkedPage,
): Promise<string> {
  const token = await post(api, '/generate-bearer-token', { api_key: brand.apiKey, api_secret: brand.apiSecret });
  const links = await post(
    api,
    '/api/generate-all-deeplinks',
    { pnr: booking.pnr, last_name: booking.lastName, source: 'email' },
    { authorization: `Bearer ${token['bearer_token']}` },
  );
  return links[`${page}_url`]!;
}

async function post(
  api: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Record<string, string>> {
  const answer = await fetch(api + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}
