import { describe, expect, it } from 'vitest';
import type { KeyRow } from '../../../server/domain/ports/store.ts';
import type { StoreHarness } from './harness.ts';
import { allBytes, bytes, useStore } from './harness.ts';

export function describeKeys(harness: StoreHarness): void {
  describe('keys', () => {
    const on = useStore(harness);
    const row = (id: string, more: Partial<KeyRow> = {}): KeyRow => ({
      id,
      brand: 'skyline',
      purpose: 'data',
      wrapped: bytes(id),
      createdAt: 1_765_000_000_000,
      endedAt: null,
      ...more,
    });

    it('gives a key back as it was written, by id and as the newest of its brand and purpose', async () => {
      const written = row('whole', { brand: 'whole', wrapped: allBytes });
      await on.store.rows.keys.addFirst(written);
      for (const read of [await on.other.rows.keys.byId('whole'), await on.other.rows.keys.newest('whole', 'data')]) {
        expect({ ...read, wrapped: [...read!.wrapped] }).toEqual({ ...written, wrapped: [...allBytes] });
      }
    });

    it('keeps the first key and answers it to whoever brings another', async () => {
      await on.store.rows.keys.addFirst(row('first', { brand: 'once' }));
      expect((await on.other.rows.keys.addFirst(row('second', { brand: 'once' }))).id).toBe('first');
      expect(await on.store.rows.keys.byId('second')).toBeNull();
    });

    it('answers the same key to every one of many writers at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          (i % 2 ? on.store : on.other).rows.keys.addFirst(row(`raced-${i}`, { brand: 'raced' })),
        ),
      );
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    });

    it('keeps brands and purposes apart', async () => {
      await on.store.rows.keys.addFirst(row('apart-data', { brand: 'apart' }));
      await on.store.rows.keys.addFirst(row('apart-digest', { brand: 'apart', purpose: 'digest' }));
      expect((await on.store.rows.keys.newest('apart', 'digest'))?.id).toBe('apart-digest');
      expect(await on.store.rows.keys.newest('apart', 'panel_token')).toBeNull();
      expect(await on.store.rows.keys.newest('', 'data')).toBeNull();
      expect(await on.store.rows.keys.byId('nobody')).toBeNull();
    });

    it('uses the next key of a purpose from then on, and keeps those before it', async () => {
      const { keys } = on.store.rows;
      await keys.addNext(row('next-1', { brand: 'next', wrapped: allBytes }));
      await keys.addNext(row('next-2', { brand: 'next' }));
      await keys.addNext(row('next-other', { brand: 'next', purpose: 'digest' }));
      expect((await on.other.rows.keys.newest('next', 'data'))?.id).toBe('next-2');
      expect((await keys.ofPurpose('next', 'data')).map(({ id }) => id)).toEqual(['next-2', 'next-1']);
      expect([...(await on.other.rows.keys.byId('next-1'))!.wrapped]).toEqual([...allBytes]);
    });

    it('ends a key once, and does not use it any more', async () => {
      const { keys } = on.store.rows;
      await keys.addFirst(row('ends-1', { brand: 'ends' }));
      await keys.addNext(row('ends-2', { brand: 'ends' }));
      await keys.end('ends-2', 1_765_000_000_500);
      await on.other.rows.keys.end('ends-2', 1_765_000_000_900);
      expect((await keys.newest('ends', 'data'))?.id).toBe('ends-1');
      expect((await keys.ofPurpose('ends', 'data')).map(({ id, endedAt }) => [id, endedAt])).toEqual([
        ['ends-2', 1_765_000_000_500],
        ['ends-1', null],
      ]);
      await keys.end('ends-1', 1_765_000_000_500);
      expect(await keys.newest('ends', 'data')).toBeNull();
    });

    it('wraps a key anew for the one who read it last, and lists them all', async () => {
      const { keys } = on.store.rows;
      await keys.addFirst(row('wraps', { brand: 'wraps' }));
      expect(await keys.rewrap('wraps', bytes('wraps'), allBytes)).toBe(true);
      expect(await on.other.rows.keys.rewrap('wraps', bytes('wraps'), bytes('late'))).toBe(false);
      const listed = (await on.other.rows.keys.list()).find(({ id }) => id === 'wraps');
      expect({ ...listed, wrapped: [...listed!.wrapped] }).toEqual({
        ...row('wraps', { brand: 'wraps' }),
        wrapped: [...allBytes],
      });
      expect(await keys.rewrap('nobody', bytes('x'), bytes('y'))).toBe(false);
    });
  });
}
