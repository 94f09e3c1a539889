import type { Kysely, Selectable } from 'kysely';
import type { KeyRow, KeyRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function keyRows(db: Kysely<Tables>): KeyRows {
  const newest = async (brand: string, purpose: KeyRow['purpose']): Promise<KeyRow | null> => {
    const row = await db
      .selectFrom('keys')
      .selectAll()
      .where('brand', '=', brand)
      .where('purpose', '=', purpose)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  };

  return {
    newest,

    async addFirst(row) {
      const { createdAt, ...same } = row;
      await db
        .insertInto('keys')
        .values({ ...same, number: 1, created_at: createdAt })
        .onConflict((conflict) => conflict.columns(['brand', 'purpose', 'number']).doNothing())
        .execute();
      const standing = await newest(row.brand, row.purpose);
      if (!standing) throw new Error(`no ${row.purpose} key stands after one was added`);
      return standing;
    },

    async byId(id) {
      const row = await db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
  };
}

const fromRow = (row: Selectable<Tables['keys']>): KeyRow => ({
  id: row.id,
  brand: row.brand,
  purpose: row.purpose,
  wrapped: row.wrapped,
  createdAt: row.created_at,
});
