import type { Kysely } from 'kysely';
import type { CallbackRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function callbackRows(db: Kysely<Tables>): CallbackRows {
  return {
    async add({ gateway, brand, eventId, rawSealed, receivedAt }) {
      const added = await db
        .insertInto('callbacks')
        .values({ gateway, brand, event_id: eventId, raw_sealed: rawSealed, received_at: receivedAt })
        .onConflict((conflict) => conflict.columns(['gateway', 'brand', 'event_id']).doNothing())
        .returning('event_id')
        .executeTakeFirst();
      return added !== undefined;
    },

    async sweep(receivedBefore, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('callbacks')
        .where((eb) =>
          eb(
            eb.refTuple('gateway', 'brand', 'event_id'),
            'in',
            eb
              .selectFrom('callbacks')
              .select(['gateway', 'brand', 'event_id'])
              .where('received_at', '<', receivedBefore)
              .orderBy('received_at')
              .limit(limit)
              .$asTuple('gateway', 'brand', 'event_id'),
          ),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
