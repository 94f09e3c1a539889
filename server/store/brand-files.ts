import type { Kysely } from 'kysely';
import type { BrandFileRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function brandFileRows(db: Kysely<Tables>): BrandFileRows {
  return {
    async put({ hash, type, bytes, storedAt }) {
      await db
        .insertInto('brand_files')
        .values({ hash, type, bytes, stored_at: storedAt })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    },

    async get(hash) {
      const row = await db.selectFrom('brand_files').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row ? { hash: row.hash, type: row.type, bytes: row.bytes, storedAt: row.stored_at } : null;
    },
  };
}
