/**
 * Makes a fresh clone ready: installs what is missing, compiles what this Node cannot load, builds what changed. Plain JavaScript
 * on Node's own modules, because it runs before there are packages. Each step says what it does; a step with nothing to do is silent.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BUILT_FROM = join(root, 'dist/.built-from');

/** Installs, compiles and builds as needed, then returns. Ends the process with the failed step's code and a sentence. */
export function prepare() {
  checkNode();
  if (!isInstalled()) {
    say('Installing packages. The first time this takes about a minute …');
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The packages could not be installed.');
  }
  if (!sqliteLoads()) {
    say('Compiling the database driver for this version of Node. About a minute …');
    npm(
      ['rebuild', 'better-sqlite3'],
      'better-sqlite3 could not be compiled. It needs a C++ compiler, make and Python 3.',
    );
    if (!sqliteLoads()) fail('better-sqlite3 was compiled and still does not load. Remove node_modules and try again.');
  }
  const sources = fingerprint();
  if (!existsSync(BUILT_FROM) || readFileSync(BUILT_FROM, 'utf8') !== sources) {
    say('Building …');
    run(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'],
      'The build failed.',
    );
    writeFileSync(BUILT_FROM, sources);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`DepartCart needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
}

/** Every version of the lock against the list that npm writes last; an interrupted install is not taken for a whole one. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(want).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return have[path]?.version === entry.version;
  });
}

function sqliteLoads() {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' }).status === 0;
}

function fingerprint() {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'tsconfig.json', 'vite.config.ts'];
  for (const folder of ['widget', 'server', 'demo', 'gtm-template']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(root.length + 1));
    }
  }
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** @param {string[]} args @param {string} failure */
function npm(args, failure) {
  const cli = process.env.npm_execpath;
  if (cli && existsSync(cli)) run(process.execPath, [cli, ...args], failure);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, failure);
}

/** @param {string} command @param {string[]} args @param {string} failure */
function run(command, args, failure) {
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (signal) process.exit(signal === 'SIGINT' ? 130 : 143);
  if (status !== 0) fail(failure, status ?? 1);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {string} text @param {number} [code] @returns {never} */
function fail(text, code = 1) {
  say(text);
  process.exit(code);
}
