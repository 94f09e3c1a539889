import type { Kysely, Selectable } from 'kysely';
import type { ApiSecretRow, ApiSecretRows } from '../domain/ports/store.ts';
import type { Tables } from './tables.ts';

export function apiSecretRows(db: Kysely<Tables>): ApiSecretRows {
  const newestFirst = () => db.selectFrom('api_secrets').selectAll().orderBy('created_at', 'desc').orderBy('hash');

  return {
    async add({ apiKey, hash, brand, createdAt, createdBy, endsAt }) {
      await db
        .insertInto('api_secrets')
        .values({ api_key: apiKey, hash, brand, created_at: createdAt, created_by: createdBy, ends_at: endsAt })
        .execute();
    },

    async byApiKey(apiKey) {
      return (await newestFirst().where('api_key', '=', apiKey).execute()).map(fromRow);
    },

    async ofBrand(brand) {
      return (await newestFirst().where('brand', '=', brand).execute()).map(fromRow);
    },

    async end(apiKey, hash, at) {
      await db
        .updateTable('api_secrets')
        .set({ ends_at: at })
        .where('api_key', '=', apiKey)
        .where('hash', '=', hash)
        .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', at)]))
        .execute();
    },
  };
}

const fromRow = (row: Selectable<Tables['api_secrets']>): ApiSecretRow => ({
  apiKey: row.api_key,
  hash: row.hash,
  brand: row.brand,
  createdAt: row.created_at,
  createdBy: row.created_by,
  endsAt: row.ends_at,
});
