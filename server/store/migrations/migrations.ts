import type { Kysely, Migration } from 'kysely';
import { Migrator } from 'kysely';
import type { ColumnKinds } from '../tables.ts';
import { start } from './0001-start.ts';
import { purchase } from './0002-purchase.ts';
import { messages } from './0003-messages.ts';
import { partnerDoor } from './0004-partner-door.ts';
import { retention } from './0005-retention.ts';

/** In order, for ever: a migration that was released is never changed, only followed. */
const all = (kinds: ColumnKinds): Record<string, Migration> => ({
  '0001-start': start(kinds),
  '0002-purchase': purchase(kinds),
  '0003-messages': messages(kinds),
  '0004-partner-door': partnerDoor(kinds),
  '0005-retention': retention(),
});

/**
 * Brings the database up to this version. Two processes may do so at once: the second waits and finds nothing left to do.
 * @throws what the failing statement threw; nothing of its migration stands then.
 */
export async function migrate<T>(db: Kysely<T>, kinds: ColumnKinds): Promise<void> {
  const migrator = new Migrator({
    db,
    // Imported, since a bundle has no folder of migrations to read.
    provider: { getMigrations: () => Promise.resolve(all(kinds)) },
    migrationTableName: 'departcart_migration',
    migrationLockTableName: 'departcart_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('the migration failed', { cause: error });
}
