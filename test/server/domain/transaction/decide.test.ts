import { describe, expect, it } from 'vitest';
import { bookingLooksMs, looksMs, quietMs } from '../../../../server/domain/transaction/times.ts';
import type { EffectKind, Payment, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import {
  after,
  busy,
  cellsOf,
  effectOf,
  itemId,
  payId,
  pays,
  purchase,
  refundId,
  refunds,
  seat,
  seated,
} from './purchases.ts';

/** Two items, 10 without and 20 with EMD; looks and the timer are left out; stop is stop(payment_lost). */
const DECISIONS = `
| payment \\ items | untouched | asked | in doubt | seated, EMD missing | all confirmed (30) | one confirmed (10), one gone | none wanted, all gone | none wanted, still there |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| no payment; opening; pending; closed | · | stop | stop look_up | stop remove | stop refund_emd | stop remove | · | refund_emd |
| open | · | stop close | stop look_up, close | stop remove, close | stop refund_emd, close | stop remove, close | close | refund_emd, close |
| open, given up; authorised, given up | close | stop close | stop look_up, close | stop remove, close | stop refund_emd, close | stop remove, close | close | refund_emd, close |
| authorised (manual) | assign | · | look_up | issue | capture 30 | capture 10 | close | refund_emd, close |
| authorised (automatic) | capture 30 | capture 30 | look_up, capture 30 | capture 30 | capture 30 | capture 10 | close | refund_emd, close |
| capturing; closing; unsure | · | · | look_up | · | · | · | · | refund_emd |
| captured 30 | assign | · | look_up | issue | · | refund 20 | refund 30 | refund_emd, refund 30 |
| captured 30, given up | refund 30 | stop refund 30 | stop look_up, refund 30 | stop remove, refund 30 | stop refund_emd, refund 30 | stop remove, refund 30 | refund 30 | refund_emd, refund 30 |`;

const items: Record<string, (transaction: Transaction) => void> = {
  untouched: () => undefined,
  asked(transaction) {
    for (const item of transaction.items) item.seat.state = 'adding';
    busy(transaction, 'assign_seats', 'gds');
  },
  'in doubt'({ items: [first, second] }) {
    first!.seat.state = 'present';
    second!.seat.state = 'unsure';
  },
  'seated, EMD missing'(transaction) {
    for (const item of transaction.items) item.seat.state = 'present';
  },
  'all confirmed (30)': seated,
  'one confirmed (10), one gone'({ items: [first, second] }) {
    first!.seat.state = 'present';
    second!.want = 'drop';
  },
  'none wanted, all gone'(transaction) {
    stopped(transaction);
  },
  'none wanted, still there'(transaction) {
    seated(transaction);
    stopped(transaction);
  },
};

function stopped(transaction: Transaction): void {
  transaction.stopped = 'partner';
  for (const item of transaction.items) item.want = 'drop';
  for (const payment of transaction.payments) if (payment.state !== 'captured') payment.givenUp = true;
}

const askedOf: Partial<Record<Payment['state'], EffectKind>> = {
  opening: 'open_payment',
  capturing: 'capture_payment',
  closing: 'close_payment',
};

function stand(row: string, column: string): Transaction {
  const transaction = purchase({ mode: row.includes('automatic') ? 'automatic' : 'manual' });
  transaction.effects = [];
  if (row !== 'no payment') {
    const state = row.split(/[ ,]/)[0] as Payment['state'];
    pays(transaction, state, { ...(row.includes('given up') && { givenUp: true }) });
    const asked = askedOf[state];
    if (asked) busy(transaction, asked, payId);
  }
  items[column]!(transaction);
  return transaction;
}

const names: Partial<Record<EffectKind, string>> = {
  assign_seats: 'assign',
  issue_emds: 'issue',
  remove_seats: 'remove',
  refund_emds: 'refund_emd',
  look_up_booking: 'look_up',
  capture_payment: 'capture',
  close_payment: 'close',
  refund_payment: 'refund',
};

function decided(transaction: Transaction): string {
  const then = after(transaction, { type: 'tick' }).transaction;
  const fresh = then.effects
    .filter(({ id, kind }) => !id.startsWith('eff_busy') && names[kind])
    .map(({ kind, input }) => [names[kind], input.amountMinor].filter((part) => part !== undefined).join(' '));
  const stop =
    !transaction.stopped && then.stopped ? `stop${then.stopped === 'payment_lost' ? '' : `(${then.stopped})`} ` : '';
  return (stop + fresh.join(', ')).trim() || '·';
}

describe('what is decided next', () => {
  it.each(cellsOf(DECISIONS).flatMap(({ row, ...cell }) => row.split('; ').map((one) => ({ row: one, ...cell }))))(
    'payment $row, items $column: $text',
    ({ row, column, text }) => expect(decided(stand(row, column))).toBe(text),
  );

  it('asks for nothing of a target that is left to a person, and goes on with the rest', () => {
    const transaction = stand('authorised (manual)', 'untouched');
    transaction.attention.push({
      target: `item:${itemId(1)}`,
      reason: 'gds_outcome_missing',
      state: 'open',
      raisedAt: 0,
    });
    const { effects } = after(transaction, { type: 'tick' }).transaction;
    expect(effects.find(({ kind }) => kind === 'assign_seats')!.input.items).toEqual([itemId(2)]);
    transaction.attention.push({ target: payId, reason: 'mismatch', state: 'open', raisedAt: 0 });
    expect(after(transaction, { type: 'tick' }).transaction.effects).toEqual([]);
  });

  it.each([
    ['refundEmd', 'emd_not_given_back'],
    ['removeSeat', 'seat_not_given_back'],
  ] as const)('a GDS without %s: %s', (can, reason) => {
    const transaction = stand('no payment', 'none wanted, still there');
    transaction.can[can] = false;
    if (can === 'removeSeat') transaction.items[1]!.emd.state = 'absent';
    const then = after(transaction, { type: 'tick' }).transaction;
    expect(then.attention.map((entry) => entry.reason)).toContain(reason);
  });
});

describe('refunds', () => {
  function standing(amountMinor: number, origin: 'machine' | 'partner', kept: 'all' | 'one') {
    const transaction = stand('captured 30', kept === 'all' ? 'all confirmed (30)' : 'one confirmed (10), one gone');
    refunds(transaction, 'absent', { amountMinor, origin });
    return transaction;
  }
  it('ours is lowered to what is still owed', () => {
    const then = after(standing(30, 'machine', 'one'), { type: 'tick' }).transaction;
    expect(effectOf(then, 'refund_payment')!.input).toMatchObject({ refund: refundId(1), amountMinor: 20 });
  });
  it('ours is dropped when nothing is owed any more', () => {
    const then = after(standing(30, 'machine', 'all'), { type: 'tick' }).transaction;
    expect(then.refunds[0]).toMatchObject({ dropped: true, amountMinor: 0 });
    expect(effectOf(then, 'refund_payment')).toBeUndefined();
  });
  it('the partner’s is lowered to what is still there', () => {
    const transaction = standing(25, 'partner', 'all');
    refunds(transaction, 'present', { amountMinor: 20, origin: 'gateway', gatewayRef: 're_1' });
    const then = after(transaction, { type: 'tick' }).transaction;
    expect(effectOf(then, 'refund_payment')!.input.amountMinor).toBe(10);
  });
  it('the partner’s goodwill does not count against what we owe, a refund at the gateway does', () => {
    const goodwill = stand('captured 30', 'one confirmed (10), one gone');
    refunds(goodwill, 'present', { amountMinor: 5, origin: 'partner' });
    expect(decided(goodwill)).toBe('refund 20');
    const dashboard = stand('captured 30', 'one confirmed (10), one gone');
    refunds(dashboard, 'present', { amountMinor: 5, origin: 'gateway' });
    expect(decided(dashboard)).toBe('refund 15');
  });
  it('is asked for eight times at most', () => {
    const transaction = standing(20, 'machine', 'one');
    transaction.refunds[0]!.tries = 8;
    const then = after(transaction, { type: 'tick' }).transaction;
    expect(then.attention).toMatchObject([{ target: refundId(1), reason: 'refund_failed' }]);
  });
  it('is dropped while no money is there', () => {
    const transaction = stand('authorised (manual)', 'untouched');
    refunds(transaction, 'absent');
    expect(after(transaction, { type: 'tick' }).transaction.refunds[0]!.dropped).toBe(true);
  });
});

describe('how often one thing is asked of a gateway', () => {
  it.each([
    ['authorised', 'capture', 8, 'capture_failed'],
    ['open', 'close', 8, 'payment_outcome_missing'],
  ] as const)('%s: %s at most %i times, then %s', (state, what, most, reason) => {
    const transaction = purchase();
    transaction.effects = [];
    if (state === 'authorised') seated(transaction);
    const payment = pays(transaction, state, { asksMade: { [what]: most }, givenUp: what === 'close' });
    const then = after(transaction, { type: 'tick' }).transaction;
    expect(then.attention).toMatchObject([{ target: payment.id, reason }]);
    payment.asksMade[what] = most - 1;
    expect(effectOf(after(transaction, { type: 'tick' }).transaction, `${what}_payment`)).toBeDefined();
  });
  it('confirms three times at most, then the payment is given up and closed', () => {
    const transaction = purchase();
    pays(transaction, 'opening', { asked: 'confirm', asksMade: { confirm: 3 } });
    const then = after(transaction, { type: 'tick' }).transaction;
    expect(then.payments[0]).toMatchObject({ givenUp: true, end: 'declined', state: 'closing' });
  });
});

describe('keys', () => {
  const capturing = () => {
    const transaction = stand('authorised (manual)', 'all confirmed (30)');
    return after(transaction, { type: 'tick' }).transaction;
  };
  const without = (transaction: Transaction, kind: EffectKind): Transaction => ({
    ...transaction,
    effects: transaction.effects.filter((effect) => effect.kind !== kind),
  });
  const keyOf = (transaction: Transaction) => effectOf(transaction, 'capture_payment')?.input.key;

  it('stay while the answer is in doubt', () => {
    const first = capturing();
    expect(keyOf(first)).toBe(`${payId}:capture:1`);
    const lost = after(without(first, 'capture_payment'), { type: 'payment', payment: payId, word: 'unknown' });
    const again = after(lost.transaction, { type: 'payment', payment: payId, word: 'authorised' });
    expect(keyOf(again.transaction)).toBe(`${payId}:capture:1`);
  });
  it('are new after a known end', () => {
    const refused = after(without(capturing(), 'capture_payment'), {
      type: 'payment',
      payment: payId,
      word: 'not_done',
      answered: `${payId}:capture`,
    });
    expect(keyOf(refused.transaction)).toBe(`${payId}:capture:2`);
  });
  it('are new with other input', () => {
    const lost = after(without(capturing(), 'capture_payment'), { type: 'payment', payment: payId, word: 'unknown' });
    const fewer = after(lost.transaction, { type: 'refund', scope: 'item', item: itemId(2) }).transaction;
    fewer.items[1]!.seat.state = 'absent';
    fewer.items[1]!.emd.state = 'absent';
    const again = after(fewer, { type: 'payment', payment: payId, word: 'authorised' }).transaction;
    expect(effectOf(again, 'capture_payment')!.input).toEqual({ amountMinor: 10, key: `${payId}:capture:2` });
  });
});

describe('planned looks', () => {
  const look = (transaction: Transaction) => effectOf(transaction, 'inspect_payment');

  it.each(['open', 'pending', 'authorised', 'capturing', 'closing', 'unsure', 'captured'] as const)(
    'one stands for a payment that is %s, spaced by its list',
    (state) => {
      let transaction = purchase({ items: [seat(30)] });
      if (state === 'captured') seated(transaction);
      pays(transaction, state);
      if (state === 'authorised') busy(transaction, 'assign_seats', 'gds');
      transaction.expiresAt = Number.MAX_SAFE_INTEGER;
      let at = 0;
      for (const waitMs of looksMs[state]) {
        transaction = after(transaction, { type: 'tick' }, at).transaction;
        const planned = transaction.effects.filter(({ kind }) => kind === 'inspect_payment');
        expect(planned).toHaveLength(1);
        expect(planned[0]).toMatchObject({ dueAt: at + waitMs, purpose: state });
        at = planned[0]!.dueAt;
        transaction.effects = transaction.effects.filter((effect) => effect !== planned[0]);
      }
      const last = after(transaction, { type: 'tick' }, at).transaction;
      expect(look(last)).toBeUndefined();
      const overdue = ['pending', 'capturing', 'closing', 'unsure'].includes(state);
      expect(last.attention.map(({ reason }) => reason)).toEqual(
        !overdue ? [] : [state === 'capturing' ? 'capture_outcome_missing' : 'payment_outcome_missing'],
      );
    },
  );

  it('a closed payment is looked at only where closing is soft, readable, and it was the traveller’s', () => {
    const planned = (can: Partial<Transaction['can']>, everOpen = true) => {
      const transaction = purchase();
      Object.assign(transaction.can, can);
      pays(transaction, 'closed', { everOpen });
      return look(after(transaction, { type: 'tick' }).transaction);
    };
    expect(planned({ hardClose: false })).toMatchObject({ purpose: 'closed' });
    expect(planned({ hardClose: true })).toBeUndefined();
    expect(planned({ hardClose: false, readable: false })).toBeUndefined();
    expect(planned({ hardClose: false }, false)).toBeUndefined();
  });

  it('is planned anew when the payment changes state', () => {
    const transaction = purchase();
    pays(transaction, 'open');
    const open = after(transaction, { type: 'tick' }, 0).transaction;
    const held = after(open, { type: 'payment', payment: payId, word: 'pending' }, 1000).transaction;
    expect(held.effects.filter(({ kind }) => kind === 'inspect_payment')).toMatchObject([
      { purpose: 'pending', dueAt: 61_000 },
    ]);
  });

  it('a hint pulls it forward, and does not use it up', () => {
    const transaction = purchase();
    pays(transaction, 'open');
    const open = after(transaction, { type: 'tick' }, 0).transaction;
    const hinted = after(open, { type: 'hint', payment: payId }, 1000).transaction;
    expect(look(hinted)).toMatchObject({ dueAt: 1000 });
    expect(hinted.payments[0]!.looks).toBe(open.payments[0]!.looks - 1);
  });

  it('no look is made before the quiet time is over', () => {
    const transaction = purchase();
    pays(transaction, 'unsure');
    const unsure = after(transaction, { type: 'tick' }, 0).transaction;
    const hinted = after(unsure, { type: 'hint', payment: payId }, 1000).transaction;
    expect(look(hinted)).toMatchObject({ dueAt: quietMs });
    const bare = { ...unsure, effects: [] };
    expect(look(after(bare, { type: 'hint', payment: payId }, 1000).transaction)).toMatchObject({
      dueAt: 1000 + quietMs,
    });
  });

  it('a booking of which something is unsure is looked at seven times; then a person has to, and the rest goes on', () => {
    let transaction = purchase({ items: [seat(0), seat(0, false, { traveller: '2' })] });
    transaction.go = true;
    transaction.items[0]!.seat = { state: 'unsure', tries: 1 };
    let at = 0;
    for (const waitMs of bookingLooksMs) {
      transaction = after(transaction, { type: 'tick' }, at).transaction;
      expect(effectOf(transaction, 'look_up_booking')).toMatchObject({
        dueAt: at + waitMs,
        input: { items: [itemId(1)] },
      });
      at += waitMs;
      transaction.effects = [];
    }
    transaction = after(transaction, { type: 'tick' }, at).transaction;
    expect(transaction.attention).toMatchObject([{ target: `item:${itemId(1)}`, reason: 'gds_outcome_missing' }]);
    expect(effectOf(transaction, 'assign_seats')!.input.items).toEqual([itemId(2)]);
  });

  it('a refund that is in doubt is looked for; at the end of the list it is overdue', () => {
    let transaction = stand('captured 30', 'all confirmed (30)');
    refunds(transaction, 'unsure');
    for (let n = 0; n < looksMs.unsure.length; n += 1) {
      transaction = after(transaction, { type: 'tick' }, 0).transaction;
      expect(look(transaction)).toMatchObject({ purpose: 'refund' });
      transaction.effects = [];
    }
    transaction = after(transaction, { type: 'tick' }, 0).transaction;
    expect(transaction.attention).toMatchObject([{ target: refundId(1), reason: 'refund_failed' }]);
  });
});

describe('the clock', () => {
  it.each(['opening', 'open', 'pending', 'unsure'] as const)('runs while the payment is %s', (state) => {
    const transaction = purchase();
    transaction.effects = [];
    pays(transaction, state);
    expect(effectOf(after(transaction, { type: 'tick' }).transaction, 'expire')).toBeDefined();
  });
  it.each(['authorised', 'capturing', 'captured', 'closing'] as const)('stands once the payment is %s', (state) => {
    const transaction = purchase();
    transaction.effects = [];
    pays(transaction, state);
    expect(effectOf(after(transaction, { type: 'tick' }).transaction, 'expire')).toBeUndefined();
  });
  it('stands while a person looks at the payment', () => {
    const transaction = purchase();
    transaction.effects = [];
    pays(transaction, 'unsure');
    transaction.attention.push({ target: payId, reason: 'mismatch', state: 'open', raisedAt: 0 });
    expect(after(transaction, { type: 'tick' }).transaction.effects).toEqual([]);
  });
});
