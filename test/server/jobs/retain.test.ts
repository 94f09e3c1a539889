import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/domain/ports/store.ts';
import { createRetentionJob, kept } from '../../../server/jobs/retain.ts';
import type { Work } from '../../../server/jobs/work-loop.ts';
import { openStore } from '../../../server/store/database.ts';
import { EffectStand } from './effect-stand.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 5, 1, 12);

let store: Store;
let now: number;
const clock = { now: () => now };
const run = (job: Work, signal = new AbortController().signal) => job.runOnce(signal);
const bytes = new Uint8Array([1]);
const booking = (name: string) => ({ brand: 'skyline', booking: name });

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  now = START;
});
afterEach(() => store.close());

/** One of everything, as of now. */
async function keepSome(): Promise<void> {
  const { rows } = store;
  await rows.counters.touch('lookups', 60_000, now);
  await rows.seatMaps.put(booking('a'), { segment: '1', sealed: bytes, readAt: now, expiresAt: now + 900_000 });
  await rows.bookings.put(booking('a'), { sealed: bytes, readAt: now });
  await rows.selections.replace(booking('a'), 0, { sealed: bytes, changedAt: now });
  const idempotent = { brand: 'skyline', route: 'pay', key: 'a', bodyHash: '', answerSealed: null, status: null };
  await rows.idempotency.begin({ ...idempotent, startedAt: now }, HOUR);
  await rows.callbacks.add({
    gateway: 'stripe',
    brand: 'skyline',
    eventId: 'evt_a',
    rawSealed: bytes,
    receivedAt: now,
  });
}

describe('retention', () => {
  it('takes each thing out when its time is over, and not before', async () => {
    await keepSome();
    const job = createRetentionJob({ store, clock });
    const at = async (ms: number) => {
      now = START + ms;
      return run(job);
    };
    expect(await at(0)).toBe(0);
    expect(await at(kept.bookingMs)).toBe(2);
    expect(await store.rows.bookings.get(booking('a'))).not.toBeNull();
    expect(await at(kept.bookingMs + HOUR)).toBe(1);
    expect(await store.rows.bookings.get(booking('a'))).toBeNull();
    expect([await at(kept.idempotencyMs), await at(kept.idempotencyMs + HOUR)]).toEqual([0, 1]);
    expect([await at(kept.callbackMs), await at(kept.callbackMs + HOUR)]).toEqual([0, 1]);
    expect(await store.rows.selections.get(booking('a'))).not.toBeNull();
    expect([await at(kept.selectionMs), await at(kept.selectionMs + HOUR)]).toEqual([0, 1]);
  });

  it('looks once an hour, and of two processes one', async () => {
    const jobs = [createRetentionJob({ store, clock }), createRetentionJob({ store, clock })] as const;
    await run(jobs[0]);
    await keepSome();
    now += HOUR - 1;
    expect([await run(jobs[0]), await run(jobs[1])]).toEqual([0, 0]);
    expect(await jobs[0].nextDue()).toBe(START + HOUR);
    now += 1;
    expect(await run(jobs[0])).toBe(2);
    await store.rows.counters.touch('lookups', 1, now - 10);
    expect(await run(jobs[0])).toBe(0);
  });

  it('takes out more than one batch at a time, and stops between batches when it is told to', async () => {
    const fill = () =>
      store.atomically(async ({ counters }) => {
        for (let n = 0; n < 1100; n++) await counters.touch(`counter ${n}`, 1, now - 10);
      });
    await fill();
    expect(await run(createRetentionJob({ store, clock }))).toBe(1100);
    await fill();
    now += HOUR;
    expect(await run(createRetentionJob({ store, clock }), AbortSignal.abort())).toBe(0);
  });

  it('leaves a purchase as it is, effects that are done apart', async () => {
    const s = await EffectStand.open();
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    await s.goOn(services, HOUR);
    const before = await s.get(id);
    expect(before.status).toBe('completed');
    s.world.pass(kept.effectMs);
    const job = createRetentionJob({ store: s.store, clock: s.world.clock });
    expect(await run(job)).toBeGreaterThan(0);
    expect(await s.get(id)).toEqual(before);
    expect(await s.store.rows.transactions.sweepEffects(s.world.now, 9)).toBe(0);
    expect((await s.store.rows.transactions.audit(id)).length).toBe(before.version);
    await s.store.close();
  });
});
