import type Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Ours are some two hundred texts; lists of ids of any length make more. One takes a few kilobytes. */
const KEPT_MAX = 500;

/**
 * A database that keeps its prepared statements by their text, those used last: Kysely asks for one at each execution, and preparing
 * costs more than most of our statements do. SQLite prepares a kept one anew by itself when the schema has changed.
 */
export function keepingStatements(database: Sqlite.Database, keptMax = KEPT_MAX): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare<unknown[], unknown>(sql);
      // A map keeps the order in which entries came: out and in again makes it the newest.
      kept.delete(sql);
      kept.set(sql, statement as SqliteStatement);
      if (kept.size > keptMax) kept.delete(kept.keys().next().value!);
      return statement as SqliteStatement;
    },
    close: () => database.close(),
  };
}
