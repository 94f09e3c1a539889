import { DepartCartError } from '../domain/error.ts';
import type { PanelServices } from './panel-services.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Failed look-ups of one locator in a day: nobody guesses a surname in five tries, and a traveller seldom needs more. */
const PER_LOCATOR = 5;
/** Failed look-ups from one address in ten minutes: a family or a hotel shares one. */
const PER_ADDRESS = 20;
const ADDRESS_WINDOW_MS = 10 * MINUTE_MS;

/**
 * The limit on guessing bookings. Only failures count, so a good client never meets it; the counters are rows, so every process
 * sees the same. Names of counters are digests: no locator and no address stands in the database.
 */
export async function limitLookups(
  services: PanelServices,
  brand: string,
  who: { recordLocator: string; address: string },
) {
  const { store, vault, clock } = services;
  const counters = [
    {
      name: `lookup:${await vault.digest(brand, `locator ${who.recordLocator}`)}`,
      most: PER_LOCATOR,
      windowMs: DAY_MS,
    },
    {
      name: `lookup:${await vault.digest(brand, `address ${network(who.address)}`)}`,
      most: PER_ADDRESS,
      windowMs: ADDRESS_WINDOW_MS,
    },
  ];
  return {
    /** @throws DepartCartError `too_many_requests`; the same words for a locator that exists and one that does not. */
    async check(): Promise<void> {
      for (const { name, most, windowMs } of counters) {
        if ((await store.rows.counters.count(name, clock.now())) < most) continue;
        throw new DepartCartError(
          'too_many_requests',
          'There were too many tries that found no booking. Wait a while, then check reference and name.',
          {
            retryAfterSeconds: windowMs === DAY_MS ? 3600 : 600,
          },
        );
      }
    },
    async failed(): Promise<void> {
      for (const { name, windowMs } of counters) await store.rows.counters.touch(name, windowMs, clock.now());
    },
  };
}

/** An IPv6 subscriber holds a whole /64, so that is what counts. */
const network = (address: string): string =>
  address.includes(':') && !address.includes('.') ? expand(address).slice(0, 4).join(':') : address;

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  if (tail === undefined) return before;
  const after = tail.split(':').filter(Boolean);
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}
