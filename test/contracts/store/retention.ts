import { describe, expect, it } from 'vitest';
import { event } from './event.ts';
import type { StoreHarness } from './harness.ts';
import { bytes, text, useStore } from './harness.ts';
import { audited, effect, next, purchase, seals } from './purchase.ts';

/** What the hourly sweep takes out, beside what has an end of its own. */
export function describeRetention(harness: StoreHarness): void {
  describe('retention', () => {
    const on = useStore(harness);

    it('removes selections that nobody touched since, so many at a time', async () => {
      const { selections } = on.store.rows;
      const key = (booking: string) => ({ brand: 'skyline', booking });
      for (const changedAt of [10, 11, 12])
        await selections.replace(key(`${changedAt}`), 0, { sealed: bytes(`${changedAt}`), changedAt });
      expect(await selections.sweep(12, 1)).toBe(1);
      expect(await selections.get(key('10'))).toBeNull();
      expect(await selections.sweep(12, 9)).toBe(1);
      expect(text((await selections.get(key('12')))?.sealed)).toBe('12');
    });

    it('removes callbacks heard before: they would be heard anew', async () => {
      const { callbacks } = on.store.rows;
      const row = (eventId: string, receivedAt: number) => ({
        gateway: 'stripe',
        brand: 'skyline',
        eventId,
        rawSealed: bytes('raw'),
        receivedAt,
      });
      for (const at of [10, 11, 12]) await callbacks.add(row(`evt_${at}`, at));
      expect([await callbacks.sweep(12, 1), await callbacks.sweep(12, 9), await callbacks.sweep(12, 9)]).toEqual([
        1, 1, 0,
      ]);
      expect(await callbacks.add(row('evt_11', 20))).toBe(true);
      expect(await callbacks.add(row('evt_12', 20))).toBe(false);
    });

    it('removes attempts of what was delivered, and leaves those of what was given up or still waits', async () => {
      const { deliveries, events } = on.store.rows;
      const rows = (['delivered', 'given_up', 'waiting'] as const).map((state, n) => ({
        state,
        of: event(state, n + 1),
      }));
      await events.add(rows.map(({ of }) => of));
      await deliveries.add(
        rows.map(({ of }) => ({
          id: `dlv_${of.transaction}`,
          brand: of.brand,
          event: of.id,
          type: of.type,
          endpoint: 'endpoint',
          state: 'waiting' as const,
          attempts: 0,
          dueAt: 1,
          leaseId: null,
          leaseUntil: 0,
        })),
      );
      for (const [no, at] of [10, 20].entries()) {
        const lease = `lease ${no}`;
        await deliveries.claim({ id: lease, now: at, until: at + 9, limit: 9 });
        for (const { of, state } of rows) {
          const delivery = `dlv_${of.transaction}`;
          const attempt = { delivery, no: no + 1, at, ms: 1, status: 503, fault: null };
          await deliveries.complete(lease, delivery, attempt, { state: no ? state : 'waiting', dueAt: at });
        }
      }
      const left = () =>
        Promise.all(rows.map(async ({ of }) => (await deliveries.attempts(`dlv_${of.transaction}`)).length));
      expect(await left()).toEqual([2, 2, 2]);
      expect([await deliveries.sweepAttempts(20, 9), await left()]).toEqual([1, [1, 2, 2]]);
      expect([await deliveries.sweepAttempts(21, 9), await left()]).toEqual([1, [0, 2, 2]]);
    });

    it('removes effects that were done before, never one that is to be done', async () => {
      const { transactions } = on.store.rows;
      const effects = [1, 2, 3].map((n) => effect('old', n, { input: { key: `a:${n}` }, dueAt: 1 }));
      const first = purchase('old', { effects });
      await transactions.add(first, seals(), audited(first));
      const second = next(first, { effects: effects.slice(1) });
      await transactions.save(second, seals(), { ...audited(second), at: 10 });
      const third = next(second, { version: 3, effects: effects.slice(2) });
      await transactions.save(third, seals(), { ...audited(third), at: 11 });
      expect(await transactions.sweepEffects(10, 9)).toBe(0);
      expect(await transactions.sweepEffects(99, 1)).toBe(1);
      expect(await transactions.sweepEffects(99, 9)).toBe(1);
      expect(await transactions.sweepEffects(99, 9)).toBe(0);
      expect((await transactions.get('txn_old'))!.transaction.effects).toEqual([effects[2]]);
    });
  });
}
