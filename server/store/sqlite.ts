import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { DatabaseConnection, DialectAdapter, Driver } from 'kysely';
import { CompiledQuery, SqliteAdapter, SqliteDialect } from 'kysely';
import { refusingNested } from './atomically.ts';
import { keepingStatements } from './sqlite-statements.ts';

/** How long a statement waits for another process that is writing. Its transactions take milliseconds. */
const LOCK_WAIT_MS = 5_000;
const LOCK_PAUSE_MS_MAX = 16;

/**
 * Kysely's SQLite dialect with `begin immediate`: a deferred `begin` that reads first and writes later fails at once when another
 * process wrote in between, and no waiting helps it.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection, settings) => {
      // One that only reads sees one state of the database and keeps no writer waiting.
      const begin = settings.accessMode === 'read only' ? 'begin' : 'begin immediate';
      await connection.executeQuery(CompiledQuery.raw(begin));
    };
    return refusingNested(driver);
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }
}

/** SQLite's schema changes are transactional, so migrations run inside `begin immediate`, which is what makes two starts at once safe. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** @param path a file, made with its folders if it is not there, or `:memory:`. */
export function sqliteDialect(path: string): SqliteDialect {
  const database = new Sqlite(path === ':memory:' ? path : ownFile(path), { timeout: LOCK_WAIT_MS });
  try {
    for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON', 'trusted_schema=OFF']) {
      database.pragma(pragma);
    }
    // From here on `waitForLock` waits: SQLite's own wait would hold the event loop, and with it every other request.
    database.pragma('busy_timeout=0');
  } catch (error) {
    database.close();
    throw error;
  }
  return new ImmediateSqliteDialect({
    database: keepingStatements(database),
    onCreateConnection: (connection) => {
      waitForLock(connection);
      return Promise.resolve();
    },
  });
}

/**
 * Repeats a statement that found the database locked. Only a transaction's first statement or one that stands alone can: after
 * `begin immediate` the lock is ours.
 */
function waitForLock(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (query) => {
    for (let waitedMs = 0, pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, LOCK_PAUSE_MS_MAX)) {
      try {
        return await execute<never>(query);
      } catch (error) {
        if (!(error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') || waitedMs >= LOCK_WAIT_MS)
          throw error;
        await sleep(pauseMs);
        waitedMs += pauseMs;
      }
    }
  };
}

/** Credentials are sealed inside, yet nobody else on the machine has a reason to read the file. SQLite gives its side files the same mode. */
function ownFile(path: string): string {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
