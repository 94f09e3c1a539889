import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEncryptedIds } from '../../../server/crypto/encrypted-id.ts';
import { sealFernet } from '../../../server/crypto/fernet.ts';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import type { BrandSettings, LegacyIds } from '../../../server/domain/brand.ts';
import type { EncryptedIds } from '../../../server/domain/ports/crypto.ts';
import { Secret } from '../../../server/domain/secret.ts';
import { openStore } from '../../../server/store/database.ts';
import { masterKeys } from '../../support/world-server.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 1);
const store = await openStore('sqlite::memory:');
afterAll(() => store.close());

let now = START;
const clock = { now: () => now, sleep: () => Promise.resolve() };
const ids: EncryptedIds = createEncryptedIds({
  keyring: createKeyring({ keys: store.rows.keys, masterKeys, clock }),
  keys: store.rows.keys,
  clock,
});
beforeEach(() => {
  now = START;
});

const derived = new Map<string, Uint8Array>();
const derive = (password: string, salt: string, kdf: 'sha256' | 'sha1'): Uint8Array => {
  const name = JSON.stringify([password, salt, kdf]);
  const key = derived.get(name) ?? new Uint8Array(pbkdf2Sync(password, salt, 100_000, 32, kdf));
  derived.set(name, key);
  return key;
};

function brandWith(code: string, password: string, salt: string, more: Partial<LegacyIds> = {}): BrandSettings {
  const keys = (['sha256', 'sha1'] as const).map((kdf) => ({ kdf, key: new Secret(derive(password, salt, kdf)) }));
  return {
    code,
    legacyIds: { keys, formats: ['fernet', 'fernet-double', 'aes-cbc'], ...more },
  } as unknown as BrandSettings;
}
const old = (more: Partial<LegacyIds> = {}) => brandWith('old', 'a password of ours', 'and a salt', more);
const none = () => Promise.resolve([]);

/** What Node's, Java's and Ruby's partners make. */
function cbcId(content: object, key: Uint8Array, iv = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]).toString('base64');
}
const smith = { pnr: 'ABC123', last_name: 'SMITH', brand: 'old' };
const opened = { recordLocator: 'ABC123', lastName: 'SMITH', brand: 'old' };

describe('our own ids', () => {
  it('begin like a Fernet token encoded once more, never repeat, and open to what they were made of', async () => {
    const content = { brand: 'skyline', recordLocator: 'ABC123', lastName: 'DE LA CRUZ-LÓPEZ', reference: 'order 7' };
    const [one, other] = [await ids.seal(content), await ids.seal(content)];
    expect(one).toMatch(/^Z0FBQUFB[\w-]+=*$/);
    expect(one).not.toBe(other);
    for (const id of [one, other])
      expect(await ids.open(id, none)).toEqual({ ...content, form: 'fernet-double', kdf: null });
  });

  it.each<[string, (id: string) => string]>([
    ['percent-encoded', encodeURIComponent],
    ['percent-encoded twice', (id) => encodeURIComponent(encodeURIComponent(id))],
    ['without its padding', (id) => id.replace(/=+$/, '')],
    ['with a line end', (id) => `${id}\n`],
  ])('open %s', async (_how, bend) => {
    const id = await ids.seal({ brand: 'skyline', recordLocator: 'ABC123', lastName: 'SMITH' });
    expect(await ids.open(bend(id), none)).toMatchObject({ recordLocator: 'ABC123', kdf: null });
  });

  it('open for 400 days, and not when they come from the future', async () => {
    const id = await ids.seal({ brand: 'skyline', recordLocator: 'ABC123', lastName: 'SMITH' });
    now = START + 400 * DAY_MS - 1000;
    expect(await ids.open(id, none)).not.toBeNull();
    now = START + 400 * DAY_MS;
    expect(await ids.open(id, none)).toBeNull();
    now = START - 10 * 60_000;
    expect(await ids.open(id, none)).toBeNull();
  });

  it('do not open when a single character is another', async () => {
    const id = await ids.seal({ brand: 'skyline', recordLocator: 'ABC123', lastName: 'SMITH' });
    for (let place = 0; place < id.length; place += 3) {
      const bent = id.slice(0, place) + (id[place] === 'A' ? 'B' : 'A') + id.slice(place + 1);
      expect(await ids.open(bent, none), `character ${place}`).toBeNull();
    }
  });
});

