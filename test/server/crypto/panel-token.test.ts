import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyring } from '../../../server/crypto/keyring.ts';
import { createPanelTokens } from '../../../server/crypto/panel-token.ts';
import { createVault } from '../../../server/crypto/vault.ts';
import type { PanelSession, PanelTokens } from '../../../server/domain/ports/crypto.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import { openStore } from '../../../server/store/database.ts';

let now = 1_765_000_000_000;
const clock = { now: () => now, sleep: () => Promise.resolve() };
const masterKeys = [{ id: 'k1', key: randomBytes(32) }];
const origin = 'https://www.skyline.example';
const session: PanelSession = {
  brand: 'skyline',
  recordLocator: 'ABC123',
  lastName: 'SMITH',
  origin,
  endsAt: now + 1_800_000,
};

describe('a panel token', () => {
  let store: Store;
  let tokens: PanelTokens;
  const restarted = () =>
    createPanelTokens({ keyring: createKeyring({ keys: store.rows.keys, masterKeys, clock }), clock });
  beforeAll(async () => {
    store = await openStore('sqlite::memory:');
    tokens = restarted();
  });
  afterAll(() => store.close());

  it('says what it was made with, to any process of the deployment', async () => {
    const name = fc.string({ unit: 'binary', maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(name, fc.option(fc.webUrl()), async (lastName, from) => {
        const one = { ...session, lastName, origin: from };
        expect(await restarted().read(await tokens.mint(one), from)).toEqual(one);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused from another Origin, and from none where it was made for one', async () => {
    const token = await tokens.mint(session);
    for (const other of ['https://evil.example', `${origin}:443`, 'http://www.skyline.example', '', null]) {
      expect(await tokens.read(token, other)).toBeNull();
    }
    const backend = await tokens.mint({ ...session, origin: null });
    expect(await tokens.read(backend, null)).not.toBeNull();
    expect(await tokens.read(backend, origin)).toBeNull();
  });

  it('ends on the millisecond', async () => {
    const token = await tokens.mint(session);
    now = session.endsAt - 1;
    expect(await tokens.read(token, origin)).toEqual(session);
    now = session.endsAt;
    expect(await tokens.read(token, origin)).toBeNull();
    now = 1_765_000_000_000;
  });

  it('is refused with any character changed, added or taken away', async () => {
    const token = await tokens.mint(session);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ .';
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...Array.from(alphabet)), async (at, character) => {
        fc.pre(token[at] !== character);
        expect(await tokens.read(token.slice(0, at) + character + token.slice(at + 1), origin)).toBeNull();
        expect(await tokens.read(token.slice(0, at) + character + token.slice(at), origin)).toBeNull();
        expect(await tokens.read(token.slice(0, at), origin)).toBeNull();
      }),
    );
    for (const noise of ['', 'x', '!', `${token} `, ` ${token}`, token + token, 'A'.repeat(100_000)]) {
      expect(await tokens.read(noise, origin)).toBeNull();
    }
  });

  it('shows nothing of what is inside, not even by its length', async () => {
    const short = await tokens.mint({ ...session, lastName: 'LI' });
    const long = await tokens.mint({ ...session, lastName: 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF' });
    expect(short.length).toBe(long.length);
    expect(short.length).toBeLessThan(500);
    expect(Buffer.from(short, 'base64url').toString('latin1')).not.toMatch(/skyline|ABC123|LI"/);
  });

  it('is refused when it is a sealed value of another kind', async () => {
    const keyring = createKeyring({ keys: store.rows.keys, masterKeys, clock });
    const sealed = await createVault(keyring).seal(
      { table: 'panel_token', row: '', brand: 'skyline', field: 'session' },
      'x',
    );
    expect(await tokens.read(Buffer.from(sealed).toString('base64url'), origin)).toBeNull();
  });
});
