/**
 * The door of `npm test`: makes the clone ready, runs every runner, three at a time, since each waits now and then, and closes with one
 * line that sums them all.
 * `npm test -- server widget` picks steps. A runner's output is printed only when it fails.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root } from '../server/prepare.js';

const AT_ONCE = 3;
const reports = mkdtempSync(join(tmpdir(), 'departcart-test-'));
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
const report = (/** @type {string} */ name) => join(reports, `${name}.json`);

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, command: string[], env?: Record<string, string>, count?: () => Counts }} Step
 */

/** @type {(project: string) => Step} */
const vitest = (project) => ({
  name: project,
  command: [
    bin('vitest/vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ],
  count: () => {
    const result = JSON.parse(readFileSync(report(project), 'utf8'));
    // A file that could not be imported has no results of its own and must count all the same.
    const broken = result.testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && !file.assertionResults.length,
    ).length;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + broken,
      skipped: result.numPendingTests + (result.numTodoTests ?? 0),
    };
  },
});

/** @type {Step[]} */
const steps = [
  { name: 'types', command: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the widget', command: [bin('typescript/bin/tsc'), '-p', 'widget/tsconfig.json'] },
  { name: 'types of the server', command: [bin('typescript/bin/tsc'), '-p', 'server/tsconfig.json'] },
  { name: 'lint', command: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', command: [bin('oxfmt/bin/oxfmt'), '--check'] },
  vitest('contracts'),
  // From here on the longest come first, so that none is left to run alone.
  {
    name: 'e2e',
    command: [bin('@playwright/test/cli.js'), 'test', '--project', 'e2e'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') },
    count: () => {
      const { stats } = JSON.parse(readFileSync(report('e2e'), 'utf8'));
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    },
  },
  vitest('server'),
  vitest('model'),
  {
    name: 'widget',
    command: [bin('@web/test-runner/dist/bin.js'), '--config', 'web-test-runner.config.mjs'],
    env: { WTR_REPORT: report('widget') },
    count: () => JSON.parse(readFileSync(report('widget'), 'utf8')),
  },
];

const running = new Set();
let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    stopping = true;
    for (const child of running) child.kill(signal);
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
  });
}

/** @param {Step} step @returns {Promise<Counts>} */
async function run(step) {
  const started = Date.now();
  const child = spawn(process.execPath, step.command, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...step.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  running.delete(child);
  const counts = countsOf(step, code === 0);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (counts.failed && !stopping) process.stdout.write(`\n──── ${step.name} ────\n${output}\n`);
  process.stdout.write(
    `${counts.failed ? '✗' : '✓'} ${step.name.padEnd(22)} ${seconds.padStart(6)} s  ${describe(counts)}\n`,
  );
  return counts;
}

/** A runner that ended badly counts at least one failure, whatever its report says. @param {Step} step @param {boolean} ok */
function countsOf(step, ok) {
  try {
    const counts = step.count ? step.count() : { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
    return ok ? counts : { ...counts, failed: Math.max(1, counts.failed) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {Counts} counts */
const describe = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

prepare();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name.startsWith(name)));
if (unknown.length) {
  process.stderr.write(
    `There is no step called ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.\n`,
  );
  process.exit(2);
}
const picked = (/** @type {Step} */ step) => !wanted.length || wanted.some((name) => step.name.startsWith(name));
const total = { passed: 0, failed: 0, skipped: 0 };
const add = (/** @type {Counts} */ counts) => {
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key];
};
const queue = steps.filter(picked);
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let step = queue.shift(); step && !stopping; step = queue.shift()) add(await run(step));
  }),
);
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${describe(total)}\n`);
if (!stopping) process.exitCode = total.failed || !total.passed ? 1 : 0;
