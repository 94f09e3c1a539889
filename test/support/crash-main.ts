// A server that kills itself: the real parts over a database file, and vendors whose truth is kept in a file beside it. It starts a
// purchase or goes on with one that was left, until nothing comes due for two hours, or until it dies at the point asked for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { live } from '../../server/domain/transaction/derived.ts';
import type { EffectKind } from '../../server/domain/transaction/transaction.ts';
import { createEffectJob } from '../../server/jobs/run-effect.ts';
import { openStore } from '../../server/store/database.ts';
import { Gateway, type GatewayObject } from './world-gateway.ts';
import { freshTruth, Gds, type GdsTruth } from './world-gds.ts';
import { WorldTraveller, worldServices } from './world-server.ts';
import { World, type Line } from './world.ts';

/** What stands outside of us and outlives us. */
export interface CrashTruth {
  now: number;
  transaction: string | null;
  objects: Record<string, GatewayObject>;
  gds: GdsTruth;
  /** Every request that reached a vendor. */
  calls: EffectKind[];
}

/** claimed: before the call. called: the vendor did it, no answer yet. answered: before the commit. committing: inside it. */
export type CrashPoint = 'claimed' | 'called' | 'answered' | 'committing';

export interface CrashRun {
  database: string;
  truthFile: string;
  /** This process's name in ids. */
  server: string;
  /** How long the server was away before. */
  awayMs: number;
  die?: { kind: EffectKind; point: CrashPoint };
}

const run = JSON.parse(process.env['CRASH_RUN']!) as CrashRun;
const truth: CrashTruth = existsSync(run.truthFile)
  ? (JSON.parse(readFileSync(run.truthFile, 'utf8')) as CrashTruth)
  : { now: new World().now, transaction: null, objects: {}, gds: freshTruth(), calls: [] };
const world = new World();
world.now = truth.now + run.awayMs;
const gateway = new Gateway(world, 'stripe', truth.objects);
const gds = new Gds(world, 'sabre', 'CRASH1', 'SMITH', truth.gds);
const store = await openStore(run.database);

let armed: CrashPoint | null = null;
const remember = () => writeFileSync(run.truthFile, JSON.stringify({ ...truth, now: world.now }));
const dieAt = (point: CrashPoint) => {
  if (armed === point) process.kill(process.pid, 'SIGKILL');
};

const line: Line = async (call, work) => {
  if (call.kind === run.die?.kind) armed = run.die.point;
  dieAt('claimed');
  truth.calls.push(call.kind);
  const outcome = work();
  remember();
  dieAt('called');
  return Promise.resolve(outcome);
};
const services = worldServices({
  store: {
    ...store,
    atomically: (work) => {
      dieAt('answered');
      return store.atomically(async (rows) => {
        const done = await work(rows);
        dieAt('committing');
        return done;
      });
    },
  },
  gateway,
  gds,
  line,
  server: run.server,
  emd: true,
});
const traveller = new WorldTraveller(services, gds);

if (!truth.transaction) {
  const { transaction, quote } = await traveller.start(await traveller.choose({ 1: '13A', 2: '14A' }));
  truth.transaction = transaction;
  remember();
  await traveller.pay(quote);
}

const job = createEffectJob(services, {
  slots: 4,
  pause: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
});
const end = world.now + 2 * 3_600_000;
for (;;) {
  await job.runOnce();
  const { transaction } = (await store.rows.transactions.get(truth.transaction))!;
  const payment = live(transaction);
  if (payment?.state === 'open' && gateway.act(payment.id, 'ok')) {
    remember();
    await traveller.returned(payment.id);
    continue;
  }
  const due = (await store.rows.transactions.nextDue()) ?? Infinity;
  if (due > end) break;
  world.pass(Math.max(1, due - world.now));
}
remember();
await store.close();
