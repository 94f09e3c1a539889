import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxes, type Sandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import { keys } from '../../../server/cli/keys.ts';
import type { PartnerDeps } from '../../../server/cli/partner-io.ts';
import { partner } from '../../../server/cli/partner.ts';
import { compose, type Composed } from '../../../server/compose.ts';
import { replaceKey } from '../../../server/crypto/key-changes.ts';
import { createKeyring, type MasterKey } from '../../../server/crypto/keyring.ts';
import { makers } from '../../../server/crypto/makers.ts';
import { createVault } from '../../../server/crypto/vault.ts';
import type { ApplyResult } from '../../../server/partner-file/apply.ts';
import { openStore } from '../../../server/store/database.ts';
import { TestClock } from '../../support/demo.ts';
import { smallest } from '../partner-file/files.ts';

const SITE = 'https://www.skyline.example';
const SEAT_MAP = '/api/generate-encrypted-seatmap-url';
const [K1, K2]: [MasterKey, MasterKey] = [
  { id: 'k1', key: randomBytes(32) },
  { id: 'k2', key: randomBytes(32) },
];

let folder: string;
let clock: TestClock;
let sandboxes: Sandboxes;
let vendors: string;
let closing: (() => Promise<void>)[];
let out: string[];
let errors: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'departcart-beside-'));
  clock = new TestClock();
  [closing, out, errors] = [[], [], []];
  sandboxes = createSandboxes({ now: () => clock.now() });
  vendors = await serve(sandboxes.app.fetch as Fetch);
  closing.push(() => sandboxes.close());
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

type Fetch = Parameters<typeof getRequestListener>[0];

async function serve(fetch: Fetch): Promise<string> {
  const answer = getRequestListener(fetch);
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const databaseUrl = () => `sqlite:${join(folder, 'departcart.sqlite')}`;

/** Of any answer, what is looked at here. */
interface Said {
  code?: string;
  detail?: string;
  bearer_token?: string;
  brand?: { tokens: Record<string, string> };
}

/** A server on the one database, as a process of its own would be: nothing but the database is shared. */
class RunningServer {
  private isClosed = false;
  private constructor(
    private readonly composed: Composed,
    private readonly url: string,
  ) {}

  async close(): Promise<void> {
    if (!this.isClosed) await this.composed.close();
    this.isClosed = true;
  }

  static async start(masterKeys: MasterKey[]): Promise<RunningServer> {
    const composed = await compose({
      config: {
        port: 0,
        publicUrl: 'http://localhost:8081',
        databaseUrl: databaseUrl(),
        masterKeys,
        logLevel: 'silent',
        trustedProxies: [],
      },
      loopback: true,
      clock,
    });
    const url = await serve(composed.app.fetch as Fetch);
    const server = new RunningServer(composed, url);
    closing.push(() => server.close());
    return server;
  }

  apply(text: string): Promise<ApplyResult> {
    return this.composed.applyPartnerFile({ text, env: {}, appliedBy: 'ines' });
  }

  async post(path: string, body: object, headers: Record<string, string> = {}) {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Said };
  }

  open(key: string) {
    return this.post(
      '/api/panel/open',
      { v: 1, key, record_locator: 'ABC123', last_name: 'SMITH' },
      { 'content-type': 'text/plain', origin: SITE },
    );
  }

  /** The colour that the brand's pages get; a refusal's code where they get none. */
  async primary(key: string): Promise<string | undefined> {
    const { brand, code } = (await this.open(key)).body;
    return brand ? brand.tokens['--departcart-primary'] : code;
  }

  token(credentials: { apiKey?: string; apiSecret?: string }) {
    return this.post('/generate-bearer-token', { api_key: credentials.apiKey, api_secret: credentials.apiSecret });
  }
}

/** A brand at the sandbox. */
const file = () =>
  smallest
    .replace('amadeus-key', 'demo_amadeus_key')
    .replace('amadeus-s3cret', 'demo_amadeus_secret')
    .replace('  office_id', `  base_url: "${vendors}/amadeus"\n  office_id`);

/** The command line on this machine, a third process. */
const run = (args: string[], masterKeys = [K1]) =>
  partner(args, { out: (text) => out.push(text), error: (text) => errors.push(text) }, {
    readFile: () => Promise.reject(new Error('no file is read here')),
    env: {},
    ask: null,
    user: 'omar',
    make: makers,
    open: async () => {
      const store = await openStore(databaseUrl());
      return {
        store,
        clock,
        vault: createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock })),
        revokeTokens: (brand) => replaceKey({ store, masterKeys, clock }, brand, 'bearer_token'),
      };
    },
  } satisfies PartnerDeps);

