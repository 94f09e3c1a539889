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
  });
}
