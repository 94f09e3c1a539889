import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeEffect } from '../../../../server/domain/transaction/complete.ts';
import { live, refundedMinor } from '../../../../server/domain/transaction/derived.ts';
import type { MachineEvent } from '../../../../server/domain/transaction/event.ts';
import { askOf, givenUpAs, stillWanted } from '../../../../server/domain/transaction/repeats.ts';
import { statusOf } from '../../../../server/domain/transaction/status.ts';
import { transition } from '../../../../server/domain/transaction/transition.ts';
import type { Effect, Transaction } from '../../../../server/domain/transaction/transaction.ts';
import type { PaymentWord, RefundWord, ThingWord } from '../../../../server/domain/transaction/words.ts';
import { deepFreeze, purchase, seat, ULID } from './purchases.ts';

const paymentWords: readonly PaymentWord[] = [
  'opened',
  'approved',
  'pending',
  'authorised',
  'captured',
  'declined',
  'closed',
  'accepted',
  'not_done',
  'capture_refused',
  'unknown',
  'overdue',
  'mismatch',
  'disputed',
];
const thingWords: readonly ThingWord[] = ['present', 'absent', 'refused', 'unknown', 'overdue'];
const refundWords: readonly RefundWord[] = ['present', 'absent', 'accepted', 'refused', 'unknown', 'overdue'];

const small = fc.integer({ min: 1, max: 4 });
const list = fc.array(
  fc.record({ price: fc.constantFrom(0, 10, 20), emd: fc.boolean() }).map(({ price, emd }) => seat(price, emd)),
  { maxLength: 3 },
);
const facts = fc.record(
  {
    capturedMinor: fc.integer({ min: 0, max: 60 }),
    rank: fc.integer({ min: 0, max: 5 }),
    end: fc.constant('by_time'),
    refunds: fc.array(
      fc.record(
        { ref: fc.constantFrom('re_1', 're_2'), amountMinor: fc.integer({ min: 1, max: 10 }), failed: fc.boolean() },
        { requiredKeys: ['ref', 'amountMinor'] },
      ),
      { maxLength: 2 },
    ),
    dispute: fc.record(
      { ref: fc.constantFrom('dp_1', 'dp_2'), amountMinor: fc.constant(5), outcome: fc.constantFrom('won', 'lost') },
      { requiredKeys: ['ref', 'amountMinor'] },
    ),
  },
  { requiredKeys: [] },
);

/** Something that happens; `n` names targets that may or may not exist. */
type Happens =
  | { kind: 'event'; event: (at: number) => MachineEvent }
  | { kind: 'effect'; pick: number; word: number; lost: 'no' | 'unknown' | 'given up' };

const event = fc.oneof(
  small.map((quote) => (at: number): MachineEvent => ({ type: 'pay', quote, at })),
  list.map((items) => (at: number): MachineEvent => ({ type: 'reprice', items, at })),
  fc.constantFrom('cancel', 'expire', 'tick').map((type) => (at: number): MachineEvent => ({ type, at })),
  fc.constant((at: number): MachineEvent => ({ type: 'refund', scope: 'whole', at })),
  small.map((n) => (at: number): MachineEvent => ({ type: 'refund', scope: 'item', item: `itm_${ULID}_${n}`, at })),
  small.map((n) => (at: number): MachineEvent => ({ type: 'refund', scope: 'amount', amountMinor: n * 5, at })),
  small.map((n) => (at: number): MachineEvent => ({ type: 'hint', payment: `pay_${ULID}_${n}`, at })),
  fc.tuple(small, fc.constantFrom(...paymentWords), facts).map(
    ([n, word, brings]) =>
      (at: number): MachineEvent =>
        ({ type: 'payment', payment: `pay_${ULID}_${n}`, word, facts: brings, at }) as MachineEvent,
  ),
  fc
    .tuple(small, fc.constantFrom(...refundWords), fc.integer({ min: 0, max: 3 }))
    .map(([n, word, rank]) => (at: number): MachineEvent => ({
      type: 'refund_word',
      refund: `ref_${ULID}_${n}`,
      word,
      rank,
      at,
    })),
  small.map((n) => (at: number): MachineEvent => ({
    type: 'refund_found',
    payment: `pay_${ULID}_${n}`,
    ref: `re_${n}`,
    amountMinor: n,
    at,
  })),
  fc
    .tuple(small, fc.constantFrom('seat', 'emd'), fc.constantFrom(...thingWords))
    .map(([n, thing, word]) => (at: number): MachineEvent => ({
      type: 'things',
      list: [{ item: `itm_${ULID}_${n}`, thing, word }],
      at,
    })),
  fc
    .tuple(
      fc.constantFrom('retry', 'reverse', 'solved'),
      fc.constantFrom('pay_', 'item:itm_', 'ref_'),
      small,
      fc.boolean(),
    )
    .map(
      ([action, prefix, n, yes]) =>
        (at: number): MachineEvent =>
          ({
            type: 'operator',
            action,
            target: `${prefix}${ULID}_${n}`,
            by: 'ada',
            note: '',
            at,
            ...(action === 'solved' && { tookMinor: yes ? 10 : 0, held: yes, made: yes }),
          }) as MachineEvent,
    ),
);
const happens: fc.Arbitrary<Happens> = fc.oneof(
  { arbitrary: event.map((one): Happens => ({ kind: 'event', event: one })), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('effect' as const),
      pick: fc.nat(20),
      word: fc.nat(20),
      lost: fc.constantFrom('no', 'no', 'no', 'unknown', 'given up'),
    }),
    weight: 3,
  },
);

