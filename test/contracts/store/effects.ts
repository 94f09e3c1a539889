import { describe, expect, it } from 'vitest';
import type { Store } from '../../../server/domain/ports/store.ts';
import type { Effect, Transaction } from '../../../server/domain/transaction/transaction.ts';
import type { OpenedStore, StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';
import { audited, effect, next, payment, purchase, seals } from './purchase.ts';

const add = (store: Store, transaction: Transaction) =>
  store.rows.transactions.add(transaction, seals(), audited(transaction));
const save = (store: Store, transaction: Transaction) =>
  store.atomically((rows) => rows.transactions.save(transaction, seals(), audited(transaction)));
const stored = async (store: Store, id: string) => (await store.rows.transactions.get(id))!.transaction;
const lease = (id: string, now: number, more: { until?: number; inDoubt?: boolean } = {}) => ({
  id,
  now,
  until: now + 180,
  inDoubt: true,
  ...more,
});

export function describeEffects(on: OpenedStore): void {
  describe('effects', () => {
    it('are added, planned anew and closed with the purchase, by id', async () => {
      const first = purchase('by-id', {
        effects: [effect('by-id', 1), effect('by-id', 2, { kind: 'expire', lane: 'clock', target: 'txn' })],
      });
      await add(on.store, first);
      const effects = [
        effect('by-id', 2, { kind: 'expire', lane: 'clock', target: 'txn', dueAt: 50, notBefore: 40 }),
        effect('by-id', 3, { kind: 'look_up_booking', purpose: 'unsure', input: { items: ['itm_1'] } }),
      ];
      expect(await save(on.store, next(first, { effects }))).toBe(true);
      expect((await stored(on.other, first.id)).effects).toEqual(effects);
      expect(await save(on.store, next(first, { version: 3, effects: [] }))).toBe(true);
      expect((await stored(on.other, first.id)).effects).toEqual([]);
    });

    it('may be asked for again in the version that closes them', async () => {
      const first = purchase('again', { effects: [effect('again', 1)] });
      await add(on.store, first);
      expect(await save(on.store, next(first, { effects: [effect('again', 2)] }))).toBe(true);
      expect((await stored(on.store, first.id)).effects.map(({ id }) => id)).toEqual(['eff_again_2']);
    });

    it('keep the lease that a worker took while another commit was written', async () => {
      const look = effect('kept', 1, { kind: 'inspect_payment', lane: 'pay_kept_1', target: 'pay_kept_1' });
      const first = purchase('kept', { payments: [payment('kept', 1)], effects: [look] });
      await add(on.store, first);
      expect(await on.other.rows.transactions.lease(look.id, lease('worker', 100))).toBe(true);
      // The writer has read before the worker came: it knows of no lease, and pulls the look forward.
      expect(await save(on.store, next(first, { effects: [{ ...look, dueAt: 90 }] }))).toBe(true);
      expect((await stored(on.store, first.id)).effects).toEqual([
        { ...look, dueAt: 90, leaseId: 'worker', leaseUntil: 280, claims: 1, inDoubt: true },
      ]);
    });

    it('are refused twice unfinished, by kind, target and key, and under an unknown kind', async () => {
      const one = (n: number, more: Partial<Effect> = {}) => effect('twice', n, { input: { key: 'a:1' }, ...more });
      const refused = async (effects: Effect[]) => {
        await expect(add(on.store, purchase('twice', { effects }))).rejects.toThrow();
        expect(await on.store.rows.transactions.get('txn_twice')).toBeNull();
      };
      await refused([one(1), one(2)]);
      await refused([one(1, { kind: 'guess' as never })]);
      const apart = [one(1), one(2, { input: { key: 'a:2' } }), one(3, { kind: 'issue_emds' })];
      expect(await add(on.store, purchase('twice', { effects: apart }))).toEqual({ added: true });
    });
  });

  describe('leases', () => {
    const two = (name: string) => [effect(name, 1), effect(name, 2, { kind: 'look_up_booking' })] as const;

    it('are taken by one worker, written into the effect, and counted', async () => {
      const [write, look] = two('taken');
      await add(on.store, purchase('taken', { effects: [write, look] }));
      const { transactions } = on.store.rows;
      expect(await transactions.lease(write.id, lease('mine', 100))).toBe(true);
      expect(await on.other.rows.transactions.lease(write.id, lease('yours', 100))).toBe(false);
      expect(await on.other.rows.transactions.lease(look.id, lease('yours', 279))).toBe(false);
      expect((await stored(on.other, 'txn_taken')).effects).toEqual([
        { ...write, leaseId: 'mine', leaseUntil: 280, claims: 1, inDoubt: true },
        look,
      ]);
    });

    it('that are over are cleared by the next one in the lane, and the doubt stays', async () => {
      const [write, look] = two('over');
      await add(on.store, purchase('over', { effects: [write, look] }));
      const { transactions } = on.store.rows;
      await transactions.lease(write.id, lease('dead', 100));
      expect(await transactions.lease(look.id, lease('next', 280, { inDoubt: false }))).toBe(true);
      expect((await stored(on.store, 'txn_over')).effects).toEqual([
        { ...write, claims: 1, inDoubt: true },
        { ...look, leaseId: 'next', leaseUntil: 460, claims: 1 },
      ]);
      // The worker that slept past its lease is told so.
      expect(await transactions.release(write.id, 'dead', { dueAt: 500, inDoubt: false, agains: 1 })).toBe(false);
      expect(await transactions.lease(write.id, lease('late', 459))).toBe(false);
      expect(await transactions.lease(write.id, lease('late', 460))).toBe(true);
      expect((await stored(on.store, 'txn_over')).effects[0]).toMatchObject({ leaseId: 'late', claims: 2 });
    });

    it('are given back by their holder only, with the time of the next try', async () => {
      const [write] = two('back');
      await add(on.store, purchase('back', { effects: [write] }));
      const { transactions } = on.store.rows;
      await transactions.lease(write.id, lease('mine', 100));
      const again = { dueAt: 130, inDoubt: false, agains: 3 };
      expect(await transactions.release(write.id, 'yours', again)).toBe(false);
      expect(await transactions.release(write.id, 'mine', again)).toBe(true);
      expect(await transactions.release(write.id, 'mine', again)).toBe(false);
      expect((await stored(on.other, 'txn_back')).effects).toEqual([
        { ...write, dueAt: 130, claims: 1, agains: 3, inDoubt: false },
      ]);
      expect(await transactions.lease(write.id, lease('yours', 130))).toBe(true);
    });

    it('end with the effect, and none is given for one that is done or was never there', async () => {
      const [write, look] = two('done');
      const first = purchase('done', { effects: [write] });
      await add(on.store, first);
      const { transactions } = on.store.rows;
      await transactions.lease(write.id, lease('mine', 100));
      await save(on.store, next(first, { effects: [look] }));
      expect(await transactions.lease(write.id, lease('yours', 500))).toBe(false);
      expect(await transactions.release(write.id, 'mine', { dueAt: 1, inDoubt: false, agains: 0 })).toBe(false);
      expect(await transactions.lease('eff_nobody', lease('yours', 100))).toBe(false);
      expect(await transactions.lease(look.id, lease('yours', 100))).toBe(true);
    });

    it('of one lane are never two, however many workers come at once', async () => {
      const names = ['rush-1', 'rush-2', 'rush-3'];
      for (const [i, name] of names.entries()) {
        const endedAt = i ? i : null;
        await add(on.store, purchase(name, { bookingKey: 'rush', endedAt, effects: [...two(name)] }));
      }
      const ids = names.flatMap((name) => two(name).map(({ id }) => id));
      for (const now of [100, 280]) {
        const answers = await Promise.all(
          [...ids, ...ids].map((id, i) =>
            (i < ids.length ? on.store : on.other).rows.transactions.lease(id, lease(`worker-${now}-${i}`, now)),
          ),
        );
        expect(answers.filter(Boolean)).toHaveLength(1);
      }
    });

    it('that are being taken make the next worker of the lane wait, and answer it no', async () => {
      for (const [name, endedAt] of [
        ['wait-1', null],
        ['wait-2', 1],
      ] as const) {
        await add(on.store, purchase(name, { bookingKey: 'wait', endedAt, effects: [effect(name, 1)] }));
      }
      let taken!: () => void;
      const first = new Promise<void>((resolve) => (taken = resolve));
      const work = on.store.atomically(async (rows) => {
        const mine = await rows.transactions.lease('eff_wait-1_1', lease('mine', 100));
        taken();
        // Time for the other one to come as far as it can before the commit.
        for (let turn = 0; turn < 30; turn++) await rows.transactions.nextDue();
        return mine;
      });
      await first;
      const yours = on.other.rows.transactions.lease('eff_wait-2_1', lease('yours', 100));
      expect([await work, await yours]).toEqual([true, false]);
    });

    it('and commits of the same purchase do not wait for each other for ever', async () => {
      const name = 'mixed';
      await add(on.store, purchase(name, { effects: [...two(name)] }));
      const claim = (store: Store, n: number) =>
        store.atomically(async (rows) => {
          const leased = await rows.transactions.lease(
            `eff_${name}_${(n % 2) + 1}`,
            lease(`worker-${n}`, 100 + n * 200),
          );
          await rows.transactions.get(`txn_${name}`);
          return leased;
        });
      const commit = (store: Store) =>
        store.atomically(async (rows) => {
          const { transaction } = (await rows.transactions.get(`txn_${name}`))!;
          const mine = next(transaction, {
            effects: transaction.effects.map((one) => ({ ...one, dueAt: one.dueAt + 1 })),
          });
          return rows.transactions.save(mine, seals(), audited(mine));
        });
      const work = Array.from({ length: 12 }, (_, i) => {
        const store = i % 2 ? on.store : on.other;
        return i % 3 ? commit(store) : claim(store, i);
      });
      await Promise.all(work);
      const { version, effects } = await stored(on.store, `txn_${name}`);
      expect([version, ...effects.map(({ dueAt }) => dueAt)]).toEqual([9, 108, 108]);
    });
  });
}

export function describeDueEffects(harness: StoreHarness): void {
  describe('due effects', () => {
    const on = useStore(harness);
    const pay = (name: string, n: number, dueAt: number) =>
      effect(name, n, { kind: 'inspect_payment', lane: `pay_${name}_${n}`, target: `pay_${name}_${n}`, dueAt });
    const due = async (now: number, limit = 100) =>
      (await on.other.rows.transactions.dueEffects(now, limit)).map((one) => one.effect.id);

    it('come earliest first, not before their time, up to the limit, and are only looked at', async () => {
      const { transactions } = on.store.rows;
      expect(await transactions.nextDue()).toBeNull();
      await add(on.store, purchase('b', { effects: [pay('b', 1, 30), pay('b', 2, 20)] }));
      await add(on.store, purchase('a', { effects: [pay('a', 1, 10)] }));
      expect(await transactions.nextDue()).toBe(10);
      expect(await due(9)).toEqual([]);
      expect(await due(20)).toEqual(['eff_a_1', 'eff_b_2']);
      expect(await due(30, 2)).toEqual(['eff_a_1', 'eff_b_2']);
      expect(await due(30)).toEqual(['eff_a_1', 'eff_b_2', 'eff_b_1']);
      expect(await transactions.dueEffects(10, 1)).toEqual([{ transaction: 'txn_a', effect: pay('a', 1, 10) }]);
    });

    it('leave out a lane that is held until its lease is over, and what is done', async () => {
      const { transactions } = on.store.rows;
      expect(await transactions.lease('eff_a_1', lease('worker', 10))).toBe(true);
      expect(await due(30)).toEqual(['eff_b_2', 'eff_b_1']);
      expect(await transactions.nextDue()).toBe(20);
      expect(await due(190)).toEqual(['eff_a_1', 'eff_b_2', 'eff_b_1']);
      await save(on.store, next(await stored(on.store, 'txn_b'), { effects: [] }));
      expect(await due(189)).toEqual([]);
      // What is left is held: nothing can be done before the lease is over.
      expect(await transactions.nextDue()).toBe(190);
    });

    it('of two purchases on one booking share its lane at the GDS', async () => {
      const { transactions } = on.store.rows;
      const ended = { bookingKey: 'shared', endedAt: 5 };
      await add(
        on.store,
        purchase('shared-1', { ...ended, effects: [effect('shared-1', 1, { kind: 'remove_seats' })] }),
      );
      await add(on.store, purchase('shared-2', { bookingKey: 'shared', effects: [effect('shared-2', 1)] }));
      await add(on.store, purchase('shared-3', { brand: 'x', bookingKey: 'shared', effects: [effect('shared-3', 1)] }));
      expect(await transactions.lease('eff_shared-1_1', lease('one', 100))).toBe(true);
      expect(await due(100)).toEqual(['eff_shared-3_1']);
      expect(await transactions.lease('eff_shared-2_1', lease('two', 100))).toBe(false);
      expect(await transactions.lease('eff_shared-3_1', lease('two', 100))).toBe(true);
    });
  });
}
