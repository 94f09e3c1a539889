import type { Kysely, Selectable } from 'kysely';
import type { IdempotencyRow, IdempotencyRows } from '../domain/ports/store.ts';
import type { PurchaseTables } from './purchase-tables.ts';
import type { Tables } from './tables.ts';

/** How often `begin` looks again, when the row in its way was forgotten while it looked. */
const BEGIN_TRIES = 5;

export function idempotencyRows(db: Kysely<Tables>): IdempotencyRows {
  return {
    async begin(row, staleMs) {
      for (let tries = 0; tries < BEGIN_TRIES; tries++) {
        if (await insert(db, row)) return { begun: true };
        if (await takeOver(db, row, staleMs)) return { begun: true };
        const standing = await db
          .selectFrom('idempotency')
          .selectAll()
          .where('brand', '=', row.brand)
          .where('route', '=', row.route)
          .where('key', '=', row.key)
          .executeTakeFirst();
        if (standing) return { begun: false, row: fromRow(standing) };
      }
      throw new Error('an idempotency key is begun and forgotten faster than it can be read');
    },

    async finish(brand, route, key, status, answerSealed) {
      await db
        .updateTable('idempotency')
        .set({ status, answer_sealed: answerSealed })
        .where('brand', '=', brand)
        .where('route', '=', route)
        .where('key', '=', key)
        .where('answer_sealed', 'is', null)
        .execute();
    },

    async abandon(brand, route, key) {
      await db
        .deleteFrom('idempotency')
        .where('brand', '=', brand)
        .where('route', '=', route)
        .where('key', '=', key)
        .where('answer_sealed', 'is', null)
        .execute();
    },

    async sweep(olderThan, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('idempotency')
        .where((eb) =>
          eb(
            eb.refTuple('brand', 'route', 'key'),
            'in',
            eb
              .selectFrom('idempotency')
              .select(['brand', 'route', 'key'])
              .where('started_at', '<', olderThan)
              .orderBy('started_at')
              .limit(limit)
              .$asTuple('brand', 'route', 'key'),
          ),
        )
        // Once more: one that is taken over meanwhile runs again.
        .where('started_at', '<', olderThan)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

async function insert(db: Kysely<Tables>, row: IdempotencyRow): Promise<boolean> {
  const added = await db
    .insertInto('idempotency')
    .values({
      brand: row.brand,
      route: row.route,
      key: row.key,
      body_hash: row.bodyHash,
      answer_sealed: row.answerSealed,
      status: row.status,
      started_at: row.startedAt,
    })
    .onConflict((conflict) => conflict.columns(['brand', 'route', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  return added !== undefined;
}

/** Only by the same body: another one is refused, however long ago the first was left. */
async function takeOver(db: Kysely<Tables>, row: IdempotencyRow, staleMs: number): Promise<boolean> {
  const taken = await db
    .updateTable('idempotency')
    .set({ started_at: row.startedAt })
    .where('brand', '=', row.brand)
    .where('route', '=', row.route)
    .where('key', '=', row.key)
    .where('body_hash', '=', row.bodyHash)
    .where('answer_sealed', 'is', null)
    .where('started_at', '<=', row.startedAt - staleMs)
    .returning('key')
    .executeTakeFirst();
  return taken !== undefined;
}

const fromRow = (row: Selectable<PurchaseTables['idempotency']>): IdempotencyRow => ({
  brand: row.brand,
  route: row.route,
  key: row.key,
  bodyHash: row.body_hash,
  answerSealed: row.answer_sealed,
  status: row.status,
  startedAt: row.started_at,
});
