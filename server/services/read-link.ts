import { DepartCartError } from '../domain/error.ts';
import type { OpenedId } from '../domain/ports/crypto.ts';
import { waitForFloor } from './answer-floor.ts';
import { limitFailures, networkOf } from './limit-failures.ts';
import type { PartnerServices } from './partner-services.ts';

const MINUTE_MS = 60_000;
/** Ids that did not open, from one address: a traveller has one link, an oracle needs thousands. */
const PER_ADDRESS = 10;

export const linkNotValid = () =>
  new DepartCartError(
    'link_not_valid',
    'This link does not open any more. Open the newest one, or use the booking reference and the last name.',
  );

/**
 * What the id of a link holds. One answer for every failure, in one time.
 * @param accepts further conditions, which fail in the same way
 * @throws DepartCartError `link_not_valid`, `too_many_requests`
 */
export async function readLink(
  services: PartnerServices,
  { id, address }: { id: string; address: string },
  accepts: (opened: OpenedId) => boolean = () => true,
): Promise<OpenedId> {
  const startedAt = services.clock.now();
  const opened = await services.encryptedIds.open(id, services.brands.withLegacyIds);
  // What has a MAC cannot be guessed, so it waits for no limit; what has none must not answer a hundred questions a second.
  if (opened && opened.form !== 'aes-cbc' && accepts(opened)) return opened;
  const limit = await linkLimit(services, address);
  try {
    if (opened && accepts(opened)) {
      await limit.check();
      return opened;
    }
    await limit.failed();
  } catch (error) {
    await waitForFloor(services.clock, startedAt);
    throw error;
  }
  await waitForFloor(services.clock, startedAt);
  throw linkNotValid();
}

/** A link whose id opened and which leads nowhere all the same: as one that did not open, and counted as one. */
export async function refuseLink(
  services: PartnerServices,
  { startedAt, address }: { startedAt: number; address: string },
): Promise<never> {
  try {
    await (await linkLimit(services, address)).failed();
  } finally {
    await waitForFloor(services.clock, startedAt);
  }
  throw linkNotValid();
}

const linkLimit = (services: PartnerServices, address: string): ReturnType<typeof limitFailures> =>
  limitFailures(
    services,
    '',
    [{ name: `links-from ${networkOf(address)}`, most: PER_ADDRESS, windowMs: MINUTE_MS }],
    'There were too many links that do not open. Wait a minute and try again.',
  );
