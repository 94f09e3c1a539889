import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../../server/domain/transaction/transaction.ts';
import { transition } from '../../../../server/domain/transaction/transition.ts';
import { comparable, eventFromModel, fromModel, type ModelEvent, type ModelTransaction } from './model-mapping.ts';

/** `WALKS=20000 FROM=40001 npx vitest run …` walks further; a failure names its seed. */
const count = Number(process.env.WALKS ?? 300);
const from = Number(process.env.FROM ?? 1);

const folder = fileURLToPath(new URL('../../../../../shared/transaction-model/', import.meta.url));
const there = existsSync(folder);

interface World {
  now: number;
  mutant?: string;
  rows: ModelTransaction[];
}
interface WorldPrototype {
  commit(index: number, before: ModelTransaction, event: ModelEvent, ...rest: unknown[]): unknown;
}
interface Walks {
  /** @returns the world in which it was walked */
  walk(seed: number): { violations: string[] };
}

const load = async () => (await import(pathToFileURL(`${folder}walks.mjs`).href)) as Walks;

/** The parts that differ, ours beside the model's. */
const differences = (ours: Transaction, theirs: Transaction): string[] =>
  (Object.keys(theirs) as (keyof Transaction)[])
    .filter((key) => !isDeepStrictEqual(ours[key], theirs[key]))
    .map((key) => `${key}: ${JSON.stringify(ours[key])} beside ${JSON.stringify(theirs[key])}`);

/** Where ours differs on purpose. These steps are left out, the walk goes on from the model's own state. */
const declared: {
  what: string;
  when: (before: ModelTransaction, event: ModelEvent, after: ModelTransaction) => boolean;
}[] = [
  {
    // an item was refunded while a payment was open: the model then opens the next payment for the old sum
    what: 'a payment is opened for the sum of the wanted prices',
    when: (before, event, after) =>
      event.type === 'pay' &&
      after.attempts.length > before.attempts.length &&
      after.attempts.at(-1)!.amount !== wantedPrices(after),
  },
  {
    // the model waits for the next event, which never comes where nothing is to be paid
    what: 'the rest of a booking goes on at once when the looks at one item are used up',
    when: (before, _event, after) => missing(after) > missing(before),
  },
  {
    // the model puts it on the list once more when the looks at another refund are used up
    what: 'a refund that an operator solved is left alone for good',
    when: (_before, _event, after) =>
      after.attention.some(
        (entry) =>
          entry.state === 'open' &&
          after.attention.some((other) => other.target === entry.target && other.state === 'solved') &&
          after.refunds.some((refund) => refund.id === entry.target),
      ),
  },
];

const wantedPrices = (model: ModelTransaction): number =>
  model.items.reduce((sum, item) => sum + (item.want === 'keep' ? item.price : 0), 0);

const missing = (model: ModelTransaction): number =>
  model.attention.filter((entry) => entry.reason === 'gds_outcome_missing').length;

describe('transition beside the shared model', () => {
  it.skipIf(!there)(
    'takes the same step at every commit of the walks (needs ../shared/transaction-model)',
    async () => {
      const { walk } = await load();
      // Of a world that was walked in: an import of world.mjs of our own may be another copy of it.
      const worlds = Object.getPrototypeOf(walk(from)) as WorldPrototype;
      const original = worlds.commit;
      const found: string[] = [];
      let steps = 0;
      let seed = 0;
      worlds.commit = function (this: World, index, before, event, ...rest) {
        const copy = structuredClone(before);
        const result = original.call(this, index, before, event, ...rest) as { t?: ModelTransaction; answer: unknown };
        if (!result.t || found.length) return result;
        steps += 1;
        const ours = transition(fromModel(copy), eventFromModel(copy, event, this.now));
        const differing = differences(comparable(ours.transaction), comparable(fromModel(result.t)));
        if (differing.length && !declared.some(({ when }) => when(copy, event, result.t!)))
          found.push(`seed ${seed}, ${JSON.stringify(event)}`, ...differing);
        // the model says nothing of an operator's action that meets no entry
        if (event.type !== 'operator' && ours.answer !== result.answer)
          found.push(`seed ${seed}, ${JSON.stringify(event)}: answers ${ours.answer} beside ${String(result.answer)}`);
        return result;
      };
      try {
        for (seed = from; seed < from + count && !found.length; seed += 1) expect(walk(seed).violations).toEqual([]);
      } finally {
        worlds.commit = original;
      }
      expect(found).toEqual([]);
      expect(steps).toBeGreaterThan(10 * count);
    },
    60_000 + 50 * count,
  );
});
