import type { Driver } from 'kysely';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { refusingNested } from './atomically.ts';

class GuardedPostgresDialect extends PostgresDialect {
  override createDriver(): Driver {
    return refusingNested(super.createDriver());
  }
}

export function postgresDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 20_000,
    application_name: 'departcart',
    types: { getTypeParser },
  });
  // A stopping server tells its idle connections. The pool drops them by itself; unheard, the event would end the process.
  pool.on('error', () => {});
  return new GuardedPostgresDialect({ pool });
}

const INT8 = 20;

/** 64-bit integers arrive as text. Ours are instants and counts, which a number holds exactly. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === INT8 && format !== 'binary') return safeInteger;
  // The declared overloads know each format by itself only.
  return pg.types.getTypeParser(oid, format as 'text');
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a 64-bit integer of the database does not fit a number');
  return value;
}
