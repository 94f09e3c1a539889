import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EffectKind } from '../../server/domain/transaction/transaction.ts';
import { openStore } from '../../server/store/database.ts';
import type { CrashPoint, CrashRun, CrashTruth } from '../support/crash-main.ts';
import { Gateway } from '../support/world-gateway.ts';
import { Gds } from '../support/world-gds.ts';
import { World } from '../support/world.ts';
import { checkAlways, checkAtRest, checkRecords } from './invariants.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/departcart');
mkdirSync(cache, { recursive: true });
/** Below `node_modules`, where what the built main imports is found. */
const folder = mkdtempSync(join(cache, 'crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Built once for the ten processes that run it. */
beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    build: { ssr: 'test/support/crash-main.ts', outDir: folder, emptyOutDir: false, target: 'node20', minify: false },
  }),
);

/** Runs a server of its own process until it ends or dies; answers how. */
function serve(run: CrashRun): Promise<{ signal: string | null; code: number | null; complaint: string }> {
  const child = spawn(process.execPath, [join(folder, 'crash-main.js')], {
    env: { ...process.env, CRASH_RUN: JSON.stringify(run) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += String(chunk)));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, complaint })));
}

/** A lease and the quiet time, and a bit. */
const AWAY_MS = 301_000;

describe('a server killed with SIGKILL and started again finds the purchase and ends it right', () => {
  it.each<[EffectKind, CrashPoint, number]>([
    ['open_payment', 'called', 1],
    ['assign_seats', 'claimed', 1],
    ['issue_emds', 'answered', 1],
    ['capture_payment', 'called', 1],
    ['capture_payment', 'committing', 1],
  ])('%s, killed when it was %s: sent %i time in all', { timeout: 120_000 }, async (kind, point, times) => {
    const place = join(folder, `${kind}-${point}`);
    const run = { database: `sqlite:${place}.sqlite`, truthFile: `${place}.json` };
    const first = await serve({ ...run, server: 'A', awayMs: 0, die: { kind, point } });
    expect(first, first.complaint).toMatchObject({ signal: 'SIGKILL' });
    const second = await serve({ ...run, server: 'B', awayMs: AWAY_MS });
    expect(second, second.complaint).toMatchObject({ code: 0 });

    const truth = JSON.parse(readFileSync(run.truthFile, 'utf8')) as CrashTruth;
    const store = await openStore(run.database);
    try {
      const { transaction } = (await store.rows.transactions.get(truth.transaction!))!;
      const world = new World();
      world.now = truth.now;
      const bad: string[] = [];
      const books = {
        gateway: new Gateway(world, 'stripe', truth.objects),
        gds: new Gds(world, 'sabre', 'CRASH1', 'SMITH', truth.gds),
        // the reconciliation of the days to come is no work that is left
        transactions: [
          { ...transaction, effects: transaction.effects.filter((one) => one.kind !== 'inspect_payment') },
        ],
        accepted: new Map([[transaction.id, transaction.items]]),
        now: world.now,
      };
      checkAlways(books, (_, why) => bad.push(why));
      checkAtRest(books, (_, why) => bad.push(why));
      const events = await store.rows.events.ofTransaction(transaction.id);
      checkRecords(transaction, events, await store.rows.transactions.audit(transaction.id), (_, why) => bad.push(why));
      expect(bad).toEqual([]);
      expect(transaction.status).toBe('completed');
      const [object] = Object.values(truth.objects);
      expect(object).toMatchObject({ capturedMinor: 2700, captures: 1, refunds: [] });
      expect(Object.values(truth.gds.seats).map(({ seat, documents }) => [seat, documents.length])).toEqual([
        ['ours', 1],
        ['ours', 1],
      ]);
      expect(truth.calls.filter((one) => one === kind)).toHaveLength(times);
    } finally {
      await store.close();
    }
  });
});
