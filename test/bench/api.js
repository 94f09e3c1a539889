/**
 * What the partner's API costs beside bare Hono, which answers a JSON POST of the same body and does nothing else. Each server is a
 * process of its own, the load comes from this one; a round asks Hono and ours in turns, ratios are taken within a round, then
 * their median. The product runs from its build: SQLite in a file, log lines at level info into a file, as in production.
 *
 * Two processes of the same code differ, as the compiler and the machine have it: there are several pairs.
 *
 *   node test/bench/bench.js api [--pairs 3] [--rounds 5] [--ms 400] [--connections 16] [--only token,deeplink] [--profile FOLDER]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { load } from './api/load.js';

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '400' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    /** Where CPU profiles of the processes are written. */
    profile: { type: 'string' },
  },
});
const GOAL = 0.5;
/** Until V8 has compiled both: what is measured is a server that has been up for more than a few seconds. */
const WARM_UP_MS = 4000;
const pairs = Number(options.pairs);
const rounds = Number(options.rounds);
const ms = Number(options.ms);
const connections = Number(options.connections);

const folder = mkdtempSync(join(tmpdir(), 'departcart-bench-'));
const logFile = join(folder, 'log.jsonl');

/** @typedef {import('./api/server.js').Ready} Ready */

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];

/** @param {'hono' | 'product'} what @param {string[]} execArgv */
async function start(what, execArgv = []) {
  const child = fork(fileURLToPath(new URL('api/server.js', import.meta.url)), [what, join(folder, 'bench.sqlite')], {
    stdio: ['ignore', 'inherit', what === 'product' ? openSync(logFile, 'a') : 'inherit', 'ipc'],
    execArgv,
  });
  children.push(child);
  /** @type {Promise<never>} */
  const over = new Promise((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the ${what} server ended with ${code}; its log: ${logFile}`)));
  });
  over.catch(() => {});
  const hear = () => Promise.race([new Promise((resolve) => child.once('message', resolve)), over]);
  const ready = /** @type {Ready} */ (await hear());
  return {
    ...ready,
    /** @returns {Promise<{ cpuMs: number, derivations: number }>} so far */
    async spent() {
      const answer = hear();
      child.send('spent');
      return /** @type {any} */ (await answer);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    },
  };
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

process.on('exit', () => children.forEach((child) => child.kill()));

/** @typedef {{ perSecond: number, cpuMicros: number }} Sample */
/** @type {Map<string, { hono: Sample, ours: Sample }[]>} */
const samples = new Map();
const derivations = { before: 0, during: 0, answers: 0 };

async function measurePair() {
  const profile = (/** @type {string} */ what) =>
    options.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(options.profile, what)}`] : [];
  const hono = await start('hono', profile('hono'));
  const product = await start('product', profile('product'));
  const only = options.only.split(',');
  const calls = (product.calls ?? []).filter(({ name }) => only.some((begin) => name.startsWith(begin)));

  /** @param {typeof hono} server @param {(typeof calls)[number]} call @param {number} forMs @returns {Promise<Sample>} */
  const measure = async (server, call, forMs) => {
    const before = await server.spent();
    const path = server === hono ? '/' : call.path;
    const { answers, seconds } = await load({ ...call, path, port: server.port, connections, ms: forMs });
    const after = await server.spent();
    if (server === product) derivations.answers += answers;
    return { perSecond: answers / seconds, cpuMicros: ((after.cpuMs - before.cpuMs) * 1000) / answers };
  };
  const ready = await product.spent();
  for (const call of calls) for (const server of [hono, product]) await measure(server, call, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) {
    for (const call of calls) {
      const order = round % 2 ? [product, hono] : [hono, product];
      const [first, second] = [await measure(order[0] ?? hono, call, ms), await measure(order[1] ?? hono, call, ms)];
      const sample = round % 2 ? { hono: second, ours: first } : { hono: first, ours: second };
      samples.set(call.name, [...(samples.get(call.name) ?? []), sample]);
    }
  }
  derivations.before += ready.derivations;
  derivations.during += (await product.spent()).derivations - ready.derivations;
  await Promise.all([hono.stop(), product.stop()]);
}

try {
  for (let pair = 0; pair < pairs; pair++) await measurePair();
  console.log(
    `\nPartner API beside bare Hono, ${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}; ${pairs} pairs of processes, ` +
      `${rounds} rounds of ${ms} ms each, ${connections} connections, medians; CPU is all of the server's process`,
  );
  console.log('call                            Hono/s    ours/s   x Hono   CPU µs   x Hono');
  const missed = [];
  for (const [name, taken] of samples) {
    const middle = (/** @type {(sample: typeof taken[number]) => number} */ of) => median(taken.map(of));
    const ratio = middle(({ hono, ours }) => ours.perSecond / hono.perSecond);
    if (ratio < GOAL) missed.push(`${name} ${ratio.toFixed(2)}`);
    console.log(
      name.padEnd(28) +
        middle(({ hono }) => hono.perSecond)
          .toFixed(0)
          .padStart(10) +
        middle(({ ours }) => ours.perSecond)
          .toFixed(0)
          .padStart(10) +
        ratio.toFixed(2).padStart(9) +
        middle(({ ours }) => ours.cpuMicros)
          .toFixed(1)
          .padStart(9) +
        middle(({ hono, ours }) => ours.cpuMicros / hono.cpuMicros)
          .toFixed(2)
          .padStart(9),
    );
  }
  const { before, during, answers } = derivations;
  if (during) missed.push(`${during} PBKDF2 derivations in ${answers} requests`);
  console.log(
    `PBKDF2 derivations: ${before} while brands were put in force, ${during / answers} a request over ${answers} requests; ` +
      `log ${(statSync(logFile).size / 1e6).toFixed(1)} MB`,
  );
  console.log(
    `Goal, answers a second beside bare Hono: at least ${GOAL}: ${missed.length ? `missed by ${missed.join(', ')}` : 'met'}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
