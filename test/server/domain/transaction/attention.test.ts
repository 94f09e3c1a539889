import { describe, expect, it } from 'vitest';
import type { PaymentFacts } from '../../../../server/domain/transaction/event.ts';
import type { Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { after, busy, effectOf, itemId, payId, pays, purchase, refundId, refunds, seated } from './purchases.ts';

const who = { by: 'ada', note: 'looked at the dashboard' };

function disputed(): Transaction {
  const transaction = purchase();
  pays(transaction, 'captured');
  seated(transaction);
  return transaction;
}
const says = (word: 'disputed' | 'captured', dispute?: PaymentFacts['dispute']) =>
  ({ type: 'payment', payment: payId, word, ...(dispute && { facts: { dispute } }) }) as const;
const opened = { ref: 'dp_1', amountMinor: 30, dueAt: '2026-02-01T00:00:00Z' };

describe('a person’s decision', () => {
  function entry(reason: 'capture_failed' | 'mismatch' = 'capture_failed') {
    const transaction = purchase();
    seated(transaction);
    pays(transaction, 'authorised', { asksMade: { capture: 8 }, looks: 3 });
    transaction.attention.push({ target: payId, reason, state: 'open', raisedAt: 1 });
    return transaction;
  }

  it('retry: the entry is closed with who and why, counts start again, and the machine goes on', () => {
    const then = after(entry(), { type: 'operator', action: 'retry', target: payId, ...who }).transaction;
    expect(then.attention).toMatchObject([{ state: 'retried', closedBy: 'ada', note: who.note }]);
    expect(effectOf(then, 'capture_payment')!.input.amountMinor).toBe(30);
    expect(then.payments[0]!.asksMade.capture).toBe(1);
  });
  it('reverse: the same, and the purchase is called off', () => {
    const then = after(entry(), { type: 'operator', action: 'reverse', target: payId, ...who }).transaction;
    expect(then.stopped).toBe('operator');
    expect(effectOf(then, 'close_payment')).toBeDefined();
    expect(effectOf(then, 'refund_emds')).toBeDefined();
  });
  it.each([
    [30, { state: 'captured', capturedMinor: 30, capturedOnce: true, givenUp: false }],
    [0, { state: 'closed', capturedMinor: 0, givenUp: true, end: 'by_hand' }],
  ])('solved, took %i: the payment goes on from there', (tookMinor, expected) => {
    const transaction = entry('mismatch');
    busy(transaction, 'capture_payment', payId);
    const then = after(transaction, { type: 'operator', action: 'solved', target: payId, tookMinor, ...who });
    expect(then.transaction.payments[0]).toMatchObject(expected);
    expect(then.transaction.attention[0]).toMatchObject({ state: 'retried', closedBy: 'ada' });
    expect(effectOf(then.transaction, 'capture_payment')).toBeUndefined();
  });
  it.each([
    [true, 'present'],
    [false, 'absent'],
  ] as const)('solved, held %s: the item is left as it is for good', (held, state) => {
    const transaction = disputed();
    transaction.items[1]!.seat.state = 'unsure';
    transaction.attention.push({
      target: `item:${itemId(2)}`,
      reason: 'gds_outcome_missing',
      state: 'open',
      raisedAt: 1,
    });
    const event = { type: 'operator', action: 'solved', target: `item:${itemId(2)}`, held, ...who } as const;
    const then = after(transaction, event).transaction;
    expect(then.items[1]).toMatchObject({ seat: { state }, emd: { state }, want: held ? 'keep' : 'drop' });
    expect(then.attention[0]!.state).toBe('solved');
    expect(then.effects.filter(({ lane }) => lane === 'gds')).toEqual([]);
  });
  it.each([true, false])('solved, made %s: the refund is left as it is for good', (made) => {
    const transaction = disputed();
    const row = refunds(transaction, 'unsure', { amountMinor: 30 });
    transaction.attention.push({ target: row.id, reason: 'refund_failed', state: 'open', raisedAt: 1 });
    const event = { type: 'operator', action: 'solved', target: row.id, made, ...who } as const;
    const then = after(transaction, event).transaction;
    expect(then.refunds[0]).toMatchObject(made ? { state: 'present', dropped: false } : { dropped: true });
    expect(then.attention[0]!.state).toBe('solved');
  });
  it('retry of a refund looks before it asks again', () => {
    const transaction = disputed();
    refunds(transaction, 'adding', { tries: 8 });
    transaction.attention.push({ target: refundId(1), reason: 'refund_failed', state: 'open', raisedAt: 1 });
    const then = after(transaction, { type: 'operator', action: 'retry', target: refundId(1), ...who }).transaction;
    expect(then.refunds[0]).toMatchObject({ state: 'unsure', tries: 0 });
    expect(effectOf(then, 'inspect_payment')).toMatchObject({ purpose: 'refund' });
  });
  it('without an open entry nothing happens', () => {
    expect(after(disputed(), { type: 'operator', action: 'reverse', target: payId, ...who }).answer).toBe('ignored');
  });
  it('a target that was raised twice is told twice, by number', () => {
    const again = after(entry(), { type: 'operator', action: 'retry', target: payId, ...who }).transaction;
    const failed = after({ ...again, effects: [] }, { type: 'payment', payment: payId, word: 'capture_refused' });
    expect(failed.events).toMatchObject([{ type: 'transaction.attention', about: `${payId}:capture_failed:2` }]);
  });
});

describe('a dispute', () => {
  it('is stored, told once and left to a person', () => {
    const { transaction, events } = after(disputed(), says('disputed', opened));
    expect(transaction.payments[0]!.disputes).toEqual([opened]);
    expect(transaction.attention).toMatchObject([{ target: payId, reason: 'dispute' }]);
    expect(events.map(({ type, about }) => [type, about])).toContainEqual(['dispute.opened', 'dp_1']);
    const again = after(transaction, says('disputed', opened));
    expect(again.events).toEqual([]);
    expect(again.transaction.attention).toHaveLength(1);
  });
  it('freezes refunds while it is open, the seats stay', () => {
    const transaction = after(disputed(), says('disputed', opened)).transaction;
    const then = after(transaction, { type: 'refund', scope: 'item', item: itemId(1) }).transaction;
    expect(effectOf(then, 'refund_payment')).toBeUndefined();
    expect(then.items.every(({ seat }) => seat.state !== 'absent')).toBe(true);
  });
  it('is found by a look, too', () => {
    const { transaction, events } = after(disputed(), says('captured', opened));
    expect(transaction.attention).toMatchObject([{ reason: 'dispute' }]);
    expect(events.map(({ type }) => type)).toContain('dispute.opened');
  });
  it('a look sees its end: told once, and the entry stays for the operator', () => {
    const open = after(disputed(), says('disputed', opened)).transaction;
    const { transaction, events } = after(open, says('captured', { ref: 'dp_1', amountMinor: 30, outcome: 'lost' }));
    expect(events).toMatchObject([{ type: 'dispute.closed', about: 'dp_1' }]);
    expect(transaction.payments[0]!.disputes).toEqual([{ ...opened, outcome: 'lost' }]);
    expect(transaction.attention).toMatchObject([{ state: 'open' }]);
  });
  it('an old message after its end raises nothing', () => {
    const ended = after(disputed(), says('disputed', { ...opened, outcome: 'won' })).transaction;
    const { transaction } = after(ended, says('disputed', opened));
    expect(transaction.attention).toEqual([]);
    expect(transaction.payments[0]!.disputes).toEqual([{ ...opened, outcome: 'won' }]);
  });
  it('without a reference is left to a person all the same', () => {
    const { transaction, events } = after(disputed(), says('disputed'));
    expect(transaction.attention).toMatchObject([{ reason: 'dispute' }]);
    expect(events.map(({ type }) => type)).not.toContain('dispute.opened');
  });
});

describe('refunds that a gateway names', () => {
  const reads = (list: NonNullable<PaymentFacts['refunds']>) =>
    ({ type: 'payment', payment: payId, word: 'captured', facts: { capturedMinor: 30, refunds: list } }) as const;

  it('ours is known by our id, another by the gateway’s', () => {
    const transaction = disputed();
    refunds(transaction, 'unsure', { amountMinor: 5 });
    const then = after(
      transaction,
      reads([
        { ref: 're_1', ours: refundId(1), amountMinor: 5 },
        { ref: 're_2', amountMinor: 7 },
      ]),
    ).transaction;
    expect(then.refunds).toMatchObject([
      { gatewayRef: 're_1', state: 'present', origin: 'partner' },
      { gatewayRef: 're_2', state: 'present', origin: 'gateway', amountMinor: 7 },
    ]);
    expect(
      after(
        then,
        reads([
          { ref: 're_1', amountMinor: 5 },
          { ref: 're_2', amountMinor: 7 },
        ]),
      ).transaction.refunds,
    ).toHaveLength(2);
  });
  it('one that is in doubt and not among them was not made, and is asked for again', () => {
    const transaction = disputed();
    refunds(transaction, 'unsure', { amountMinor: 5 });
    const then = after(transaction, reads([])).transaction;
    expect(then.refunds[0]!.state).toBe('adding');
    expect(effectOf(then, 'refund_payment')).toBeDefined();
  });
  it('one that failed is not there', () => {
    const transaction = disputed();
    refunds(transaction, 'present', { amountMinor: 5, gatewayRef: 're_1' });
    const then = after(
      transaction,
      reads([
        { ref: 're_1', amountMinor: 5, failed: true },
        { ref: 're_9', amountMinor: 1, failed: true },
      ]),
    );
    expect(then.transaction.attention).toMatchObject([{ target: refundId(1), reason: 'refund_failed' }]);
    expect(then.transaction.refunds).toHaveLength(1);
  });
});
