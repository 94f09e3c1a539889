import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { KeyRow, KeyRows, Store } from '../domain/ports/store.ts';
import { envelopeKeyId } from './envelope.ts';
import { type MasterKey, newKeyId, unwrap, wrap } from './keyring.ts';

/** What a change of the master key came to. */
export interface Rewrapped {
  /** The id of the master key that wraps everything now. */
  under: string;
  changed: number;
  /** That stood under it already. */
  same: number;
  /** Keys that are still wrapped otherwise, by the id of their master key: it is not among ours. */
  left: Record<string, number>;
  /** What is wrong with keys that their master key does not open: they were changed, or that key is another one of the same name. */
  damaged: string[];
}

/**
 * Wraps every key anew under the first master key. Beside running servers: whoever reads a key before or after reads the same key, as
 * long as every server has both master keys. Nothing that was sealed is touched.
 */
export async function rewrapKeys(parts: { keys: KeyRows; masterKeys: readonly MasterKey[] }): Promise<Rewrapped> {
  const { keys, masterKeys } = parts;
  const [first] = masterKeys;
  if (!first) throw new Error('there is no master key to wrap with');
  const known = new Set(masterKeys.map(({ id }) => id));
  const result: Rewrapped = { under: first.id, changed: 0, same: 0, left: {}, damaged: [] };
  for (const row of await keys.list()) {
    const master = envelopeKeyId(row.wrapped) ?? '';
    if (master === first.id) result.same += 1;
    else if (!known.has(master)) result.left[master] = (result.left[master] ?? 0) + 1;
    else {
      const secret = opened(row, masterKeys);
      if (typeof secret === 'string') {
        result.damaged.push(secret);
        continue;
      }
      const { wrapped } = wrap(row, secret, first);
      // Somebody else's hand at the same work has written the same key under the same master key.
      result[(await keys.rewrap(row.id, row.wrapped, wrapped)) ? 'changed' : 'same'] += 1;
    }
  }
  return result;
}

/** The key itself, or what is wrong with it: one must not keep the others from being wrapped. */
function opened(row: KeyRow, masterKeys: readonly MasterKey[]): Buffer | string {
  try {
    return unwrap(row, masterKeys).secret;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error) return cause.message;
    throw error;
  }
}

/**
 * Ends a brand's keys for a purpose, and puts a new one in their place, in one commit.
 * @returns false where there was none: nothing was made with one
 */
export async function replaceKey(
  parts: { store: Pick<Store, 'atomically'>; masterKeys: readonly MasterKey[]; clock: Clock },
  brand: string,
  purpose: KeyRow['purpose'],
): Promise<boolean> {
  const { store, masterKeys, clock } = parts;
  const [first] = masterKeys;
  if (!first) throw new Error('there is no master key to wrap with');
  const next = wrap({ id: newKeyId(), brand, purpose }, randomBytes(32), first);
  return store.atomically(async ({ keys }) => {
    const standing = (await keys.ofPurpose(brand, purpose)).filter(({ endedAt }) => endedAt === null);
    if (standing.length === 0) return false;
    await keys.addNext({ ...next, createdAt: clock.now(), endedAt: null });
    for (const { id } of standing) await keys.end(id, clock.now());
    return true;
  });
}
