import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../domain/ports/clock.ts';
import type { Rows, Store } from '../domain/ports/store.ts';
import type { Work } from './work-loop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long rows are kept that have done their work, and why that long. Windows of counters and kept maps carry their own end. */
export const kept = {
  /** A caller that repeats a request does so within a day; gateways and our own API promise no more. */
  idempotencyMs: DAY,
  /** Read for the panel's session of 30 minutes; nothing older is believed. It holds names: no longer than needed. */
  bookingMs: HOUR,
  /** Flights are on sale for less than a year: what nobody has touched for longer has flown. */
  selectionMs: 400 * DAY,
  /** A gateway sends an event again for days, and by hand for 30; until then it must be known as heard. */
  callbackMs: 35 * DAY,
  /** What was asked of a vendor, how often: asked about while a statement of account is open. Audit and purchase stay. */
  effectMs: 90 * DAY,
  /** When a delivered event was delivered, and after which faults: asked about by a receiver who misses one. The event stays. */
  attemptMs: 30 * DAY,
} as const;

/** What is taken out at a time: some milliseconds of SQLite's one writer. */
const BATCH = 500;
const EVERY_MS = HOUR;

const sweeps: ((rows: Rows, now: number) => Promise<number>)[] = [
  (rows, now) => rows.counters.sweep(now, BATCH),
  (rows, now) => rows.seatMaps.sweep(now, BATCH),
  (rows, now) => rows.bookings.sweep(now - kept.bookingMs, BATCH),
  (rows, now) => rows.selections.sweep(now - kept.selectionMs, BATCH),
  (rows, now) => rows.idempotency.sweep(now - kept.idempotencyMs, BATCH),
  (rows, now) => rows.callbacks.sweep(now - kept.callbackMs, BATCH),
  (rows, now) => rows.deliveries.sweepAttempts(now - kept.attemptMs, BATCH),
  (rows, now) => rows.transactions.sweepEffects(now - kept.effectMs, BATCH),
];

/** Takes out, each hour, what was kept for long enough. Of several processes one does it: it is the first to touch the hour's counter. */
export function createRetentionJob({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }): Work {
  let nextAt = 0;
  return {
    name: 'retention',
    nextDue: () => Promise.resolve(nextAt),
    async runOnce(signal) {
      const now = clock.now();
      if (now < nextAt) return 0;
      if ((await store.rows.counters.touch('retention', EVERY_MS, now)) > 1) {
        nextAt = now + EVERY_MS;
        return 0;
      }
      let removed = 0;
      for (const sweep of sweeps) {
        for (let batch = BATCH; batch === BATCH && !signal.aborted; removed += batch) {
          batch = await sweep(store.rows, now);
          await breathe();
        }
      }
      nextAt = now + EVERY_MS;
      return removed;
    },
  };
}
