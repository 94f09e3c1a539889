import { DepartCartError } from '../domain/error.ts';
import type { PanelServices } from './panel-services.ts';

/** What is counted, and how many of them may fail in a window. */
export interface FailureLimit {
  /** Stays in this process: the counter is named by its digest, so that no locator, key or address stands in the database. */
  name: string;
  most: number;
  windowMs: number;
  /** Above it only the alarm is raised: what strangers do must not close the door to everybody. */
  alarmOnly?: boolean;
}

/**
 * Limits that only failures use up: a good client never meets them. Counters are rows, so every process sees the same.
 * @param brand whose digest key names the counters; '' for what belongs to no brand yet
 */
export async function limitFailures(
  { store, vault, clock, log }: Pick<PanelServices, 'store' | 'vault' | 'clock' | 'log'>,
  brand: string,
  limits: readonly FailureLimit[],
  detail: string,
) {
  const counters = await Promise.all(
    limits.map(async ({ name, ...limit }) => ({
      ...limit,
      kind: name.slice(0, name.indexOf(' ')),
      name: `failures:${await vault.digest(brand, name)}`,
    })),
  );
  const { counters: rows } = store.rows;
  const tooMany = (windowMs: number) =>
    new DepartCartError('too_many_requests', detail, { retryAfterSeconds: Math.min(3600, windowMs / 1000) });

  async function alarm(kind: string): Promise<void> {
    // Once a minute is enough to wake somebody, and no guesser can fill the log.
    const told = await rows.touch(`alarm:${brand}:${kind}`, 60_000, clock.now());
    if (told === 1) log.warn({ brand, limit: kind, alarm: true }, 'alarm: somebody is guessing, a limit was reached');
  }

  return {
    /** @throws DepartCartError `too_many_requests` once a limit is used up */
    async check(): Promise<void> {
      for (const { name, most, windowMs, kind } of counters) {
        if ((await rows.count(name, clock.now())) < most) continue;
        await alarm(kind);
        throw tooMany(windowMs);
      }
    },
    /** Counts a failure. @throws DepartCartError `too_many_requests` for the first one above a limit, and after */
    async failed(): Promise<void> {
      let over: number | null = null;
      for (const { name, most, windowMs, kind, alarmOnly } of counters) {
        if ((await rows.touch(name, windowMs, clock.now())) <= most) continue;
        await alarm(kind);
        if (!alarmOnly) over = windowMs;
      }
      if (over !== null) throw tooMany(over);
    },
    /**
     * Takes a try before it is made: of many at once no more than the limit get one.
     * @returns gives the try back, when it was none that counts
     * @throws DepartCartError `too_many_requests`
     */
    async take(): Promise<() => Promise<void>> {
      const taken: string[] = [];
      const giveBack = async () => {
        for (const name of taken) await rows.release(name, clock.now());
      };
      for (const { name, most, windowMs, kind } of counters) {
        taken.push(name);
        if ((await rows.touch(name, windowMs, clock.now())) <= most) continue;
        await giveBack();
        await alarm(kind);
        throw tooMany(windowMs);
      }
      return giveBack;
    },
  };
}

/** An IPv6 subscriber holds a whole /64, so that is what counts. */
export const networkOf = (address: string): string =>
  address.includes(':') && !address.includes('.') ? expand(address).slice(0, 4).join(':') : address;

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  if (tail === undefined) return before;
  const after = tail.split(':').filter(Boolean);
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}
