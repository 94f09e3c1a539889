import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../server/domain/transaction/transaction.ts';
import type { StoreHarness } from './harness.ts';
import { bytes, text, useStore } from './harness.ts';
import { audited, item, next, payment, purchase, refund, seals, wholePurchase } from './purchase.ts';

export function describeTransactions(harness: StoreHarness): void {
  describe('transactions', () => {
    const on = useStore(harness);
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

  describe('the open purchase of a booking', () => {
    const on = useStore(harness);
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
        (await transactions.list(...args)).map(({ id }) => id);
      expect(await ids('skyline', { limit: 10 })).toEqual(['txn_03', 'txn_02', 'txn_01']);
      expect(await ids('skyline', { limit: 2 })).toEqual(['txn_03', 'txn_02']);
      expect(await ids('skyline', { limit: 2, before: 'txn_02' })).toEqual(['txn_01']);
      expect(await ids('skyline', { limit: 9, status: 'failed' })).toEqual(['txn_02']);
      expect(await ids('skyline', { limit: 9, status: 'no such word' })).toEqual([]);
      const parts = (await transactions.list('skyline', { limit: 10 })).map(({ items, payments }) => [
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

  describe('the constraints of a purchase', () => {
    const on = useStore(harness);
    const refused = async (name: string, more: Partial<Transaction>) => {
      const one = purchase(name, more);
      await expect(on.store.rows.transactions.add(one, seals(), audited(one))).rejects.toThrow();
      expect(await on.store.rows.transactions.get(one.id)).toBeNull();
    };
    const accepted = async (name: string, more: Partial<Transaction>) => {
      const one = purchase(name, more);
      expect(await on.store.rows.transactions.add(one, seals(), audited(one))).toEqual({ added: true });
    };
    const word = (text: string) => text as never;

    it('refuse two live payments, and allow any number that are given up', async () => {
      await refused('a', { payments: [payment('a', 1), payment('a', 2)] });
      const ended = (n: number) => payment('a', n, { givenUp: true });
      await accepted('a', { payments: [ended(1), ended(2), payment('a', 3)] });
    });

    it('refuse two wanted seats of one traveller on one leg, and allow dropped ones beside it', async () => {
      const same = (n: number, want: 'keep' | 'drop') => item('b', n, { traveller: '1', want });
      await refused('b', { items: [same(1, 'keep'), same(2, 'keep')] });
      await accepted('b', {
        items: [same(1, 'drop'), same(2, 'drop'), same(3, 'keep'), item('b', 4, { traveller: '1', leg: 2 })],
      });
    });

    it('refuse a gateway’s object that another payment has', async () => {
      await accepted('c', { payments: [payment('c', 1, { gatewayRef: 'pi_c' })] });
      await refused('d', { payments: [payment('d', 1, { gatewayRef: 'pi_c' })] });
      await accepted('d', { gateway: 'adyen', payments: [payment('d', 1, { gatewayRef: 'pi_c' })] });
    });

    it('refuse a refund that is known already, and one of no payment', async () => {
      const payments = [payment('e', 1)];
      const known = (n: number) => refund('e', n, { gatewayRef: 're_e' });
      await refused('e', { payments, refunds: [known(1), known(2)] });
      await refused('e', { payments: [], refunds: [refund('e', 1)] });
      await accepted('e', { payments, refunds: [known(1), refund('e', 2), refund('e', 3)] });
    });

    it('refuse an attention entry that is open already', async () => {
      const entry = (state: 'open' | 'retried') => ({ target: 'x', reason: 'mismatch', state, raisedAt: 1 }) as const;
      await refused('f', { attention: [entry('open'), entry('open')] });
      await accepted('f', { attention: [entry('retried'), entry('retried'), entry('open')] });
    });

    it.each<[string, Partial<Transaction>]>([
      ['mode', { mode: word('guess') }],
      ['status', { status: word('lost') }],
      ['stop', { stopped: word('bored') }],
      ['want', { items: [item('g', 1, { want: word('perhaps') })] }],
      ['seat', { items: [item('g', 1, { seat: { state: word('gone'), tries: 0 } })] }],
      ['emd', { items: [item('g', 1, { emd: { state: word('gone'), tries: 0 } })] }],
      ['price', { items: [item('g', 1, { priceMinor: -1 })] }],
      ['payment', { payments: [payment('g', 1, { state: word('voided') })] }],
      ['refund', { payments: [payment('g', 1)], refunds: [refund('g', 1, { state: word('gone') })] }],
      ['reason', { attention: [{ target: 'x', reason: word('other'), state: 'open', raisedAt: 1 }] }],
      ['gateway', { gateway: null, payments: [payment('g', 1)] }],
    ])('refuse a word that is none: %s', async (_, more) => {
      await refused('g', more);
    });

    it('refuse an audit row of a version that has one', async () => {
      const one = purchase('h');
      await on.store.rows.transactions.add(one, seals(), audited(one));
      const again = on.store.rows.transactions.save(next(one), seals({ x: bytes('x') }), audited(one));
      await expect(again).rejects.toThrow();
      expect((await on.store.rows.transactions.get(one.id))?.transaction.version).toBe(1);
    });
  });
}
