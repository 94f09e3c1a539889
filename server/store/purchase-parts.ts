import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { TransactionSeals } from '../domain/ports/store.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import type { Parts } from './purchase-facts.ts';
import { attentionRow, itemRow, paymentRow, refundRow } from './purchase-facts.ts';
import type { Tables } from './tables.ts';

/** The lists of purchases, each in its order. */
export async function readParts(db: Kysely<Tables>, transactions: readonly string[]): Promise<Parts> {
  const of = <T extends keyof Parts>(table: T) =>
    db
      .selectFrom<keyof Parts>(table)
      .selectAll()
      .where('transaction', 'in', transactions)
      .orderBy('place')
      .execute() as unknown as Promise<Parts[T]>;
  return {
    items: await of('items'),
    payments: await of('payments'),
    refunds: await of('refunds'),
    attention: await of('attention'),
  };
}

/** Writes the lists of a purchase. Items may vanish (another list was chosen); payments, refunds and attention entries never do. */
export async function saveParts(db: Kysely<Tables>, transaction: Transaction, seals: TransactionSeals): Promise<void> {
  const { id } = transaction;
  await saveItems(db, transaction);
  const payments = transaction.payments.map((payment, place) => paymentRow(transaction, seals, payment, place));
  if (payments.length) {
    await db
      .insertInto('payments')
      .values(payments)
      .onConflict((conflict) => conflict.columns(['transaction', 'id']).doUpdateSet(newValues(payments)))
      .execute();
  }
  const refunds = transaction.refunds.map((refund, place) => refundRow(id, refund, place));
  if (refunds.length) {
    await db
      .insertInto('refunds')
      .values(refunds)
      .onConflict((conflict) => conflict.columns(['transaction', 'id']).doUpdateSet(newValues(refunds)))
      .execute();
  }
  const attention = transaction.attention.map((entry, place) => attentionRow(id, entry, place));
  if (attention.length) {
    await db
      .insertInto('attention')
      .values(attention)
      .onConflict((conflict) => conflict.columns(['transaction', 'place']).doUpdateSet(newValues(attention)))
      .execute();
  }
}

async function saveItems(db: Kysely<Tables>, { id, items }: Transaction): Promise<void> {
  const rows = items.map((item, place) => itemRow(id, item, place));
  let replaced = db.deleteFrom('items').where('transaction', '=', id);
  if (rows.length) {
    replaced = replaced.where(
      'id',
      'not in',
      rows.map((row) => row.id),
    );
  }
  await replaced.execute();
  if (!rows.length) return;
  await db
    .insertInto('items')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['transaction', 'id']).doUpdateSet(newValues(rows)))
    .execute();
}

/** Every column of a row that stands takes the value that was to be inserted. */
function newValues<R extends object>([row]: readonly R[]): Record<keyof R, RawBuilder<never>> {
  const names = Object.keys(row ?? {});
  return Object.fromEntries(names.map((name) => [name, sql.ref(`excluded.${name}`)])) as Record<
    keyof R,
    RawBuilder<never>
  >;
}
