import type { Store } from '../../domain/ports/store.ts';
import { reply, route, type Route } from '../route.ts';

/** Whether the process lives, and whether it can work: the two questions of a load balancer. */
export const operatorRoutes = (store: Store): Route[] => [
  route({ method: 'GET', path: '/healthz', who: 'anyone', handler: () => ({ status: 'ok' }) }),
  route({
    method: 'GET',
    path: '/readyz',
    who: 'anyone',
    handler: async () => {
      try {
        await store.ping();
        return { status: 'ready' };
      } catch {
        return reply(
          503,
          'application/json',
          JSON.stringify({ status: 'not ready', why: 'the database does not answer' }),
        );
      }
    },
  }),
];
