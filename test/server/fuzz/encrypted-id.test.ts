import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createEncryptedIds } from '../../../server/crypto/encrypted-id.ts';
import { sealFernet } from '../../../server/crypto/fernet.ts';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import type { BrandSettings } from '../../../server/domain/brand.ts';
import { Secret } from '../../../server/domain/secret.ts';
import { openStore } from '../../../server/store/database.ts';
import { mutated, PATIENCE_MS, share } from '../../support/fuzz.ts';
import { masterKeys } from '../../support/world-server.ts';

const NOW = Date.UTC(2026, 10, 1);
const store = await openStore('sqlite::memory:');
afterAll(() => store.close());

const clock = { now: () => NOW, sleep: () => Promise.resolve() };
const { keys } = store.rows;
const ids = createEncryptedIds({ keyring: createKeyring({ keys, masterKeys, clock }), keys, clock });

const kdfs = ['sha256', 'sha1'] as const;
const derived = kdfs.map((kdf) => ({ kdf, key: pbkdf2Sync('a password', 'a salt', 1000, 32, kdf) }));
const old = {
  code: 'old',
  legacyIds: {
    keys: derived.map(({ kdf, key }) => ({ kdf, key: new Secret(new Uint8Array(key)) })),
    formats: ['fernet', 'fernet-double', 'aes-cbc'],
  },
} as unknown as BrandSettings;
const open = (id: string) => ids.open(id, () => Promise.resolve([old]));

const content = { pnr: 'ABC123', last_name: 'DE LA CRUZ-LÓPEZ', brand: 'old' };
const plain = Buffer.from(JSON.stringify(content));
const meaning = { recordLocator: 'ABC123', lastName: 'DE LA CRUZ-LÓPEZ', brand: 'old' };

const url = (bytes: Buffer) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const fernets = derived.flatMap(({ key }) => {
  const token = url(sealFernet(key, plain, NOW - 86_400_000));
  return [token, url(Buffer.from(token)), Buffer.from(token, 'base64').toString('base64')];
});
const own = await Promise.all(
  [undefined, 'order 7'].map((reference) =>
    ids.seal({ brand: 'old', recordLocator: 'ABC123', lastName: 'DE LA CRUZ-LÓPEZ', ...(reference && { reference }) }),
  ),
);
const signed = [...own, ...fernets];
/** What Node, Java and Ruby make: nothing authenticates it, so that a bent one may open. */
const bendable = derived.map(({ key }) => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
});

/** The same by another hand: what any of the keys makes of these bytes. */
function meanings(id: string): unknown[] {
  let text = id;
  for (let round = 0; round < 3 && /%[0-9a-f]{2}/i.test(text); round++) text = decodeURIComponent(text);
  const bytes = Buffer.from(
    text
      .trim()
      .replace(/[\r\n\t]/g, '')
      .replaceAll(' ', '+'),
    'base64',
  );
  return derived.flatMap(({ key }) => {
    try {
      const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
      const value = JSON.parse(
        Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8'),
      ) as typeof content;
      return [
        {
          recordLocator: value.pnr.normalize('NFKC').trim().toUpperCase(),
          lastName: value.last_name.normalize('NFC').trim().toUpperCase(),
          brand: value.brand,
        },
      ];
    } catch {
      return [];
    }
  });
}

describe('an encrypted id', { timeout: PATIENCE_MS }, () => {
  it('opens to what it was made of, in every form', async () => {
    for (const id of [...signed, ...bendable]) expect(await open(id)).toMatchObject(meaning);
  });

  it('with a signature opens to exactly that or not at all, whatever was done to it', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(signed), async (id) => {
        const opened = await open(id);
        if (opened) expect(opened).toMatchObject(meaning);
      }),
      share(2),
    );
  });

  it('without one opens to what its bytes say under the brand’s key, and only as that brand’s', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(bendable), async (id) => {
        const opened = await open(id);
        if (!opened) return;
        const { recordLocator, lastName, brand, form } = opened;
        expect([form, brand]).toEqual(['aes-cbc', 'old']);
        expect(meanings(id)).toContainEqual({ recordLocator, lastName, brand });
      }),
      share(4),
    );
  });

  it('without one may be bent, bit by bit, and never fails otherwise than closed', async () => {
    const bytes = Buffer.from(bendable[0]!, 'base64');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length * 8 - 1), { minLength: 1, maxLength: 3 }), async (bits) => {
        const bent = Buffer.from(bytes);
        for (const bit of bits) bent[bit >> 3]! ^= 1 << (bit & 7);
        const id = bent.toString('base64url');
        const opened = await open(id);
        if (!opened) return;
        const { recordLocator, lastName, brand } = opened;
        expect(meanings(id)).toContainEqual({ recordLocator, lastName, brand });
        expect(recordLocator).toMatch(/^[A-Z0-9]{5,8}$/);
      }),
      share(4),
    );
  });
});
