import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../server/domain/transaction/transaction.ts';
import type { OpenedStore, StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';
import { audited, item, next, payment, purchase, seals } from './purchase.ts';

export function describeOpenPurchases(on: OpenedStore): void {
  describe('the open purchase of a booking', () => {
    const add = (transaction: Transaction, store = on.store) =>
      store.rows.transactions.add(transaction, seals(), audited(transaction));
    const end = (transaction: Transaction, endedAt: number) =>
      on.store.rows.transactions.save(next(transaction, { endedAt, status: 'expired' }), seals(), {
        ...audited(transaction),
        version: transaction.version + 1,
      });

    it('is one: another is told which, and writes nothing', async () => {
      const first = purchase('one');
      await add(first);
      const second = purchase('one-more', { bookingKey: first.bookingKey });
      expect(await add(second)).toEqual({ added: false, open: first.id });
      expect(await on.store.rows.transactions.get(second.id)).toBeNull();
      expect(await on.store.rows.transactions.audit(second.id)).toEqual([]);
    });

    it('is one under many writers at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          add(purchase(`crowd-${i}`, { bookingKey: 'crowd' }), i % 2 ? on.store : on.other),
        ),
      );
      const winner = answers.findIndex(({ added }) => added);
      expect(answers.filter(({ added }) => added)).toHaveLength(1);
      for (const answer of answers) {
        if (!answer.added) expect(answer.open).toBe(`txn_crowd-${winner}`);
      }
    });

    it('makes room when it ends, and brands do not stand in each other’s way', async () => {
      const first = purchase('room');
      await add(first);
      expect(await add(purchase('room-other', { brand: 'other', bookingKey: first.bookingKey }))).toEqual({
        added: true,
      });
      await end(first, 10);
      expect(await add(purchase('room-2', { bookingKey: first.bookingKey }))).toEqual({ added: true });
    });

    it('is found before the ended ones, and of these the last', async () => {
      const key = { brand: 'skyline', booking: 'found' };
      const found = async () => (await on.other.rows.transactions.ofBooking(key))?.transaction.id;
      for (const [name, endedAt] of [
        ['found-1', 30],
        ['found-2', 20],
      ] as const) {
        const one = purchase(name, { bookingKey: 'found' });
        await add(one);
        expect(await found()).toBe(one.id);
        await end(one, endedAt);
      }
      expect(await found()).toBe('txn_found-1');
      await add(purchase('found-3', { bookingKey: 'found' }));
      expect(await found()).toBe('txn_found-3');
      expect(await on.store.rows.transactions.ofBooking({ ...key, brand: 'other' })).toBeNull();
    });
  });
}

export function describeTransactionLists(harness: StoreHarness): void {
  describe('lists of transactions', () => {
    const on = useStore(harness);

    it('are the newest first, by brand, by status, and go on from a place', async () => {
      const { transactions } = on.store.rows;
      const add = (name: string, more: Partial<Transaction>) => {
        const one = purchase(name, more);
        return transactions.add(one, seals(), audited(one));
      };
      await add('01', { payments: [payment('01', 1)] });
      await add('02', { status: 'failed', items: [item('02', 1), item('02', 2)] });
      await add('03', {});
      await add('04', { brand: 'other' });
      const ids = async (...args: Parameters<typeof transactions.list>) =>
        (await transactions.list(...args)).map(({ transaction }) => transaction.id);
      expect(await ids('skyline', { limit: 10 })).toEqual(['txn_03', 'txn_02', 'txn_01']);
      expect(await ids('skyline', { limit: 2 })).toEqual(['txn_03', 'txn_02']);
      expect(await ids('skyline', { limit: 2, before: 'txn_02' })).toEqual(['txn_01']);
      expect(await ids('skyline', { limit: 9, status: 'failed' })).toEqual(['txn_02']);
      expect(await ids('skyline', { limit: 9, status: 'no such word' })).toEqual([]);
      const parts = (await transactions.list('skyline', { limit: 10 })).map(({ transaction: { items, payments } }) => [
        items.length,
        payments.length,
      ]);
      expect(parts).toEqual([
        [1, 0],
        [2, 0],
        [1, 1],
      ]);
    });

    it('of open attention entries leave closed ones out', async () => {
      const { transactions } = on.store.rows;
      const entry = { target: 'x', reason: 'mismatch', raisedAt: 1 } as const;
      for (const one of [
        purchase('open', { attention: [{ ...entry, state: 'open' }] }),
        purchase('solved', { attention: [{ ...entry, state: 'solved' }] }),
        purchase('elsewhere', { brand: 'other', attention: [{ ...entry, state: 'open' }] }),
      ]) {
        await transactions.add(one, seals(), audited(one));
      }
      const ids = async (brand?: string) => (await transactions.attention(brand)).map(({ id }) => id).toSorted();
      expect(await ids()).toEqual(['txn_elsewhere', 'txn_open']);
      expect(await ids('skyline')).toEqual(['txn_open']);
    });
  });
}
