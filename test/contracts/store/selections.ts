import { describe, expect, it } from 'vitest';
import type { StoreHarness } from './harness.ts';
import { allBytes, bytes, text, useStore } from './harness.ts';

export function describeSelections(harness: StoreHarness): void {
  describe('selections', () => {
    const on = useStore(harness);
    const key = (booking: string, brand = 'skyline') => ({ brand, booking });
    const row = (what: string) => ({ sealed: bytes(what), changedAt: 1_765_000_000_000 });

    it('begins at version 1 and goes up by one', async () => {
      const { selections } = on.store.rows;
      expect(await selections.get(key('a'))).toBeNull();
      expect(await selections.replace(key('a'), 0, { sealed: allBytes, changedAt: 7 })).toBe(true);
      const first = await on.other.rows.selections.get(key('a'));
      expect([first?.version, first?.changedAt, [...first!.sealed]]).toEqual([1, 7, [...allBytes]]);
      expect(await selections.replace(key('a'), 1, row('second'))).toBe(true);
      const second = await selections.get(key('a'));
      expect([second?.version, text(second?.sealed)]).toEqual([2, 'second']);
    });

    it('writes nothing when the version is another', async () => {
      const { selections } = on.store.rows;
      await selections.replace(key('b'), 0, row('first'));
      for (const expected of [0, 2, 7]) expect(await selections.replace(key('b'), expected, row('wrong'))).toBe(false);
      expect(await selections.replace(key('unborn'), 1, row('wrong'))).toBe(false);
      expect(text((await selections.get(key('b')))?.sealed)).toBe('first');
      expect(await selections.get(key('unborn'))).toBeNull();
    });

    it('keeps brands apart', async () => {
      const { selections } = on.store.rows;
      await selections.replace(key('c'), 0, row('mine'));
      expect(await selections.replace(key('c', 'other'), 1, row('wrong'))).toBe(false);
      expect(await selections.get(key('c', 'other'))).toBeNull();
    });

    it('lets one of many writers have the first version, and one have the next', async () => {
      for (const expected of [0, 1]) {
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, i) =>
            (i % 2 ? on.store : on.other).rows.selections.replace(key('raced'), expected, row(`writer ${i}`)),
          ),
        );
        expect(answers.filter(Boolean)).toHaveLength(1);
        const stands = await on.store.rows.selections.get(key('raced'));
        expect([stands?.version, text(stands?.sealed)]).toEqual([expected + 1, `writer ${answers.indexOf(true)}`]);
      }
    });
  });
}
