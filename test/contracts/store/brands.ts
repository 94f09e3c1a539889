import { describe, expect, it } from 'vitest';
import type { BrandRow } from '../../../server/domain/ports/store.ts';
import type { StoreHarness } from './harness.ts';
import { allBytes, bytes, text, useStore } from './harness.ts';

export function describeBrands(harness: StoreHarness): void {
  describe('brands', () => {
    const on = useStore(harness);
    const row = (code: string, version: number, more: Partial<BrandRow> = {}): BrandRow => ({
      code,
      version,
      publishableKey: `key-of-${code}`,
      settingsSealed: bytes(`${code} ${version}`),
      appliedAt: 1_765_000_000_000,
      appliedBy: 'María Ångström',
      state: 'on',
      derivedSealed: null,
      ...more,
    });

    it('gives a row back as it was written, bytes and instants included', async () => {
      const written = row('whole', 1, { settingsSealed: allBytes });
      expect(await on.store.rows.brands.add(written)).toBe(true);
      const read = await on.other.rows.brands.newest('whole');
      expect({ ...read, settingsSealed: [...read!.settingsSealed] }).toEqual({
        ...written,
        settingsSealed: [...allBytes],
      });
    });

    it('answers the newest version, by code and by publishable key', async () => {
      for (const version of [1, 2, 3]) await on.store.rows.brands.add(row('grows', version));
      expect((await on.store.rows.brands.newest('grows'))?.version).toBe(3);
      expect(text((await on.store.rows.brands.newestByPublishableKey('key-of-grows'))?.settingsSealed)).toBe('grows 3');
    });

    it('answers null for a code and a key that are not there', async () => {
      expect(await on.store.rows.brands.newest('nobody')).toBeNull();
      expect(await on.store.rows.brands.newestByPublishableKey('nobody')).toBeNull();
    });

    it('no longer knows a publishable key that the newest version replaced', async () => {
      await on.store.rows.brands.add(row('rotated', 1, { publishableKey: 'old' }));
      await on.store.rows.brands.add(row('rotated', 2, { publishableKey: 'new' }));
      expect(await on.store.rows.brands.newestByPublishableKey('old')).toBeNull();
      expect((await on.store.rows.brands.newestByPublishableKey('new'))?.version).toBe(2);
    });

    it('keeps every version, newest first, with its state and what was made of it', async () => {
      const last = row('kept', 2, { state: 'disabled', derivedSealed: allBytes });
      await on.store.rows.brands.add(row('kept', 1));
      await on.store.rows.brands.add(last);
      const versions = await on.other.rows.brands.versions('kept');
      expect(
        versions.map(({ version, state, derivedSealed }) => [version, state, derivedSealed && [...derivedSealed]]),
      ).toEqual([
        [2, 'disabled', [...allBytes]],
        [1, 'on', null],
      ]);
      expect((await on.store.rows.brands.newest('kept'))?.state).toBe('disabled');
      expect(await on.store.rows.brands.versions('nobody')).toEqual([]);
    });

    it('refuses a version that is not the next one, and keeps what stands', async () => {
      await on.store.rows.brands.add(row('steps', 1));
      expect(await on.store.rows.brands.add(row('steps', 1, { appliedBy: 'late' }))).toBe(false);
      expect(await on.store.rows.brands.add(row('steps', 3))).toBe(false);
      expect(await on.store.rows.brands.add(row('unborn', 2))).toBe(false);
      expect((await on.store.rows.brands.newest('steps'))?.appliedBy).toBe('María Ångström');
    });

    it('lets one of two writers have a version', async () => {
      const answers = await Promise.all([
        on.store.rows.brands.add(row('raced', 1, { appliedBy: 'one' })),
        on.other.rows.brands.add(row('raced', 1, { appliedBy: 'other' })),
      ]);
      expect(answers.filter(Boolean)).toHaveLength(1);
      const winner = answers[0] ? 'one' : 'other';
      expect((await on.store.rows.brands.newest('raced'))?.appliedBy).toBe(winner);
    });
  });

  describe('the list of brands', () => {
    const on = useStore(harness);

    it('holds each brand once, newest version, in the order of the codes on both engines', async () => {
      for (const [code, version] of [
        ['b_1', 1],
        ['b-1', 1],
        ['a', 1],
        ['a', 2],
        ['b1', 1],
      ] as const) {
        await on.store.rows.brands.add({
          code,
          version,
          publishableKey: `key ${code}`,
          settingsSealed: bytes(''),
          appliedAt: 0,
          appliedBy: '',
          state: 'on',
          derivedSealed: null,
        });
      }
      const listed = await on.store.rows.brands.list();
      expect(listed.map(({ code, version }) => `${code} ${version}`)).toEqual(['a 2', 'b-1 1', 'b1 1', 'b_1 1']);
    });
  });
}
