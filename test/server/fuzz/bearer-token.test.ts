import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createBearerTokens } from '../../../server/crypto/bearer-token.ts';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { openStore } from '../../../server/store/database.ts';
import { mutated, PATIENCE_MS, share } from '../../support/fuzz.ts';
import { masterKeys } from '../../support/world-server.ts';

const store = await openStore('sqlite::memory:');
afterAll(() => store.close());

let now = Date.UTC(2026, 10, 1);
const clock = { now: () => now, sleep: () => Promise.resolve() };
const { keys } = store.rows;
const tokens = createBearerTokens({ keyring: createKeyring({ keys, masterKeys, clock }), keys, clock });
const minted = await Promise.all(
  ['skyline', 'other', 'a-b_c0'].map(async (brand) => (await tokens.mint(brand, 3600)).token),
);

it('a bearer token that was changed in anything is none', { timeout: PATIENCE_MS }, async () => {
  for (const token of minted) expect(await tokens.read(token)).toEqual({ brand: token.split(':')[0] });
  await fc.assert(
    fc.asyncProperty(mutated(minted), fc.constantFrom(0, 3600_000), async (token, laterMs) => {
      now += laterMs;
      const read = await tokens.read(token);
      now -= laterMs;
      expect(read).toEqual(laterMs === 0 && minted.includes(token) ? { brand: token.split(':')[0] } : null);
    }),
    share(1),
  );
});
