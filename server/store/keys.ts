import type { Kysely, Selectable } from 'kysely';
import type { KeyRow, KeyRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function keyRows(db: Kysely<Tables>): KeyRows {
  const ofPurpose = (brand: string, purpose: KeyRow['purpose']) =>
    db
      .selectFrom('keys')
      .selectAll()
      .where('brand', '=', brand)
      .where('purpose', '=', purpose)
      .orderBy('number', 'desc');

  const newest = async (brand: string, purpose: KeyRow['purpose']): Promise<KeyRow | null> => {
    const row = await ofPurpose(brand, purpose).where('ended_at', 'is', null).limit(1).executeTakeFirst();
    return row ? fromRow(row) : null;
  };

  return {
    newest,

    async addFirst(row) {
      await db
        .insertInto('keys')
        .values({ ...columnsOf(row), number: 1 })
        .onConflict((conflict) => conflict.columns(['brand', 'purpose', 'number']).doNothing())
        .execute();
      const standing = await newest(row.brand, row.purpose);
      if (!standing) throw new Error(`no ${row.purpose} key stands after one was added`);
      return standing;
    },

    async addNext(row) {
      await db
        .insertInto('keys')
        .columns(['id', 'brand', 'purpose', 'wrapped', 'created_at', 'number'])
        .expression((eb) =>
          eb
            .selectFrom('keys')
            .select((of) => [
              of.val(row.id).as('id'),
              of.val(row.brand).as('brand'),
              of.val(row.purpose).as('purpose'),
              of.val(row.wrapped).as('wrapped'),
              of.val(row.createdAt).as('created_at'),
              of(of.fn.coalesce(of.fn.max('number'), of.lit(0)), '+', of.lit(1)).as('number'),
            ])
            .where('brand', '=', row.brand)
            .where('purpose', '=', row.purpose),
        )
        .execute();
    },

    async ofPurpose(brand, purpose) {
      return (await ofPurpose(brand, purpose).execute()).map(fromRow);
    },

    async byId(id) {
      const row = await db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fromRow(row) : null;
    },

    async end(id, at) {
      await db.updateTable('keys').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute();
    },

    async list() {
      return (await db.selectFrom('keys').selectAll().execute()).map(fromRow);
    },

    async rewrap(id, before, wrapped) {
      const changed = await db
        .updateTable('keys')
        .set({ wrapped })
        .where('id', '=', id)
        .where('wrapped', '=', before)
        .returning('id')
        .executeTakeFirst();
      return changed !== undefined;
    },
  };
}

const columnsOf = ({ createdAt, endedAt, ...same }: KeyRow) => ({ ...same, created_at: createdAt, ended_at: endedAt });

const fromRow = (row: Selectable<Tables['keys']>): KeyRow => ({
  id: row.id,
  brand: row.brand,
  purpose: row.purpose,
  wrapped: row.wrapped,
  createdAt: row.created_at,
  endedAt: row.ended_at,
});
