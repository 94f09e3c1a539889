import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../server/domain/transaction/transaction.ts';
import type { OpenedStore } from './harness.ts';
import { text } from './harness.ts';
import { audited, item, next, payment, purchase, seals, wholePurchase } from './purchase.ts';

export function describeTransactions(on: OpenedStore): void {
  describe('transactions', () => {
    const add = async (transaction: Transaction, sealed = seals()) =>
      on.store.rows.transactions.add(transaction, sealed, audited(transaction));
    const save = async (transaction: Transaction, sealed = seals()) =>
      on.store.atomically((rows) => rows.transactions.save(transaction, sealed, audited(transaction)));
    const get = async (id: string) => (await on.other.rows.transactions.get(id))?.transaction;

    it('gives a whole purchase back as it was written, in the order of its lists', async () => {
      const whole = wholePurchase('whole');
      expect(await add(whole.transaction, whole.seals)).toEqual({ added: true });
      const read = await on.other.rows.transactions.get('txn_whole');
      expect(read?.transaction).toEqual(whole.transaction);
      expect([...read!.seals.booking]).toEqual([...whole.seals.booking]);
      expect(Object.keys(read!.seals.clients)).toEqual(['pay_whole_1', 'pay_whole_2']);
      expect([...read!.seals.clients['pay_whole_1']!]).toEqual([...whole.seals.clients['pay_whole_1']!]);
      expect(text(read!.seals.clients['pay_whole_2'])).toBe('client');
    });

    it('writes every fact of the next version', async () => {
      await add(purchase('grown'));
      const whole = wholePurchase('grown');
      const grown = { ...whole.transaction, version: 2, endedAt: 1_765_000_000_003 };
      expect(await save(grown, whole.seals)).toBe(true);
      const read = await on.other.rows.transactions.get('txn_grown');
      expect(read?.transaction).toEqual(grown);
      expect(Object.keys(read!.seals.clients)).toHaveLength(2);
    });

    it('replaces the list of items and leaves nothing of the old one', async () => {
      const first = purchase('list', { items: [item('list', 1), item('list', 2)] });
      await add(first);
      // The same travellers and segments under new ids, one of the old ones kept and dropped.
      const items = [item('list', 2, { want: 'drop', reason: 'partner' }), item('list', 3, { traveller: '2' })];
      expect(await save(next(first, { items }))).toBe(true);
      expect((await get(first.id))?.items).toEqual(items);
      expect(await save(next(first, { version: 3, items: [] }))).toBe(true);
      expect((await get(first.id))?.items).toEqual([]);
    });

    it('gives a payment up and adds the next one in the same version', async () => {
      const first = purchase('second-card', { payments: [payment('second-card', 1)] });
      await add(first);
      const payments = [
        payment('second-card', 1, { givenUp: true, state: 'closed', end: 'declined' }),
        payment('second-card', 2),
      ];
      expect(await save(next(first, { payments }))).toBe(true);
      expect((await get(first.id))?.payments).toEqual(payments);
    });

    it('writes nothing for any version but the next', async () => {
      const first = purchase('versions');
      await add(first);
      for (const version of [1, 3, 7]) {
        expect(await save(next(first, { version, status: 'failed', items: [] }))).toBe(false);
      }
      expect(await get(first.id)).toEqual(first);
      expect(await on.store.rows.transactions.audit(first.id)).toHaveLength(1);
      expect(await save(next(purchase('nobody')))).toBe(false);
    });

    it('lets one of many writers of a version win, and keeps one audit row a version', async () => {
      const first = purchase('raced');
      await add(first);
      const writes = Array.from({ length: 8 }, (_, i) => {
        const mine = next(first, { quote: i + 10 });
        return (i % 2 ? on.store : on.other).rows.transactions.save(mine, seals(), audited(mine));
      });
      const answers = await Promise.all(writes);
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await get(first.id))?.quote).toBe(answers.indexOf(true) + 10);
      expect((await on.store.rows.transactions.audit(first.id)).map(({ version }) => version)).toEqual([1, 2]);
    });

    it('loses no change of writers that read and write in one commit', async () => {
      const first = purchase('counted');
      await add(first);
      const raise = (store: typeof on.store) =>
        store.atomically(async (rows) => {
          const { transaction } = (await rows.transactions.get(first.id))!;
          const mine = next(transaction, { quote: transaction.quote + 1 });
          return rows.transactions.save(mine, seals(), audited(mine));
        });
      const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => raise(i % 2 ? on.store : on.other)));
      expect(answers.every(Boolean)).toBe(true);
      expect(await get(first.id)).toMatchObject({ quote: 13, version: 13 });
    });

    it('undoes the whole version when one of its rows is refused', async () => {
      const first = purchase('undone');
      await add(first);
      const twice = [item('undone', 1), item('undone', 2, { traveller: '1' })];
      await expect(save(next(first, { status: 'failed', items: twice }))).rejects.toThrow();
      // Without a commit around it as well: a version is one commit by itself.
      const mine = next(first, { status: 'failed', items: twice });
      await expect(on.store.rows.transactions.save(mine, seals(), audited(mine))).rejects.toThrow();
      expect(await get(first.id)).toEqual(first);
    });

    it('answers null for what is not there', async () => {
      expect(await on.store.rows.transactions.get('txn_nobody')).toBeNull();
      expect(await on.store.rows.transactions.ofBooking({ brand: 'skyline', booking: 'nobody' })).toBeNull();
      expect(await on.store.rows.transactions.byPayment('stripe', 'pi_nobody')).toBeNull();
      expect(await on.store.rows.transactions.audit('txn_nobody')).toEqual([]);
    });

    it('finds a purchase by the reference of its payment, at the same gateway only', async () => {
      await add(purchase('by-ref', { payments: [payment('by-ref', 1, { gatewayRef: 'pi_by_ref' })] }));
      expect(await on.store.rows.transactions.byPayment('stripe', 'pi_by_ref')).toBe('txn_by-ref');
      expect(await on.store.rows.transactions.byPayment('adyen', 'pi_by_ref')).toBeNull();
    });

    it('keeps the audit in the order of versions, each as it was written', async () => {
      const first = purchase('audited');
      await add(first);
      await save(next(first));
      expect(await on.other.rows.transactions.audit(first.id)).toEqual([audited(first), audited(next(first))]);
    });
  });
}
