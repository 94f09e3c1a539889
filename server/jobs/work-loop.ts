import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../domain/ports/clock.ts';
import type { Log } from '../domain/ports/log.ts';

/** One kind of work that lies in the database. */
export interface Work {
  name: string;
  /** Takes up what is due and answers how much that was. Takes up nothing more once the signal is aborted. */
  runOnce(signal: AbortSignal): Promise<number>;
  /** UTC milliseconds at which something comes due; null: nothing waits. */
  nextDue(): Promise<number | null>;
}

export interface WorkLoop {
  start(): void;
  /** Something is due now: looks at once instead of at its own pace. */
  wake(): void;
  /** Takes up nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** Ends after that many milliseconds, or when the signal says so. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface WorkLoopOptions {
  clock: Pick<Clock, 'now'>;
  log: Log;
  work: readonly Work[];
  /** The longest it stays without looking: other processes write rows, too. */
  pollMs: number;
  /** Real time when absent, whatever the clock says: a clock that was set ahead must not make the loop spin. */
  pause?: Pause;
}

const BACK_OFF_MS_MAX = 30_000;

/**
 * Runs each kind of work at its own pace, none of them beside itself. An error is logged, and the work is left alone for a while that
 * doubles with each further one; it takes nothing else down.
 */
export function createWorkLoop({ clock, log, work, pollMs, pause = realPause }: WorkLoopOptions): WorkLoop {
  const stopping = new AbortController();
  const lanes = work.map((one) => ({ work: one, bell: new Bell() }));
  let running: Promise<void>[] | null = null;

  /** Runs once; answers how long to rest, and whether a wake may cut the rest short. */
  async function turn(one: Work, failures: number): Promise<{ restMs: number; failures: number }> {
    try {
      if ((await one.runOnce(stopping.signal)) > 0) return { restMs: 0, failures: 0 };
      const due = await one.nextDue();
      // Due already and yet not taken up: somebody else holds it, so looking at once would find the same.
      const left = due === null ? pollMs : due - clock.now();
      return { restMs: left > 0 ? Math.min(left, pollMs) : pollMs, failures: 0 };
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      log.error({ work: one.name, fault: name, message, stack, failures: failures + 1 }, 'work failed');
      return { restMs: Math.min(pollMs * 2 ** failures, BACK_OFF_MS_MAX), failures: failures + 1 };
    }
  }

  async function run({ work: one, bell }: { work: Work; bell: Bell }): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      // Before the run: a wake during it may be about rows that it no longer saw.
      const woken = bell.next();
      const after = await turn(one, failures);
      failures = after.failures;
      const cut = failures > 0 ? stopping.signal : AbortSignal.any([stopping.signal, woken]);
      if (after.restMs > 0 && !cut.aborted) await pause(after.restMs, cut);
      // Work that never waits for anything must still let the rest of the process run.
      else await breathe();
    }
  }

  return {
    start() {
      running ??= lanes.map(run);
    },
    wake() {
      for (const { bell } of lanes) bell.ring();
    },
    async stop() {
      stopping.abort();
      await Promise.all(running ?? []);
    },
  };
}

/** Hands out a signal that its next ring aborts. */
class Bell {
  #next = new AbortController();

  next(): AbortSignal {
    if (this.#next.signal.aborted) this.#next = new AbortController();
    return this.#next.signal;
  }

  ring(): void {
    this.#next.abort();
  }
}

export const realPause: Pause = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
