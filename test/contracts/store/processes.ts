import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../server/store/database.ts';
import type { StoreHarness } from './harness.ts';
import { bytes, useStore } from './harness.ts';

const writer = fileURLToPath(new URL('../second-writer.js', import.meta.url));

export function describeProcesses(harness: StoreHarness): void {
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  /** Starts another process on the database. `said` resolves with its first line, `ended` with everything it said. */
  function second(url: string, ...args: string[]) {
    const child = spawn(process.execPath, [writer, url, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    children.push(child);
    let out = '';
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += String(chunk)));
    const said = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        resolve(out.trim());
      });
      child.on('close', (code) => reject(new Error(`the second process ended (${code}) and said: ${complaint}`)));
    });
    const ended = new Promise<string>((resolve) => child.on('close', () => resolve(out.trim() + complaint)));
    said.catch(() => {});
    return { child, said, ended };
  }

  describe('two processes', () => {
    const on = useStore(harness);

    it('both write, and neither loses a change nor is refused', { timeout: 30_000 }, async () => {
      const times = 150;
      const key = { brand: 'skyline', booking: 'two processes' };
      const other = second(on.url, 'count', String(times));
      await other.said;
      other.child.stdin.write('go\n');
      for (let i = 0; i < times; i++) {
        await on.store.rows.counters.touch('two processes', 60_000, 0);
        await on.store.atomically(async (rows) => {
          const version = (await rows.selections.get(key))?.version ?? 0;
          const raised = await rows.selections.replace(key, version, { sealed: bytes('x'), changedAt: 0 });
          if (raised) await rows.counters.touch('raised', 60_000, 0);
        });
      }
      expect(await other.ended).toBe('ready\ndone');
      expect(await on.store.rows.counters.count('two processes', 1)).toBe(2 * times);
      const raised = await on.store.rows.counters.count('raised', 1);
      expect((await on.store.rows.selections.get(key))?.version).toBe(raised);
      expect(raised).toBeGreaterThanOrEqual(times);
    });

    it('nothing stands of what a killed process wrote without committing', { timeout: 30_000 }, async () => {
      const other = second(on.url, 'hold');
      expect(await other.said).toBe('written');
      other.child.kill('SIGKILL');
      await other.ended;
      expect(await on.store.rows.counters.touch('held', 60_000, 0)).toBe(1);
    });
  });

  describe('a first start', () => {
    it('may be made by several processes at once', { timeout: 30_000 }, async () => {
      const url = await harness.fresh();
      const others = Array.from({ length: 3 }, () => second(url, 'open'));
      expect(await Promise.all(others.map(({ ended }) => ended))).toEqual(['opened', 'opened', 'opened']);
    });

    it('may be made twice at once by one process, and again later', async () => {
      const url = await harness.fresh();
      const stores = await Promise.all([openStore(url), openStore(url)]);
      await stores[0].rows.counters.touch('kept', 60_000, 0);
      for (const store of stores) await store.close();
      const again = await openStore(url);
      expect(await again.rows.counters.count('kept', 1)).toBe(1);
      await again.close();
    });
  });
}
