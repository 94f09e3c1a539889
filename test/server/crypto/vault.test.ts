import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { createVault } from '../../../server/crypto/vault.ts';
import type { Vault } from '../../../server/domain/ports/crypto.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import { openStore } from '../../../server/store/database.ts';

const clock = { now: () => 1_765_000_000_000, sleep: () => Promise.resolve() };
const masterKeys = [{ id: 'k1', key: randomBytes(32) }];

describe('the vault', () => {
  let store: Store;
  let vault: Vault;
  beforeAll(async () => {
    store = await openStore('sqlite::memory:');
    vault = createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock }));
  });
  afterAll(() => store.close());

  const place = { table: 'selections', row: 'a', brand: 'skyline', field: 'picks' };

  it('gives back any text, after a restart too', async () => {
    const restarted = createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock }));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (plain) => {
        expect(await restarted.open(place, await vault.seal(place, plain))).toBe(plain);
      }),
    );
  });

  it('refuses a value that was moved: to another row, field, table or brand', async () => {
    const sealed = await vault.seal(place, 'plain');
    await vault.seal({ ...place, brand: 'other' }, 'so that the other brand has its key');
    for (const moved of [{ row: 'b' }, { field: 'x' }, { table: 'bookings' }, { brand: 'other' }]) {
      await expect(vault.open({ ...place, ...moved }, sealed)).rejects.toMatchObject({ code: 'internal' });
    }
  });

  it('refuses a changed value and one that is none, says where, and shows nothing of it', async () => {
    const sealed = await vault.seal(place, 'SMITH');
    sealed[sealed.length - 1]! ^= 1;
    const fault = await vault.open(place, sealed).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'internal' });
    expect(inspect(fault)).toMatch(/selections\.picks of skyline, row a: it was changed/);
    expect(inspect(fault)).not.toContain('SMITH');
    await expect(vault.open(place, Buffer.from('not sealed at all'))).rejects.toMatchObject({ code: 'internal' });
  });

  it('does not use one purpose for another', async () => {
    await vault.digest('skyline', 'x');
    const digestKey = await store.rows.keys.newest('skyline', 'digest');
    const sealed = Buffer.from(await vault.seal(place, 'plain'));
    sealed.write(digestKey!.id, 2);
    await expect(vault.open(place, sealed)).rejects.toMatchObject({ code: 'internal' });
  });

  it('digests the same text alike for one brand, and otherwise for another', async () => {
    const digest = await vault.digest('skyline', 'ABC123');
    expect(digest).toMatch(/^[\w-]{43}$/);
    expect(await vault.digest('skyline', 'ABC123')).toBe(digest);
    expect(await vault.digest('skyline', 'ABC124')).not.toBe(digest);
    expect(await vault.digest('other', 'ABC123')).not.toBe(digest);
  });
});
