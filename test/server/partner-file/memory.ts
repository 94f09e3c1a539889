import { randomBytes } from 'node:crypto';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { createVault } from '../../../server/crypto/vault.ts';
import type { Vault } from '../../../server/domain/ports/crypto.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import { openStore } from '../../../server/store/database.ts';

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
