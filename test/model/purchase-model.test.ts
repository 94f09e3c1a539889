import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../server/domain/ports/store.ts';
import { openStore } from '../../server/store/database.ts';
import { Walk } from './walk.ts';

/**
 * Walks over both stores. `WALKS=5000 npx vitest run --project model` walks further, `SEED=…` begins elsewhere: with `WALKS=1` one walk
 * is made again and its trace printed when it fails.
 */
const asked = process.env['WALKS'] === undefined ? null : Number(process.env['WALKS']);
const from = Number(process.env['SEED'] ?? 1);
const WALKS = { sqlite: asked ?? 230, postgres: asked ?? 20 };

const folder = mkdtempSync(join(tmpdir(), 'departcart-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function walks(open: () => Promise<Store>, count: number): Promise<void> {
  const store = await open();
  const bad: string[] = [];
  const ends: Record<string, number> = {};
  const counts = { calls: 0, kills: 0, commits: 0, sandboxes: 0 };
  try {
    for (let seed = from; seed < from + count && bad.length < 3; seed++) {
      const walk = new Walk(seed, store);
      try {
        await walk.run();
      } catch (error) {
        walk.violations.push(String((error as Error).stack));
      }
      for (const name of ['calls', 'kills', 'commits'] as const) counts[name] += walk.counts[name];
      const { stripe, amadeus } = walk.configuration.sandboxes;
      if (stripe || amadeus) counts.sandboxes += 1;
      for (const { status } of walk.transactions) ends[status] = (ends[status] ?? 0) + 1;
      if (!walk.violations.length) continue;
      const trace = asked === 1 ? `\n${walk.trace.join('\n')}` : '';
      const { violations, configuration } = walk;
      bad.push(`SEED=${seed} WALKS=1: ${violations.slice(0, 3).join('; ')} ${JSON.stringify(configuration)}${trace}`);
    }
  } finally {
    await store.close();
  }
  if (asked !== null) console.log(count, 'walks', counts, ends);
  expect(bad.join('\n')).toBe('');
  // A model that never gets anywhere proves nothing.
  if (count >= 40)
    for (const end of ['completed', 'failed', 'expired', 'attention']) expect(ends[end]).toBeGreaterThan(0);
}

describe('a purchase, whatever happens to it, ends with seats and money in balance', () => {
  it(`on SQLite, ${WALKS.sqlite} walks`, { timeout: 3_600_000 }, () =>
    walks(() => openStore('sqlite::memory:'), WALKS.sqlite),
  );

  it(`on PostgreSQL, ${WALKS.postgres} walks`, { timeout: 3_600_000 }, () =>
    walks(async () => {
      const postgres = inject('postgres');
      if ('fault' in postgres) throw new Error(postgres.fault);
      const database = `model_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query(`create database ${database}`);
      await client.end();
      return openStore(Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href);
    }, WALKS.postgres),
  );
});
