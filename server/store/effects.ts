import type { Kysely, Selectable } from 'kysely';
import type { TransactionRows } from '../domain/ports/store.ts';
import type { Effect, EffectInput, Transaction } from '../domain/transaction/transaction.ts';
import { inOneCommit } from './atomically.ts';
import { flag } from './purchase-facts.ts';
import type { PurchaseTables } from './purchase-tables.ts';
import type { Engine, Tables } from './tables.ts';

type EffectRow = Selectable<PurchaseTables['effects']>;

/** What the runner asks of the effects. Everything else of them is written with the purchase (`saveEffects`). */
export function effectRows(
  db: Kysely<Tables>,
  engine: Engine,
): Pick<TransactionRows, 'dueEffects' | 'lease' | 'release' | 'nextDue' | 'sweepEffects'> {
  return {
    async dueEffects(now, limit) {
      const rows = await db
        .selectFrom('effects')
        .selectAll()
        .where('done_at', 'is', null)
        .where('due_at', '<=', now)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('effects as held')
                .select('held.id')
                .whereRef('held.lane', '=', 'effects.lane')
                .where('held.lease_id', 'is not', null)
                .where('held.lease_until', '>', now),
            ),
          ),
        )
        .orderBy('due_at')
        .orderBy('since')
        .orderBy('place')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ transaction: row.transaction, effect: effectOf(row) }));
    },

    lease: (effect, lease) =>
      inOneCommit(db, async (inner) => {
        const row = await lockOwner(inner, engine, effect);
        if (!row) return false;
        const { lane } = row;
        if (engine.rowLocks) {
          // Two workers at one lane wait for each other here; without it the index on leases would fail the slower one's commit.
          await inner
            .selectFrom('effects')
            .select('id')
            .where('lane', '=', lane)
            .where('done_at', 'is', null)
            .orderBy('id')
            .forUpdate()
            .execute();
        }
        await inner
          .updateTable('effects')
          .set({ lease_id: null, lease_until: 0 })
          .where('lane', '=', lane)
          .where('lease_id', 'is not', null)
          .where('lease_until', '<=', lease.now)
          .execute();
        const leased = await inner
          .updateTable('effects')
          .set((eb) => ({
            lease_id: lease.id,
            lease_until: lease.until,
            claims: eb('claims', '+', 1),
            in_doubt: flag(lease.inDoubt),
          }))
          .where('id', '=', effect)
          .where('done_at', 'is', null)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('effects as held')
                  .select('held.id')
                  .where('held.lane', '=', lane)
                  .where('held.lease_id', 'is not', null),
              ),
            ),
          )
          .returning('id')
          .executeTakeFirst();
        return leased !== undefined;
      }),

    release: (effect, leaseId, { dueAt, inDoubt, agains }) =>
      inOneCommit(db, async (inner) => {
        await lockOwner(inner, engine, effect);
        const released = await inner
          .updateTable('effects')
          .set({ due_at: dueAt, in_doubt: flag(inDoubt), agains, lease_id: null, lease_until: 0 })
          .where('id', '=', effect)
          .where('lease_id', '=', leaseId)
          .returning('id')
          .executeTakeFirst();
        return released !== undefined;
      }),

    async nextDue() {
      // A lane that is held opens when its lease is over, or earlier by a release, which wakes the runner.
      const row = await db
        .selectFrom('effects')
        .leftJoin('effects as held', (join) =>
          join.onRef('held.lane', '=', 'effects.lane').on('held.lease_id', 'is not', null),
        )
        .select((eb) =>
          eb.fn
            .min<number | null>(
              eb
                .case()
                .when('held.lease_until', '>', eb.ref('effects.due_at'))
                .then(eb.ref('held.lease_until'))
                .else(eb.ref('effects.due_at'))
                .end(),
            )
            .as('due_at'),
        )
        .where('effects.done_at', 'is', null)
        .executeTakeFirst();
      return row?.due_at ?? null;
    },

    async sweepEffects(doneBefore, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('effects')
        .where('id', 'in', (eb) =>
          eb.selectFrom('effects').select('id').where('done_at', '<', doneBefore).orderBy('done_at').limit(limit),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/**
 * Finds an unfinished effect and locks its purchase. Every commit locks the purchase first and its effects by id, so that no two wait
 * for each other for ever.
 */
async function lockOwner(db: Kysely<Tables>, { rowLocks }: Engine, effect: string): Promise<{ lane: string } | null> {
  const row = await db
    .selectFrom('effects')
    .select(['transaction', 'lane'])
    .where('id', '=', effect)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  if (rowLocks) {
    await db.selectFrom('transactions').select('id').where('id', '=', row.transaction).forUpdate().execute();
  }
  return row;
}

/** The unfinished effects of purchases, in the order of their lists. */
export async function unfinishedEffects(db: Kysely<Tables>, transactions: readonly string[]): Promise<EffectRow[]> {
  return db
    .selectFrom('effects')
    .selectAll()
    .where('transaction', 'in', transactions)
    .where('done_at', 'is', null)
    .orderBy('since')
    .orderBy('place')
    .execute();
}

/**
 * Writes a purchase's effects: those that are missing are done, new ones are added, changed ones are planned anew. Leases are not
 * touched: they belong to `lease` and `release`, and to a worker that may be at the vendor now.
 */
export async function saveEffects(
  db: Kysely<Tables>,
  { rowLocks }: Engine,
  transaction: Transaction,
  at: number,
): Promise<void> {
  const stored = await db
    .selectFrom('effects')
    .selectAll()
    .where('transaction', '=', transaction.id)
    .where('done_at', 'is', null)
    .orderBy('id')
    .$if(rowLocks, (query) => query.forUpdate())
    .execute();
  const wanted = new Map(transaction.effects.map((effect) => [effect.id, effect]));
  const done = stored.filter(({ id }) => !wanted.has(id)).map(({ id }) => id);
  if (done.length) {
    await db
      .updateTable('effects')
      .set({ done_at: at, done_version: transaction.version, lease_id: null, lease_until: 0 })
      .where('id', 'in', done)
      .execute();
  }
  for (const row of stored) {
    const effect = wanted.get(row.id);
    wanted.delete(row.id);
    if (!effect) continue;
    const plan = planOf(effect);
    const same = (Object.keys(plan) as (keyof typeof plan)[]).every((name) => plan[name] === row[name]);
    if (!same) await db.updateTable('effects').set(plan).where('id', '=', row.id).execute();
  }
  await addEffects(db, transaction, [...wanted.values()]);
}

export async function addEffects(
  db: Kysely<Tables>,
  transaction: Transaction,
  effects: readonly Effect[],
): Promise<void> {
  if (!effects.length) return;
  const rows = effects.map((effect, place) => ({
    id: effect.id,
    transaction: transaction.id,
    since: transaction.version,
    place,
    kind: effect.kind,
    lane: laneOf(transaction, effect.lane),
    target: effect.target,
    ...planOf(effect),
    lease_id: effect.leaseId,
    lease_until: effect.leaseUntil,
    claims: effect.claims,
    in_doubt: flag(effect.inDoubt),
  }));
  await db.insertInto('effects').values(rows).execute();
}

/** What the machine may change of an effect that stands. */
const planOf = (effect: Effect) => ({
  key: effect.input.key ?? '',
  purpose: effect.purpose,
  input: JSON.stringify(effect.input),
  due_at: effect.dueAt,
  not_before: effect.notBefore,
  agains: effect.agains,
});

export const effectOf = (row: EffectRow): Effect => ({
  id: row.id,
  kind: row.kind,
  lane: laneWord(row.lane),
  target: row.target,
  purpose: row.purpose,
  input: JSON.parse(row.input) as EffectInput,
  dueAt: row.due_at,
  notBefore: row.not_before,
  leaseId: row.lease_id,
  leaseUntil: row.lease_until,
  claims: row.claims,
  agains: row.agains,
  inDoubt: row.in_doubt === 1,
});

/** Purchases on one booking share its lane at the GDS; a clock is each purchase's own; a payment's id is unique as it is. */
function laneOf({ id, brand, bookingKey }: Transaction, lane: string): string {
  if (lane === 'gds') return `gds:${brand}:${bookingKey}`;
  if (lane === 'clock') return `clock:${id}`;
  return lane;
}

function laneWord(lane: string): string {
  if (lane.startsWith('gds:')) return 'gds';
  if (lane.startsWith('clock:')) return 'clock';
  return lane;
}
