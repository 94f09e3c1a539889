import type { BrandSettings, LegacyIds } from '../domain/brand.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { EncryptedIds, OpenedId } from '../domain/ports/crypto.ts';
import type { KeyRows } from '../domain/ports/store.ts';
import { BRAND_AGE_MS_MAX, remembered } from '../domain/remembered.ts';
import { openCbc } from './aes-cbc.ts';
import { openFernet, sealFernet } from './fernet.ts';
import { idForms, idText, type IdForms } from './id-text.ts';
import type { BrandKey, Keyring } from './keyring.ts';

const DAY_MS = 86_400_000;
/** Our own links; the real end of one is that everything is flown. */
const OWN_AGE_MS_MAX = 400 * DAY_MS;
const SKEW_MS = 60_000;
/** The ring belongs to the deployment, not to a brand. */
const DEPLOYMENT = '';

/** Encrypted ids: new ones under the deployment's own ring, with the brand inside; old ones under the keys that brands still allow. */
export function createEncryptedIds(parts: {
  keyring: Keyring;
  keys: Pick<KeyRows, 'ofPurpose'>;
  clock: Clock;
}): EncryptedIds {
  const { keyring, keys, clock } = parts;
  const ring = remembered({ clock, ageMsMax: BRAND_AGE_MS_MAX }, async () => {
    await keyring.current(DEPLOYMENT, 'encrypted_id');
    const rows = (await keys.ofPurpose(DEPLOYMENT, 'encrypted_id')).filter(({ endedAt }) => endedAt === null);
    return (await Promise.all(rows.map(({ id }) => keyring.byId(id)))).filter((key) => key !== null);
  });
  const made = (at: number, ageMsMax: number) => at <= clock.now() + SKEW_MS && at > clock.now() - ageMsMax;

  function openOwn({ fernet }: IdForms, keys: readonly BrandKey[]): OpenedId | null {
    let found: OpenedId | null = null;
    for (const { secret } of keys) {
      for (const { token, form } of fernet) {
        const opened = openFernet(secret, token);
        if (opened && made(opened.at, OWN_AGE_MS_MAX)) found = contentOf(opened.plain, form, null) ?? found;
      }
    }
    return found;
  }

  function openLegacy({ fernet, cbc }: IdForms, brand: BrandSettings, legacy: LegacyIds): OpenedId | null {
    const ageMsMax = legacy.maxAgeDays === undefined ? Infinity : legacy.maxAgeDays * DAY_MS;
    const takesCbc = legacy.formats.includes('aes-cbc') && clock.now() < (legacy.until ?? Infinity);
    let found: OpenedId | null = null;
    for (const { key, kdf } of legacy.keys) {
      const secret = key.reveal();
      for (const { token, form } of fernet.filter((one) => legacy.formats.includes(one.form))) {
        const opened = openFernet(secret, token);
        const content = opened && made(opened.at, ageMsMax) ? contentOf(opened.plain, form, kdf) : null;
        // The key's owner must be the one inside, or one brand could make another's links.
        if (content?.brand === brand.code) found = content;
      }
      for (const bytes of takesCbc ? cbc : []) {
        const plain = openCbc(secret, bytes);
        const content = plain && contentOf(plain, 'aes-cbc', kdf);
        if (content?.brand === brand.code) found = content;
      }
    }
    return found;
  }

  return {
    async seal(content) {
      const { secret } = (await ring(''))?.[0] ?? (await keyring.current(DEPLOYMENT, 'encrypted_id'));
      const { recordLocator: pnr, lastName: last_name, brand, reference } = content;
      const plain = JSON.stringify({ pnr, last_name, brand, reference });
      return idText(sealFernet(secret, Buffer.from(plain, 'utf8'), clock.now()));
    },

    async open(text, brands) {
      const forms = idForms(text);
      const own = openOwn(forms, (await ring('')) ?? []);
      if (own) return own;
      let found: OpenedId | null = null;
      // No early exit from here: which brand's key it was, or that none was, shows in no time.
      for (const brand of await brands()) {
        const opened = brand.legacyIds ? openLegacy(forms, brand, brand.legacyIds) : null;
        found ??= opened;
      }
      return found;
    },
  };
}

/** What Node puts in place of bytes that are no UTF-8; nobody is called so. */
const NO_LETTER = '\u{FFFD}';

/** What stands in an id; null when it is not what the samples write. Values are normalised, since partners' languages differ. */
function contentOf(plain: Buffer, form: OpenedId['form'], kdf: OpenedId['kdf']): OpenedId | null {
  const text = plain.toString('utf8');
  if (text.includes(NO_LETTER)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { pnr, last_name, brand, reference } = value as Record<string, unknown>;
  if (typeof pnr !== 'string' || typeof last_name !== 'string' || typeof brand !== 'string') return null;
  const recordLocator = pnr.normalize('NFKC').trim().toUpperCase();
  const lastName = last_name.normalize('NFC').trim().toUpperCase();
  if (!/^[A-Z0-9]{5,8}$/.test(recordLocator) || !lastName || lastName.length > 1000) return null;
  // Written out: to spread an object into another costs more than the decryption.
  return {
    brand,
    recordLocator,
    lastName,
    reference: typeof reference === 'string' ? reference : undefined,
    form,
    kdf,
  };
}
