import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { BearerTokens } from '../domain/ports/crypto.ts';
import type { KeyRows } from '../domain/ports/store.ts';
import { BRAND_AGE_MS_MAX, remembered } from '../domain/remembered.ts';
import type { BrandKey, Keyring } from './keyring.ts';
import { freshBytes } from './random-pool.ts';

/** `brand:issued_at:expires_at:nonce:signature`, times as Unix seconds; the nonce begins with the id of the key that signed. */
const SHAPE = /^([a-z0-9_-]{2,40}):(\d{1,11}):(\d{1,11}):([\w-]{12})([\w-]{12}):([0-9a-f]{64})$/;
const NONCE_BYTES = 9;
/** Another process's clock may be ahead of ours. */
const SKEW_MS = 60_000;

/** Bearer tokens: signed with the brand's own key, and nothing about them is stored. They end when their key does. */
export function createBearerTokens(parts: {
  keyring: Keyring;
  keys: Pick<KeyRows, 'ofPurpose'>;
  clock: Clock;
}): BearerTokens {
  const { keyring, keys, clock } = parts;
  const liveKeys = remembered({ clock, ageMsMax: BRAND_AGE_MS_MAX }, async (brand) => {
    const rows = (await keys.ofPurpose(brand, 'bearer_token')).filter(({ endedAt }) => endedAt === null);
    const live = await Promise.all(rows.map(({ id }) => keyring.byId(id)));
    return live.length ? live.filter((key) => key !== null) : null;
  });

  return {
    async mint(brand, seconds) {
      const key = (await liveKeys(brand))?.[0] ?? (await keyring.current(brand, 'bearer_token'));
      const issuedAt = Math.floor(clock.now() / 1000);
      const expiresAt = issuedAt + seconds;
      const nonce = key.id + freshBytes(NONCE_BYTES).toString('base64url');
      const signed = `${brand}:${issuedAt}:${expiresAt}:${nonce}`;
      return { token: `${signed}:${signatureOf(key, signed).toString('hex')}`, expiresAt };
    },

    async read(token) {
      const [, brand = '', issuedAt, expiresAt, keyId, , signature = ''] = SHAPE.exec(token) ?? [];
      const key = brand && (await liveKeys(brand))?.find(({ id }) => id === keyId);
      if (!key) return null;
      const expected = signatureOf(key, token.slice(0, -signature.length - 1));
      if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return null;
      const now = clock.now();
      return Number(expiresAt) * 1000 > now && Number(issuedAt) * 1000 <= now + SKEW_MS ? { brand } : null;
    },
  };
}

const signatureOf = (key: BrandKey, text: string): Buffer =>
  createHmac('sha256', key.secret).update(text, 'utf8').digest();
