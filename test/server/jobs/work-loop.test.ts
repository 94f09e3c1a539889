import { describe, expect, it } from 'vitest';
import { createWorkLoop, realPause, type Pause, type Work } from '../../../server/jobs/work-loop.ts';

/** A loop whose rests end when the test says so. */
function stand(work: Work[], now = 0) {
  const rests: { ms: number; end(): void }[] = [];
  const errors: Record<string, unknown>[] = [];
  const pause: Pause = (ms, signal) =>
    new Promise((resolve) => {
      const rest = {
        ms,
        end() {
          if (rests.includes(rest)) rests.splice(rests.indexOf(rest), 1);
          resolve();
        },
      };
      rests.push(rest);
      signal.addEventListener('abort', () => rest.end(), { once: true });
    });
  const log = { info() {}, warn() {}, error: (fields: Record<string, unknown>) => void errors.push(fields) };
  const loop = createWorkLoop({ clock: { now: () => now }, log, work, pollMs: 1000, pause });
  const resting = () => expect.poll(() => rests.map(({ ms }) => ms));
  return { loop, rests, errors, resting };
}

const work = (more: Partial<Work> = {}): Work & { runs: number } => {
  const made = {
    name: 'work',
    runs: 0,
    async runOnce(signal: AbortSignal) {
      made.runs++;
      return more.runOnce ? more.runOnce(signal) : 0;
    },
    nextDue: more.nextDue ?? (async () => null),
  };
  return made;
};

describe('the work loop', () => {
  it('looks again at once while there is work, then rests', async () => {
    let left = 3;
    const one = work({ runOnce: async () => (left-- > 0 ? 1 : 0) });
    const { loop, resting } = stand([one]);
    loop.start();
    await resting().toEqual([1000]);
    expect(one.runs).toBe(4);
    await loop.stop();
  });

  it.each([
    ['nothing waits', null, 1000],
    ['it comes due soon', 5_300, 300],
    ['it comes due late', 99_000, 1000],
    ['it is due and somebody else holds it', 4_000, 1000],
  ])('rests as long as is right when %s', async (_, due, ms) => {
    const { loop, resting } = stand([work({ nextDue: async () => due })], 5_000);
    loop.start();
    await resting().toEqual([ms]);
    await loop.stop();
  });

  it('wakes early', async () => {
    const one = work();
    const { loop, resting } = stand([one]);
    loop.start();
    await resting().toEqual([1000]);
    loop.wake();
    await expect.poll(() => one.runs).toBe(2);
    await resting().toEqual([1000]);
    await loop.stop();
  });

  it('hears a wake that comes while it runs', async () => {
    const held: (() => void)[] = [];
    const one = work({
      runOnce: () =>
        new Promise((resolve) => {
          held.push(() => resolve(0));
        }),
    });
    const { loop, resting } = stand([one]);
    loop.start();
    await expect.poll(() => held.length).toBe(1);
    loop.wake();
    held[0]!();
    await expect.poll(() => held.length).toBe(2);
    held[1]!();
    await resting().toEqual([1000]);
    expect(one.runs).toBe(2);
    await loop.stop();
  });

  it('never runs one kind beside itself, and kinds beside each other', async () => {
    const held: (() => void)[] = [];
    let beside = 0;
    const slow = work({
      runOnce: async () => {
        beside++;
        await new Promise<void>((resolve) => held.push(resolve));
        expect(--beside).toBe(0);
        return 0;
      },
    });
    const quick = work();
    const { loop } = stand([slow, quick]);
    loop.start();
    loop.start();
    await expect.poll(() => quick.runs).toBe(1);
    loop.wake();
    await expect.poll(() => quick.runs).toBe(2);
    expect(slow.runs).toBe(1);
    const stopped = loop.stop();
    held[0]!();
    await stopped;
  });

  it('logs an error, backs off further each time whoever wakes it, and comes back to its pace', async () => {
    let broken = true;
    const bad = work({
      runOnce: async () => {
        if (broken) throw new Error('the database is away');
        return 0;
      },
    });
    const { loop, rests, errors, resting } = stand([bad]);
    loop.start();
    for (const ms of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      await resting().toEqual([ms]);
      loop.wake();
      expect(rests).toHaveLength(1);
      rests[0]!.end();
    }
    await expect.poll(() => errors.length).toBe(8);
    expect(errors[0]).toMatchObject({ work: 'work', message: 'the database is away', failures: 1 });
    broken = false;
    rests[0]!.end();
    await resting().toEqual([1000]);
    loop.wake();
    await expect.poll(() => bad.runs).toBe(10);
    await loop.stop();
  });

  it('lets one kind’s error take no other down', async () => {
    const bad = work({ nextDue: () => Promise.reject(new Error('no')) });
    const good = work();
    const { loop, errors } = stand([bad, good]);
    loop.start();
    await expect.poll(() => errors.length).toBe(1);
    loop.wake();
    await expect.poll(() => good.runs).toBe(2);
    expect(bad.runs).toBe(1);
    await loop.stop();
  });

  it('stops when what runs has ended, takes up nothing more, and says so to what runs', async () => {
    let told = false;
    let end = () => {};
    const one = work({
      runOnce: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => (told = true));
          end = () => resolve(1);
        }),
    });
    const { loop } = stand([one]);
    loop.start();
    await expect.poll(() => one.runs).toBe(1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await realPause(1, new AbortController().signal);
    expect([told, stopped]).toEqual([true, false]);
    end();
    await stopping;
    expect(one.runs).toBe(1);
    loop.start();
    expect(one.runs).toBe(1);
  });
});
