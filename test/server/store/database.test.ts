import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../server/store/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'departcart-database-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('openStore', () => {
  it('keeps nothing of a database in memory', async () => {
    const first = await openStore('sqlite::memory:');
    await first.rows.counters.touch('here', 60_000, 0);
    await first.close();
    const second = await openStore('sqlite::memory:');
    expect(await second.rows.counters.count('here', 1)).toBe(0);
    await second.close();
  });

  it('makes the folders of a SQLite file, and lets nobody else read it', async () => {
    const file = join(folder, 'not', 'there', 'yet.sqlite');
    const store = await openStore(`sqlite:${file}`);
    await store.rows.counters.touch('here', 60_000, 0);
    const modes = [file, `${file}-wal`].map((path) => statSync(path).mode & 0o077);
    await store.close();
    expect(modes).toEqual([0, 0]);
  });

  it('opens SQLite so that a commit survives a power cut', async () => {
    const file = join(folder, 'settings.sqlite');
    await (await openStore(`sqlite:${file}`)).close();
    const look = new Sqlite(file);
    expect(look.pragma('journal_mode', { simple: true })).toBe('wal');
    look.close();
  });

  it.each(['', 'sqlite:', 'data/departcart.sqlite', 'mysql://host/db', 'postgres://user:s3cret@[host/db'])(
    'refuses %j and says what it takes',
    async (url) => {
      const fault = await openStore(url).catch((error: unknown) => error);
      expect(String(fault)).toMatch(/DEPARTCART_DATABASE_URL must be sqlite:PATH, .* or postgres:/);
      expect(inspect(fault)).not.toContain('s3cret');
    },
  );

  it('says what to check when PostgreSQL does not answer, and not the password', async () => {
    const fault = await openStore('postgres://departcart:s3cret@127.0.0.1:1/db').catch((error: unknown) => error);
    expect(String(fault)).toMatch(/PostgreSQL database cannot be used: .*ECONNREFUSED.*server is up/);
    expect(inspect(fault, { depth: 9 })).not.toContain('s3cret');
  });

  it('says what to check when the SQLite path cannot be written', async () => {
    const fault = await openStore(`sqlite:${join(folder, 'settings.sqlite', 'below-a-file.sqlite')}`).catch(String);
    expect(fault).toMatch(/SQLite database cannot be used: .*(ENOTDIR|EEXIST).*check the path/);
  });

  it('says what to check when the SQLite file is something else', async () => {
    const file = join(folder, 'text.sqlite');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(file, 'this is no database, it is a letter to whom it may concern, long enough to have a header');
    expect(await openStore(`sqlite:${file}`).catch(String)).toMatch(/not a database.*check the path/);
  });
});

describe('a locked SQLite file', () => {
  it('is waited for while the event loop goes on', async () => {
    const file = join(folder, 'locked.sqlite');
    const store = await openStore(`sqlite:${file}`);
    const blocker = new Sqlite(file);
    blocker.exec('begin immediate');
    let written = false;
    const write = store.rows.counters.touch('waits', 60_000, 0).then(() => (written = true));
    const atomic = store.atomically((rows) => rows.counters.touch('waits', 60_000, 0));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBe(false);
    blocker.exec('commit');
    blocker.close();
    await write;
    expect(await atomic).toBe(2);
    await store.close();
  });
});
