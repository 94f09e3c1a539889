import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { describeStore } from './describe-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'departcart-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const name = () => `store_${randomBytes(6).toString('hex')}`;

describeStore('SQLite', { fresh: () => Promise.resolve(`sqlite:${join(folder, name(), 'departcart.sqlite')}`) });

describeStore('PostgreSQL', {
  async fresh() {
    const postgres = inject('postgres');
    // Failing, not skipping: a suite that quietly leaves out an engine proves nothing about it.
    if ('fault' in postgres) throw new Error(postgres.fault);
    const database = name();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`create database ${database}`);
    await client.end();
    return Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href;
  },
});
