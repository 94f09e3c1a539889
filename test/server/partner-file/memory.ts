import { randomBytes } from 'node:crypto';
import { hashApiSecret } from '../../../server/crypto/api-credentials.ts';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { createVault } from '../../../server/crypto/vault.ts';
import type { Vault } from '../../../server/domain/ports/crypto.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import type { Makers } from '../../../server/partner-file/makers.ts';
import { openStore } from '../../../server/store/database.ts';

/** Keys and secrets that tests know, each another; derived keys are quick. */
export function countingMakers(): Makers {
  let made = 0;
  const next = (length: number) => String(++made).padStart(length, 'k');
  return {
    newPublishableKey: (mode) => `dcpub_${mode}_${next(24)}`,
    newApiKey: () => `dck_${next(24)}`,
    newApiSecret: () => `dcs_${next(32)}`,
    newSigningSecret: () => `whsec_${next(43)}=`,
    hashApiSecret,
    deriveKey: (password, salt, kdf) => Promise.resolve(Buffer.from(`${password}/${salt}/${kdf}`)),
  };
}

/** A store in memory with its vault, and a clock that stands until it is moved. */
export async function memory(): Promise<{ store: Store; vault: Vault; clock: ReturnType<typeof standingClock> }> {
  const store = await openStore('sqlite::memory:');
  const clock = standingClock();
  const masterKeys = [{ id: 'k1', key: randomBytes(32) }];
  return { store, clock, vault: createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock })) };
}

function standingClock() {
  let now = 1_765_000_000_000;
  return {
    now: () => now,
    sleep: () => Promise.resolve(),
    advance: (ms: number) => void (now += ms),
  };
}
