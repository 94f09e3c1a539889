import { createHash } from 'node:crypto';
import type { BrandSettings } from '../domain/brand.ts';
import type { Endpoint } from '../domain/webhook.ts';

/**
 * The endpoints in a brand's file, with the ids that delivery rows know them by: a digest of the URL, so that a new secret, another
 * filter or another place in the file leave an endpoint what it is. Of the same URL twice, the second has an id of its own.
 */
export function endpointsOf({ webhooks }: Pick<BrandSettings, 'webhooks'>): Endpoint[] {
  const seen = new Map<string, number>();
  return webhooks.map((endpoint) => {
    const nth = (seen.get(endpoint.url) ?? 0) + 1;
    seen.set(endpoint.url, nth);
    const digest = createHash('sha256').update(endpoint.url, 'utf8').digest('base64url').slice(0, 16);
    return { ...endpoint, id: nth === 1 ? digest : `${digest}.${nth}` };
  });
}