/** An answer to an effect, as a vendor might give it. */
function answerOf(transaction: Transaction, effect: Effect, n: number, lost: string, at: number): MachineEvent {
  if (lost === 'given up') return givenUpAs(transaction, effect, at);
  const unwanted = stillWanted(transaction, effect, at);
  if (unwanted) return unwanted;
  const ask = askOf(effect);
  const answered = lost === 'no' && ask !== undefined ? { answered: ask } : {};
  const pick = <W>(words: readonly W[]): W => words[n % words.length]!;
  if (effect.kind === 'expire') return { type: 'expire', at };
  if (effect.input.items) {
    const things = effect.kind === 'look_up_booking' ? (['seat', 'emd'] as const) : [thingOf(effect)];
    const word = lost === 'no' ? pick<ThingWord>(['present', 'absent', 'refused']) : 'unknown';
    const items = effect.input.items.flatMap((item) => things.map((thing) => ({ item, thing, word })));
    return { type: 'things', list: items, at };
  }
  if (effect.input.refund !== undefined) {
    const word = lost === 'no' ? pick<RefundWord>(['present', 'accepted', 'refused']) : 'unknown';
    return { type: 'refund_word', refund: effect.input.refund, word, at, ...answered };
  }
  const usual: Partial<Record<Effect['kind'], PaymentWord>> = {
    open_payment: 'opened',
    confirm_payment: 'authorised',
    capture_payment: 'captured',
    close_payment: 'closed',
  };
  const word = lost === 'no' ? (usual[effect.kind] ?? pick(paymentWords)) : 'unknown';
  return { type: 'payment', payment: effect.target, word, at, ...answered };
}
const thingOf = ({ kind }: Effect): 'seat' | 'emd' =>
  kind === 'assign_seats' || kind === 'remove_seats' ? 'seat' : 'emd';

function check(before: Transaction, then: Transaction, events: ReturnType<typeof transition>['events']): void {
  expect(then.version).toBe(before.version + 1);
  for (const item of before.items) {
    if (item.want === 'drop') expect(then.items.find(({ id }) => id === item.id)?.want).toBe('drop');
    const kept = then.items.find(({ id }) => id === item.id);
    if (item.sold) expect(kept?.sold).toBe(true);
  }
  for (const [n, payment] of before.payments.entries())
    if (payment.givenUp) expect(then.payments[n]!.givenUp).toBe(true);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, n) => before.eventSeq + n + 1));
  expect(then.eventSeq).toBe(before.eventSeq + events.length);
  expect(new Set(then.told).size).toBe(then.told.length);
  expect(then.status).toBe(statusOf(then));
  if (before.endedAt !== null) expect(then.endedAt).toBe(before.endedAt);
  if (before.stopped) expect(then.stopped).not.toBeNull();
  expect(then.payments.filter(({ givenUp }) => !givenUp).length).toBeLessThanOrEqual(1);
  expect(live(then)?.state).not.toBe('closed');
  const effects = then.effects.map(({ kind, target, input }) => `${kind} ${target} ${input.key ?? ''}`);
  expect(new Set(effects).size).toBe(effects.length);
  const ids = [then.items, then.payments, then.refunds, then.effects].flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const effect of then.effects)
    if (effect.kind === 'refund_payment' && !before.effects.some(({ id }) => id === effect.id)) {
      const payment = then.payments.find(({ id }) => id === effect.target)!;
      expect(refundedMinor(then, payment)).toBeLessThanOrEqual(Math.max(payment.capturedMinor, elsewhere(then)));
    }
}

/** What was given back by others: it may be more than we knew was taken. */
const elsewhere = (transaction: Transaction): number =>
  transaction.refunds.reduce((sum, refund) => sum + (refund.state === 'present' ? refund.amountMinor : 0), 0);

describe('whatever happens', () => {
  it('no event throws, the stored purchase is untouched, and nothing goes back that must not', () => {
    const capability = fc.record({
      readable: fc.boolean(),
      hardClose: fc.boolean(),
      removeSeat: fc.boolean(),
      refundEmd: fc.boolean(),
    });
    const start = fc.record({ mode: fc.constantFrom('manual', 'automatic'), can: capability, items: list });
    fc.assert(
      fc.property(start, fc.array(happens, { minLength: 10, maxLength: 60 }), (options, happenings) => {
        let transaction = deepFreeze(
          purchase({ ...options, items: options.items.length ? options.items : [seat(10)] }),
        );
        let at = 0;
        for (const happening of happenings) {
          at += 60_000;
          let before = transaction;
          let happened: MachineEvent;
          if (happening.kind === 'event') happened = happening.event(at);
          else {
            const effect = before.effects[happening.pick % Math.max(1, before.effects.length)];
            if (!effect) continue;
            happened = answerOf(before, effect, happening.word, happening.lost, at);
            before = deepFreeze(completeEffect(before, effect.id));
          }
          const result = transition(before, happened);
          check(before, result.transaction, result.events);
          transaction = deepFreeze(result.transaction);
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('the same event from the same facts makes the same purchase', () => {
    const before = purchase();
    const pay: MachineEvent = { type: 'pay', quote: 1, at: 5 };
    expect(transition(before, pay)).toEqual(transition(structuredClone(before), pay));
  });
});
