import type { Kysely } from 'kysely';
import type { KeptBookingRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function keptBookingRows(db: Kysely<Tables>): KeptBookingRows {
  return {
    async get({ brand, booking }) {
      const row = await db
        .selectFrom('bookings')
        .select(['sealed', 'read_at'])
        .where('brand', '=', brand)
        .where('booking', '=', booking)
        .executeTakeFirst();
      return row ? { sealed: row.sealed, readAt: row.read_at } : null;
    },

    async put({ brand, booking }, { sealed, readAt }) {
      await db
        .insertInto('bookings')
        .values({ brand, booking, sealed, read_at: readAt })
        .onConflict((conflict) =>
          conflict
            .columns(['brand', 'booking'])
            .doUpdateSet({ sealed, read_at: readAt })
            .where('bookings.read_at', '<=', readAt),
        )
        .execute();
    },

    async sweep(readBefore, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('bookings')
        .where((eb) =>
          eb(
            eb.refTuple('brand', 'booking'),
            'in',
            eb
              .selectFrom('bookings')
              .select(['brand', 'booking'])
              .where('read_at', '<', readBefore)
              .orderBy('read_at')
              .limit(limit)
              .$asTuple('brand', 'booking'),
          ),
        )
        .where('read_at', '<', readBefore)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
