import { hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { BearerTokens } from '../domain/ports/crypto.ts';
import type { KeyRows } from '../domain/ports/store.ts';
import { BRAND_AGE_MS_MAX, remembered } from '../domain/remembered.ts';
import { hmacKey, hmacSha256, type HmacKey } from './hmac.ts';
import type { Keyring } from './keyring.ts';
import { freshBytes } from './random-pool.ts';

/** `brand:issued_at:expires_at:nonce:signature`, times as Unix seconds; the nonce begins with the id of the key that signed. */
const SHAPE = /^([a-z0-9_-]{2,40}):(\d{1,11}):(\d{1,11}):([\w-]{12})([\w-]{12}):([0-9a-f]{64})$/;
const NONCE_BYTES = 9;
/** Another process's clock may be ahead of ours. */
const SKEW_MS = 60_000;
/** Tokens whose signature need not be looked at again. A backend has a few, and uses each thousands of times. */
const KNOWN_MAX = 1000;

/** Times in Unix seconds. */
interface Signed {
  brand: string;
  issuedAt: number;
  expiresAt: number;
  keyId: string;
}

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
    return live.length ? live.filter((key) => key !== null).map(signingKey) : null;
  });

  const known = new Map<string, Signed>();

  /** What stands in a token that one of the brand's living keys signed; null: none did. */
  async function signedOf(token: string): Promise<Signed | null> {
    const [, brand = '', issuedAt, expiresAt, keyId = '', , signature = ''] = SHAPE.exec(token) ?? [];
    const signed = { brand, issuedAt: Number(issuedAt), expiresAt: Number(expiresAt), keyId };
    const key = brand && (await liveKeys(brand))?.find(({ id }) => id === keyId);
    if (!key) return null;
    const expected = signatureOf(key, token.slice(0, -signature.length - 1));
    return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(signature, 'hex')) ? signed : null;
  }

  return {
    async mint(brand, seconds) {
      const key = (await liveKeys(brand))?.[0] ?? signingKey(await keyring.current(brand, 'bearer_token'));
      const issuedAt = Math.floor(clock.now() / 1000);
      const expiresAt = issuedAt + seconds;
      const nonce = key.id + freshBytes(NONCE_BYTES).toString('base64url');
      const signed = `${brand}:${issuedAt}:${expiresAt}:${nonce}`;
      return { token: `${signed}:${signatureOf(key, signed)}`, expiresAt };
    },

    async read(token) {
      // By its digest, so that a guess learns nothing from how long the search for it took.
      const digest = hash('sha256', token);
      const signed = known.get(digest) ?? (await signedOf(token));
      if (!signed || !(await liveKeys(signed.brand))?.some(({ id }) => id === signed.keyId)) return null;
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(digest, signed);
      const { brand, issuedAt, expiresAt } = signed;
      const now = clock.now();
      return expiresAt * 1000 > now && issuedAt * 1000 <= now + SKEW_MS ? { brand } : null;
    },
  };
}

interface SigningKey {
  id: string;
  hmac: HmacKey;
}

const signingKey = ({ id, secret }: { id: string; secret: Buffer }): SigningKey => ({ id, hmac: hmacKey(secret) });

const signatureOf = (key: SigningKey, text: string): string => hmacSha256(key.hmac, Buffer.from(text, 'utf8'));
