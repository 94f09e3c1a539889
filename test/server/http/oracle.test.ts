import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDemo } from '../../../demo/start.ts';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';
import { mannWhitney } from '../../support/mann-whitney.ts';
import { API_KEY, TestBackend } from '../../support/partner.ts';

/** As demo/partners/skyline.yaml has them. */
const key = pbkdf2Sync('demo_legacy_password', 'demo_legacy_salt', 100_000, 32, 'sha256');
const FLOOR_MS = 600;
const DAY_MS = 86_400_000;

const encrypt = (padded: Buffer, iv = randomBytes(16)): Buffer => {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([iv, cipher.update(padded), cipher.final()]);
};
const pad = (plain: Buffer): Buffer => {
  const missing = 16 - (plain.length % 16);
  return Buffer.concat([plain, Buffer.alloc(missing, missing)]);
};
const idOf = (content: object) => encrypt(pad(Buffer.from(JSON.stringify(content))));
const smith = { pnr: 'ABC123', last_name: 'SMITH', brand: 'skyline' };

/** A good id, bent so that its last byte decrypts to one that is no padding. */
function badPadding(): Buffer {
  const id = idOf(smith);
  const decipher = createDecipheriv('aes-256-cbc', key, id.subarray(0, 16)).setAutoPadding(false);
  const last = Buffer.concat([decipher.update(id.subarray(16)), decipher.final()]).at(-1)!;
  id[id.length - 17]! ^= last ^ 0xff;
  return id;
}

/** `{"pnr":"ABC123"…`: the first letter of the locator stands in the first block, so that the IV bends it and nothing else. */
function bentIv(): Buffer {
  const id = idOf(smith);
  id[8]! ^= 'A'.charCodeAt(0) ^ 'Z'.charCodeAt(0);
  return id;
}

/** Everything that can be wrong with an id that nothing authenticates. */
const kinds: Record<string, () => Buffer> = {
  'bad padding': badPadding,
  'padding of length 0': () => encrypt(Buffer.concat([Buffer.alloc(15, 'x'), Buffer.of(0)])),
  'good padding, no JSON': () => encrypt(pad(Buffer.from('no JSON at all'))),
  'good padding, nothing inside': () => encrypt(pad(Buffer.alloc(0))),
  'good padding, bad UTF-8': () => encrypt(pad(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))),
  'a field missing': () => idOf({ pnr: 'ABC123', brand: 'skyline' }),
  'another brand inside': () => idOf({ ...smith, brand: 'elsewhere' }),
  'a byte cut off': () => idOf(smith).subarray(0, -1),
  'a block cut off': () => idOf(smith).subarray(0, -16),
  'two blocks swapped': () => {
    const id = idOf(smith);
    return Buffer.concat([id.subarray(0, 16), id.subarray(32, 48), id.subarray(16, 32), id.subarray(48)]);
  },
  noise: () => randomBytes(64),
  'an IV bent so that it opens to a booking that is not there': bentIv,
};
const text = (id: Buffer) => id.toString('base64url');

let demo: TestDemo;
let clock: TestClock;
beforeEach(async () => {
  clock = new TestClock();
  demo = await startTestDemo({ clock });
});
afterEach(() => demo.close());

/** All of an answer that an attacker sees, but for what is made anew for each. */
async function seen(path: string, body: object, headers: Record<string, string>) {
  const before = clock.now();
  const answer = await new TestBackend(demo).post(path, body, headers);
  const told = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
  return {
    status: answer.status,
    headers: told.map(([name, value]) => `${name}: ${value}`),
    body: { ...answer.body, request_id: '' },
    afterMs: clock.now() - before,
  };
}
const openLink = (id: Buffer) =>
  seen('/api/panel/open', { v: 1, encrypted_id: text(id) }, { origin: demo.api, 'content-type': 'text/plain' });
const testLink = (id: Buffer) =>
  seen('/v1/test-encryption', { encrypted_id: text(id) }, { authorization: `Bearer ${API_KEY}` });

