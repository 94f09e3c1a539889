import { describe, expect, it } from 'vitest';
import type { StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';

export function describeBrandFiles(harness: StoreHarness): void {
  describe('brand files', () => {
    const on = useStore(harness);
    const row = {
      hash: 'a'.repeat(64),
      type: 'image/png',
      bytes: Uint8Array.from({ length: 256 }, (_, i) => i),
      storedAt: 7,
    };

    it('come back byte for byte, to another handle, too', async () => {
      await on.store.rows.brandFiles.put(row);
      const found = await on.other.rows.brandFiles.get(row.hash);
      expect({ ...found, bytes: [...found!.bytes] }).toEqual({ ...row, bytes: [...row.bytes] });
      expect(await on.store.rows.brandFiles.get('b'.repeat(64))).toBeNull();
    });

    it('stay as they are when the same content is put again, by many at once', async () => {
      const { brandFiles } = on.store.rows;
      const hash = 'c'.repeat(64);
      await brandFiles.put({ ...row, hash });
      await Promise.all([8, 9, 10].map((storedAt) => on.other.rows.brandFiles.put({ ...row, hash, storedAt })));
      expect((await brandFiles.get(hash))?.storedAt).toBe(7);
    });

    it('hold as much as a logo may weigh', async () => {
      const bytes = new Uint8Array(256 * 1024).fill(7);
      await on.store.rows.brandFiles.put({ ...row, hash: 'd'.repeat(64), bytes });
      expect((await on.store.rows.brandFiles.get('d'.repeat(64)))?.bytes.byteLength).toBe(bytes.byteLength);
    });
  });
}
