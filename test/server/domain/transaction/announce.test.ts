import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../../../server/domain/transaction/describe-event.ts';
import { startTransaction } from '../../../../server/domain/transaction/start.ts';
import type { EventType, ToldEvent, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { after, itemId, payId, pays, purchase, refundId, refunds, seat, seated, ULID } from './purchases.ts';

const told = (type: EventType, about: string): ToldEvent => ({ seq: 1, type, about });
const txn = `txn_${ULID}`;

describe('a new purchase', () => {
  it('is created, waits fifteen minutes for the traveller, and says so', () => {
    const items = [seat(10), seat(20)];
    const { transaction, events } = startTransaction({
      id: txn,
      brand: 'skyline',
      bookingKey: 'digest',
      gds: 'amadeus',
      gateway: null,
      mode: 'manual',
      currency: 'EUR',
      can: purchase().can,
      items,
      at: 1000,
    });
    expect(transaction).toMatchObject({ status: 'created', version: 1, quote: 1, expiresAt: 901_000, endedAt: null });
    expect(transaction.items.map(({ id }) => id)).toEqual([itemId(1), itemId(2)]);
    expect(transaction.effects).toMatchObject([{ id: `eff_${ULID}_1`, kind: 'expire', dueAt: 901_000 }]);
    expect(events).toEqual([{ seq: 1, type: 'transaction.created', about: txn }]);
    items[0]!.priceMinor = 99;
    expect(transaction.items[0]!.priceMinor).toBe(10);
  });
});

describe('what the partner is told', () => {
  const types = (before: Transaction) => after(before, { type: 'tick' }).events.map(({ type, about }) => [type, about]);

  it.each(['declined', 'lost', 'never_opened'])('a payment that ended as %s failed', (end) => {
    const transaction = purchase();
    pays(transaction, 'closed', { end });
    expect(types(transaction)).toContainEqual(['payment.failed', payId]);
  });
  it.each(['replaced', 'by_time', 'by_hand', 'expired', 'abandoned'])('one that ended as %s did not', (end) => {
    const transaction = purchase();
    pays(transaction, 'closed', { end });
    expect(types(transaction).flat()).not.toContain('payment.failed');
  });
  it('the first capture, and never its reversal', () => {
    const transaction = purchase();
    seated(transaction);
    pays(transaction, 'authorised', { capturedOnce: true });
    expect(types(transaction)).toContainEqual(['payment.processed', payId]);
  });

  const fulfilments: [string | null, string, (transaction: Transaction) => void][] = [
    [null, 'no seat was asked for', () => undefined],
    [null, 'some item is undecided', ({ items }) => void (items[0]!.seat.state = 'present')],
    ['confirmed', 'every item is there', seated],
    [
      'partially_confirmed',
      'one is there, one is gone',
      (t) => {
        seated(t);
        t.items[0]!.want = 'drop';
      },
    ],
    [
      'failed',
      'none is there and none was sold',
      ({ items }) => {
        for (const item of items) item.want = 'drop';
        items[0]!.seat.tries = 1;
      },
    ],
    [
      'cancelled',
      'none is there and one was sold',
      ({ items }) => {
        for (const item of items) item.want = 'drop';
        items[0]!.sold = true;
      },
    ],
  ];
  it.each(fulfilments)('fulfilment %s: %s', (word, _when, facts) => {
    const transaction = purchase();
    pays(transaction, 'captured');
    facts(transaction);
    const said = types(transaction).filter(([type]) => type === 'fulfillment.updated');
    expect(said).toEqual(word ? [['fulfillment.updated', word]] : []);
  });

  it('each event once, numbered on in the commit that causes it', () => {
    const transaction = purchase();
    seated(transaction);
    pays(transaction, 'captured');
    transaction.eventSeq = 1;
    const first = after(transaction, { type: 'tick' });
    expect(first.events.map(({ seq, type }) => [seq, type])).toEqual([
      [2, 'payment.processed'],
      [3, 'fulfillment.updated'],
      [4, 'transaction.completed'],
    ]);
    expect(after(first.transaction, { type: 'tick' }).events).toEqual([]);
  });
});

describe('the data of an event', () => {
  function standing() {
    const transaction = purchase({ items: [seat(1050), seat(2000)] });
    pays(transaction, 'captured', {
      amountMinor: 3050,
      capturedMinor: 3050,
      end: 'declined',
      disputes: [{ ref: 'dp_1', amountMinor: 3050, dueAt: '2026-02-01T00:00:00Z', outcome: 'won' }],
    });
    refunds(transaction, 'present', { amountMinor: 5 });
    transaction.status = 'completed';
    return transaction;
  }
  const always = { transaction_id: txn, currency: 'EUR' };
  const paid = { payment_id: payId, gateway: 'stripe', gateway_reference: 'pi_1' };

  it.each<[EventType, string, Record<string, unknown>]>([
    ['transaction.created', txn, { amount: 30.5, amount_minor: 3050 }],
    ['transaction.completed', txn, { status: 'completed', amount: 30.45, amount_minor: 3045 }],
    ['transaction.failed', txn, { status: 'completed', reason: 'payment_lost' }],
    ['payment.processed', payId, { ...paid, amount: 30.5, amount_minor: 3050 }],
    ['payment.failed', payId, { ...paid, reason: 'declined' }],
    ['fulfillment.updated', 'partially_confirmed', { status: 'partially_confirmed' }],
    [
      'refund.processed',
      refundId(1),
      { refund_id: refundId(1), payment_id: payId, origin: 'partner', amount: 0.05, amount_minor: 5 },
    ],
    ['transaction.attention', `${payId}:mismatch:1`, { reason: 'mismatch', payment_id: payId }],
    [
      'transaction.attention',
      `item:${itemId(2)}:seat_not_given_back:2`,
      { reason: 'seat_not_given_back', item_id: itemId(2) },
    ],
    ['transaction.attention', `${refundId(1)}:refund_failed:1`, { reason: 'refund_failed', refund_id: refundId(1) }],
    [
      'dispute.opened',
      'dp_1',
      { dispute_id: 'dp_1', payment_id: payId, amount: 30.5, amount_minor: 3050, due_at: '2026-02-01T00:00:00Z' },
    ],
    [
      'dispute.closed',
      'dp_1',
      { dispute_id: 'dp_1', payment_id: payId, amount: 30.5, amount_minor: 3050, outcome: 'won' },
    ],
  ])('%s about %s', (type, about, data) => {
    expect(describeEvent(standing(), told(type, about))).toEqual({ ...always, ...data });
  });

  it('names the stop, and the partner’s own reference and source where they are known', () => {
    const transaction = { ...standing(), stopped: 'expired', status: 'expired' } as const;
    expect(
      describeEvent(transaction, told('transaction.failed', txn), { reference: 'A-1', source: 'checkout' }),
    ).toEqual({ ...always, status: 'expired', reason: 'expired', reference: 'A-1', source: 'checkout' });
  });

  it.each([
    ['JPY', 1250, '1250'],
    ['KWD', 1250, '1.25'],
    ['EUR', 10, '0.1'],
    ['EUR', 30, '0.3'],
    ['EUR', 123_456_789_012, '1234567890.12'],
  ])('amounts are exact: %s %i is %s', (currency, minor, text) => {
    const transaction = { ...purchase({ items: [seat(minor)] }), currency };
    expect(JSON.stringify(describeEvent(transaction, told('transaction.created', txn)))).toContain(`"amount":${text},`);
  });
});
