import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer, Purchase } from '../../server/wire/panel.ts';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../support/demo.ts';
import { payByCard } from '../support/purchase.ts';

const CARD = '4242424242424242';
const REFUSED_CARD = '4000000000000002';

/** What a traveller and a partner entrusted to us: may stand sealed or not at all. */
const planted = new Map([
  ['record locator', 'ABC123'],
  ['surname', 'SMITH'],
  ['given name', 'JOHN'],
  ['another surname', 'GARCÍA'],
  ['card number', CARD],
  ['refused card number', REFUSED_CARD],
  ['secret key of the gateway', 'sk_test_demo_skyline'],
  ['secret of its callbacks', 'whsec_demo_skyline'],
  ['secret of the GDS', 'demo_amadeus_secret'],
  ['secret of deliveries', 'demo_webhook_secret_skyline'],
]);

const folder = mkdtempSync(join(tmpdir(), 'departcart-secrecy-'));
const lines: string[] = [];
const refusals: string[] = [];
let demo: TestDemo;
let done: Purchase;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** Keeps what was answered to a call that is wrong. */
async function refused(name: string, body: object, more?: { origin?: string | null }): Promise<void> {
  const { status, body: answer } = await demo.call(name, body, more);
  expect(status, `${name} ${JSON.stringify(answer)}`).toBeGreaterThanOrEqual(400);
  refusals.push(JSON.stringify(answer));
}

async function until(token: string, status: Purchase['status'], clock: MovableClock): Promise<Purchase> {
  let purchase: (Answer<Purchase> & { code?: string }) | undefined;
  await vi.waitFor(
    async () => {
      clock.ahead += 10_000;
      purchase = (await demo.status(token)).body as Answer<Purchase>;
      expect(purchase.status).toBe(status);
    },
    { timeout: 50_000, interval: 200 },
  );
  return purchase!;
}

beforeAll(async () => {
  const clock = new MovableClock();
  const log = new Writable({
    write(chunk, _encoding, next) {
      lines.push(String(chunk));
      next();
    },
  });
  demo = await startTestDemo({ clock, databaseFile: join(folder, 'demo.sqlite'), log });
  await refused('open', { v: 1, key: 'dcpub_test_skyline', record_locator: 'ABC123', last_name: 'SMITHSON' });
  await refused('open', { v: 1, key: 'ABC123', record_locator: 'SMITH', last_name: 'JOHN' });
  await refused('open', { v: 1, key: 'dcpub_test_skyline', record_locator: { ABC123: 1 }, last_name: ['SMITH'] });
  const { body: opened } = await demo.open('ABC123', 'SMITH');
  const token = opened.token!;
  planted.set('panel token', token);
  const segment = opened.map!.segment;
  const used = new Set<string>();
  const picks = opened.travellers.map((traveller, index) => {
    const seat = freeSeats(opened.map!, index).find((one) => one.price > 0 && !one.exit && !used.has(one.designator))!;
    used.add(seat.designator);
    return { traveller: traveller.id, segment, designator: seat.designator };
  });
  await demo.select(token, 0, picks);
  const keyed = (more: object) => ({ v: 1, token, idempotency_key: `key-${Math.random()}`, ...more });
  await refused('start', keyed({ selection_version: 9 }));
  const { body: started } = await demo.purchase('start', token, { selection_version: 1 });
  const { body: first } = await demo.purchase('pay', token, { quote: started.quote });
  planted.set('first client secret', String(first.payment!.field!['client_secret']));
  await payByCard(demo, first, REFUSED_CARD);
  await demo.purchase('returned', token, { payment: first.payment!.id, said: 'failed' });
  const { body: paying } = await demo.purchase('pay', token, { quote: started.quote });
  planted.set('client secret', String(paying.payment!.field!['client_secret']));
  // an answer of the airline is lost on the way, and one is no answer: what is logged of it must not repeat what was asked
  await demo.fault('lost_after', 'assign');
  await payByCard(demo, paying, CARD);
  await demo.purchase('returned', token, { payment: paying.payment!.id, said: 'submitted' });
  await refused('pay', keyed({ quote: `${CARD} SMITH` }));
  await refused('returned', keyed({ payment: CARD, said: 'SMITH' }));
  await refused('status', { v: 1, token: `${token}x` });
  await refused('status', { v: 1, token }, { origin: 'https://elsewhere.test' });
  const callback = await fetch(`${demo.api}/callbacks/stripe/skyline`, {
    method: 'POST',
    headers: { 'stripe-signature': 't=1,v1=00' },
    body: JSON.stringify({ id: 'evt_1', card: CARD, name: 'JOHN SMITH', pnr: 'ABC123' }),
  });
  expect(callback.status).toBe(400);
  refusals.push(await callback.text());
  done = await until(token, 'completed', clock);
});
afterAll(async () => {
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A text as it may stand in bytes or in JSON. */
const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('latin1'),
  secret.replaceAll('Í', String.raw`\u00cd`),
];

/** Names of what stands in a text, in any case. */
const found = (text: string, stands = standsIn(text)): string[] =>
  [...planted].filter(([, secret]) => spellings(secret).some(stands)).map(([name]) => name);

const standsIn = (text: string) => {
  const lower = text.toLowerCase();
  return (secret: string) => lower.includes(secret.toLowerCase());
};

/**
 * As above, in pages of a database: sealed bytes are random, and of some megabytes of them four letters are spelled by chance every
 * now and then. So a short word counts as it is written, beside what parts words in JSON and in wire formats.
 */
const standsInPages = (text: string) => {
  const anywhere = standsIn(text);
  return (secret: string) => {
    if (secret.length > 5) return anywhere(secret);
    const written = `(?:${secret}|${secret.toLowerCase()}|${secret[0]}${secret.slice(1).toLowerCase()})`;
    return new RegExp(`["' /,:>\\n]${written}|${written}["' /,:<\\n]`).test(text);
  };
};

/** What stands in every column of every row, one a line. */
function columns(file: string): string {
  const database = new Database(file, { readonly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const rows = tables.flatMap((table) => database.prepare(`select * from "${table}"`).raw().all() as unknown[][]);
  database.close();
  return rows
    .flat()
    .filter((value) => typeof value === 'string')
    .join('\n');
}

describe('a whole purchase, with a refused card, a lost answer and calls that are wrong', () => {
  it('leaves nothing readable in the database, its journal included', () => {
    expect(done.charged).toBeGreaterThan(0);
    const files = readdirSync(folder);
    expect(files).toContain('demo.sqlite-wal');
    const text = files.map((file) => readFileSync(join(folder, file)).toString('latin1')).join('\n');
    // what may be read is there: the search would find the rest
    expect(text).toContain(done.transaction);
    expect(found(text, standsInPages(text))).toEqual([]);
    const rows = columns(join(folder, 'demo.sqlite'));
    expect(rows).toContain(done.transaction);
    expect(found(rows, standsInPages(rows))).toEqual([]);
  });

  it('leaves nothing in the log', () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => found(line).length)).toEqual([]);
  });

  it('is answered with errors that repeat nothing of what was sent', () => {
    expect(refusals.length).toBe(9);
    expect(refusals.filter((text) => found(text).length)).toEqual([]);
  });
});
