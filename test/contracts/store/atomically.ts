import { describe, expect, it } from 'vitest';
import type { StoreHarness } from './harness.ts';
import { bytes, useStore } from './harness.ts';

/** Lets a test stand still in the middle of work, for as long as it likes. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

export function describeAtomically(harness: StoreHarness): void {
  describe('atomically', () => {
    const on = useStore(harness);
    const key = (booking: string) => ({ brand: 'skyline', booking });
    const row = { sealed: bytes('x'), changedAt: 0 };

    it('commits all that was written and answers what the work answered', async () => {
      const answer = await on.store.atomically(async (rows) => {
        await rows.selections.replace(key('both'), 0, row);
        await rows.bookings.put(key('both'), { sealed: bytes('x'), readAt: 1 });
        return (await rows.selections.get(key('both')))?.version;
      });
      expect(answer).toBe(1);
      expect(await on.other.rows.bookings.get(key('both'))).not.toBeNull();
      expect(await on.other.rows.selections.get(key('both'))).not.toBeNull();
    });

    it('leaves nothing behind when the work throws, and throws the same', async () => {
      const fault = new Error('the work failed');
      const work = on.store.atomically(async (rows) => {
        await rows.selections.replace(key('undone'), 0, row);
        await rows.counters.touch('undone', 60_000, 0);
        throw fault;
      });
      await expect(work).rejects.toBe(fault);
      expect(await on.store.rows.selections.get(key('undone'))).toBeNull();
      expect(await on.store.rows.counters.count('undone', 1)).toBe(0);
    });

    it('works again after a failure', async () => {
      await expect(on.store.atomically(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await on.store.atomically((rows) => rows.selections.replace(key('after'), 0, row))).toBe(true);
    });

    it('shows others nothing before the commit', async () => {
      const written = gate();
      const looked = gate();
      const work = on.store.atomically(async (rows) => {
        await rows.selections.replace(key('unseen'), 0, row);
        written.open();
        await looked.opened;
      });
      await written.opened;
      const before = await on.other.rows.selections.get(key('unseen'));
      looked.open();
      await work;
      expect(before).toBeNull();
      expect(await on.other.rows.selections.get(key('unseen'))).not.toBeNull();
    });

    it('refuses the outer handle at once instead of waiting for itself, and rolls back', async () => {
      const work = on.store.atomically(async (rows) => {
        await rows.selections.replace(key('nested'), 0, row);
        await on.store.rows.selections.get(key('nested'));
      });
      await expect(work).rejects.toThrow(/only the rows handed to the work/);
      const nested = on.store.atomically(() => on.store.atomically(() => Promise.resolve()));
      await expect(nested).rejects.toThrow(/only the rows handed to the work/);
      expect(await on.store.rows.selections.get(key('nested'))).toBeNull();
    });

    it('lets work that was only started inside use the outer handle after the commit', async () => {
      const committed = gate();
      let later: Promise<unknown> | undefined;
      await on.store.atomically((rows) => {
        later = committed.opened.then(() => on.store.rows.selections.get(key('later')));
        return rows.selections.replace(key('later'), 0, row);
      });
      committed.open();
      expect(await later).toMatchObject({ version: 1 });
    });

    it('loses none of many changes that read before they write', async () => {
      const raise = (store: typeof on.store) =>
        store.atomically(async (rows) => {
          // Written first, so that on PostgreSQL the next one waits here, before it reads.
          await rows.counters.touch('lock', 60_000, 0);
          const version = (await rows.selections.get(key('many')))?.version ?? 0;
          return rows.selections.replace(key('many'), version, row);
        });
      const answers = await Promise.all(Array.from({ length: 20 }, () => raise(on.store)));
      expect(answers.every(Boolean)).toBe(true);
      expect((await on.store.rows.selections.get(key('many')))?.version).toBe(20);
    });
  });
}
