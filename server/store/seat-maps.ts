import type { Kysely } from 'kysely';
import type { KeptMapRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function keptMapRows(db: Kysely<Tables>): KeptMapRows {
  return {
    async get({ brand, booking }, segment) {
      const row = await db
        .selectFrom('seat_maps')
        .select(['sealed', 'read_at', 'expires_at'])
        .where('brand', '=', brand)
        .where('booking', '=', booking)
        .where('segment', '=', segment)
        .executeTakeFirst();
      return row ? { segment, sealed: row.sealed, readAt: row.read_at, expiresAt: row.expires_at } : null;
    },

    async put({ brand, booking }, { segment, sealed, readAt, expiresAt }) {
      const read = { sealed, read_at: readAt, expires_at: expiresAt };
      await db
        .insertInto('seat_maps')
        .values({ brand, booking, segment, ...read })
        .onConflict((conflict) =>
          conflict.columns(['brand', 'booking', 'segment']).doUpdateSet(read).where('seat_maps.read_at', '<=', readAt),
        )
        .execute();
    },

    async drop({ brand, booking }) {
      await db.deleteFrom('seat_maps').where('brand', '=', brand).where('booking', '=', booking).execute();
    },

    async sweep(now, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('seat_maps')
        .where((eb) =>
          eb(
            eb.refTuple('brand', 'booking', 'segment'),
            'in',
            eb
              .selectFrom('seat_maps')
              .select(['brand', 'booking', 'segment'])
              .where('expires_at', '<=', now)
              .orderBy('expires_at')
              .limit(limit)
              .$asTuple('brand', 'booking', 'segment'),
          ),
        )
        .where('expires_at', '<=', now)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