function applied(result: ApplyResult) {
  if (result.outcome !== 'applied') throw new Error(result.outcome);
  return result;
}

describe('two servers on one database', () => {
  it('both take what is applied, rolled back and disabled within ten seconds', async () => {
    const [one, other] = [await RunningServer.start([K1]), await RunningServer.start([K1])];
    const { publishableKey: key } = applied(await one.apply(file()));
    const seen = async () => [await one.primary(key), await other.primary(key)];
    expect(await seen()).toEqual(['#1e40af', '#1e40af']);

    applied(await one.apply(file().replace('#1E40AF', '#000000')));
    clock.pass(9_999);
    expect(await other.primary(key)).toBe('#1e40af');
    clock.pass(1);
    expect(await seen()).toEqual(['#000000', '#000000']);

    expect(await run(['rollback', 'skylineair', '--yes'])).toBe(0);
    expect(out.join('\n')).toContain(
      'skylineair is as version 1 was, now version 3. Running servers take it within 10 s.',
    );
    clock.pass(10_000);
    expect(await seen()).toEqual(['#1e40af', '#1e40af']);

    expect(await run(['disable', 'skylineair', '--yes'])).toBe(0);
    clock.pass(10_000);
    expect(await seen()).toEqual(['brand_disabled', 'brand_disabled']);
    expect((await other.open(key)).status).toBe(403);

    applied(await other.apply(file()));
    clock.pass(10_000);
    expect(await seen()).toEqual(['#1e40af', '#1e40af']);
  });

  it('both take a new API secret within ten seconds, the old one until its end, and end tokens when asked', async () => {
    const [one, other] = [await RunningServer.start([K1]), await RunningServer.start([K1])];
    const first = applied(await one.apply(file()));
    const { body } = await one.token(first);
    const headers = { authorization: `Bearer ${body.bearer_token}` };
    const link = (server: RunningServer) => server.post(SEAT_MAP, { pnr: 'ABC123', last_name: 'SMITH' }, headers);
    expect([(await link(one)).status, (await link(other)).status]).toEqual([200, 200]);

    expect(await run(['rotate-secret', 'skylineair', '--grace', '1', '--yes'])).toBe(0);
    const apiSecret = /API secret: (dcs_\w+)/.exec(out.join('\n'))![1]!;
    const next = { apiKey: first.apiKey, apiSecret };
    clock.pass(10_000);
    for (const server of [one, other]) {
      expect((await server.token(first)).status).toBe(200);
      expect((await server.token(next)).status).toBe(200);
    }
    clock.pass(3_600_000);
    for (const server of [one, other]) {
      expect((await server.token(first)).status).toBe(401);
      expect((await server.token(next)).status).toBe(200);
      expect((await link(server)).status).toBe(200);
    }

    expect(await run(['rotate-secret', 'skylineair', '--grace', '0', '--revoke-tokens', '--yes'])).toBe(0);
    clock.pass(10_000);
    for (const server of [one, other]) {
      expect((await link(server)).body.code).toBe('token_not_valid');
      expect((await server.token(next)).status).toBe(401);
    }
    const newest = {
      apiKey: first.apiKey,
      apiSecret: [...out.join('\n').matchAll(/API secret: (dcs_\w+)/g)].at(-1)![1]!,
    };
    expect((await other.token(newest)).status).toBe(200);
  });

  it('refuse a database that knows the keys of the demo', async () => {
    const store = await openStore(databaseUrl());
    const row = { apiKey: 'dck_demo_skyline', hash: 'h', brand: 'anybody', createdAt: 0, createdBy: 'x', endsAt: null };
    await store.rows.apiSecrets.add(row);
    await store.close();
    await expect(RunningServer.start([K1])).rejects.toThrow('holds the demo\'s brand "anybody"');
  });

  it('answer a brand whose GDS is not built with a code of its own', async () => {
    const server = await RunningServer.start([K1]);
    const gds = 'gds:\n  gds_provider: travelport\n  environment: test\n  credentials: {username: a, password: b}\n';
    const { publishableKey: key } = applied(await server.apply(smallest.replace(/gds:\n(?: {2}.*\n)+/, gds)));
    expect(await server.open(key)).toMatchObject({ status: 503, body: { code: 'gds_not_ready' } });
    const unfilled = file().replace('SkylineAir', 'Unfilled').replace('demo_amadeus_key', 'YOUR_API_KEY');
    const other = applied(await server.apply(unfilled)).publishableKey;
    const { body } = await server.open(other);
    expect(body).toMatchObject({ code: 'gds_not_ready', detail: expect.stringContaining('placeholders') });
  });
});

