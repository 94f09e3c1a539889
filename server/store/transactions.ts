import type { Kysely, Selectable } from 'kysely';
import type { AuditRow, TransactionRows, TransactionSeals } from '../domain/ports/store.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import { inOneCommit, inOneRead } from './atomically.ts';
import { addEffects, effectOf, effectRows, saveEffects, unfinishedEffects } from './effects.ts';
import { sealsOf, transactionOf, transactionRow } from './purchase-facts.ts';
import { readParts, saveParts } from './purchase-parts.ts';
import type { PurchaseTables } from './purchase-tables.ts';
import type { Engine, Tables } from './tables.ts';

type Row = Selectable<PurchaseTables['transactions']>;
type Whole = { transaction: Transaction; seals: TransactionSeals };

/** How often `add` looks again, when the purchase in its way ended while it looked. */
const ADD_TRIES = 5;

export function transactionRows(db: Kysely<Tables>, engine: Engine): TransactionRows {
  /** Inside `atomically` what is read is about to be written: the next one waits here, instead of finding another version later. */
  const find = (inner: Kysely<Tables>) =>
    inner
      .selectFrom('transactions')
      .selectAll()
      .$if(engine.rowLocks && db.isTransaction, (query) => query.forUpdate());

  return {
    ...effectRows(db, engine),

    add: (transaction, seals, audit) =>
      inOneCommit(db, async (inner) => {
        for (let tries = 0; tries < ADD_TRIES; tries++) {
          if (await insert(inner, transaction, seals, audit)) return { added: true };
          const open = await inner
            .selectFrom('transactions')
            .select('id')
            .where('brand', '=', transaction.brand)
            .where('booking_key', '=', transaction.bookingKey)
            .where('ended_at', 'is', null)
            .executeTakeFirst();
          if (open) return { added: false, open: open.id };
        }
        throw new Error('purchases of this booking end faster than a new one can be added');
      }),

    get: (id) =>
      inOneRead(db, async (inner) => {
        const row = await find(inner).where('id', '=', id).executeTakeFirst();
        return row ? ((await wholes(inner, [row]))[0] ?? null) : null;
      }),

    ofBooking: ({ brand, booking }) =>
      inOneRead(db, async (inner) => {
        const of = () => find(inner).where('brand', '=', brand).where('booking_key', '=', booking);
        const row =
          (await of().where('ended_at', 'is', null).executeTakeFirst()) ??
          (await of().orderBy('ended_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst());
        return row ? ((await wholes(inner, [row]))[0] ?? null) : null;
      }),

    async byPayment(gateway, gatewayRef) {
      const row = await db
        .selectFrom('payments')
        .select('transaction')
        .where('gateway', '=', gateway)
        .where('gateway_ref', '=', gatewayRef)
        .executeTakeFirst();
      return row?.transaction ?? null;
    },

    save: (transaction, seals, audit) =>
      inOneCommit(db, async (inner) => {
        const { id, ...facts } = transactionRow(transaction, seals);
        const saved = await inner
          .updateTable('transactions')
          .set(facts)
          .where('id', '=', id)
          .where('version', '=', transaction.version - 1)
          .returning('version')
          .executeTakeFirst();
        if (!saved) return false;
        await saveParts(inner, transaction, seals);
        await saveEffects(inner, engine, transaction, audit.at);
        await inner.insertInto('audit').values(audit).execute();
        return true;
      }),

    list: (brand, { limit, before, from, status, source, reference, booking }) =>
      inOneRead(db, async (inner) => {
        let query = inner.selectFrom('transactions').selectAll().where('brand', '=', brand);
        if (status !== undefined) query = query.where((eb) => eb('status', '=', eb.val(status as Row['status'])));
        if (source !== undefined) query = query.where('source', '=', source);
        if (reference !== undefined) query = query.where('reference', '=', reference);
        if (booking !== undefined) query = query.where('booking_key', '=', booking);
        if (before !== undefined) query = query.where('id', '<', before);
        if (from !== undefined) query = query.where('id', '>=', from);
        return wholes(inner, await query.orderBy('id', 'desc').limit(limit).execute());
      }),

    attention: (brand) =>
      inOneRead(db, async (inner) => {
        let query = inner
          .selectFrom('transactions')
          .selectAll()
          .where('id', 'in', (eb) => eb.selectFrom('attention').select('transaction').where('state', '=', 'open'));
        if (brand !== undefined) query = query.where('brand', '=', brand);
        return (await wholes(inner, await query.orderBy('id').execute())).map(({ transaction }) => transaction);
      }),

    audit: (id) => db.selectFrom('audit').selectAll().where('transaction', '=', id).orderBy('version').execute(),
  };
}

/** False: the booking has an open purchase. */
async function insert(
  db: Kysely<Tables>,
  transaction: Transaction,
  seals: TransactionSeals,
  audit: AuditRow,
): Promise<boolean> {
  const added = await db
    .insertInto('transactions')
    .values(transactionRow(transaction, seals))
    .onConflict((conflict) => conflict.columns(['brand', 'booking_key']).where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return false;
  await saveParts(db, transaction, seals);
  await addEffects(db, transaction, transaction.effects);
  await db.insertInto('audit').values(audit).execute();
  return true;
}

/** Purchases with their lists and effects, in the order of the rows. */
async function wholes(db: Kysely<Tables>, rows: readonly Row[]): Promise<Whole[]> {
  if (!rows.length) return [];
  const ids = rows.map(({ id }) => id);
  const parts = await readParts(db, ids);
  const effects = await unfinishedEffects(db, ids);
  return rows.map((row) => {
    const mine = <T extends { transaction: string }>(list: readonly T[]) =>
      list.filter(({ transaction }) => transaction === row.id);
    const payments = mine(parts.payments);
    const facts = transactionOf(row, {
      items: mine(parts.items),
      payments,
      refunds: mine(parts.refunds),
      attention: mine(parts.attention),
    });
    return { transaction: { ...facts, effects: mine(effects).map(effectOf) }, seals: sealsOf(row, payments) };
  });
}