describe('ids that nothing authenticates', () => {
  it('open when they are good, bent ones too: the rest is no accident of the test', async () => {
    expect((await openLink(idOf(smith))).status).toBe(200);
    expect((await testLink(idOf(smith))).body).toMatchObject({ format: 'aes-cbc', pnr: 'ABC123' });
    expect((await testLink(bentIv())).body).toMatchObject({ format: 'aes-cbc', pnr: 'ZBC123' });
  });

  it.each([
    ['the panel', openLink, Object.keys(kinds)],
    ['the test of ids', testLink, Object.keys(kinds).filter((kind) => !kind.includes('IV'))],
  ] as const)('fail for every reason in one way at %s: status, headers, words and time', async (_where, ask, names) => {
    const answers = new Map<string, string[]>();
    for (const name of names) {
      const answer = JSON.stringify(await ask(kinds[name]!()));
      answers.set(answer, [...(answers.get(answer) ?? []), name]);
      clock.pass(DAY_MS);
    }
    expect([...answers.values()]).toEqual([[...names]]);
    expect(JSON.parse([...answers.keys()][0]!)).toMatchObject({
      status: 404,
      body: { code: 'link_not_valid' },
      afterMs: FLOOR_MS,
    });
  });

  it('meet the same limit at the same try, whatever is wrong with them', async () => {
    const counts = new Set<string>();
    for (const make of [badPadding, bentIv, kinds['another brand inside']!]) {
      const answers = [];
      for (let tries = 0; tries < 12; tries++) {
        const { status, body, afterMs } = await openLink(make());
        answers.push([status, body.code, afterMs % FLOOR_MS]);
      }
      counts.add(JSON.stringify(answers));
      clock.pass(DAY_MS);
    }
    expect(counts.size).toBe(1);
    expect(JSON.parse([...counts][0]!).map(([status]: [number]) => status)).toEqual([
      ...Array<number>(10).fill(404),
      429,
      429,
    ]);
  });
});

/** Minutes of waiting for floors, so not a part of every run: `LONG=1`. */
describe.runIf(process.env['LONG'])('to somebody with a stopwatch', () => {
  const ROUNDS = 300;
  let timed: Awaited<ReturnType<typeof runDemo>> | undefined;
  afterAll(() => timed?.close());

  it('no reason to fail takes a time of its own', async () => {
    timed = await runDemo({ port: 0, logLevel: 'silent', jobs: false });
    const { api, services } = timed;
    const samples = new Map(Object.keys(kinds).map((name) => [name, [] as number[]]));
    const ask = async (name: string) => {
      const body = JSON.stringify({ v: 1, encrypted_id: text(kinds[name]!()) });
      const began = performance.now();
      const answer = await fetch(`${api}/api/panel/open`, { method: 'POST', headers: { origin: api }, body });
      await answer.arrayBuffer();
      expect(answer.status).toBe(404);
      samples.get(name)!.push(performance.now() - began);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const names = shuffled(Object.keys(kinds));
      for (const half of [names.slice(0, names.length / 2), names.slice(names.length / 2)]) {
        // What was counted is forgotten: limits are another test's subject.
        await services.store.rows.counters.sweep(Infinity, 1000);
        await Promise.all(half.map(ask));
      }
    }
    const base = samples.get('bad padding')!;
    const others = [...samples].filter(([name]) => name !== 'bad padding');
    const results = others.map(([name, times]) => ({ name, p: mannWhitney(base, times) }));
    const lines = results.map(({ name, p }) => `${p.toFixed(3)}  ${median(samples.get(name)!).toFixed(2)} ms  ${name}`);
    console.log([`p      median, beside bad padding's ${median(base).toFixed(2)} ms`, ...lines].join('\n'));
    for (const { name, p } of results) expect(p * results.length, name).toBeGreaterThan(0.01);
  }, 600_000);
});

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

function shuffled<T>(all: T[]): T[] {
  return all
    .map((one) => [Math.random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
