/**
 * What the partner's API costs beside bare Hono, which answers a JSON POST of the same body and does nothing else. Each server is a
 * process of its own, the load comes from this one; a round asks Hono and ours in turns, ratios are taken within a round, then
 * their median. The product runs from its build: SQLite in a file, log lines at level info into a file, as in production.
 *
 *   node test/bench/bench.js api [--rounds 15] [--ms 400] [--connections 16]
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
    rounds: { type: 'string', default: '15' },
    ms: { type: 'string', default: '400' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    /** Writes a CPU profile of the product's process into this folder. */
    profile: { type: 'string' },
  },
});
const GOAL = 0.5;
const WARM_UP_MS = 2000;
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
const hono = await start('hono', options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}/hono`] : []);
const product = await start('product', options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []);
try {
  const calls = (product.calls ?? []).filter(({ name }) => name.startsWith(options.only));

  /** @param {typeof hono} server @param {(typeof calls)[number]} call @param {number} forMs */
  const measure = async (server, call, forMs) => {
    const before = await server.spent();
    const path = server === hono ? '/' : call.path;
    const { answers, seconds } = await load({ ...call, path, port: server.port, connections, ms: forMs });
    const after = await server.spent();
    return { perSecond: answers / seconds, cpuMicros: ((after.cpuMs - before.cpuMs) * 1000) / answers };
  };
  for (const call of calls) for (const server of [hono, product]) await measure(server, call, WARM_UP_MS);

  const beforeAll = await product.spent();
  const rows = calls.map((call) => ({
    call,
    samples: /** @type {Record<'hono' | 'ours', { perSecond: number, cpuMicros: number }>[]} */ ([]),
  }));
  let answered = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { call, samples } of rows) {
      const honoFirst = round % 2 === 0;
      const first = await measure(honoFirst ? hono : product, call, ms);
      const second = await measure(honoFirst ? product : hono, call, ms);
      const [bare, ours] = honoFirst ? [first, second] : [second, first];
      samples.push({ hono: bare, ours });
      answered += (ours.perSecond * ms) / 1000;
    }
  }
  const { derivations } = await product.spent();

  console.log(
    `\nPartner API beside bare Hono, ${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}; ` +
      `${rounds} rounds of ${ms} ms, ${connections} connections, medians; CPU is all of the server's process`,
  );
  console.log('call                            Hono/s    ours/s   x Hono   CPU µs   x Hono');
  const missed = [];
  for (const { call, samples } of rows) {
    const ratio = median(samples.map(({ hono: bare, ours }) => ours.perSecond / bare.perSecond));
    const cpuRatio = median(samples.map(({ hono: bare, ours }) => ours.cpuMicros / bare.cpuMicros));
    if (ratio < GOAL) missed.push(`${call.name} ${ratio.toFixed(2)}`);
    console.log(
      call.name.padEnd(28) +
        median(samples.map((one) => one.hono.perSecond))
          .toFixed(0)
          .padStart(10) +
        median(samples.map((one) => one.ours.perSecond))
          .toFixed(0)
          .padStart(10) +
        ratio.toFixed(2).padStart(9) +
        median(samples.map((one) => one.ours.cpuMicros))
          .toFixed(1)
          .padStart(9) +
        cpuRatio.toFixed(2).padStart(9),
    );
  }
  const perRequest = (derivations - beforeAll.derivations) / answered;
  if (perRequest > 0) missed.push(`${perRequest} PBKDF2 derivations a request`);
  console.log(
    `PBKDF2 derivations: ${beforeAll.derivations} before the first request, ${perRequest} a request over ${answered.toFixed(0)} requests; ` +
      `log ${(statSync(logFile).size / 1e6).toFixed(1)} MB`,
  );
  console.log(
    `Goal, answers a second beside bare Hono: at least ${GOAL}: ${missed.length ? `missed by ${missed.join(', ')}` : 'met'}`,
  );
} finally {
  await Promise.all([hono.stop(), product.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
