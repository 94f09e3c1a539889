import { randomBytes } from 'node:crypto';
import { DepartCartError } from '../domain/error.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Place } from '../domain/ports/crypto.ts';
import type { KeyRow, KeyRows } from '../domain/ports/store.ts';
import { envelopeKeyId, openEnvelope, sealEnvelope } from './envelope.ts';

/** A key that wraps the others and is itself in no database. 32 bytes. */
export interface MasterKey {
  id: string;
  key: Buffer;
}

/** A brand's key, unwrapped. Lives in memory only. */
export interface BrandKey {
  id: string;
  brand: string;
  purpose: KeyRow['purpose'];
  secret: Buffer;
}

/** The brands' own keys: random, kept wrapped by a master key, so that changing the master key re-wraps them and nothing sealed dies. */
export interface Keyring {
  /**
   * The key to seal with. Made on the brand's first use; of two processes that make one at once, both use the one that was stored.
   * @throws DepartCartError `internal` when its master key is not among ours.
   */
  current(brand: string, purpose: KeyRow['purpose']): Promise<BrandKey>;
  /** The key to open with; null when there is none of that id. @throws as `current`. */
  byId(id: string): Promise<BrandKey | null>;
}

export function createKeyring(parts: { keys: KeyRows; masterKeys: readonly MasterKey[]; clock: Clock }): Keyring {
  const { keys, masterKeys, clock } = parts;
  const [wrapping] = masterKeys;
  if (!wrapping) throw new Error('the keyring needs a master key');
  const byPurpose = rememberFound((name: string) => {
    const [brand, purpose] = JSON.parse(name) as [string, KeyRow['purpose']];
    return load(brand, purpose);
  });
  const byId = rememberFound(async (id: string) => {
    const row = await keys.byId(id);
    return row && unwrap(row, masterKeys);
  });

  async function load(brand: string, purpose: KeyRow['purpose']): Promise<BrandKey> {
    const standing = await keys.newest(brand, purpose);
    if (standing) return unwrap(standing, masterKeys);
    const fresh = { id: newKeyId(), brand, purpose };
    const row = { ...wrap(fresh, randomBytes(32), wrapping!), createdAt: clock.now(), endedAt: null };
    return unwrap(await keys.addFirst(row), masterKeys);
  }

  return {
    async current(brand, purpose) {
      const key = await byPurpose(JSON.stringify([brand, purpose]));
      if (!key) throw new Error('a key that was just stored is gone');
      return key;
    },
    byId,
  };
}

export const newKeyId = (): string => randomBytes(9).toString('base64url');

/** The key as it is stored. */
export function wrap<Key extends Pick<KeyRow, 'id' | 'brand' | 'purpose'>>(
  key: Key,
  secret: Uint8Array,
  master: MasterKey,
): Key & { wrapped: Uint8Array } {
  const sealed = sealEnvelope({ id: master.id, secret: master.key }, wrappedPlace(key), Buffer.from(secret));
  return { ...key, wrapped: sealed };
}

const wrappedPlace = ({ id, brand, purpose }: Pick<KeyRow, 'id' | 'brand' | 'purpose'>): Place => ({
  table: 'keys',
  row: id,
  brand,
  field: purpose,
});

/** @throws DepartCartError `internal` when its master key is not among ours. */
export function unwrap(row: KeyRow, masterKeys: readonly MasterKey[]): BrandKey {
  const masterId = envelopeKeyId(row.wrapped);
  const master = masterKeys.find(({ id }) => id === masterId);
  const secret = master && openEnvelope({ id: master.id, secret: master.key }, wrappedPlace(row), row.wrapped);
  if (!secret) {
    const why = master
      ? 'it was changed, or the master key of that id is another one'
      : 'that is not among the master keys';
    throw new DepartCartError('internal', 'A stored key could not be opened.', {
      cause: new Error(`the ${row.purpose} key ${row.id} of ${row.brand} is wrapped by master key ${masterId}: ${why}`),
    });
  }
  return { id: row.id, brand: row.brand, purpose: row.purpose, secret };
}

/**
 * Asks once for each name, also when many ask at the same time, and remembers what was found. What was not found or failed is asked
 * again: ids come with tokens from outside, and memory must not grow with what somebody makes up.
 */
function rememberFound<T>(ask: (name: string) => Promise<T | null>): (name: string) => Promise<T | null> {
  const asked = new Map<string, Promise<T | null>>();
  return (name) => {
    const before = asked.get(name);
    if (before) return before;
    const answer = ask(name);
    asked.set(name, answer);
    const forget = () => asked.delete(name);
    answer.then((found) => found ?? forget(), forget);
    return answer;
  };
}
