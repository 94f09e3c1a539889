import { describe, expect, it } from 'vitest';
import type { Payment, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { after, busy, effectOf, itemId, payId, pays, purchase, refunds, seat, seated } from './purchases.ts';

const MINUTE = 60_000;

/** The columns of the event table. */
const columns = {
  none: ['none', 'closed'],
  unpaid: ['opening', 'open'],
  waiting: ['pending', 'unsure'],
  held: ['authorised', 'capturing', 'closing'],
  captured: ['captured'],
  stopped: ['stopped'],
} as const;
type Standing = 'none' | 'stopped' | Payment['state'];
const everything: readonly Standing[] = Object.values(columns).flat();
const but = (...left: Standing[]): readonly Standing[] => everything.filter((one) => !left.includes(one));

/** A purchase in this column; its payment's lane is busy, so that only the event is seen. */
function stand(column: Standing): Transaction {
  const transaction = purchase();
  if (column === 'stopped') return after(transaction, { type: 'refund', scope: 'whole' }, 1).transaction;
  if (column !== 'none') {
    pays(transaction, column);
    if (column !== 'closed') busy(transaction, 'capture_payment', payId);
  }
  if (column === 'captured') seated(transaction);
  return transaction;
}
const facts = ({ items, payments, refunds: rows, quote, go, stopped, expiresAt }: Transaction) => ({
  items,
  payments,
  rows,
  quote,
  go,
  stopped,
  expiresAt,
});

describe('reprice', () => {
  const other = { type: 'reprice', items: [seat(7, false, { designator: '14C' })] } as const;

  it.each([...columns.none, ...columns.unpaid])('payment %s: the list is replaced under new ids', (column) => {
    const transaction = stand(column);
    const { transaction: then, answer } = after(transaction, other);
    expect(answer).toBeNull();
    expect(then.items.map(({ id, designator }) => [id, designator])).toEqual([[itemId(3), '14C']]);
    expect(then).toMatchObject({ quote: 2, stopped: null });
    if (column === 'opening' || column === 'open')
      expect(then.payments[0]).toMatchObject({ givenUp: true, end: 'replaced' });
    if (column === 'closed') expect(then.payments[0]!.end).toBe('declined');
  });
  it.each([...columns.waiting, ...columns.held, ...columns.captured, ...columns.stopped])(
    'payment %s: nothing changes',
    (column) => {
      const { transaction, answer } = after(stand(column), other);
      expect(answer).toBe('ignored');
      expect(transaction.items.map(({ id }) => id)).toEqual([itemId(1), itemId(2)]);
      expect(transaction.quote).toBe(1);
    },
  );
  it.each<[string, (transaction: Transaction) => void]>([
    ['a seat was tried', ({ items }) => void (items[0]!.seat.tries = 1)],
    ['a seat is in doubt', ({ items }) => void (items[1]!.seat.state = 'unsure')],
    ['an EMD was tried', ({ items }) => void (items[1]!.emd.tries = 1)],
    ['nothing to pay and the traveller said go', (transaction) => void (transaction.go = true)],
  ])('is ignored once %s', (_when, change) => {
    const transaction = stand('none');
    change(transaction);
    expect(after(transaction, other).answer).toBe('ignored');
  });
  it('ignores an empty list', () => {
    expect(after(stand('none'), { type: 'reprice', items: [] }).answer).toBe('ignored');
  });
  it('leaves an item that the partner took off', () => {
    const taken = after(stand('none'), { type: 'refund', scope: 'item', item: itemId(1) }).transaction;
    const then = after(taken, other).transaction;
    expect(then.items.map(({ id, want }) => [id, want])).toEqual([
      [itemId(1), 'drop'],
      [itemId(3), 'keep'],
    ]);
    expect(then.quote).toBe(3);
  });
  it('an old id is an unknown target afterwards', () => {
    const then = after(stand('none'), other).transaction;
    expect(after(then, { type: 'refund', scope: 'item', item: itemId(1) }).answer).toBe('ignored');
  });
});

describe('pay', () => {
  it.each(columns.none)('payment %s, current quote: a new payment for the sum of the wanted prices', (column) => {
    const before = stand(column);
    const { transaction, answer } = after(before, { type: 'pay', quote: 1 }, 20 * MINUTE);
    expect(answer).toBeNull();
    expect(transaction.payments.at(-1)).toMatchObject({
      id: `${payId.slice(0, -1)}${before.payments.length + 1}`,
      state: 'opening',
      amountMinor: 30,
      givenUp: false,
    });
    expect(transaction.expiresAt).toBe(35 * MINUTE);
    expect(effectOf(transaction, 'open_payment')!.input.key).toBe(`${transaction.payments.at(-1)!.id}:open:1`);
  });
  it.each(but('none', 'closed', 'stopped'))('payment %s, current quote: joined', (column) => {
    const before = stand(column);
    const { transaction, answer } = after(before, { type: 'pay', quote: 1 });
    expect(answer).toBe('joined');
    expect(transaction.payments).toHaveLength(before.payments.length);
  });
  it.each(but('stopped'))('payment %s, old quote: reconfirm', (column) => {
    const before = stand(column);
    before.quote = 2;
    const { transaction, answer } = after(before, { type: 'pay', quote: 1 });
    expect(answer).toBe('reconfirm');
    expect(transaction.payments).toHaveLength(before.payments.length);
  });
  it.each([1, 0])('stopped, quote %i: gone', (quote) => {
    expect(after(stand('stopped'), { type: 'pay', quote }).answer).toBe('gone');
  });
  it('nothing to pay: the seats are asked for, and there is no payment', () => {
    const { transaction, answer } = after(purchase({ items: [seat(0)] }), { type: 'pay', quote: 1 });
    expect(answer).toBeNull();
    expect(transaction).toMatchObject({ go: true, payments: [] });
    expect(effectOf(transaction, 'assign_seats')!.input.items).toEqual([itemId(1)]);
    expect(after(transaction, { type: 'pay', quote: 1 }).answer).toBe('joined');
  });
  it('is ignored where nothing can be paid and something is to be', () => {
    const { transaction, answer } = after(purchase({ gateway: null }), { type: 'pay', quote: 1 });
    expect(answer).toBe('ignored');
    expect(transaction.payments).toEqual([]);
  });
  it('after an item was refunded beside a declined payment, the next one is for what is left', () => {
    const open = stand('open');
    const fewer = after(open, { type: 'refund', scope: 'item', item: itemId(2) }).transaction;
    const declined = after(fewer, { type: 'payment', payment: payId, word: 'declined' }).transaction;
    const paid = after(declined, { type: 'pay', quote: declined.quote }).transaction;
    expect(paid.payments.at(-1)!.amountMinor).toBe(10);
  });
});

describe('cancel', () => {
  it.each([...columns.none, ...columns.unpaid])('payment %s: the purchase is abandoned', (column) => {
    const { transaction } = after(stand(column), { type: 'cancel' });
    expect(transaction).toMatchObject({ stopped: 'abandoned', items: [{ want: 'drop' }, { want: 'drop' }] });
    expect(transaction.payments.every(({ givenUp }) => givenUp)).toBe(true);
  });
  it.each(but(...columns.none, ...columns.unpaid))('payment %s: nothing changes', (column) => {
    const before = stand(column);
    const { transaction, answer } = after(before, { type: 'cancel' });
    expect(answer).toBe('ignored');
    expect(facts(transaction)).toEqual(facts(after(before, { type: 'tick' }).transaction));
  });
});

describe('expire', () => {
  const late = 16 * MINUTE;
  it.each([...columns.none, ...columns.unpaid])('payment %s: the purchase is stopped', (column) => {
    expect(after(stand(column), { type: 'expire' }, late).transaction.stopped).toBe('expired');
  });
  it.each([...columns.none, ...columns.unpaid])('payment %s, not yet due: the timer again', (column) => {
    const before = { ...stand(column), effects: [] };
    const { transaction } = after(before, { type: 'expire' }, MINUTE);
    expect(transaction.stopped).toBeNull();
    expect(effectOf(transaction, 'expire')!.dueAt).toBe(before.expiresAt);
  });
  it.each(columns.waiting)('payment %s: the timer again in five minutes', (column) => {
    const before = { ...stand(column), effects: [] };
    const { transaction } = after(before, { type: 'expire' }, late);
    expect(transaction.stopped).toBeNull();
    expect(effectOf(transaction, 'expire')!.dueAt).toBe(late + 5 * MINUTE);
  });
  it.each([...columns.held, ...columns.captured])('payment %s: nothing changes', (column) => {
    expect(after(stand(column), { type: 'expire' }, late).transaction.stopped).toBeNull();
  });
  it('stopped: the reason stands', () => {
    expect(after(stand('stopped'), { type: 'expire' }, late).transaction.stopped).toBe('partner');
  });
});

describe('refund of the whole', () => {
  it.each(but('stopped'))('payment %s: stopped by the partner', (column) => {
    const { transaction } = after(stand(column), { type: 'refund', scope: 'whole' });
    expect(transaction.stopped).toBe('partner');
    for (const payment of transaction.payments) expect(payment.givenUp).toBe(payment.state !== 'captured');
  });
  it('stopped: ignored', () => {
    expect(after(stand('stopped'), { type: 'refund', scope: 'whole' }).answer).toBe('ignored');
  });
});

describe('refund of an item', () => {
  const first = { type: 'refund', scope: 'item', item: itemId(1) } as const;
  it.each(but('stopped'))('payment %s: the item is dropped', (column) => {
    const { transaction } = after(stand(column), first);
    expect(transaction.items).toMatchObject([{ want: 'drop', reason: 'partner' }, { want: 'keep' }]);
    expect(transaction.stopped).toBeNull();
    expect(transaction.quote).toBe(column === 'none' || column === 'closed' ? 2 : 1);
  });
  it.each(but('stopped'))('payment %s: the last one stops the purchase', (column) => {
    const { transaction } = after(after(stand(column), first).transaction, { ...first, item: itemId(2) });
    expect(transaction.stopped).toBe('partner');
  });
  it.each(['stopped', 'none'] as const)('%s: one that is gone already is ignored', (column) => {
    const gone = after(stand(column), first).transaction;
    expect(after(gone, first).answer).toBe('ignored');
  });
  it('captured: its price follows as a refund', () => {
    const transaction = stand('captured');
    transaction.effects = [];
    const then = after(transaction, first).transaction;
    expect(then.refunds).toMatchObject([{ amountMinor: 10, origin: 'machine', state: 'adding' }]);
  });
});

describe('refund of an amount', () => {
  const of = (amountMinor: number) => ({ type: 'refund', scope: 'amount', amountMinor }) as const;
  it.each([1, 30])('captured: %i is a new refund, and the seats stay', (amountMinor) => {
    const { transaction, answer } = after(stand('captured'), of(amountMinor));
    expect(answer).toBeNull();
    expect(transaction.refunds).toMatchObject([{ amountMinor, origin: 'partner' }]);
    expect(transaction.items.every(({ want }) => want === 'keep')).toBe(true);
  });
  it.each([0, -1, 31, Number.NaN])('captured: %d is ignored', (amountMinor) => {
    expect(after(stand('captured'), of(amountMinor)).answer).toBe('ignored');
  });
  it('captured: no more than what is left', () => {
    const transaction = stand('captured');
    refunds(transaction, 'present', { amountMinor: 20 });
    expect(after(transaction, of(11)).answer).toBe('ignored');
    expect(after(transaction, of(10)).answer).toBeNull();
  });
  it('captured: ignored while a person looks at the payment', () => {
    const transaction = stand('captured');
    transaction.attention.push({ target: payId, reason: 'dispute', state: 'open', raisedAt: 0 });
    expect(after(transaction, of(5)).answer).toBe('ignored');
  });
  it.each(but('captured'))('payment %s: ignored', (column) => {
    expect(after(stand(column), of(5)).answer).toBe('ignored');
  });
});

describe('in every column', () => {
  it.each(but('none', 'stopped', 'closed'))('payment %s: a hint plans a look now', (column) => {
    const transaction = stand(column);
    transaction.effects = transaction.effects.filter(({ kind }) => kind !== 'inspect_payment');
    const then = after(transaction, { type: 'hint', payment: payId, sessionResult: 'words' }, 1000).transaction;
    expect(effectOf(then, 'inspect_payment')!.dueAt).toBe(column === 'unsure' ? 121_000 : 1000);
    expect(then.payments[0]!.sessionResult).toBe('words');
  });
  it('closed: a hint looks only where there is something to read', () => {
    const transaction = stand('closed');
    const hint = { type: 'hint', payment: payId } as const;
    expect(effectOf(after(transaction, hint).transaction, 'inspect_payment')).toBeDefined();
    transaction.can.readable = false;
    expect(effectOf(after(transaction, hint).transaction, 'inspect_payment')).toBeUndefined();
  });
  it.each(but('none', 'stopped'))('payment %s: a refund found at the gateway is a row, once', (column) => {
    const found = { type: 'refund_found', payment: payId, ref: 're_1', amountMinor: 5 } as const;
    const once = after(stand(column), found).transaction;
    const twice = after(once, found).transaction;
    expect(twice.refunds).toMatchObject([{ origin: 'gateway', state: 'present', gatewayRef: 're_1', amountMinor: 5 }]);
  });
  it.each(everything)('payment %s: a tick changes no fact but what was due anyway', (column) => {
    const once = after(stand(column), { type: 'tick' }).transaction;
    const twice = after(once, { type: 'tick' }).transaction;
    expect(facts(twice)).toEqual(facts(once));
  });
});

describe('consequences', () => {
  it('what is left is free and was paid for by the hold: go, and the hold is let go once the seat is there', () => {
    const transaction = purchase({ items: [seat(0), seat(20)] });
    pays(transaction, 'authorised', { amountMinor: 20 });
    const fewer = after(transaction, { type: 'refund', scope: 'item', item: itemId(2) }).transaction;
    expect(fewer.go).toBe(true);
    expect(effectOf(fewer, 'assign_seats')!.input.items).toEqual([itemId(1)]);
    expect(effectOf(fewer, 'close_payment')).toBeUndefined();
    const list = [{ item: itemId(1), thing: 'seat', word: 'present' }] as const;
    const confirmed = after({ ...fewer, effects: [] }, { type: 'things', list: [...list] }).transaction;
    expect(effectOf(confirmed, 'close_payment')!.input.held).toBe(true);
  });
  it('a refund at the gateway that reaches what was taken calls the purchase off', () => {
    const transaction = stand('captured');
    const part = after(transaction, { type: 'refund_found', payment: payId, ref: 're_1', amountMinor: 10 }).transaction;
    expect(part.stopped).toBeNull();
    const whole = after(part, { type: 'refund_found', payment: payId, ref: 're_2', amountMinor: 20 }).transaction;
    expect(whole.stopped).toBe('refunded_at_gateway');
    expect(whole.items.every(({ want }) => want === 'drop')).toBe(true);
  });
  it('the partner’s goodwill never does', () => {
    const transaction = stand('captured');
    refunds(transaction, 'present', { amountMinor: 30 });
    expect(after(transaction, { type: 'tick' }).transaction.stopped).toBeNull();
  });
  it('nothing is wanted any more: stopped', () => {
    const transaction = stand('authorised');
    for (const item of transaction.items) item.seat = { state: 'adding', tries: 1 };
    const list = [itemId(1), itemId(2)].map((item) => ({ item, thing: 'seat', word: 'refused' }) as const);
    expect(after(transaction, { type: 'things', list }).transaction.stopped).toBe('nothing_assigned');
  });
  it('what was sold stays sold', () => {
    const sold = after(stand('captured'), { type: 'tick' }).transaction;
    expect(sold.items.every((item) => item.sold)).toBe(true);
    const then = after(sold, { type: 'refund', scope: 'item', item: itemId(1) }).transaction;
    expect(then.items[0]).toMatchObject({ sold: true, want: 'drop' });
  });
});
