import { describe, expect, it } from 'vitest';
import type { AttemptRow, DeliveryRow, EventRow } from '../../../server/domain/ports/store.ts';
import { event } from './event.ts';
import type { StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';

const delivery = (of: EventRow, more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id: `dlv_${of.id}_endpoint`,
  brand: of.brand,
  event: of.id,
  type: of.type,
  endpoint: 'endpoint',
  state: 'waiting',
  attempts: 0,
  dueAt: 100,
  leaseId: null,
  leaseUntil: 0,
  ...more,
});

export function describeDeliveries(harness: StoreHarness): void {
  const attempt = (of: DeliveryRow, no: number, more: Partial<AttemptRow> = {}): AttemptRow => ({
    delivery: of.id,
    no,
    at: 1_765_000_000_000,
    ms: 12,
    status: 503,
    fault: null,
    ...more,
  });

  describe('deliveries', () => {
    const on = useStore(harness);
    const claim = (id: string, now: number, limit = 10, store = on.store) =>
      store.rows.deliveries.claim({ id, now, until: now + 60, limit });

    it('are claimed with their events, the earliest first, not before their time', async () => {
      const events = [1, 2, 3].map((n) => event(`claim-${n}`, n));
      const rows = events.map((one, i) => delivery(one, { dueAt: 30 - i * 10 }));
      await on.store.rows.events.add(events);
      expect(await on.store.rows.deliveries.nextDue()).toBeNull();
      await on.store.rows.deliveries.add(rows);
      await on.store.rows.deliveries.add([]);
      expect(await on.other.rows.deliveries.nextDue()).toBe(10);
      expect(await claim('early', 9)).toEqual([]);
      expect(await claim('mine', 20, 10, on.other)).toEqual([
        { delivery: { ...rows[2], leaseId: 'mine', leaseUntil: 80 }, event: events[2] },
        { delivery: { ...rows[1], leaseId: 'mine', leaseUntil: 80 }, event: events[1] },
      ]);
      expect(await on.store.rows.deliveries.nextDue()).toBe(30);
      expect((await claim('mine', 30)).map(({ event: { seq } }) => seq)).toEqual([1]);
      // All are held: the first lease to end is the next that is due.
      expect(await on.store.rows.deliveries.nextDue()).toBe(80);
    });

    it('of one purchase go to one endpoint in the order of its events, and to another beside it', async () => {
      const [first, second] = [event('order', 1), event('order', 2)];
      const rows = [
        delivery(second, { dueAt: 100 }),
        delivery(first, { dueAt: 200 }),
        delivery(second, { id: 'dlv_elsewhere', endpoint: 'elsewhere', dueAt: 150 }),
      ];
      await on.store.rows.events.add([first, second]);
      await on.store.rows.deliveries.add(rows);
      const claimed = async (leaseId: string, now: number) =>
        (await claim(leaseId, now)).map(({ delivery: { id } }) => id).filter((id) => rows.some((row) => row.id === id));
      // Due, yet behind one that is not: it is no reason to look either.
      expect(await claimed('a', 150)).toEqual(['dlv_elsewhere']);
      expect(await claimed('b', 200)).toEqual([rows[1]!.id]);
      expect(await claimed('c', 230)).toEqual(['dlv_elsewhere']);
      const gone = { state: 'given_up', dueAt: 0 } as const;
      expect(await on.store.rows.deliveries.complete('b', rows[1]!.id, attempt(rows[1]!, 1), gone)).toBe(true);
      expect(await claimed('d', 231)).toEqual([rows[0]!.id]);
    });

    it('of a worker that died are claimed again when its lease is over, and it is told so', async () => {
      const one = event('dead', 1, { brand: 'dead' });
      const row = delivery(one);
      await on.store.rows.events.add([one]);
      await on.store.rows.deliveries.add([row]);
      const mine = async (id: string, now: number) =>
        (await claim(id, now)).some(({ delivery: { id: claimed } }) => claimed === row.id);
      expect(await mine('dead', 100)).toBe(true);
      expect(await mine('next', 159)).toBe(false);
      expect(await mine('next', 160)).toBe(true);
      const complete = (leaseId: string) =>
        on.other.rows.deliveries.complete(leaseId, row.id, attempt(row, 1), { state: 'delivered', dueAt: 0 });
      expect(await complete('dead')).toBe(false);
      expect(await on.store.rows.deliveries.attempts(row.id)).toEqual([]);
      expect(await complete('next')).toBe(true);
      expect(await complete('next')).toBe(false);
      expect(await on.store.rows.deliveries.list('dead', 10)).toEqual([
        { ...row, state: 'delivered', attempts: 1, dueAt: 0 },
      ]);
    });

    it('wait for their next time after an attempt, and every attempt is kept', async () => {
      const one = event('tries', 1, { brand: 'tries' });
      const row = delivery(one);
      await on.store.rows.events.add([one]);
      await on.store.rows.deliveries.add([row]);
      const tries = [
        attempt(row, 1),
        attempt(row, 2, { status: null, fault: 'timeout' }),
        attempt(row, 3, { status: 200, ms: 7 }),
      ];
      for (const [i, done] of tries.entries()) {
        const now = 1_000 * (i + 1);
        const claimed = (await claim(`worker ${i}`, now)).map(({ delivery: { id } }) => id);
        expect(claimed).toContain(row.id);
        const state = done.status === 200 ? 'delivered' : 'waiting';
        const next = { state, dueAt: now + 1_000 } as const;
        expect(await on.store.rows.deliveries.complete(`worker ${i}`, row.id, done, next)).toBe(true);
        expect((await claim('too early', now + 999)).map(({ delivery: { id } }) => id)).not.toContain(row.id);
      }
      expect(await on.other.rows.deliveries.attempts(row.id)).toEqual(tries);
      expect((await claim('after', 9_000)).map(({ delivery: { id } }) => id)).not.toContain(row.id);
      expect(await on.store.rows.deliveries.list('tries', 1)).toMatchObject([{ state: 'delivered', attempts: 3 }]);
    });

    it('are refused twice for one event and endpoint, and for no event', async () => {
      const one = event('once', 1);
      await on.store.rows.events.add([one]);
      await on.store.rows.deliveries.add([delivery(one, { id: 'dlv_once' })]);
      await expect(on.store.rows.deliveries.add([delivery(one, { id: 'dlv_again' })])).rejects.toThrow();
      await expect(on.store.rows.deliveries.add([delivery(event('nowhere', 1))])).rejects.toThrow();
    });
  });

  describe('many workers', () => {
    const on = useStore(harness);

    it('claim every delivery once', async () => {
      const events = Array.from({ length: 30 }, (_, i) => event(`many-${i}`, 1));
      await on.store.atomically(async (rows) => {
        await rows.events.add(events);
        await rows.deliveries.add(events.map((one) => delivery(one)));
      });
      const worker = async (id: string, store: typeof on.store): Promise<string[]> => {
        const mine: string[] = [];
        for (;;) {
          const claimed = await store.rows.deliveries.claim({ id, now: 100, until: 200, limit: 4 });
          if (!claimed.length) return mine;
          mine.push(...claimed.map((one) => one.delivery.id));
        }
      };
      const taken = await Promise.all([
        worker('a', on.store),
        worker('b', on.other),
        worker('c', on.store),
        worker('d', on.other),
      ]);
      expect(taken.flat()).toHaveLength(30);
      expect(new Set(taken.flat()).size).toBe(30);
    });

    it('find nothing due while the first of a row of deliveries is held', async () => {
      const events = [1, 2, 3].map((seq) => event('row', seq));
      const { deliveries } = on.store.rows;
      await on.store.rows.events.add(events);
      await deliveries.add(events.map((one) => delivery(one, { dueAt: one.seq })));
      const [held, ...more] = await deliveries.claim({ id: 'a', now: 50, until: 90, limit: 10 });
      expect([held!.event.seq, more.length]).toEqual([1, 0]);
      expect(await on.other.rows.deliveries.claim({ id: 'b', now: 50, until: 90, limit: 10 })).toEqual([]);
      expect(await deliveries.nextDue()).toBe(90);
      await deliveries.complete('a', held!.delivery.id, attempt(held!.delivery, 1), { state: 'delivered', dueAt: 50 });
      expect(await deliveries.nextDue()).toBe(2);
    });
  });
}
