import type { Kysely } from 'kysely';
import type { CounterRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function counterRows(db: Kysely<Tables>): CounterRows {
  return {
    async touch(name, windowMs, now) {
      const { count } = await db
        .insertInto('counters')
        .values({ name, count: 1, ends_at: now + windowMs })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet((eb) => {
            const over = eb('counters.ends_at', '<=', now);
            return {
              count: eb
                .case()
                .when(over)
                .then(1)
                .else(eb('counters.count', '+', 1))
                .end(),
              ends_at: eb.case().when(over).then(eb.ref('excluded.ends_at')).else(eb.ref('counters.ends_at')).end(),
            };
          }),
        )
        .returning('count')
        .executeTakeFirstOrThrow();
      return count;
    },

    async release(name, now) {
      await db
        .updateTable('counters')
        .set((eb) => ({ count: eb('count', '-', 1) }))
        .where('name', '=', name)
        .where('ends_at', '>', now)
        .where('count', '>', 0)
        .execute();
    },

    async count(name, now) {
      const row = await db
        .selectFrom('counters')
        .select('count')
        .where('name', '=', name)
        .where('ends_at', '>', now)
        .executeTakeFirst();
      return row?.count ?? 0;
    },

    async sweep(now, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('counters')
        .where('name', 'in', (eb) =>
          eb.selectFrom('counters').select('name').where('ends_at', '<=', now).orderBy('ends_at').limit(limit),
        )
        // Once more: one that is touched meanwhile begins anew.
        .where('ends_at', '<=', now)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
