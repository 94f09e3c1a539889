import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { ApiAccess } from '../domain/ports/crypto.ts';
import type { ApiSecretRows } from '../domain/ports/store.ts';
import { BRAND_AGE_MS_MAX, remembered } from '../domain/remembered.ts';
import { hashApiSecret } from './api-credentials.ts';

const API_KEY = /^dck_\w{8,64}$/;
/** Compared with where the key is unknown, so that both take the same steps. */
const NOBODYS = hashApiSecret('');

/** Whose API key and secret these are. What was found is kept for a moment; a right secret costs no query then. */
export function createApiAccess(parts: { secrets: Pick<ApiSecretRows, 'byApiKey'>; clock: Clock }): ApiAccess {
  const { secrets, clock } = parts;
  const byKey = remembered({ clock, ageMsMax: BRAND_AGE_MS_MAX }, async (apiKey) => {
    const rows = await secrets.byApiKey(apiKey);
    return rows.length ? rows : null;
  });
  const standing = async (apiKey: string) => {
    const rows = API_KEY.test(apiKey) ? ((await byKey(apiKey)) ?? []) : [];
    return rows.filter(({ endsAt }) => endsAt === null || endsAt > clock.now());
  };

  return {
    async brandOf(apiKey, apiSecret) {
      const hash = Buffer.from(hashApiSecret(apiSecret));
      const rows = await standing(apiKey);
      let brand: string | null = null;
      // All of them are compared: which one it was shows in no time.
      for (const row of rows) if (timingSafeEqual(hash, Buffer.from(row.hash))) brand = row.brand;
      if (!rows.length) timingSafeEqual(hash, Buffer.from(NOBODYS));
      return brand;
    },

    async brandOfKey(apiKey) {
      return (await standing(apiKey))[0]?.brand ?? null;
    },
  };
}
