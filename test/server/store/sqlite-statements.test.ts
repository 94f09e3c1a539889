import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepingStatements } from '../../../server/store/sqlite-statements.ts';

let database: Sqlite.Database;
beforeEach(() => {
  database = new Sqlite(':memory:');
  database.exec('create table things (id integer primary key, name text)');
});
afterEach(() => database.close());

const READ = 'select * from things';

describe('kept statements', () => {
  it('are prepared once for each text, and take other values each time', () => {
    const kept = keepingStatements(database);
    const add = kept.prepare('insert into things (name) values (?)');
    add.run(['one']);
    expect(kept.prepare('insert into things (name) values (?)')).toBe(add);
    add.run(['two']);
    expect(kept.prepare(READ).all([])).toEqual([
      { id: 1, name: 'one' },
      { id: 2, name: 'two' },
    ]);
  });

  it('are the ones used last, and no more than that many', () => {
    const kept = keepingStatements(database, 2);
    const [one, two] = [kept.prepare('select 1'), kept.prepare('select 2')];
    expect(kept.prepare('select 1')).toBe(one);
    kept.prepare('select 3');
    expect(kept.prepare('select 1')).toBe(one);
    expect(kept.prepare('select 2')).not.toBe(two);
  });

  it('see a table that was changed since', () => {
    const kept = keepingStatements(database);
    database.exec("insert into things (name) values ('one')");
    const read = kept.prepare(READ);
    expect(read.all([])).toEqual([{ id: 1, name: 'one' }]);
    database.exec('alter table things add column size integer not null default 7');
    expect(kept.prepare(READ)).toBe(read);
    expect(read.all([])).toEqual([{ id: 1, name: 'one', size: 7 }]);
  });

  it('stay of use after one failed', () => {
    const kept = keepingStatements(database);
    const add = 'insert into things (id) values (?)';
    kept.prepare(add).run([1]);
    expect(() => kept.prepare(add).run([1])).toThrow(/UNIQUE/);
    expect(kept.prepare(add).run([2])).toMatchObject({ changes: 1 });
  });
});
