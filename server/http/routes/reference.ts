import { lazily } from '../lazily.ts';
import { openApi } from '../openapi.ts';
import { referencePage } from '../pages/reference-page.ts';
import { REFERENCE_STYLE } from '../pages/reference-style.ts';
import { reply, route, type Route } from '../route.ts';

const HEADERS = { 'cache-control': 'public, max-age=300' };

/** The API's description for programs and for people, made of the routes beside it. */
export function referenceRoutes(routes: readonly Route[], about: { publicUrl: string; version: string }): Route[] {
  const api = lazily(() => openApi(routes, about));
  const text = lazily(() => JSON.stringify(api()));
  const page = lazily(() => referencePage(api(), '/docs/style.css'));
  return [
    route({
      method: 'GET',
      path: '/openapi.json',
      who: 'anyone',
      // Other tools' pages read it from their own origins; it says nothing about anybody.
      handler: () => reply(200, 'application/json', text(), { ...HEADERS, 'access-control-allow-origin': '*' }),
    }),
    route({
      method: 'GET',
      path: '/docs',
      who: 'anyone',
      handler: async () =>
        reply(200, 'text/html; charset=utf-8', await page(), {
          ...HEADERS,
          'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        }),
    }),
    route({
      method: 'GET',
      path: '/docs/style.css',
      who: 'anyone',
      handler: () => reply(200, 'text/css; charset=utf-8', REFERENCE_STYLE, HEADERS),
    }),
  ];
}
