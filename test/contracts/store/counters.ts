import { describe, expect, it } from 'vitest';
import type { StoreHarness } from './harness.ts';
import { useStore } from './harness.ts';

export function describeCounters(harness: StoreHarness): void {
  describe('counters', () => {
    const on = useStore(harness);
    const start = 1_765_000_000_000;
    const minute = 60_000;

    it('counts within a window and begins again when it is over', async () => {
      const { counters } = on.store.rows;
      expect(await counters.touch('window', minute, start)).toBe(1);
      expect(await counters.touch('window', minute, start + minute - 1)).toBe(2);
      expect(await counters.touch('window', minute, start + minute)).toBe(1);
      expect(await counters.touch('window', minute, start + minute + 1)).toBe(2);
    });

    it('ends a window at its first touch plus its length, however often it is touched', async () => {
      const { counters } = on.store.rows;
      for (const later of [0, 20_000, 40_000, 59_999]) await counters.touch('fixed', minute, start + later);
      expect(await counters.count('fixed', start + minute - 1)).toBe(4);
      expect(await counters.count('fixed', start + minute)).toBe(0);
    });

    it('counts 0 for what was never touched, and touches nothing by counting', async () => {
      const { counters } = on.store.rows;
      expect(await counters.count('never', start)).toBe(0);
      expect(await counters.touch('never', minute, start)).toBe(1);
    });

    it('loses no touch of many at once from two handles', async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, i) => (i % 2 ? on.store : on.other).rows.counters.touch('busy', minute, start)),
      );
      expect(answers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    });
  });

  describe('the sweep of counters', () => {
    const on = useStore(harness);

    it('removes the windows that are over, so many at a time, and leaves the others counting', async () => {
      const { counters } = on.store.rows;
      for (const name of ['short', 'shorter', 'shortest']) await counters.touch(name, 10, 0);
      await counters.touch('long', 1000, 0);
      expect(await counters.sweep(9, 9)).toBe(0);
      expect(await counters.sweep(10, 2)).toBe(2);
      expect(await counters.sweep(10, 2)).toBe(1);
      expect(await counters.touch('long', 1000, 10)).toBe(2);
    });
  });
}
