// Another process on the same database, running the store's own source: what the command line is beside a running server.
//   node second-writer.js URL open           opens, says "opened", ends
//   node second-writer.js URL count TIMES    says "ready"; told to go, touches a counter and raises a selection TIMES times
//   node second-writer.js URL hold           writes inside atomically(), says "written" and never commits
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [url, action, times] = process.argv.slice(2);
const source = fileURLToPath(new URL('../../server/store/database.ts', import.meta.url));
const { module } = await runnerImport(source, { configFile: false, logLevel: 'error' });

if (action === 'open') {
  const store = await module.openStore(url);
  await store.ping();
  await store.close();
  console.log('opened');
} else if (action === 'count') {
  const store = await module.openStore(url);
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  process.stdin.pause();
  for (let i = 0; i < Number(times); i++) {
    await store.rows.counters.touch('two processes', 60_000, 0);
    await store.atomically(async (rows) => {
      const key = { brand: 'skyline', booking: 'two processes' };
      const version = (await rows.selections.get(key))?.version ?? 0;
      const raised = await rows.selections.replace(key, version, { sealed: Buffer.from('x'), changedAt: 0 });
      if (raised) await rows.counters.touch('raised', 60_000, 0);
    });
  }
  await store.close();
  console.log('done');
} else if (action === 'hold') {
  const store = await module.openStore(url);
  await store.atomically(async (rows) => {
    await rows.counters.touch('held', 60_000, 0);
    console.log('written');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });
}
