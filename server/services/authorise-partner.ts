import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import { waitForFloor } from './answer-floor.ts';
import { limitFailures, networkOf } from './limit-failures.ts';
import type { PartnerServices } from './partner-services.ts';

const MINUTE_MS = 60_000;
/** Wrong credentials from one address: a client with an old secret tries again and again, and must not stop its neighbours. */
const PER_ADDRESS = 30;
/** Wrong secrets for one API key, from wherever. */
const PER_KEY = 100;

/**
 * The brand that a backend's call is for, by its bearer token.
 * @param bearer what stood behind `Authorization: Bearer`; null: nothing did
 * @throws DepartCartError `token_not_valid`, `brand_disabled`, `too_many_requests`
 */
export async function authorisePartner(
  services: PartnerServices,
  bearer: string | null,
  address: string,
): Promise<BrandSettings> {
  const startedAt = services.clock.now();
  const read = bearer === null ? null : await services.bearerTokens.read(bearer);
  const brand = read && (await services.brands.byCode(read.brand));
  if (!brand) return refuse(services, { startedAt, address }, tokenNotValid());
  return enabled(brand);
}

/**
 * As `authorisePartner`; the API key itself is taken too, as the older guide's calls send it. The key proves little: what it opens must
 * say nothing that its holder does not know.
 */
export async function authoriseByKey(
  services: PartnerServices,
  bearer: string | null,
  address: string,
): Promise<BrandSettings> {
  const code = bearer?.startsWith('dck_') ? await services.apiAccess.brandOfKey(bearer) : null;
  const brand = code === null ? null : await services.brands.byCode(code);
  return brand ? enabled(brand) : authorisePartner(services, bearer, address);
}

/**
 * The brand of an API key and its secret. Wrong key and wrong secret are one answer, in one time.
 * @throws DepartCartError `credentials_not_valid`, `brand_disabled`, `too_many_requests`
 */
export async function authoriseBySecret(
  services: PartnerServices,
  { apiKey, apiSecret, address }: { apiKey: string; apiSecret: string; address: string },
): Promise<BrandSettings> {
  const startedAt = services.clock.now();
  const code = await services.apiAccess.brandOf(apiKey, apiSecret);
  const brand = code === null ? null : await services.brands.byCode(code);
  if (brand) return enabled(brand);
  const detail = 'This API key and secret do not belong together. Copy both from `departcart partner apply`.';
  return refuse(services, { startedAt, address, apiKey }, new DepartCartError('credentials_not_valid', detail));
}

const tokenNotValid = () =>
  new DepartCartError(
    'token_not_valid',
    'The bearer token is missing, wrong or over. Get one from POST /generate-bearer-token and send it as Authorization: Bearer.',
  );

/** @throws DepartCartError `brand_disabled` */
export function enabled(brand: BrandSettings): BrandSettings {
  if (!brand.disabled) return brand;
  throw new DepartCartError(
    'brand_disabled',
    'This brand is switched off here. Its operator can apply its file again.',
  );
}

/** Counted only now: who is right never waits for a limit, and nobody guesses 140 bits. */
async function refuse(
  services: PartnerServices,
  { startedAt, address, apiKey }: { startedAt: number; address: string; apiKey?: string },
  error: DepartCartError,
): Promise<never> {
  const limit = await limitFailures(
    services,
    '',
    [
      { name: `credentials-from ${networkOf(address)}`, most: PER_ADDRESS, windowMs: MINUTE_MS },
      ...(apiKey === undefined ? [] : [{ name: `credentials-of ${apiKey}`, most: PER_KEY, windowMs: MINUTE_MS }]),
    ],
    'There were too many calls with wrong credentials. Wait a minute, and check what your client sends.',
  );
  try {
    await limit.failed();
  } finally {
    await waitForFloor(services.clock, startedAt);
  }
  throw error;
}
