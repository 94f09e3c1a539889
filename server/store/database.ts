import { Kysely, sql } from 'kysely';
import type { Rows, Store } from '../domain/ports/store.ts';
import { atomically } from './atomically.ts';
import { keptBookingRows } from './bookings.ts';
import { apiSecretRows } from './api-secrets.ts';
import { brandFileRows } from './brand-files.ts';
import { brandRows } from './brands.ts';
import { callbackRows } from './callbacks.ts';
import { counterRows } from './counters.ts';
import { deliveryRows } from './deliveries.ts';
import { eventRows } from './events.ts';
import { idempotencyRows } from './idempotency.ts';
import { keyRows } from './keys.ts';
import { migrate } from './migrations/migrations.ts';
import { postgresDialect } from './postgres.ts';
import { keptMapRows } from './seat-maps.ts';
import { selectionRows } from './selections.ts';
import { sqliteDialect } from './sqlite.ts';
import type { Engine, Tables } from './tables.ts';
import { transactionRows } from './transactions.ts';

/**
 * Opens the database and brings its tables up to this version.
 * @param url `sqlite:PATH` (made with its folders if it is not there), `sqlite::memory:` or `postgres://…`.
 * @throws Error with what to do about it; it never holds the URL, which may carry a password.
 */
export async function openStore(url: string): Promise<Store> {
  const engine = engineOf(url);
  let db: Kysely<Tables> | undefined;
  try {
    db = new Kysely<Tables>({ dialect: engine.dialect() });
    await migrate(db, engine.columns);
  } catch (error) {
    await db?.destroy();
    const reason =
      error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : 'no reason given';
    throw new Error(`${engine.name} cannot be used: ${reason}. ${engine.remedy}`, { cause: error });
  }
  return storeOf(db, engine);
}

function storeOf(db: Kysely<Tables>, engine: Engine): Store {
  return {
    rows: rowsOf(db, engine),
    atomically: (work) => atomically(db, (inner) => work(rowsOf(inner, engine))),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}

const rowsOf = (db: Kysely<Tables>, engine: Engine): Rows => ({
  brands: brandRows(db),
  brandFiles: brandFileRows(db),
  apiSecrets: apiSecretRows(db),
  keys: keyRows(db),
  counters: counterRows(db),
  bookings: keptBookingRows(db),
  seatMaps: keptMapRows(db),
  selections: selectionRows(db),
  transactions: transactionRows(db, engine),
  events: eventRows(db),
  deliveries: deliveryRows(db, engine),
  callbacks: callbackRows(db),
  idempotency: idempotencyRows(db),
});

function engineOf(url: string) {
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length) {
    return {
      name: 'The SQLite database',
      dialect: () => sqliteDialect(url.slice('sqlite:'.length)),
      columns: { bytes: 'blob', instant: 'integer', money: 'integer' },
      rowLocks: false,
      remedy: 'DEPARTCART_DATABASE_URL names its file: check the path, and that it can be written there.',
    } as const;
  }
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    return {
      name: 'The PostgreSQL database',
      dialect: () => postgresDialect(url),
      columns: { bytes: 'bytea', instant: 'bigint', money: 'bigint' },
      rowLocks: true,
      remedy: 'DEPARTCART_DATABASE_URL names host, database and user: check them, and that the server is up.',
    } as const;
  }
  throw new Error(
    'DEPARTCART_DATABASE_URL must be sqlite:PATH, sqlite::memory: or postgres://USER:PASSWORD@HOST/DATABASE.',
  );
}