describe('ids that partners made', () => {
  const key = derive('a password of ours', 'and a salt', 'sha256');

  it('open as Fernet, once and twice encoded, as long as the brand allows it', async () => {
    const token = sealFernet(key, Buffer.from(JSON.stringify(smith)), START - 900 * DAY_MS);
    const single = token.toString('base64url');
    for (const [form, id] of [
      ['fernet', single],
      ['fernet-double', Buffer.from(single).toString('base64url')],
    ] as const) {
      expect(await ids.open(id, async () => [old()])).toEqual({ ...opened, form, kdf: 'sha256' });
      expect(await ids.open(id, async () => [old({ formats: [form] })])).not.toBeNull();
      expect(await ids.open(id, async () => [old({ maxAgeDays: 30 })])).toBeNull();
      expect(await ids.open(id, async () => [old({ formats: ['aes-cbc'] })])).toBeNull();
    }
  });

  it('open as AES-CBC where the brand allows it, until the day it sets', async () => {
    const id = cbcId(smith, key);
    expect(await ids.open(id, async () => [old()])).toEqual({ ...opened, form: 'aes-cbc', kdf: 'sha256' });
    expect(await ids.open(id, async () => [old({ until: START + DAY_MS })])).not.toBeNull();
    expect(await ids.open(id, async () => [old({ until: START })])).toBeNull();
    expect(await ids.open(id, async () => [old({ formats: ['fernet'] })])).toBeNull();
  });

  it('open whichever brand they are of, and only with its own name inside', async () => {
    const other = brandWith('other', 'something else', 'salted');
    const brands = async () => [other, old()];
    expect(await ids.open(cbcId(smith, key), brands)).toMatchObject({ brand: 'old' });
    const foreign = cbcId(smith, derive('something else', 'salted', 'sha256'));
    expect(await ids.open(foreign, brands)).toBeNull();
  });
});

const vectorsFile = join(import.meta.dirname, '../../../../shared/checks/id-vectors.json');
describe.skipIf(!existsSync(vectorsFile))('the recorded ids of ../shared/checks/id-vectors.json', () => {
  interface Vector {
    name: string;
    id: string;
    id_as_in_url: string;
    brand: string;
    expect: 'refused' | { pnr: string; last_name: string; brand: string };
    strength: 'must' | 'should' | 'free';
  }
  const file = existsSync(vectorsFile)
    ? (JSON.parse(readFileSync(vectorsFile, 'utf8')) as {
        brands: { brand: string; password: string; salt: string }[];
        vectors: Vector[];
      })
    : { brands: [], vectors: [] };
  // Only where a brand sets a maximum age.
  const aged = new Set(['fernet-expired']);
  const told = (text: string) => text.normalize('NFC').trim().toUpperCase();

  it.each(file.vectors.map((vector) => [vector.name, vector] as const))('%s', async (name, vector) => {
    const brands = file.brands.map(({ brand, password, salt }) =>
      brandWith(brand, password, salt, aged.has(name) ? { maxAgeDays: 3650 } : {}),
    );
    for (const text of [
      vector.id,
      new URLSearchParams(`id=${vector.id_as_in_url}`).get('id')!,
      // A page's script may take it out of the address without undoing anything.
      vector.id_as_in_url,
    ]) {
      const found = await ids.open(text, async () => brands);
      const said = found && {
        pnr: found.recordLocator,
        last_name: told(found.lastName),
        brand: found.brand,
      };
      const { expect: expected } = vector;
      const right =
        expected === 'refused'
          ? null
          : { pnr: told(expected.pnr), last_name: told(expected.last_name), brand: expected.brand };
      if (vector.strength === 'free') expect([null, right]).toContainEqual(said);
      else expect(said).toEqual(right);
    }
  });
});
