import type { Clock } from '../domain/ports/clock.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Outbound } from '../domain/ports/outbound.ts';
import type { DeliveryRow, EventRow, Store } from '../domain/ports/store.ts';
import type { Endpoint } from '../domain/webhook.ts';
import { afterAttempt } from '../webhooks/schedule.ts';
import { DEADLINE_MS, sendAttempt, type SentAttempt } from '../webhooks/sender.ts';
import { realPause, type Pause, type Work } from './work-loop.ts';

export interface DeliveryJobOptions {
  store: Store;
  outbound: Outbound;
  clock: Clock;
  newId: () => string;
  /** The endpoints in the brand's file, by its code. */
  endpointsOf(brand: string): Promise<readonly Endpoint[]>;
  log: Log;
  /** 0 to 1, for the jitter of the schedule; without it a repeat comes exactly at its time. */
  random?: () => number;
  /** Requests in flight at most. */
  slots?: number;
  /** How long it waits for an answer before it looks for more that is due. Real time when absent. */
  pause?: Pause;
}

/** Longer than an attempt: a worker that died gives its deliveries back when this is over. */
const LEASE_MS = 30_000;
const SLOTS = 16;
/** While requests are in flight and slots are free. */
const LOOK_AGAIN_MS = 250;

/**
 * Delivers events to partners' endpoints, at least once: a delivery is claimed by lease, sent with no database handle held, and its end
 * recorded under the same lease. Body and event id are the stored ones at each attempt; time and signature are made anew.
 *
 * An endpoint that hangs holds its own slots only: what comes due meanwhile goes into the free ones.
 */
export function createDeliveryJob(
  options: DeliveryJobOptions,
): Work & { runOnce(signal?: AbortSignal): Promise<number> } {
  const { store, clock, newId, slots = SLOTS, pause = realPause } = options;

  async function claim(free: number) {
    const now = clock.now();
    const lease = { id: newId(), now, until: now + LEASE_MS, limit: free };
    const claimed = await store.rows.deliveries.claim(lease);
    return claimed.map((one) => ({ ...one, leaseId: lease.id, leaseUntil: lease.until }));
  }

  return {
    name: 'deliveries',
    nextDue: () => store.rows.deliveries.nextDue(),
    async runOnce(signal) {
      const running = new Set<Promise<void>>();
      let taken = 0;
      try {
        for (;;) {
          const free = signal?.aborted ? 0 : slots - running.size;
          const claimed = free > 0 ? await claim(free) : [];
          taken += claimed.length;
          for (const one of claimed) {
            const work: Promise<void> = deliver(options, one).finally(() => running.delete(work));
            running.add(work);
          }
          if (running.size === 0) return taken;
          await firstOf(running, running.size < slots && !signal?.aborted ? pause : null);
        }
      } finally {
        // Also when claiming failed: what is in flight belongs to this run.
        await Promise.all(running);
      }
    },
  };
}

/** Waits until one of them ends, or no longer than it takes until a free slot should look again. */
async function firstOf(running: ReadonlySet<Promise<void>>, pause: Pause | null): Promise<void> {
  const over = new AbortController();
  await Promise.race([...running, ...(pause ? [pause(LOOK_AGAIN_MS, over.signal)] : [])]);
  over.abort();
}

interface Claimed {
  delivery: DeliveryRow;
  event: EventRow;
  leaseId: string;
  leaseUntil: number;
}

/** Never rejects: what cannot be carried out leaves its lease to run out, and is taken up again. */
async function deliver(options: DeliveryJobOptions, { delivery, event, leaseId, leaseUntil }: Claimed): Promise<void> {
  const { store, log, random = () => 0 } = options;
  const fields = { delivery: delivery.id, type: delivery.type, endpoint: delivery.endpoint };
  try {
    const attempt = await attemptOf(options, delivery, event, leaseUntil);
    if (!attempt) return;
    const { no, at, status, fault, endedAt } = attempt;
    const row = { delivery: delivery.id, no, at, ms: endedAt - at, status, fault };
    const next = afterAttempt(attempt, random());
    if (await store.rows.deliveries.complete(leaseId, delivery.id, row, next)) {
      const line = { ...fields, attempt: no, status, fault, ms: row.ms, state: next.state, due_at: next.dueAt };
      if (next.state === 'delivered') log.info(line, 'webhook delivered');
      else log.warn(line, next.state === 'waiting' ? 'webhook comes again' : 'webhook given up');
    } else log.warn({ ...fields, attempt: no }, 'webhook lease lost: somebody else delivers it');
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    log.error({ ...fields, fault: name, message, stack }, 'webhook not delivered');
  }
}

/** null: too little is left of the lease to send, or somebody else might be sending beside us. */
async function attemptOf(
  options: DeliveryJobOptions,
  delivery: DeliveryRow,
  event: EventRow,
  leaseUntil: number,
): Promise<SentAttempt | null> {
  const { clock, endpointsOf } = options;
  const no = delivery.attempts + 1;
  const endpoint = (await endpointsOf(delivery.brand)).find(({ id }) => id === delivery.endpoint);
  const now = clock.now();
  if (!endpoint) return { no, at: now, endedAt: now, status: null, fault: 'endpoint_removed', retryAfterMs: null };
  if (leaseUntil - now < DEADLINE_MS) return null;
  return sendAttempt(options, endpoint, event, no);
}
