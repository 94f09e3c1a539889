import type { Kysely } from 'kysely';
import type { SelectionRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function selectionRows(db: Kysely<Tables>): SelectionRows {
  return {
    async get({ brand, booking }) {
      const row = await db
        .selectFrom('selections')
        .select(['version', 'sealed', 'changed_at'])
        .where('brand', '=', brand)
        .where('booking', '=', booking)
        .executeTakeFirst();
      return row ? { version: row.version, sealed: row.sealed, changedAt: row.changed_at } : null;
    },

    async replace({ brand, booking }, expected, { sealed, changedAt }) {
      const next = { version: expected + 1, sealed, changed_at: changedAt };
      if (expected === 0) {
        const first = await db
          .insertInto('selections')
          .values({ brand, booking, ...next })
          .onConflict((conflict) => conflict.columns(['brand', 'booking']).doNothing())
          .returning('version')
          .executeTakeFirst();
        return first !== undefined;
      }
      const replaced = await db
        .updateTable('selections')
        .set(next)
        .where('brand', '=', brand)
        .where('booking', '=', booking)
        .where('version', '=', expected)
        .returning('version')
        .executeTakeFirst();
      return replaced !== undefined;
    },

    async sweep(changedBefore, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('selections')
        .where((eb) =>
          eb(
            eb.refTuple('brand', 'booking'),
            'in',
            eb
              .selectFrom('selections')
              .select(['brand', 'booking'])
              .where('changed_at', '<', changedBefore)
              .orderBy('changed_at')
              .limit(limit)
              .$asTuple('brand', 'booking'),
          ),
        )
        .where('changed_at', '<', changedBefore)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
