import { lazily } from '../lazily.ts';
import { reply, route, type Route } from '../route.ts';

/** The partner file's JSON Schema, which an editor fetches from any origin or from none. */
export function partnerFileSchemaRoutes(schema: () => object): Route[] {
  const text = lazily(() => JSON.stringify(schema(), null, 2));
  return [
    route({
      method: 'GET',
      path: '/partner-file.schema.json',
      who: 'anyone',
      handler: () =>
        reply(200, 'application/schema+json; charset=utf-8', text(), {
          'cache-control': 'public, max-age=300',
          'access-control-allow-origin': '*',
        }),
    }),
  ];
}
