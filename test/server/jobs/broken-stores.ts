import type { Rows, Store, TransactionRows } from '../../../server/domain/ports/store.ts';
import type { Effect } from '../../../server/domain/transaction/transaction.ts';

/** A store whose purchases are read and written otherwise, in a commit and outside of one. */
function altered(store: Store, change: (rows: TransactionRows) => Partial<TransactionRows>): Store {
  const wrap = (rows: Rows): Rows => ({
    ...rows,
    transactions: { ...rows.transactions, ...change(rows.transactions) },
  });
  return { ...store, rows: wrap(store.rows), atomically: (work) => store.atomically((rows) => work(wrap(rows))) };
}

/** Broken: a server that took a lease finds it its own until it has completed the effect, whatever happened meanwhile. */
export function leaseNotChecked(store: Store): Store {
  const seen = new Map<string, Effect>();
  const held = new Map<string, Effect>();
  return altered(store, (rows) => ({
    async get(id) {
      const found = await rows.get(id);
      if (!found) return null;
      const { effects } = found.transaction;
      for (const effect of effects) seen.set(effect.id, effect);
      const others = effects.filter((one) => !held.has(one.id));
      return { ...found, transaction: { ...found.transaction, effects: [...others, ...held.values()] } };
    },
    async lease(effect, lease) {
      const leased = await rows.lease(effect, lease);
      if (leased) held.set(effect, { ...seen.get(effect)!, leaseId: lease.id });
      return leased;
    },
    save(...facts) {
      held.clear();
      return rows.save(...facts);
    },
  }));
}

/** Broken: nobody remembers that a write may have gone out. */
export const repeatInDoubt = (store: Store): Store =>
  altered(store, (rows) => ({
    async get(id) {
      const found = await rows.get(id);
      if (!found) return null;
      const effects = found.transaction.effects.map((one) => ({ ...one, inDoubt: false }));
      return { ...found, transaction: { ...found.transaction, effects } };
    },
  }));

/**
 * What a server leaves behind that is killed in a commit: nothing of it, all of it. Or, where state and effects are two commits, the
 * state only: that is broken.
 */
export type Death = 'before' | 'after' | 'between state and effects of';

class Killed extends Error {}

/** A server that dies in its nth commit of a purchase: whatever it does then or later fails. */
export function dying(store: Store, death: Death, nth: number) {
  let commits = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Killed();
  };
  const guarded = altered(store, (rows) => ({
    async save(transaction, seals, audit) {
      if (++commits !== nth) return rows.save(transaction, seals, audit);
      if (death === 'before') throw new Killed();
      if (death === 'after') return rows.save(transaction, seals, audit);
      const before = new Set((await rows.get(transaction.id))!.transaction.effects.map(({ id }) => id));
      const effects = transaction.effects.filter(({ id }) => before.has(id));
      return rows.save({ ...transaction, effects }, seals, audit);
    },
    dueEffects(now, limit) {
      alive();
      return rows.dueEffects(now, limit);
    },
  }));
  return {
    get dead() {
      return dead;
    },
    store: {
      ...guarded,
      async atomically<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
        alive();
        const before = commits;
        try {
          return await guarded.atomically(work);
        } finally {
          if (before < nth && commits >= nth) dead = true;
          alive();
        }
      },
    } satisfies Store,
    /** Only its death is expected. */
    rethrow(error: unknown): void {
      if (!(error instanceof Killed)) throw error;
    },
  };
}
