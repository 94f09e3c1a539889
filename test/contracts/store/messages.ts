import { describe, expect, it } from 'vitest';
import type { IdempotencyRow } from '../../../server/domain/ports/store.ts';
import type { OpenedStore } from './harness.ts';
import { allBytes, bytes, text } from './harness.ts';
import { event } from './event.ts';

export function describeEvents(on: OpenedStore): void {
  describe('events', () => {
    it('come back byte for byte, in their order', async () => {
      const rows = [event('a', 2), event('a', 1), event('b', 1)];
      await on.store.rows.events.add(rows);
      await on.store.rows.events.add([]);
      expect(await on.other.rows.events.ofTransaction('a')).toEqual([rows[1], rows[0]]);
      expect(await on.other.rows.events.ofTransaction('nobody')).toEqual([]);
    });

    it('are told once: a number, or a type about one thing, is refused the second time', async () => {
      const { events } = on.store.rows;
      await events.add([event('c', 1)]);
      await expect(events.add([event('c', 1, { id: 'other', about: 'other' })])).rejects.toThrow();
      await expect(events.add([event('c', 2, { about: '1' })])).rejects.toThrow();
      // Together with one that is new: all or nothing.
      await expect(events.add([event('c', 3), event('c', 4, { about: '1' })])).rejects.toThrow();
      await expect(events.add([event('c', 5, { type: 'party.started' as never })])).rejects.toThrow();
      expect(await events.ofTransaction('c')).toHaveLength(1);
      await events.add([event('c', 2, { about: '1', type: 'transaction.failed' })]);
    });
  });
}

export function describeCallbacks(on: OpenedStore): void {
  describe('callbacks', () => {
    const row = (eventId: string, more = {}) => ({
      gateway: 'stripe',
      brand: 'skyline',
      eventId,
      rawSealed: allBytes,
      receivedAt: 1_765_000_000_000,
      ...more,
    });

    it('are heard once, by gateway and brand, also under many at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => (i % 2 ? on.store : on.other).rows.callbacks.add(row('evt_1'))),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await on.store.rows.callbacks.add(row('evt_1', { brand: 'other' }))).toBe(true);
      expect(await on.store.rows.callbacks.add(row('evt_1', { gateway: 'adyen' }))).toBe(true);
      expect(await on.store.rows.callbacks.add(row('evt_2'))).toBe(true);
    });
  });
}

export function describeIdempotency(on: OpenedStore): void {
  describe('idempotency', () => {
    const row = (key: string, startedAt: number, more: Partial<IdempotencyRow> = {}): IdempotencyRow => ({
      brand: 'skyline',
      route: 'pay',
      key,
      bodyHash: 'hash',
      answerSealed: null,
      status: null,
      startedAt,
      ...more,
    });
    const begin = (of: IdempotencyRow) => on.store.rows.idempotency.begin(of, 60);
    const finish = (key: string, answer = bytes('answer')) =>
      on.other.rows.idempotency.finish('skyline', 'pay', key, 200, answer);

    it('answers what stands: running, then the stored answer', async () => {
      expect(await begin(row('a', 100))).toEqual({ begun: true });
      expect(await begin(row('a', 159))).toEqual({ begun: false, row: row('a', 100) });
      await finish('a', allBytes);
      const again = await begin(row('a', 10_000, { bodyHash: 'other' }));
      if (again.begun) throw new Error('begun twice');
      expect({ ...again.row, answerSealed: [...again.row.answerSealed!] }).toEqual({
        ...row('a', 100, { status: 200 }),
        answerSealed: [...allBytes],
      });
    });

    it('keeps brands, routes and keys apart', async () => {
      await begin(row('apart', 100));
      for (const more of [{ brand: 'other' }, { route: 'start' }, { key: 'apart too' }]) {
        expect(await begin(row('apart', 100, more))).toEqual({ begun: true });
      }
    });

    it('lets one of many callers begin', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          (i % 2 ? on.store : on.other).rows.idempotency.begin(row('raced', 100 + i), 60),
        ),
      );
      expect(answers.filter(({ begun }) => begun)).toHaveLength(1);
    });

    it('hands a call that was left running to one later caller with the same body', async () => {
      await begin(row('stale', 100));
      expect(await begin(row('stale', 159))).toMatchObject({ begun: false });
      expect(await begin(row('stale', 160, { bodyHash: 'other' }))).toMatchObject({ begun: false });
      const answers = await Promise.all([begin(row('stale', 160)), begin(row('stale', 161))]);
      expect(answers.filter(({ begun }) => begun)).toHaveLength(1);
      // The one that took over has its own time.
      expect(await begin(row('stale', 219))).toMatchObject({ begun: false });
    });

    it('forgets a key whose work failed, never one that has its answer, and the first answer stands', async () => {
      const { idempotency } = on.store.rows;
      await begin(row('failed', 100));
      await idempotency.abandon('skyline', 'pay', 'failed');
      expect(await begin(row('failed', 101))).toEqual({ begun: true });
      await finish('failed');
      await finish('failed', bytes('later'));
      await idempotency.abandon('skyline', 'pay', 'failed');
      const stands = await begin(row('failed', 102));
      expect(stands.begun || text(stands.row.answerSealed!)).toBe('answer');
    });
  });

  describe('the sweep of idempotency keys', () => {
    it('removes what is older, so many at a time, and says how many', async () => {
      const { idempotency } = on.store.rows;
      for (const startedAt of [10, 11, 12]) {
        const key = `${startedAt}`;
        await idempotency.begin(
          { brand: 'a', route: 'b', key, bodyHash: '', answerSealed: null, status: null, startedAt },
          60,
        );
      }
      expect(await idempotency.sweep(12, 1)).toBe(1);
      expect(await idempotency.sweep(12, 9)).toBe(1);
      expect(await idempotency.sweep(12, 9)).toBe(0);
    });
  });
}
