/**
 * The door of `npm run test:long`: what `npm test` does with a few hundred seeds, with thousands. Each stretch says with which seed to
 * go on: `npm run test:long -- 2501`. Then the parsers get a million cases each, and guessers and stopwatches
 * are let loose; `npm run test:long -- fuzz` begins there. Ends at the first part that fails.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from '../server/prepare.js';

const LAST = 5000;
const STRETCH = 500;

const FUZZ_CASES = 1_000_000;
const onlyFuzz = process.argv[2] === 'fuzz';

const from = onlyFuzz ? 1 : Number(process.argv[2] ?? 1);
if (!Number.isSafeInteger(from) || from < 1) {
  process.stderr.write('The seed to begin with is a whole number from 1: npm run test:long -- 2501\n');
  process.exit(2);
}

/** What is run on each stretch of seeds. @type {{ name: string, project: string, file: string, times: number }[]} */
const parts = [
  { name: 'walks over services, stores and sandboxes', project: 'model', file: 'purchase-model', times: 1 },
  // Pure, and ten times as fast.
  { name: 'walks beside the model', project: 'server', file: 'beside-the-model', times: 5 },
];

/** @param {{ project: string, file: string, env: Record<string, string> }} part */
function run({ project, file, env }) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, file, '--no-color'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1', ...env } },
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(5);
  const skipped = status === 0 && !/\d+ passed/.test(stdout);
  const mark = skipped ? '– skipped,' : status === 0 ? '✓' : '✗';
  return { status, stdout, stderr, seconds, mark };
}

/** @param {{ status: number | null, stdout: string, stderr: string }} failed @param {string} goOn */
function stop({ status, stdout, stderr }, goOn) {
  process.stdout.write(`${stdout}\n${stderr}\nGo on with: npm run test:long -- ${goOn}\n`);
  process.exit(status ?? 1);
}

prepare();
const last = Math.max(LAST, from + STRETCH - 1);
for (let first = from; !onlyFuzz && first <= last; first += STRETCH) {
  const count = Math.min(STRETCH, last - first + 1);
  for (const { name, project, file, times } of parts) {
    const seed = String((first - 1) * times + 1);
    const ran = run({ project, file, env: { WALKS: String(count * times), SEED: seed, FROM: seed } });
    process.stdout.write(`${ran.mark} seeds from ${seed}: ${count * times} ${name} ${ran.seconds} s\n`);
    for (const told of ran.stdout.split('\n').filter((text) => text.startsWith('{')))
      process.stdout.write(`  ${told}\n`);
    if (ran.status !== 0) stop(ran, String(first));
  }
  if (first + STRETCH <= last)
    process.stdout.write(`  go on from here with: npm run test:long -- ${first + STRETCH}\n`);
}
for (const file of [
  'fuzz/bearer-token',
  'fuzz/encrypted-id',
  'fuzz/bodies',
  'fuzz/partner-file',
  'partner-file/fuzz',
]) {
  const ran = run({ project: 'server', file, env: { FUZZ: String(FUZZ_CASES) } });
  process.stdout.write(`${ran.mark} ${FUZZ_CASES} cases of ${file} ${ran.seconds} s\n`);
  if (ran.status !== 0) stop(ran, 'fuzz');
}
for (const file of ['http/attack', 'http/oracle']) {
  const ran = run({ project: 'server', file, env: { LONG: '1' } });
  process.stdout.write(`${ran.mark} ${file}, in full ${ran.seconds} s\n`);
  for (const told of ran.stdout.split('\n').filter((text) => /^(?:p |\d\.\d{3} )/.test(text)))
    process.stdout.write(`  ${told}\n`);
  if (ran.status !== 0) stop(ran, 'fuzz');
}
