import type { Kysely, Migration } from 'kysely';
import type { ColumnKinds } from '../tables.ts';

/**
 * What the partner's API and the hosted pages need: API secrets, keys that can be ended, brands that can be disabled, their logos, and
 * where a purchase comes from.
 */
export const partnerDoor = ({ bytes, instant }: ColumnKinds): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('brands')
      .addColumn('state', 'text', (column) => column.notNull().defaultTo('on'))
      .execute();
    await db.schema.alterTable('brands').addColumn('derived', bytes).execute();
    await db.schema.alterTable('keys').addColumn('ended_at', instant).execute();

    for (const column of ['source', 'reference', 'variant'])
      await db.schema.alterTable('transactions').addColumn(column, 'text').execute();
    await db.schema.createIndex('transactions_reference').on('transactions').columns(['brand', 'reference']).execute();

    await db.schema
      .createTable('api_secrets')
      .addColumn('api_key', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('brand', 'text', (column) => column.notNull())
      .addColumn('created_at', instant, (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('ends_at', instant)
      .addPrimaryKeyConstraint('api_secrets_pkey', ['api_key', 'hash'])
      .execute();
    await db.schema.createIndex('api_secrets_brand').on('api_secrets').column('brand').execute();

    await db.schema
      .createTable('brand_files')
      .addColumn('hash', 'text', (column) => column.notNull().primaryKey())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('bytes', bytes, (column) => column.notNull())
      .addColumn('stored_at', instant, (column) => column.notNull())
      .execute();
  },
});
