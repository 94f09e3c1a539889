import { describe, expect, it } from 'vitest';
import { isSettled, statusOf } from '../../../../server/domain/transaction/status.ts';
import type { Status, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { after, itemId, payId, pays, purchase, refundId, refunds, seated } from './purchases.ts';

function drops(transaction: Transaction, ...numbers: number[]): void {
  for (const n of numbers) transaction.items[n - 1]!.want = 'drop';
}
function sells(transaction: Transaction, ...numbers: number[]): void {
  for (const n of numbers) transaction.items[n - 1]!.sold = true;
}

const lines: [Status, string, (transaction: Transaction) => void][] = [
  [
    'attention',
    'an entry is open, whatever else there is',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1, 2);
      t.attention.push({ target: payId, reason: 'dispute', state: 'open', raisedAt: 0 });
    },
  ],
  ['created', 'no payment', () => undefined],
  ['created', 'a payment is opening', (t) => void pays(t, 'opening')],
  ['created', 'a payment is open', (t) => void pays(t, 'open')],
  ['created', 'the last payment was declined', (t) => void pays(t, 'closed')],
  ['processing', 'pending at the bank', (t) => void pays(t, 'pending')],
  ['processing', 'held', (t) => void pays(t, 'authorised')],
  ['processing', 'nothing to pay and the traveller said go', (t) => void (t.go = true)],
  [
    'processing',
    'a seat is asked for',
    (t) => {
      t.items[0]!.seat.state = 'adding';
    },
  ],
  [
    'processing',
    'an item was taken off and the rest is unpaid',
    (t) => {
      drops(t, 1);
    },
  ],
  [
    'processing',
    'stopped and the object not closed yet',
    (t) => {
      pays(t, 'closing', { givenUp: true });
      t.stopped = 'expired';
      drops(t, 1, 2);
    },
  ],
  [
    'processing',
    'captured and more than is due',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1);
      drops(t, 2);
      t.items[1]!.seat.state = t.items[1]!.emd.state = 'absent';
    },
  ],
  [
    'processing',
    'a refund on its way',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1, 2);
      refunds(t, 'adding');
    },
  ],
  [
    'expired',
    'nothing sold, stopped by the clock',
    (t) => {
      pays(t, 'closed');
      t.stopped = 'expired';
      drops(t, 1, 2);
    },
  ],
  [
    'failed',
    'nothing sold, stopped by anything else',
    (t) => {
      pays(t, 'closed');
      t.stopped = 'nothing_assigned';
      drops(t, 1, 2);
    },
  ],
  [
    'failed',
    'charged first, no seat, and the money given back',
    (t) => {
      pays(t, 'captured');
      refunds(t, 'present', { amountMinor: 30, origin: 'machine' });
      t.stopped = 'nothing_assigned';
      drops(t, 1, 2);
    },
  ],
  [
    'refunded',
    'everything was given back after it was sold',
    (t) => {
      pays(t, 'captured');
      sells(t, 1, 2);
      drops(t, 1, 2);
      t.stopped = 'partner';
      refunds(t, 'present', { amountMinor: 30, origin: 'machine' });
    },
  ],
  [
    'refunded',
    'all of the money was given back as goodwill, the seats stay',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1, 2);
      refunds(t, 'present', { amountMinor: 30 });
    },
  ],
  [
    'refunded',
    'free seats that were taken back',
    (t) => {
      t.go = true;
      sells(t, 1, 2);
      drops(t, 1, 2);
      t.stopped = 'partner';
    },
  ],
  [
    'failed',
    'the capture failed after it was reported, and was reversed',
    (t) => {
      pays(t, 'closed', { capturedOnce: true });
      sells(t, 1, 2);
      drops(t, 1, 2);
      t.stopped = 'operator';
    },
  ],
  [
    'completed',
    'every item was sold',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1, 2);
    },
  ],
  [
    'completed',
    'an item refunded later is still sold',
    (t) => {
      pays(t, 'captured');
      seated(t);
      sells(t, 1, 2);
      drops(t, 2);
      t.items[1]!.seat.state = t.items[1]!.emd.state = 'absent';
      refunds(t, 'present', { amountMinor: 20, origin: 'machine' });
    },
  ],
  [
    'partially_completed',
    'one of two was sold',
    (t) => {
      pays(t, 'captured', { capturedMinor: 10 });
      t.items[0]!.seat.state = 'present';
      sells(t, 1);
      drops(t, 2);
    },
  ],
];

describe('the status', () => {
  it.each(lines)('%s: %s', (status, _when, facts) => {
    const transaction = purchase();
    facts(transaction);
    expect(statusOf(transaction)).toBe(status);
  });

  it('a target that was solved counts as settled', () => {
    const transaction = purchase();
    pays(transaction, 'captured');
    seated(transaction);
    drops(transaction, 2);
    refunds(transaction, 'unsure', { amountMinor: 20, origin: 'machine' });
    expect(isSettled(transaction)).toBe(false);
    for (const target of [`item:${itemId(2)}`, refundId(1)])
      transaction.attention.push({ target, reason: 'refund_failed', state: 'solved', raisedAt: 0 });
    expect(isSettled(transaction)).toBe(true);
  });
});

describe('the end of a purchase', () => {
  it('is set at the first commit that leaves nothing to do, and stays when work comes after', () => {
    const transaction = purchase();
    pays(transaction, 'captured');
    seated(transaction);
    const ended = after(transaction, { type: 'tick' }, 7).transaction;
    expect(ended).toMatchObject({ status: 'completed', endedAt: 7 });
    const sales = after(ended, { type: 'refund', scope: 'item', item: itemId(1) }, 9).transaction;
    expect(sales).toMatchObject({ status: 'processing', endedAt: 7 });
  });
  it('is not set while the traveller may still pay', () => {
    const transaction = purchase();
    pays(transaction, 'closed');
    expect(after(transaction, { type: 'tick' }).transaction).toMatchObject({ status: 'created', endedAt: null });
  });
});
