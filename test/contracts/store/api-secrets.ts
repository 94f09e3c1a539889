import { describe, expect, it } from 'vitest';
import type { ApiSecretRow } from '../../../server/domain/ports/store.ts';
import type { StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';

export function describeApiSecrets(harness: StoreHarness): void {
  describe('API secrets', () => {
    const on = useStore(harness);
    const row = (apiKey: string, hash: string, more: Partial<ApiSecretRow> = {}): ApiSecretRow => ({
      apiKey,
      hash,
      brand: `brand-of-${apiKey}`,
      createdAt: 1_765_000_000_000,
      createdBy: 'María Ångström',
      endsAt: null,
      ...more,
    });

    it('come back as they were written, newest first, by key and by brand, to another handle, too', async () => {
      const [older, newer] = [
        row('dck_a', 'h1'),
        row('dck_a', 'h2', { createdAt: 1_765_000_000_001, endsAt: 1_765_100_000_000 }),
      ];
      await on.store.rows.apiSecrets.add(older);
      await on.store.rows.apiSecrets.add(newer);
      await on.store.rows.apiSecrets.add(row('dck_b', 'h1'));
      expect(await on.other.rows.apiSecrets.byApiKey('dck_a')).toEqual([newer, older]);
      expect(await on.other.rows.apiSecrets.ofBrand('brand-of-dck_a')).toEqual([newer, older]);
      expect(await on.store.rows.apiSecrets.byApiKey('nobody')).toEqual([]);
      expect(await on.store.rows.apiSecrets.ofBrand('nobody')).toEqual([]);
    });

    it('end when they are told to, the named one only, and an earlier end stays', async () => {
      const { apiSecrets } = on.store.rows;
      await apiSecrets.add(row('dck_ends', 'one'));
      await apiSecrets.add(row('dck_ends', 'other', { createdAt: 1 }));
      const ends = async () => (await apiSecrets.byApiKey('dck_ends')).map(({ hash, endsAt }) => [hash, endsAt]);
      await apiSecrets.end('dck_ends', 'one', 2_000);
      await apiSecrets.end('dck_ends', 'one', 3_000);
      expect(await ends()).toEqual([
        ['one', 2_000],
        ['other', null],
      ]);
      await on.other.rows.apiSecrets.end('dck_ends', 'one', 1_000);
      expect(await ends()).toContainEqual(['one', 1_000]);
    });

    it('are written with a brand in one commit, or not at all', async () => {
      const failed = on.store.atomically(async (rows) => {
        await rows.apiSecrets.add(row('dck_lost', 'h'));
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await on.store.rows.apiSecrets.byApiKey('dck_lost')).toEqual([]);
    });
  });
}
