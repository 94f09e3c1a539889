import { describe, expect, it } from 'vitest';
import type { StoreHarness } from './harness.ts';
import { allBytes, bytes, text, useStore } from './harness.ts';

const key = (booking: string, brand = 'skyline') => ({ brand, booking });

export function describeKept(harness: StoreHarness): void {
  describe('kept bookings', () => {
    const on = useStore(harness);

    it('gives back what was put, and the newer of two', async () => {
      const { bookings } = on.store.rows;
      await bookings.put(key('a'), { sealed: allBytes, readAt: 1 });
      expect([...(await on.other.rows.bookings.get(key('a')))!.sealed]).toEqual([...allBytes]);
      await bookings.put(key('a'), { sealed: bytes('new'), readAt: 1_765_000_000_000 });
      expect(await bookings.get(key('a'))).toMatchObject({ readAt: 1_765_000_000_000 });
    });

    it('is not taken back by a slower read of an older state', async () => {
      const { bookings } = on.store.rows;
      await bookings.put(key('slow'), { sealed: bytes('new'), readAt: 2 });
      await bookings.put(key('slow'), { sealed: bytes('old'), readAt: 1 });
      expect(text((await bookings.get(key('slow')))?.sealed)).toBe('new');
    });

    it('keeps brands apart', async () => {
      await on.store.rows.bookings.put(key('mine'), { sealed: bytes('mine'), readAt: 1 });
      expect(await on.store.rows.bookings.get(key('mine', 'other'))).toBeNull();
    });
  });

  describe('kept maps', () => {
    const on = useStore(harness);
    const map = (segment: string, more: { sealed?: Uint8Array; readAt?: number; expiresAt?: number } = {}) => ({
      segment,
      sealed: bytes(`map of ${segment}`),
      readAt: 1_765_000_000_000,
      expiresAt: 1_765_000_900_000,
      ...more,
    });

    it('gives back what was put, by booking and segment', async () => {
      const { seatMaps } = on.store.rows;
      await seatMaps.put(key('a'), map('1', { sealed: allBytes }));
      await seatMaps.put(key('a'), map('2'));
      const read = await on.other.rows.seatMaps.get(key('a'), '1');
      expect({ ...read, sealed: [...read!.sealed] }).toEqual({ ...map('1'), sealed: [...allBytes] });
      expect(text((await seatMaps.get(key('a'), '2'))?.sealed)).toBe('map of 2');
      expect(await seatMaps.get(key('a'), '3')).toBeNull();
      expect(await seatMaps.get(key('a', 'other'), '1')).toBeNull();
    });

    it('replaces a map by a newer one, never by an older', async () => {
      const { seatMaps } = on.store.rows;
      await seatMaps.put(key('again'), map('1', { readAt: 1 }));
      await seatMaps.put(key('again'), map('1', { readAt: 3, expiresAt: 30, sealed: bytes('new') }));
      await seatMaps.put(key('again'), map('1', { readAt: 2, expiresAt: 20, sealed: bytes('old') }));
      const read = await seatMaps.get(key('again'), '1');
      expect([text(read?.sealed), read?.readAt, read?.expiresAt]).toEqual(['new', 3, 30]);
    });

    it('drops every map of one booking and of no other', async () => {
      const { seatMaps } = on.store.rows;
      for (const segment of ['1', '2']) await seatMaps.put(key('drop'), map(segment));
      await seatMaps.put(key('keep'), map('1'));
      await seatMaps.put(key('drop', 'other'), map('1'));
      await seatMaps.drop(key('drop'));
      expect(await seatMaps.get(key('drop'), '1')).toBeNull();
      expect(await seatMaps.get(key('drop'), '2')).toBeNull();
      expect(await seatMaps.get(key('keep'), '1')).not.toBeNull();
      expect(await seatMaps.get(key('drop', 'other'), '1')).not.toBeNull();
    });
  });

  describe('the sweep of kept bookings', () => {
    const on = useStore(harness);

    it('removes what was read longer ago, so many at a time, the oldest first', async () => {
      const { bookings } = on.store.rows;
      for (const readAt of [12, 10, 11, 13]) await bookings.put(key(`${readAt}`), { sealed: bytes(''), readAt });
      expect(await bookings.sweep(13, 2)).toBe(2);
      expect(await bookings.get(key('11'))).toBeNull();
      expect(await bookings.get(key('12'))).not.toBeNull();
      expect(await bookings.sweep(13, 2)).toBe(1);
      expect(await bookings.get(key('13'))).not.toBeNull();
    });
  });

  describe('the sweep of kept maps', () => {
    const on = useStore(harness);

    it('removes what has expired, so many at a time, and says how many', async () => {
      const { seatMaps } = on.store.rows;
      for (const [segment, expiresAt] of [
        ['1', 10],
        ['2', 11],
        ['3', 12],
      ] as const) {
        await seatMaps.put(key('a'), { segment, sealed: bytes(''), readAt: 0, expiresAt });
      }
      expect(await seatMaps.sweep(11, 1)).toBe(1);
      expect(await seatMaps.sweep(11, 9)).toBe(1);
      expect(await seatMaps.get(key('a'), '2')).toBeNull();
      expect(await seatMaps.get(key('a'), '3')).not.toBeNull();
    });
  });
}
