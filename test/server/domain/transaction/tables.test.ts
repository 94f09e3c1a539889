import { describe, expect, it } from 'vitest';
import type { Payment, Refund, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import type { PaymentWord, RefundWord, ThingWord } from '../../../../server/domain/transaction/words.ts';
import {
  after,
  busy,
  cellsOf,
  itemId,
  payId,
  pays,
  purchase,
  refundId,
  refunds,
  seated,
  type Happening,
} from './purchases.ts';

const PAYMENT = `
| state \\ word | opened | approved | pending | authorised | captured | declined | closed | accepted | not_done | capture_refused | unknown | overdue | mismatch | disputed |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| opening | open | · | pending | authorised | captured | open, given up | closed | · | closed | ⚠ contradiction | unsure | ⚠ payment_outcome_missing | ⚠ mismatch | ⚠ dispute |
| open | · | opening | pending | authorised | captured | open, given up | closed | · | · | ⚠ contradiction | unsure | · | ⚠ mismatch | ⚠ dispute |
| pending | open | opening | · | authorised | captured | open, given up | closed | · | · | ⚠ contradiction | unsure | ⚠ payment_outcome_missing | ⚠ mismatch | ⚠ dispute |
| authorised | · | · | · | · | captured | · | closed | · | · | · | unsure | · | ⚠ mismatch | ⚠ dispute |
| capturing | · | · | · | · | captured | · | closed | · | authorised | authorised, ⚠ capture_failed | unsure | ⚠ capture_outcome_missing | ⚠ mismatch | ⚠ dispute |
| captured | · | · | · | · | · | · | ⚠ contradiction | · | · | authorised, ⚠ capture_failed | · | · | ⚠ mismatch | ⚠ dispute |
| closing | · | · | pending | authorised | captured | · | closed | · | · | · | unsure | ⚠ payment_outcome_missing | ⚠ mismatch | ⚠ dispute |
| closed | · | · | pending | authorised | captured | · | · | · | · | · | · | · | ⚠ mismatch | ⚠ dispute |
| unsure | open | opening | pending | authorised | captured | open, given up | closed | as asked | · | authorised, ⚠ capture_failed | · | ⚠ payment_outcome_missing | ⚠ mismatch | ⚠ dispute |`;

const REFUND = `
| state \\ word | present | absent | accepted | refused | unknown | overdue |
| --- | --- | --- | --- | --- | --- | --- |
| absent | present | · | · | · | · | · |
| adding | present | absent | · | absent, ⚠ refund_failed | unsure | ⚠ refund_failed |
| present | · | · | · | absent, ⚠ refund_failed | · | · |
| unsure | present | absent | adding | absent, ⚠ refund_failed | · | ⚠ refund_failed |`;

const THING = `
| state \\ word | present | absent | refused | unknown | overdue |
| --- | --- | --- | --- | --- | --- |
| absent | present | · | · | · | · |
| adding | present | absent | absent, drop | unsure | absent, drop |
| present | · | · | · | · | · |
| removing | present | absent | present, ⚠ NOT_GIVEN_BACK | unsure | present, ⚠ NOT_GIVEN_BACK |
| unsure | present | absent | absent, drop | · | ⚠ gds_outcome_missing |`;

/** What a printed cell says. */
function read(text: string, state: string) {
  const parts = text.split(', ').filter((part) => part !== '·');
  const marks = ['given up', 'drop'];
  return {
    next: parts.find((part) => !part.startsWith('⚠') && !marks.includes(part)) ?? state,
    giveUp: parts.includes('given up'),
    drop: parts.includes('drop'),
    reason: parts.find((part) => part.startsWith('⚠'))?.slice(2),
  };
}

const reasons = (transaction: Transaction, target: string) =>
  transaction.attention.filter((entry) => entry.target === target).map((entry) => entry.reason);

/** Both lanes are kept busy, so that a cell is seen before anything follows from it. */
function stand(state: Payment['state'], options: { mode?: 'manual' | 'automatic'; seats?: boolean } = {}) {
  const transaction = purchase({ mode: options.mode ?? 'manual' });
  transaction.effects = [];
  if (options.seats) seated(transaction);
  pays(transaction, state);
  busy(transaction, 'capture_payment', payId);
  busy(transaction, 'assign_seats', 'gds');
  return transaction;
}

describe('the payment table', () => {
  const cells = cellsOf(PAYMENT);
  it('is printed whole: 9 states, 14 words', () => expect(cells).toHaveLength(126));

  const surroundings = (['manual', 'automatic'] as const).flatMap((mode) =>
    [false, true].flatMap((seats) => [false, true].map((givenUp) => ({ mode, seats, givenUp }))),
  );
  it.each(cells)('$row, $column: $text', ({ row, column, text }) => {
    const cell = read(text, row);
    for (const { mode, seats, givenUp } of surroundings) {
      const transaction = stand(row as Payment['state'], { mode, seats });
      const payment = transaction.payments[0]!;
      payment.givenUp ||= givenUp;
      const facts = column === 'captured' ? { facts: { capturedMinor: 30 } } : {};
      const result = after(transaction, {
        type: 'payment',
        payment: payId,
        word: column as PaymentWord,
        ...facts,
      }).transaction;
      const then = result.payments[0]!;
      expect(then.state).toBe(cell.next === 'as asked' ? 'open' : cell.next);
      if (cell.giveUp || payment.givenUp) expect(then.givenUp).toBe(true);
      // a capture that fails before any seat was given is a decline, nobody has to look
      const decline = cell.reason === 'capture_failed' && !seats;
      expect(reasons(result, payId)).toEqual(cell.reason && !decline ? [cell.reason] : []);
      if (decline) expect(then.givenUp).toBe(true);
    }
  });

  it.each([
    ['open', 'open'],
    ['confirm', 'open'],
    ['capture', 'capturing'],
    ['close', 'closing'],
  ] as const)('an unsure payment that was asked to %s and is accepted is %s', (asked, state) => {
    const transaction = stand('unsure', { seats: true });
    transaction.payments[0]!.asked = asked;
    const result = after(transaction, { type: 'payment', payment: payId, word: 'accepted' }).transaction;
    expect(result.payments[0]!.state).toBe(state);
  });

  it('asks for the server’s own step once the traveller approved', () => {
    const transaction = stand('open');
    transaction.effects = [];
    const result = after(transaction, { type: 'payment', payment: payId, word: 'approved' }).transaction;
    expect(result.payments[0]).toMatchObject({ state: 'opening', asked: 'confirm' });
    expect(result.effects.map(({ kind }) => kind)).toContain('confirm_payment');
  });

  it.each([
    ['closed', undefined, 'lost'],
    ['closed', 'by_time', 'by_time'],
    ['not_done', undefined, 'never_opened'],
    ['declined', undefined, 'declined'],
  ] as const)('an opening payment that hears %s (end %s) ended as %s', (word, end, expected) => {
    const facts = end ? { facts: { end } } : {};
    const result = after(stand('opening'), { type: 'payment', payment: payId, word, ...facts }).transaction;
    expect(result.payments[0]).toMatchObject({ end: expected, givenUp: true });
  });

  it('counts the money once: what is taken stands, and falls to nothing when the capture failed after all', () => {
    const taken = after(stand('capturing', { seats: true }), {
      type: 'payment',
      payment: payId,
      word: 'captured',
      facts: { capturedMinor: 30, means: { brand: 'visa', last4: '4242' } },
    }).transaction;
    expect(taken.payments[0]).toMatchObject({ capturedMinor: 30, capturedOnce: true, means: { last4: '4242' } });
    const failed = after(taken, { type: 'payment', payment: payId, word: 'capture_refused' }).transaction;
    expect(failed.payments[0]).toMatchObject({ capturedMinor: 0, capturedOnce: true });
  });

  it('takes the sum we asked for where a gateway names none', () => {
    const transaction = stand('capturing', { seats: true });
    transaction.asks[`${payId}:capture`] = { n: 1, input: '{"amountMinor":10}', inDoubt: true };
    const result = after(transaction, { type: 'payment', payment: payId, word: 'captured' }).transaction;
    expect(result.payments[0]!.capturedMinor).toBe(10);
  });
});

describe('the refund table', () => {
  const cells = cellsOf(REFUND);
  it('is printed whole: 4 states, 6 words', () => expect(cells).toHaveLength(24));

  function standing(state: string, payment: 'captured' | 'authorised') {
    const transaction = stand(payment, { seats: true });
    refunds(transaction, state as Refund['state']);
    busy(transaction, 'refund_payment', payId);
    return transaction;
  }
  it.each(cells)('$row, $column: $text', ({ row, column, text }) => {
    const cell = read(text, row);
    const event = { type: 'refund_word', refund: refundId(1), word: column as RefundWord } as const;
    const result = after(standing(row, 'captured'), event).transaction;
    expect(result.refunds[0]!.state).toBe(cell.next);
    expect(reasons(result, refundId(1))).toEqual(cell.reason ? [cell.reason] : []);
    const without = after(standing(row, 'authorised'), event).transaction;
    expect(reasons(without, refundId(1)), 'nothing to give back after a failed capture').toEqual([]);
  });
});

describe.each([
  ['seat', 'seat_not_given_back'],
  ['emd', 'emd_not_given_back'],
] as const)('the %s table', (thing, notGivenBack) => {
  const cells = cellsOf(THING.replaceAll('NOT_GIVEN_BACK', notGivenBack));
  it('is printed whole: 5 states, 5 words', () => expect(cells).toHaveLength(25));

  it.each(cells)('$row, $column: $text', ({ row, column, text }) => {
    const cell = read(text, row);
    for (const want of ['keep', 'drop'] as const) {
      const transaction = stand('authorised');
      const item = transaction.items[1]!;
      item.want = want;
      if (thing === 'emd') item.seat.state = 'present';
      item[thing].state = row as typeof item.seat.state;
      const result = after(transaction, {
        type: 'things',
        list: [{ item: itemId(2), thing, word: column as ThingWord, reason: 'seat_taken' }],
      }).transaction;
      const then = result.items[1]!;
      expect(then[thing].state).toBe(cell.next);
      expect(then.want).toBe(cell.drop ? 'drop' : want);
      if (cell.drop && want === 'keep') expect(then.reason).toBe('seat_taken');
      expect(reasons(result, `item:${itemId(2)}`)).toEqual(cell.reason ? [cell.reason] : []);
    }
  });

  it('asked for three times and absent again is given up', () => {
    const transaction = stand('authorised');
    const item = transaction.items[1]!;
    if (thing === 'emd') item.seat.state = 'present';
    item[thing] = { state: 'adding', tries: 3 };
    const event = { type: 'things', list: [{ item: itemId(2), thing, word: 'absent' }] } as const;
    expect(after(transaction, event).transaction.items[1]).toMatchObject({ want: 'drop', reason: 'gave_up' });
    item[thing].tries = 2;
    expect(after(transaction, event).transaction.items[1]!.want).toBe('keep');
  });

  it('after eight removals a person has to take it back', () => {
    const transaction = purchase();
    transaction.effects = [];
    const item = transaction.items[1]!;
    item.want = 'drop';
    item.seat.state = 'present';
    item[thing] = { state: 'present', tries: 8 };
    const result = after(transaction, { type: 'tick' }).transaction;
    expect(reasons(result, `item:${itemId(2)}`)).toEqual([notGivenBack]);
    expect(result.effects.filter(({ lane }) => lane === 'gds')).toEqual([]);
  });
});

describe('words about nobody', () => {
  it.each<Happening>([
    { type: 'payment', payment: 'pay_x_1', word: 'captured' },
    { type: 'hint', payment: 'pay_x_1' },
    { type: 'refund_word', refund: 'ref_x_1', word: 'present' },
    { type: 'refund_found', payment: 'pay_x_1', ref: 're_1', amountMinor: 5 },
    { type: 'things', list: [{ item: 'itm_x_1', thing: 'seat', word: 'refused' }] },
    { type: 'operator', action: 'reverse', target: 'pay_x_1', by: 'me', note: '' },
  ])('$type changes no more than a tick does', (event) => {
    const transaction = stand('authorised', { seats: true });
    expect(after(transaction, event).transaction).toEqual(after(transaction, { type: 'tick' }).transaction);
  });
});
