import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../server/domain/transaction/transaction.ts';
import type { OpenedStore } from './harness.ts';
import { audited, item, next, payment, purchase, refund, seals } from './purchase.ts';

export function describePurchaseConstraints(on: OpenedStore): void {
  describe('the constraints of a purchase', () => {
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
      const again = on.store.rows.transactions.save(next(one), seals(), audited(one));
      await expect(again).rejects.toThrow();
      expect((await on.store.rows.transactions.get(one.id))?.transaction.version).toBe(1);
    });
  });
}
