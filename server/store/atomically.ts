import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseConnection, Driver, Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What runs inside `atomically` sees this; `open` ends with the commit, so that work started there and left running is not blamed. */
const inside = new AsyncLocalStorage<{ open: boolean }>();
/** While nobody is inside, the storage is off: Node 20 watches every promise of the process from its first use on. */
let open = 0;

/**
 * Runs the work and commits what it wrote, or nothing when it throws.
 * @throws what the work threw, and an Error at once when the work uses the outer handle.
 */
export function atomically<T>(db: Kysely<Tables>, work: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const scope = { open: true };
    open++;
    try {
      return await inside.run(scope, () => work(transaction));
    } finally {
      scope.open = false;
      if (--open === 0) inside.disable();
    }
  });
}

/** Several statements as one commit: the caller's, where there is one. */
export function inOneCommit<T>(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : atomically(db, work);
}

/** Several reads that see one state of the database; inside `atomically` they see what its statements see. */
export function inOneRead<T>(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db);
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/**
 * Makes a driver refuse a second connection to work that already holds one. On SQLite it would wait for itself for ever; on
 * PostgreSQL it would read past its own writes, and with every connection so waiting nothing would move again.
 */
export function refusingNested(driver: Driver): Driver {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = (): Promise<DatabaseConnection> => {
    if (inside.getStore()?.open) {
      return Promise.reject(new Error('inside atomically() only the rows handed to the work may be used'));
    }
    return acquire();
  };
  return driver;
}
