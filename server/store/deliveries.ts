import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import type { DeliveryRow, DeliveryRows } from '../domain/ports/store.ts';
import { inOneCommit } from './atomically.ts';
import type { PurchaseTables } from './purchase-tables.ts';
import type { Engine, Tables } from './tables.ts';

export function deliveryRows(db: Kysely<Tables>, { rowLocks }: Engine): DeliveryRows {
  return {
    async add(rows) {
      if (!rows.length) return;
      const values = rows.map(({ dueAt, leaseId, leaseUntil, ...same }) => ({
        ...same,
        due_at: dueAt,
        lease_id: leaseId,
        lease_until: leaseUntil,
      }));
      await db.insertInto('deliveries').values(values).execute();
    },

    claim: (lease) =>
      inOneCommit(db, async (inner) => {
        const claimed = await inner
          .updateTable('deliveries')
          .set({ lease_id: lease.id, lease_until: lease.until })
          .where('id', 'in', (eb) =>
            eb
              .selectFrom('deliveries as due')
              .select('due.id')
              .where('due.state', '=', 'waiting')
              .where('due.due_at', '<=', lease.now)
              .where((of) => of.or([of('due.lease_id', 'is', null), of('due.lease_until', '<=', lease.now)]))
              .where((of) => of.not(of.exists(earlierOnes(of))))
              .orderBy('due.due_at')
              .orderBy('due.id')
              .limit(lease.limit)
              // Two workers take different rows, and neither waits for the other.
              .$if(rowLocks, (query) => query.forUpdate().skipLocked()),
          )
          .returningAll()
          .execute();
        if (!claimed.length) return [];
        const events = await inner
          .selectFrom('events')
          .selectAll()
          .where(
            'id',
            'in',
            claimed.map(({ event }) => event),
          )
          .execute();
        const byId = new Map(events.map((event) => [event.id, event]));
        return claimed
          .toSorted((one, other) => one.due_at - other.due_at || (one.id < other.id ? -1 : 1))
          .flatMap((row) => {
            const event = byId.get(row.event);
            return event ? [{ delivery: fromRow(row), event }] : [];
          });
      }),

    complete: (leaseId, delivery, attempt, next) =>
      inOneCommit(db, async (inner) => {
        const completed = await inner
          .updateTable('deliveries')
          .set((eb) => ({
            state: next.state,
            due_at: next.dueAt,
            attempts: eb('attempts', '+', 1),
            lease_id: null,
            lease_until: 0,
          }))
          .where('id', '=', delivery)
          .where('lease_id', '=', leaseId)
          .returning('id')
          .executeTakeFirst();
        if (!completed) return false;
        await inner
          .insertInto('attempts')
          .values({ ...attempt, ms: Math.round(attempt.ms) })
          .execute();
        return true;
      }),

    attempts: (delivery) =>
      db.selectFrom('attempts').selectAll().where('delivery', '=', delivery).orderBy('no').execute(),

    async sweepAttempts(madeBefore, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('attempts')
        .where((eb) =>
          eb(
            eb.refTuple('delivery', 'no'),
            'in',
            eb
              .selectFrom('attempts as old')
              .innerJoin('deliveries', 'deliveries.id', 'old.delivery')
              .select(['old.delivery', 'old.no'])
              .where('old.at', '<', madeBefore)
              .where('deliveries.state', '=', 'delivered')
              .orderBy('old.at')
              .limit(limit)
              .$asTuple('delivery', 'no'),
          ),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async list(brand, limit) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('brand', '=', brand)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async nextDue() {
      // What stands behind another does not come due by itself: asked too early, a worker would ask again at once, and again.
      const row = await db
        .selectFrom('deliveries as due')
        .select((eb) =>
          eb.fn
            .min<number | null>(
              eb
                .case()
                .when('due.lease_until', '>', eb.ref('due.due_at'))
                .then(eb.ref('due.lease_until'))
                .else(eb.ref('due.due_at'))
                .end(),
            )
            .as('due_at'),
        )
        .where('due.state', '=', 'waiting')
        .where((of) => of.not(of.exists(earlierOnes(of))))
        .executeTakeFirst();
      return row?.due_at ?? null;
    },
  };
}

/** What waits before a delivery: an earlier event of its purchase for its endpoint. */
const earlierOnes = (of: ExpressionBuilder<Tables & { due: Tables['deliveries'] }, 'due'>) =>
  of
    .selectFrom('events as own')
    .innerJoin('events as told', (on) =>
      on.onRef('told.transaction', '=', 'own.transaction').onRef('told.seq', '<', 'own.seq'),
    )
    .innerJoin('deliveries as earlier', 'earlier.event', 'told.id')
    .select('earlier.id')
    .whereRef('own.id', '=', 'due.event')
    .whereRef('earlier.endpoint', '=', 'due.endpoint')
    .where('earlier.state', '=', 'waiting');

const fromRow = ({
  due_at,
  lease_id,
  lease_until,
  ...same
}: Selectable<PurchaseTables['deliveries']>): DeliveryRow => ({
  ...same,
  dueAt: due_at,
  leaseId: lease_id,
  leaseUntil: lease_until,
});
