import { reply, route, type Route } from '../route.ts';
import { templateFor } from './gtm-template.ts';

/**
 * The Tag Manager template, written for this deployment's host: the loader's address stands in its code and in its permission, and
 * no pattern allows "any host". A marketer imports it in Tag Manager's template editor.
 */
export function gtmRoutes(template: string, publicUrl: string): Route[] {
  const written = templateFor(template, publicUrl);
  return [
    route({
      method: 'GET',
      path: '/gtm/template.tpl',
      who: 'anyone',
      handler: () =>
        reply(200, 'text/plain; charset=utf-8', written, {
          'cache-control': 'no-cache',
          'content-disposition': 'attachment; filename="departcart.tpl"',
        }),
    }),
  ];
}
