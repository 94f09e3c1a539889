import { describe, expect, it } from 'vitest';
import { emdTable, paymentTable, seatTable } from '../../../../server/domain/transaction/tables.ts';
import { bookingLooksMs, looksMs } from '../../../../server/domain/transaction/times.ts';
import { isConfirmed, isUndecided, live } from '../../../../server/domain/transaction/derived.ts';
import { transition } from '../../../../server/domain/transaction/transition.ts';
import type { Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { interleavings, type Interleaving } from './interleavings.ts';
import { Play, type Hear, type Step } from './play.ts';

describe('interleavings', () => {
  it.each(interleavings)('$n $name', ({ options, play }) => {
    const p = new Play(options);
    play(p);
    expect(p.broken).toEqual([]);
  });
});

/** Whether the interleaving notices: an expectation fails, a step is not there, or something broke that must always hold. */
function notices({ options, play }: Interleaving, step: Step, hear?: Hear): boolean {
  const p = new Play(options, step, hear);
  try {
    play(p);
  } catch {
    return true;
  }
  return p.broken.length > 0;
}

/** Runs `work` with one entry of the machine's own data replaced. */
function altered<T extends object, K extends keyof T>(data: T, key: K, value: T[K], work: () => void): void {
  const before = data[key];
  data[key] = value;
  try {
    work();
  } finally {
    data[key] = before;
  }
}

const after =
  (change: (then: Transaction, before: Transaction, event: Parameters<Step>[1]) => void): Step =>
  (before, event) => {
    const result = transition(before, event);
    change(result.transaction, before, event);
    return result;
  };

describe('mutants: each broken machine is caught by the interleavings', () => {
  const caught = (step: Step = transition, hear?: Hear) =>
    interleavings.filter((interleaving) => notices(interleaving, step, hear)).map(({ n }) => n);

  it('unknown_is_refused: a GDS timeout counts as a refusal', () => {
    altered(seatTable.adding as { unknown: object }, 'unknown', seatTable.adding.refused, () =>
      altered(emdTable.adding as { unknown: object }, 'unknown', emdTable.adding.refused, () =>
        expect(caught()).toEqual([13, 14]),
      ),
    );
  });

  it('capture_early: captures as soon as the first seat is confirmed', () => {
    const early = after((then) => {
      const payment = live(then);
      if (payment?.state !== 'authorised' || !isUndecided(then) || !then.items.some(isConfirmed)) return;
      payment.state = 'capturing';
      const look = then.effects.find(({ kind }) => kind === 'inspect_payment')!;
      then.effects.push({
        ...look,
        id: 'eff_early',
        kind: 'capture_payment',
        input: { amountMinor: payment.amountMinor },
      });
    });
    expect(caught(early)).toEqual(expect.arrayContaining([1, 2, 16]));
  });

  it('late_money_ignored: money that arrives for a closed payment is ignored', () => {
    const row = paymentTable.closed as { authorised: object; captured: object };
    altered(row, 'authorised', {}, () => altered(row, 'captured', {}, () => expect(caught()).toEqual([9, 9])));
  });

  it('no_quiet_time: looks at once after a lost answer', () => {
    altered(bookingLooksMs as number[], 0, 0, () => expect(caught()).toEqual([14]));
    altered(looksMs.unsure as number[], 0, 0, () => expect(caught()).toEqual([15]));
  });

  it('expire_without_close: expires without closing the gateway object', () => {
    const unclosed = after((then, _before, event) => {
      if (event.type !== 'expire' || then.stopped !== 'expired') return;
      for (const payment of then.payments) payment.state = 'closed';
      then.effects = then.effects.filter(({ kind }) => kind !== 'close_payment');
    });
    expect(caught(unclosed)).toEqual(expect.arrayContaining([9, 20, 21]));
  });

  it('no_look_planned: plans no look of its own', () => {
    const blind = after((then) => {
      then.effects = then.effects.filter(({ kind }) => kind !== 'inspect_payment');
    });
    expect(caught(blind)).toEqual(expect.arrayContaining([2, 9, 15, 16, 18, 22, 24]));
  });

  it('no_rank: callbacks are believed in the order in which they come', () => {
    const gullible: Hear = (payment, { word, ...facts }, at) => ({
      type: 'payment',
      at,
      payment: payment.id,
      word,
      facts,
    });
    expect(caught(transition, gullible)).toEqual([4, 4, 4, 4]);
  });

  it('two_live_attempts: a double click opens a second payment', () => {
    const twice: Step = (before, event) => {
      if (event.type !== 'pay' || !live(before)) return transition(before, event);
      const hidden = structuredClone(before);
      for (const payment of hidden.payments) payment.givenUp = true;
      const result = transition(hidden, event);
      for (const [n, payment] of before.payments.entries()) result.transaction.payments[n]!.givenUp = payment.givenUp;
      return result;
    };
    expect(caught(twice)).toEqual([5]);
  });

  it('replaced_still_sold: after other seats were chosen the old ones are still asked for', () => {
    const sold = after((then, before, event) => {
      if (event.type === 'reprice') then.items = [...before.items, ...then.items];
    });
    expect(caught(sold)).toEqual([7, 26]);
  });

  it('the open payment kept beside a new list', () => {
    const kept = after((then, _before, event) => {
      if (event.type !== 'reprice') return;
      for (const payment of then.payments) Object.assign(payment, { givenUp: false, end: null });
    });
    expect(caught(kept)).toEqual([26]);
  });

  it('a new key at each asking', () => {
    const random = after((then) => {
      for (const { input } of then.effects) if (input.key) input.key += `:${then.version}`;
    });
    expect(caught(random)).toEqual(expect.arrayContaining([16]));
  });

  it('no refund of the excess', () => {
    const kept = after((then) => {
      then.refunds = then.refunds.filter(({ origin }) => origin !== 'machine');
      then.effects = then.effects.filter(
        ({ input }) => !input.refund || then.refunds.some(({ id }) => id === input.refund),
      );
    });
    expect(caught(kept)).toEqual(expect.arrayContaining([9, 25]));
  });
});
