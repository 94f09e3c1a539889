import type { Clock } from '../domain/ports/clock.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import type { ApiSecretRow, BrandRow, Rows, Store } from '../domain/ports/store.ts';
import { derive, type Derived } from './derived.ts';
import { openDerived, sealBrand } from './kept-brand.ts';
import type { Makers } from './makers.ts';
import type { PartnerFile } from './schema.ts';

/** What changing a brand works with. */
export interface BrandParts {
  store: Pick<Store, 'rows' | 'atomically'>;
  vault: Vault;
  clock: Clock;
  make: Makers;
  /** Keys and secrets by brand code that are used instead of random ones. The demo's only. */
  fixedCredentials?: Readonly<Record<string, FixedCredentials>>;
}

export interface FixedCredentials {
  publishableKey: string;
  apiKey: string;
  apiSecret: string;
}

/** A brand's API key; its secret only where it was just made, since it is stored nowhere. */
export interface ApiCredentials {
  apiKey: string;
  apiSecret?: string;
}

export interface Written extends ApiCredentials {
  publishableKey: string;
  /** Of endpoints whose secret was just made. */
  signingSecrets: { url: string; secret: string }[];
}

/**
 * Puts the brand's next version in force, with what is made of its file, and gives a brand without API credentials some.
 * @returns null when somebody else was faster: nothing was written
 */
export async function writeVersion(
  parts: BrandParts,
  next: Pick<BrandRow, 'code' | 'version' | 'state' | 'appliedBy'> & {
    file: PartnerFile;
    current: BrandRow | null;
    logos?: Derived['logos'];
  },
): Promise<Written | null> {
  const { store, vault, clock, make } = parts;
  const { code, version, state, appliedBy, file, current } = next;
  const { signingSecrets: before = {} } = current ? await openDerived(vault, current) : {};
  const derived = await derive(file, { signingSecrets: before, logos: next.logos }, make);
  const publishableKey =
    fixedOf(parts, code)?.publishableKey ?? current?.publishableKey ?? make.newPublishableKey(file.mode);
  const sealed = await sealBrand(vault, { code, version }, file, derived);
  const row: BrandRow = { code, version, publishableKey, state, appliedAt: clock.now(), appliedBy, ...sealed };
  const credentials = await store.atomically(async (rows) =>
    (await rows.brands.add(row)) ? ensureApiSecret(parts, rows, code, appliedBy) : null,
  );
  if (!credentials) return null;
  const made = Object.entries(derived.signingSecrets ?? {}).filter(([url]) => !Object.hasOwn(before, url));
  return { publishableKey, ...credentials, signingSecrets: made.map(([url, secret]) => ({ url, secret })) };
}

/** The brand's API key, made with its first secret where the brand has none. */
export async function ensureApiSecret(
  parts: Pick<BrandParts, 'clock' | 'make' | 'fixedCredentials'>,
  rows: Pick<Rows, 'apiSecrets'>,
  brand: string,
  createdBy: string,
): Promise<ApiCredentials> {
  const [newest] = await rows.apiSecrets.ofBrand(brand);
  if (newest) return { apiKey: newest.apiKey };
  const fixed = fixedOf(parts, brand);
  const apiKey = fixed?.apiKey ?? parts.make.newApiKey();
  const apiSecret = fixed?.apiSecret ?? parts.make.newApiSecret();
  await rows.apiSecrets.add(secretRow(parts, { apiKey, apiSecret, brand, createdBy }));
  return { apiKey, apiSecret };
}

export const secretRow = (
  { clock, make }: Pick<BrandParts, 'clock' | 'make'>,
  { apiKey, apiSecret, brand, createdBy }: { apiKey: string; apiSecret: string; brand: string; createdBy: string },
): ApiSecretRow => ({
  apiKey,
  hash: make.hashApiSecret(apiSecret),
  brand,
  createdAt: clock.now(),
  createdBy,
  endsAt: null,
});

const fixedOf = (
  { fixedCredentials = {} }: Pick<BrandParts, 'fixedCredentials'>,
  code: string,
): FixedCredentials | undefined => (Object.hasOwn(fixedCredentials, code) ? fixedCredentials[code] : undefined);
