import type { Kysely, Migration } from 'kysely';
import type { ColumnKinds } from '../tables.ts';

/** The first tables: brands and their keys, limits, and what is kept of bookings while they are looked at. */
export const start = ({ bytes, instant }: ColumnKinds): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('brands')
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('publishable_key', 'text', (column) => column.notNull())
      .addColumn('settings', bytes, (column) => column.notNull())
      .addColumn('applied_at', instant, (column) => column.notNull())
      .addColumn('applied_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('brands_pkey', ['code', 'version'])
      .execute();
    await db.schema
      .createIndex('brands_publishable_key')
      .on('brands')
      .columns(['publishable_key', 'version'])
      .execute();

    await db.schema
      .createTable('keys')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('brand', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('wrapped', bytes, (column) => column.notNull())
      .addColumn('created_at', instant, (column) => column.notNull())
      .addUniqueConstraint('keys_brand_purpose_number', ['brand', 'purpose', 'number'])
      .execute();

    await db.schema
      .createTable('counters')
      .addColumn('name', 'text', (column) => column.notNull().primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('ends_at', instant, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('counters_ends_at').on('counters').column('ends_at').execute();

    await db.schema
      .createTable('bookings')
      .addColumn('brand', 'text', (column) => column.notNull())
      .addColumn('booking', 'text', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('read_at', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('bookings_pkey', ['brand', 'booking'])
      .execute();

    await db.schema
      .createTable('seat_maps')
      .addColumn('brand', 'text', (column) => column.notNull())
      .addColumn('booking', 'text', (column) => column.notNull())
      .addColumn('segment', 'text', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('read_at', instant, (column) => column.notNull())
      .addColumn('expires_at', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('seat_maps_pkey', ['brand', 'booking', 'segment'])
      .execute();
    await db.schema.createIndex('seat_maps_expires_at').on('seat_maps').column('expires_at').execute();

    await db.schema
      .createTable('selections')
      .addColumn('brand', 'text', (column) => column.notNull())
      .addColumn('booking', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('changed_at', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('selections_pkey', ['brand', 'booking'])
      .execute();
  },
});
