import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MasterKey } from '../../../server/crypto/keyring.ts';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { DepartCartError } from '../../../server/domain/error.ts';
import type { KeyRows, Store } from '../../../server/domain/ports/store.ts';
import { openStore } from '../../../server/store/database.ts';

const clock = { now: () => 1_765_000_000_000, sleep: () => Promise.resolve() };
const master = (id: string): MasterKey => ({ id, key: randomBytes(32) });

describe('the keyring', () => {
  let store: Store;
  beforeEach(async () => void (store = await openStore('sqlite::memory:')));
  afterEach(() => store.close());

  const k1 = master('k1');
  const k2 = master('k2');
  const ring = (...masterKeys: MasterKey[]) => createKeyring({ keys: store.rows.keys, masterKeys, clock });

  it('makes a key on first use, and finds the same one again after a restart', async () => {
    const made = await ring(k1).current('skyline', 'data');
    expect(made.secret).toHaveLength(32);
    expect((await ring(k1).current('skyline', 'data')).secret).toEqual(made.secret);
    expect((await ring(k1).byId(made.id))?.secret).toEqual(made.secret);
  });

  it('has another key for each brand and purpose', async () => {
    const { current } = ring(k1);
    const keys = await Promise.all([
      current('skyline', 'data'),
      current('skyline', 'digest'),
      current('skyline', 'panel_token'),
      current('other', 'data'),
    ]);
    expect(new Set(keys.map(({ secret }) => secret.toString('hex'))).size).toBe(4);
  });

  it('stores no key in the clear', async () => {
    const { id, secret } = await ring(k1).current('skyline', 'data');
    const row = await store.rows.keys.byId(id);
    expect(Buffer.from(row!.wrapped).includes(secret)).toBe(false);
  });

  it('agrees on one key when many ask at once, in one process and in several', async () => {
    const rings = [ring(k1), ring(k1), ring(k1)];
    const keys = await Promise.all(Array.from({ length: 12 }, (_, i) => rings[i % 3]!.current('raced', 'digest')));
    expect(new Set(keys.map(({ secret }) => secret.toString('hex'))).size).toBe(1);
  });

  it('opens with every master key it has and wraps with the first', async () => {
    const old = await ring(k1).current('skyline', 'data');
    const both = ring(k2, k1);
    expect((await both.current('skyline', 'data')).secret).toEqual(old.secret);
    const made = await both.current('other', 'data');
    expect((await ring(k2).byId(made.id))?.secret).toEqual(made.secret);
    await expect(ring(k1).byId(made.id)).rejects.toThrow(DepartCartError);
  });

  it('says to the operator which master key is missing, and shows none', async () => {
    const made = await ring(k1).current('skyline', 'data');
    const fault: DepartCartError = await ring(k2)
      .current('skyline', 'data')
      .then(() => expect.unreachable())
      .catch((error: unknown) => error as DepartCartError);
    expect(fault.code).toBe('internal');
    expect(String(fault.cause)).toMatch(
      `the data key ${made.id} of skyline is wrapped by master key k1: that is not among`,
    );
    const imposter = createKeyring({ keys: store.rows.keys, masterKeys: [{ ...k2, id: 'k1' }], clock });
    await expect(imposter.current('skyline', 'data')).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses a wrapped key that was moved to another brand', async () => {
    const made = await ring(k1).current('skyline', 'data');
    const row = await store.rows.keys.byId(made.id);
    await store.rows.keys.addFirst({ ...row!, id: 'moved', brand: 'other' });
    await expect(ring(k1).current('other', 'data')).rejects.toMatchObject({ code: 'internal' });
  });

  it('asks the store once for what it knows, and again after a failure', async () => {
    let asked = 0;
    let down = false;
    const keys: KeyRows = {
      ...store.rows.keys,
      newest: (brand, purpose) => {
        asked++;
        return down ? Promise.reject(new Error('down')) : store.rows.keys.newest(brand, purpose);
      },
    };
    const { current } = createKeyring({ keys, masterKeys: [k1], clock });
    down = true;
    await expect(current('skyline', 'data')).rejects.toThrow('down');
    down = false;
    for (let i = 0; i < 3; i++) await current('skyline', 'data');
    expect(asked).toBe(2);
  });

  it('knows no key that is not there, and one that came later', async () => {
    const { byId } = ring(k1);
    expect(await byId('nobody')).toBeNull();
    const made = await ring(k1).current('skyline', 'data');
    expect((await byId(made.id))?.brand).toBe('skyline');
  });
});
