import { describe, expect, it } from 'vitest';
import { completeEffect } from '../../../../server/domain/transaction/complete.ts';
import {
  askOf,
  givenUpAs,
  itemsToSend,
  repeatDelayMs,
  repeatDelays,
  stillWanted,
} from '../../../../server/domain/transaction/repeats.ts';
import type { Effect, EffectKind, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { after, cellsOf, effectOf, itemId, payId, pays, purchase, seated } from './purchases.ts';

/** Seconds; what an effect comes back as when the list is used up. */
const DELAYS = `
| effect | known not done, repeated after | given up as |
| --- | --- | --- |
| open_payment | 1, 3, 10 | not_done |
| confirm_payment | 1, 3, 10, 30, 60 | not_done |
| capture_payment | 5, 15, 60, 300, 1800, 7200 | overdue |
| close_payment | 5, 30, 300, 1800, 7200, 21600 | overdue |
| refund_payment | 5, 30, 300, 1800, 7200, 21600 | overdue |
| inspect_payment | 5, 15, 30, 60, 120 | tick |
| assign_seats | 5, 15, 30, 60, 120 | overdue |
| issue_emds | 5, 15, 30, 60, 120 | overdue |
| remove_seats | 5, 30, 300, 1800, 7200, 21600 | overdue |
| refund_emds | 5, 30, 300, 1800, 7200, 21600 | overdue |
| look_up_booking | 5, 15, 30, 60, 120 | tick |
| expire |  | expire |`;

const cells = cellsOf(DELAYS);
const text = (row: string, column: string) => cells.find((cell) => cell.row === row && cell.column === column)!.text;

const held = (): Transaction => {
  const transaction = purchase();
  pays(transaction, 'authorised');
  return after(transaction, { type: 'tick' }).transaction;
};
const capturing = (): Transaction => {
  const transaction = purchase();
  seated(transaction);
  pays(transaction, 'authorised');
  return after(transaction, { type: 'tick' }).transaction;
};
const made = (transaction: Transaction, kind: EffectKind): Effect => effectOf(transaction, kind)!;

describe('a vendor that says "not now"', () => {
  it.each(Object.keys(repeatDelays) as EffectKind[])('%s is repeated after its list, then given up', (kind) => {
    const seconds = text(kind, 'known not done, repeated after').split(', ').filter(Boolean).map(Number);
    const delays = [...seconds.keys()].map((n) => repeatDelayMs(kind, n));
    expect(delays).toEqual(seconds.map((n) => n * 1000));
    expect(repeatDelayMs(kind, seconds.length)).toBeNull();
    const transaction = held();
    const effect: Effect = { ...made(transaction, 'assign_seats'), kind, target: payId, input: inputOf(kind) };
    const event = givenUpAs(transaction, effect, 7);
    const word = 'word' in event ? event.word : event.type === 'things' ? event.list[0]!.word : event.type;
    expect(word).toBe(text(kind, 'given up as'));
    expect(event.at).toBe(7);
  });
  const inputOf = (kind: EffectKind) =>
    kind === 'refund_payment' ? { refund: 'ref_1' } : /seats|emds|booking/.test(kind) ? { items: [itemId(1)] } : {};

  it('seats given up are dropped as not available now', () => {
    const transaction = held();
    const effect = made(transaction, 'assign_seats');
    const then = after(completeEffect(transaction, effect.id), givenUpAs(transaction, effect, 7)).transaction;
    expect(then.items).toMatchObject([{ reason: 'gds_unavailable' }, { reason: 'gds_unavailable' }]);
    expect(then.stopped).toBe('nothing_assigned');
  });
});

describe('is it still wanted?', () => {
  it('seats: while one item is', () => {
    const transaction = held();
    const effect = made(transaction, 'assign_seats');
    expect(stillWanted(transaction, effect, 7)).toBeNull();
    const fewer = after(transaction, { type: 'refund', scope: 'item', item: itemId(1) }).transaction;
    expect(stillWanted(fewer, effect, 7)).toBeNull();
    expect(itemsToSend(fewer, effect)).toMatchObject({
      items: [{ id: itemId(2) }],
      leftOut: [{ item: itemId(1), thing: 'seat', word: 'absent' }],
    });
    const none = after(fewer, { type: 'refund', scope: 'whole' }).transaction;
    const event = stillWanted(none, effect, 7)!;
    expect(event).toMatchObject({ type: 'things', list: [{ word: 'absent' }, { word: 'absent' }] });
    const then = after(completeEffect(none, effect.id), event).transaction;
    expect(then.items.every(({ seat }) => seat.state === 'absent')).toBe(true);
  });
  it('documents: the same', () => {
    const transaction = held();
    for (const item of transaction.items) item.seat.state = 'present';
    const issuing = after({ ...transaction, effects: [] }, { type: 'tick' }).transaction;
    const effect = made(issuing, 'issue_emds');
    expect(stillWanted(issuing, effect, 7)).toBeNull();
    const none = after(issuing, { type: 'refund', scope: 'whole' }).transaction;
    expect(stillWanted(none, effect, 7)).toMatchObject({ list: [{ item: itemId(2), thing: 'emd', word: 'absent' }] });
  });
  it.each(['open', 'confirm'] as const)('%s: not once the payment is given up', (asked) => {
    const transaction = purchase();
    pays(transaction, 'opening', { asked });
    const opening = after(transaction, { type: 'tick' }).transaction;
    const effect = made(opening, `${asked}_payment`);
    expect(stillWanted(opening, effect, 7)).toBeNull();
    const gone = after(opening, { type: 'cancel' }).transaction;
    expect(stillWanted(gone, effect, 7)).toEqual({
      type: 'payment',
      at: 7,
      payment: payId,
      word: 'not_done',
      answered: `${payId}:${asked}`,
    });
  });
  it('capture: not once another sum is due', () => {
    const transaction = capturing();
    const effect = made(transaction, 'capture_payment');
    expect(stillWanted(transaction, effect, 7)).toBeNull();
    const fewer = after(transaction, { type: 'refund', scope: 'item', item: itemId(1) }).transaction;
    const event = stillWanted(fewer, effect, 7)!;
    expect(event).toMatchObject({ word: 'not_done', answered: askOf(effect) });
    const then = after(completeEffect(fewer, effect.id), event).transaction;
    expect(made(then, 'capture_payment').input.amountMinor).toBe(20);
  });
  it('close, refund and remove always are', () => {
    const transaction = after(capturing(), { type: 'refund', scope: 'whole' }).transaction;
    for (const kind of ['close_payment', 'refund_payment', 'remove_seats', 'refund_emds'] as const)
      expect(stillWanted(transaction, { ...made(transaction, 'capture_payment'), kind }, 7)).toBeNull();
  });
});

describe('an effect that is complete', () => {
  it('is taken out, and the stored purchase is untouched', () => {
    const transaction = held();
    const effect = made(transaction, 'assign_seats');
    const then = completeEffect(transaction, effect.id);
    expect(then.effects.map(({ id }) => id)).not.toContain(effect.id);
    expect(transaction.effects).toContain(effect);
  });
});
