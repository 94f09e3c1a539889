import { describeTag, type TagServices } from '../../services/describe-tag.ts';
import { tagCall } from '../../wire/tag.ts';
import { route, type Route } from '../route.ts';

/** What the older tag asks, which carries no key. */
export const tagRoutes = (services: TagServices): Route[] => [
  route({
    method: 'POST',
    path: '/api/panel/tag',
    who: 'page',
    body: tagCall,
    handler: ({ origin }) => describeTag(services, origin),
  }),
];
