import { sql, type Kysely, type Migration } from 'kysely';

/** What finds rows by their age, so that taking out the old ones does not read the whole table. */
export const retention = (): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createIndex('effects_done_at')
      .on('effects')
      .column('done_at')
      .where(sql<boolean>`done_at is not null`)
      .execute();
    await db.schema.createIndex('callbacks_received_at').on('callbacks').column('received_at').execute();
    await db.schema.createIndex('attempts_at').on('attempts').column('at').execute();
    await db.schema.createIndex('bookings_read_at').on('bookings').column('read_at').execute();
    await db.schema.createIndex('selections_changed_at').on('selections').column('changed_at').execute();
  },
});