describe('departcart keys rotate', () => {
  const rotate = (masterKeys: MasterKey[]) =>
    keys(
      ['rotate'],
      { out: (text) => out.push(text), error: (text) => errors.push(text) },
      { open: async () => ({ store: await openStore(databaseUrl()), masterKeys }) },
    );

  it('wraps every key anew while requests run: none of them fails, and the old key can be taken out', async () => {
    const [one, other] = [await RunningServer.start([K2, K1]), await RunningServer.start([K1, K2])];
    const before = await RunningServer.start([K1]);
    const first = applied(await before.apply(file()));
    const brand = { key: first.publishableKey, ...first };
    const { body } = await before.token(first);
    const headers = { authorization: `Bearer ${body.bearer_token}` };
    await before.close();

    const statuses: number[] = [];
    let isOver = false;
    const traffic = [one, other].map(async (server, index) => {
      for (let no = 0; !isOver || no < 3; no++) {
        statuses.push((await server.open(brand.key)).status);
        statuses.push((await server.token(first)).status);
        statuses.push((await server.post(SEAT_MAP, { pnr: 'ABC123', last_name: 'SMITH' }, headers)).status);
        // Keys of a brand that is only now there.
        const name = `Brand ${index} ${no}`;
        if (no < 3) applied(await server.apply(file().replace('SkylineAir', name)));
      }
    });
    expect(await rotate([K2, K1])).toBe(0);
    isOver = true;
    await Promise.all(traffic);
    expect(statuses.length).toBeGreaterThanOrEqual(18);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(out[0]).toMatch(/^\d+ keys are wrapped by master key k2: [1-9]\d* anew, \d+ were before\.$/);
    expect(out[1]).toMatch(/run this once more; when it says "0 anew", take k1 out/);

    // A server that reads everything for the first time, with the new key behind the old one.
    const late = await RunningServer.start([K1, K2]);
    expect((await late.open(brand.key)).status).toBe(200);
    await late.close();
    await other.close();
    await rotate([K2, K1]);
    out = [];
    expect(await rotate([K2, K1])).toBe(0);
    expect(out[0]).toMatch(/: 0 anew,/);
    await one.close();

    const after = await RunningServer.start([K2]);
    expect((await after.open(brand.key)).status).toBe(200);
    expect((await after.post(SEAT_MAP, { pnr: 'ABC123', last_name: 'SMITH' }, headers)).status).toBe(200);
    out = [];
    expect(await rotate([K2])).toBe(0);
    expect(out[1]).toBe('There is no other master key to take out.');
  });

  it('says which key is missing, and changes what it can', async () => {
    const server = await RunningServer.start([K1]);
    applied(await server.apply(file()));
    expect(await rotate([K2])).toBe(1);
    expect(errors.join('\n')).toMatch(/^\d+ keys are wrapped by master key k1, which is not in DEPARTCART_MASTER_KEYS/);
    expect(await rotate([K2, K1])).toBe(0);
  });

  it('names a key that was changed, and goes on with the others', async () => {
    const server = await RunningServer.start([K1]);
    const first = applied(await server.apply(file()));
    // Makes keys for locators, sessions and tokens.
    expect((await server.open(first.publishableKey)).status).toBe(200);
    expect((await server.token(first)).status).toBe(200);
    await server.close();
    const store = await openStore(databaseUrl());
    const [damaged, ...others] = await store.rows.keys.list();
    const bent = Uint8Array.from(damaged!.wrapped);
    bent[bent.length - 1]! ^= 1;
    await store.rows.keys.rewrap(damaged!.id, damaged!.wrapped, bent);
    await store.close();
    expect(await rotate([K2, K1])).toBe(1);
    expect(errors.join('\n')).toContain(
      `the ${damaged!.purpose} key ${damaged!.id} of skylineair is wrapped by master key k1: it was changed`,
    );
    expect(others.length).toBeGreaterThanOrEqual(3);
    expect(out[0]).toBe(`${others.length} keys are wrapped by master key k2: ${others.length} anew, 0 were before.`);
  });

  it('says how it is called', async () => {
    const io = { out: () => {}, error: (text: string) => void errors.push(text) };
    const open = () => Promise.reject(new Error('opened'));
    for (const args of [[], ['list'], ['rotate', 'now']]) expect(await keys(args, io, { open })).toBe(2);
    expect(errors).toEqual(Array(3).fill('Usage: departcart keys rotate'));
    expect(await keys(['rotate'], io, { open })).toBe(1);
    expect(errors.at(-1)).toBe('opened');
  });
});
