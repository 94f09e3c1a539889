import type { Kysely, Selectable } from 'kysely';
import type { BrandRow, BrandRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function brandRows(db: Kysely<Tables>): BrandRows {
  const newest = () =>
    db
      .selectFrom('brands')
      .selectAll()
      .where('version', '=', (eb) =>
        eb
          .selectFrom('brands as all')
          .select((of) => of.fn.max('all.version').as('version'))
          .whereRef('all.code', '=', 'brands.code'),
      );

  return {
    async add(row) {
      const added = await db
        .insertInto('brands')
        .columns(['code', 'version', 'publishable_key', 'settings', 'applied_at', 'applied_by', 'state', 'derived'])
        .expression(
          db
            .selectNoFrom((eb) => [
              eb.val(row.code).as('code'),
              eb.val(row.version).as('version'),
              eb.val(row.publishableKey).as('publishable_key'),
              eb.val(row.settingsSealed).as('settings'),
              eb.val(row.appliedAt).as('applied_at'),
              eb.val(row.appliedBy).as('applied_by'),
              eb.val(row.state).as('state'),
              eb.val(row.derivedSealed).as('derived'),
            ])
            .where(
              (eb) =>
                eb
                  .selectFrom('brands')
                  .select((of) => of.fn.coalesce(of.fn.max('version'), of.lit(0)).as('version'))
                  .where('code', '=', row.code),
              '=',
              row.version - 1,
            ),
        )
        .onConflict((conflict) => conflict.columns(['code', 'version']).doNothing())
        .returning('version')
        .executeTakeFirst();
      return added !== undefined;
    },

    async newest(code) {
      return brand(await newest().where('code', '=', code).executeTakeFirst());
    },

    async versions(code) {
      const rows = await db
        .selectFrom('brands')
        .selectAll()
        .where('code', '=', code)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(fromRow);
    },

    async newestByPublishableKey(publishableKey) {
      return brand(await newest().where('publishable_key', '=', publishableKey).executeTakeFirst());
    },

    async list() {
      const rows = (await newest().execute()).map(fromRow);
      // Sorted here, since each engine sorts text after its own rules.
      return rows.toSorted((one, other) => (one.code < other.code ? -1 : 1));
    },
  };
}

const brand = (row: Selectable<Tables['brands']> | undefined): BrandRow | null => (row ? fromRow(row) : null);

const fromRow = (row: Selectable<Tables['brands']>): BrandRow => ({
  code: row.code,
  version: row.version,
  publishableKey: row.publishable_key,
  settingsSealed: row.settings,
  derivedSealed: row.derived,
  state: row.state,
  appliedAt: row.applied_at,
  appliedBy: row.applied_by,
});
