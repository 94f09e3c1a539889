import type { Kysely } from 'kysely';
import type { EventRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function eventRows(db: Kysely<Tables>): EventRows {
  return {
    async add(rows) {
      if (rows.length) await db.insertInto('events').values(rows).execute();
    },

    ofTransaction: (transaction) =>
      db.selectFrom('events').selectAll().where('transaction', '=', transaction).orderBy('seq').execute(),
  };
}
