import type { Store } from '../../domain/ports/store.ts';
import { DepartCartError } from '../../domain/error.ts';
import { reply, route, type Route } from '../route.ts';

/**
 * A brand's logos, by the hash of their content: what a hash names never changes. Whoever opens one by itself gets a picture that
 * can run nothing and load nothing, on top of its having been cleaned when it was stored.
 */
export const brandFileRoutes = (store: Pick<Store, 'rows'>): Route[] => [
  route({
    method: 'GET',
    path: '/static/brand/:hash',
    who: 'anyone',
    handler: async ({ params }) => {
      const hash = params['hash'] ?? '';
      const file = /^[0-9a-f]{64}$/.test(hash) ? await store.rows.brandFiles.get(hash) : null;
      if (!file) throw new DepartCartError('not_found', 'There is no such file.');
      return reply(200, file.type, new Uint8Array(file.bytes), {
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      });
    },
  }),
];
