import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';
import type { ColumnKinds } from '../tables.ts';
import { flags, notNegative, oneOf } from './checks.ts';

/** The purchase: its facts, its effects and its audit. The constraints are those of its invariants that rows can hold. */
export const purchase = (kinds: ColumnKinds): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await transactions(db, kinds);
    await items(db, kinds);
    await payments(db, kinds);
    await refunds(db, kinds);
    await attention(db, kinds);
    await effects(db, kinds);
    await audit(db, kinds);
  },
});

const THING_STATES = ['absent', 'adding', 'present', 'removing', 'unsure'];

async function transactions(db: Kysely<unknown>, { bytes, instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('transactions')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('booking_key', 'text', (column) => column.notNull())
    .addColumn('booking_sealed', bytes, (column) => column.notNull())
    .addColumn('gds', 'text', (column) => column.notNull())
    .addColumn('gateway', 'text')
    .addColumn('mode', 'text', (column) => column.notNull().check(oneOf('mode', ['manual', 'automatic'])))
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('quote', 'integer', (column) => column.notNull())
    .addColumn('go', 'integer', (column) => column.notNull())
    .addColumn('stopped', 'text', (column) => column.check(oneOf('stopped', STOP_REASONS)))
    .addColumn('expires_at', instant, (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull().check(oneOf('status', STATUSES)))
    .addColumn('ended_at', instant)
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('event_seq', 'integer', (column) => column.notNull())
    .addColumn('gds_looks', 'integer', (column) => column.notNull())
    .addColumn('touched', 'integer', (column) => column.notNull())
    .addColumn('can', 'text', (column) => column.notNull())
    .addColumn('asks', 'text', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .addColumn('last_item', 'integer', (column) => column.notNull())
    .addColumn('last_effect', 'integer', (column) => column.notNull())
    .addCheckConstraint('transactions_flags', flags('go', 'touched'))
    .execute();
  await db.schema
    .createIndex('transactions_one_open')
    .unique()
    .on('transactions')
    .columns(['brand', 'booking_key'])
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await db.schema
    .createIndex('transactions_booking')
    .on('transactions')
    .columns(['brand', 'booking_key', 'ended_at'])
    .execute();
  await db.schema.createIndex('transactions_brand').on('transactions').columns(['brand', 'id']).execute();
}

const STATUSES = [
  'created',
  'processing',
  'completed',
  'partially_completed',
  'failed',
  'expired',
  'refunded',
  'attention',
];
const STOP_REASONS = [
  'expired',
  'abandoned',
  'partner',
  'operator',
  'payment_lost',
  'nothing_assigned',
  'refunded_at_gateway',
];

async function items(db: Kysely<unknown>, { instant, money }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('items')
    .addColumn('transaction', 'text', (column) => column.notNull().references('transactions.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('traveller', 'text', (column) => column.notNull())
    .addColumn('segment', 'text', (column) => column.notNull())
    .addColumn('leg', 'integer', (column) => column.notNull())
    .addColumn('flight_key', 'text', (column) => column.notNull())
    .addColumn('designator', 'text', (column) => column.notNull())
    .addColumn('offer_ref', 'text')
    .addColumn('price_minor', money, (column) => column.notNull())
    .addColumn('taxes_minor', money)
    .addColumn('needs_emd', 'integer', (column) => column.notNull())
    .addColumn('assent_at', instant)
    .addColumn('previous_designator', 'text')
    .addColumn('want', 'text', (column) => column.notNull().check(oneOf('want', ['keep', 'drop'])))
    .addColumn('reason', 'text')
    .addColumn('sold', 'integer', (column) => column.notNull())
    .addColumn('seat_state', 'text', (column) => column.notNull().check(oneOf('seat_state', THING_STATES)))
    .addColumn('seat_tries', 'integer', (column) => column.notNull())
    .addColumn('emd_state', 'text', (column) => column.notNull().check(oneOf('emd_state', THING_STATES)))
    .addColumn('emd_tries', 'integer', (column) => column.notNull())
    .addColumn('document', 'text')
    .addPrimaryKeyConstraint('items_pkey', ['transaction', 'id'])
    .addCheckConstraint('items_flags', flags('needs_emd', 'sold'))
    .addCheckConstraint('items_amounts', notNegative('price_minor'))
    .execute();
  await db.schema
    .createIndex('items_one_seat_wanted')
    .unique()
    .on('items')
    .columns(['transaction', 'traveller', 'segment', 'leg'])
    .where(sql<boolean>`want = 'keep'`)
    .execute();
}

const PAYMENT_STATES = [
  'opening',
  'open',
  'pending',
  'authorised',
  'capturing',
  'captured',
  'closing',
  'closed',
  'unsure',
];

async function payments(db: Kysely<unknown>, { bytes, money }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('payments')
    .addColumn('transaction', 'text', (column) => column.notNull().references('transactions.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('gateway_ref', 'text')
    .addColumn('state', 'text', (column) => column.notNull().check(oneOf('state', PAYMENT_STATES)))
    .addColumn('asked', 'text', (column) =>
      column.notNull().check(oneOf('asked', ['open', 'confirm', 'capture', 'close'])),
    )
    .addColumn('step', 'text', (column) => column.notNull().check(oneOf('step', ['card', 'action'])))
    .addColumn('amount_minor', money, (column) => column.notNull())
    .addColumn('given_up', 'integer', (column) => column.notNull())
    .addColumn('end_reason', 'text')
    .addColumn('captured_minor', money, (column) => column.notNull())
    .addColumn('captured_once', 'integer', (column) => column.notNull())
    .addColumn('ever_open', 'integer', (column) => column.notNull())
    .addColumn('ranks', 'text', (column) => column.notNull())
    .addColumn('heard', 'integer', (column) => column.notNull().check(sql`heard in (0, 1, 2)`))
    .addColumn('session_result', 'text')
    .addColumn('looks', 'integer', (column) => column.notNull())
    .addColumn('asks_made', 'text', (column) => column.notNull())
    .addColumn('means', 'text')
    .addColumn('disputes', 'text', (column) => column.notNull())
    .addColumn('client_sealed', bytes)
    .addPrimaryKeyConstraint('payments_pkey', ['transaction', 'id'])
    .addUniqueConstraint('payments_gateway_ref', ['gateway', 'gateway_ref'])
    .addCheckConstraint('payments_flags', flags('given_up', 'captured_once', 'ever_open'))
    .addCheckConstraint('payments_amounts', notNegative('amount_minor', 'captured_minor'))
    .execute();
  await db.schema
    .createIndex('payments_one_live')
    .unique()
    .on('payments')
    .column('transaction')
    .where(sql<boolean>`given_up = 0`)
    .execute();
}

async function refunds(db: Kysely<unknown>, { money }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('refunds')
    .addColumn('transaction', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('payment', 'text', (column) => column.notNull())
    .addColumn('gateway_ref', 'text')
    .addColumn('amount_minor', money, (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull().check(oneOf('origin', ['machine', 'partner', 'gateway'])))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(oneOf('state', ['absent', 'adding', 'present', 'unsure'])),
    )
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('rank', 'integer', (column) => column.notNull())
    .addColumn('dropped', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('refunds_pkey', ['transaction', 'id'])
    .addForeignKeyConstraint('refunds_payment', ['transaction', 'payment'], 'payments', ['transaction', 'id'])
    .addUniqueConstraint('refunds_gateway_ref', ['payment', 'gateway_ref'])
    .addCheckConstraint('refunds_flags', flags('dropped'))
    .addCheckConstraint('refunds_amounts', notNegative('amount_minor'))
    .execute();
}

const REASONS = [
  'payment_outcome_missing',
  'capture_outcome_missing',
  'capture_failed',
  'refund_failed',
  'mismatch',
  'dispute',
  'contradiction',
  'gds_outcome_missing',
  'seat_not_given_back',
  'emd_not_given_back',
];

async function attention(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('attention')
    .addColumn('transaction', 'text', (column) => column.notNull().references('transactions.id'))
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull().check(oneOf('reason', REASONS)))
    .addColumn('state', 'text', (column) => column.notNull().check(oneOf('state', ['open', 'retried', 'solved'])))
    .addColumn('raised_at', instant, (column) => column.notNull())
    .addColumn('closed_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('attention_pkey', ['transaction', 'place'])
    .execute();
  await db.schema
    .createIndex('attention_one_open')
    .unique()
    .on('attention')
    .columns(['transaction', 'target', 'reason'])
    .where(sql<boolean>`state = 'open'`)
    .execute();
}

const KINDS = [
  'open_payment',
  'confirm_payment',
  'capture_payment',
  'close_payment',
  'refund_payment',
  'inspect_payment',
  'assign_seats',
  'issue_emds',
  'remove_seats',
  'refund_emds',
  'look_up_booking',
  'expire',
];

async function effects(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('effects')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('transaction', 'text', (column) => column.notNull().references('transactions.id'))
    .addColumn('since', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(oneOf('kind', KINDS)))
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text')
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('due_at', instant, (column) => column.notNull())
    .addColumn('not_before', instant, (column) => column.notNull())
    .addColumn('lease_id', 'text')
    .addColumn('lease_until', instant, (column) => column.notNull())
    .addColumn('claims', 'integer', (column) => column.notNull())
    .addColumn('agains', 'integer', (column) => column.notNull())
    .addColumn('in_doubt', 'integer', (column) => column.notNull())
    .addColumn('done_at', instant)
    .addColumn('done_version', 'integer')
    .addCheckConstraint('effects_flags', flags('in_doubt'))
    // A row that is done and still leased would keep its lane shut.
    .addCheckConstraint('effects_done_unleased', sql`done_at is null or lease_id is null`)
    .execute();
  await db.schema
    .createIndex('effects_once')
    .unique()
    .on('effects')
    .columns(['transaction', 'kind', 'target', 'key'])
    .where(sql<boolean>`done_at is null`)
    .execute();
  await db.schema
    .createIndex('effects_one_lease')
    .unique()
    .on('effects')
    .column('lane')
    .where(sql<boolean>`lease_id is not null`)
    .execute();
  await db.schema
    .createIndex('effects_lane')
    .on('effects')
    .column('lane')
    .where(sql<boolean>`done_at is null`)
    .execute();
  await db.schema
    .createIndex('effects_due')
    .on('effects')
    .column('due_at')
    .where(sql<boolean>`done_at is null`)
    .execute();
}

async function audit(db: Kysely<unknown>, { instant }: ColumnKinds): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('transaction', 'text', (column) => column.notNull().references('transactions.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('at', instant, (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('after', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_pkey', ['transaction', 'version'])
    .execute();
}
