import { limitFailures, networkOf } from './limit-failures.ts';
import type { PanelServices } from './panel-services.ts';

const DAY_MS = 86_400_000;

/** Failed look-ups of one locator in a day: nobody guesses a surname in five tries, and a traveller seldom needs more. */
const PER_LOCATOR = 5;
/** Failed look-ups from one address in ten minutes: a family or a hotel shares one. */
const PER_ADDRESS = 20;
const ADDRESS_WINDOW_MS = 10 * 60_000;
/**
 * Look-ups of a brand that found nothing, from everywhere, in a minute. Who has many addresses and goes from locator to locator meets
 * the limits above late or never.
 */
const MISSES = 60;
const MISSES_WINDOW_MS = 60_000;

/**
 * The limit on guessing bookings. A try is taken before the GDS is asked and given back when it found the booking: so of any number of
 * guesses at once no more than the limit reach the GDS, and a good client never meets it.
 */
export const limitLookups = (
  services: PanelServices,
  brand: string,
  who: { recordLocator: string; address: string },
): ReturnType<typeof limitFailures> =>
  limitFailures(
    services,
    brand,
    [
      { name: `locator ${who.recordLocator}`, most: PER_LOCATOR, windowMs: DAY_MS },
      { name: `address ${networkOf(who.address)}`, most: PER_ADDRESS, windowMs: ADDRESS_WINDOW_MS },
    ],
    'There were too many tries that found no booking. Wait a while, then check reference and name.',
  );

/** Counts a look-up that found nothing towards the brand's alarm. Refuses nobody. */
export async function noteMiss(services: PanelServices, brand: string): Promise<void> {
  const misses = { name: 'misses of all', most: MISSES, windowMs: MISSES_WINDOW_MS, alarmOnly: true };
  await (await limitFailures(services, brand, [misses], '')).failed();
}
