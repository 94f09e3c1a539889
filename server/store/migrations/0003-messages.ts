import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';
import type { ColumnKinds } from '../tables.ts';
import { oneOf } from './checks.ts';

/** What is told of a purchase and to whom, what gateways told of it, and the answers that a repeated call hears again. */
export const messages = (kinds: ColumnKinds): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await events(db, kinds);
    await deliveries(db, kinds);
    await attempts(db, kinds);
    await callbacks(db, kinds);
    await idempotency(db, kinds);
  },
});

const EVENT_TYPES = [
  'transaction.created',
  'payment.failed',
  'payment.processed',
  'fulfillment.updated',
  'transaction.completed',
  'transaction.failed',
  'refund.processed',
  'transaction.attention',
  'dispute.opened',
  'dispute.closed',
];

async function events(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('transaction', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull().check(oneOf('type', EVENT_TYPES)))
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addUniqueConstraint('events_seq', ['transaction', 'seq'])
    .addUniqueConstraint('events_about', ['transaction', 'type', 'about'])
    .execute();
}

async function deliveries(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull().references('events.id'))
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('endpoint', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(oneOf('state', ['waiting', 'delivered', 'given_up'])),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', instant, (column) => column.notNull())
    .addColumn('lease_id', 'text')
    .addColumn('lease_until', instant, (column) => column.notNull())
    .addUniqueConstraint('deliveries_event_endpoint', ['event', 'endpoint'])
    .execute();
  await db.schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .column('due_at')
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await db.schema.createIndex('deliveries_brand').on('deliveries').columns(['brand', 'id']).execute();
}

async function attempts(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('attempts')
    .addColumn('delivery', 'text', (column) => column.notNull().references('deliveries.id'))
    .addColumn('no', 'integer', (column) => column.notNull())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('ms', 'integer', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('fault', 'text')
    .addPrimaryKeyConstraint('attempts_pkey', ['delivery', 'no'])
    .execute();
}

async function callbacks(db: Kysely<unknown>, { bytes, instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('callbacks')
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('raw_sealed', bytes, (column) => column.notNull())
    .addColumn('received_at', instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('callbacks_pkey', ['gateway', 'brand', 'event_id'])
    .execute();
}

async function idempotency(db: Kysely<unknown>, { bytes, instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('idempotency')
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('route', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('answer_sealed', bytes)
    .addColumn('status', 'integer')
    .addColumn('started_at', instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_pkey', ['brand', 'route', 'key'])
    .execute();
  await db.schema.createIndex('idempotency_started_at').on('idempotency').column('started_at').execute();
}
