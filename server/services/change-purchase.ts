import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Attribution } from '../domain/ports/crypto.ts';
import type { AuditRow, EventRow, Rows, TransactionSeals } from '../domain/ports/store.ts';
import { describeEvent } from '../domain/transaction/describe-event.ts';
import type { Answer, MachineEvent } from '../domain/transaction/event.ts';
import type { ToldEvent, Transaction } from '../domain/transaction/transaction.ts';
import { transition } from '../domain/transaction/transition.ts';
import { eventBody } from '../domain/webhook.ts';
import type { PurchaseServices } from './purchase-services.ts';

/** How often a commit is tried against others of the same purchase before the caller is told to come again. */
const MOST_TRIES = 10;

export interface Change {
  before: Transaction;
  after: Transaction;
  answer: Answer;
}

/**
 * The one way to change a purchase: reads it, lets the machine decide, and writes state, audit, outgoing events, deliveries and next
 * effects in one commit. A commit that meets another version reads again: the machine is pure.
 *
 * @param event made from what stands now; null: nothing to do
 * @param prepare changes facts that the runner owns before the machine looks (an effect that is complete); false: not ours any more
 * @returns null when there is no such purchase, or nothing was to be done
 */
export async function changePurchase(
  services: PurchaseServices,
  id: string,
  actor: string,
  event: (transaction: Transaction) => MachineEvent | null,
  options: {
    /** Where the caller knows it already. */
    brand?: BrandSettings;
    prepare?: (transaction: Transaction) => Transaction | false;
    seals?: (seals: TransactionSeals) => TransactionSeals;
  } = {},
): Promise<Change | null> {
  const brand = options.brand ?? (await brandOf(services, id));
  if (!brand) return null;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const done = await services.store.atomically(async (rows): Promise<Change | null | 'again'> => {
      const stored = await rows.transactions.get(id);
      if (!stored) return null;
      const prepared = options.prepare ? options.prepare(stored.transaction) : stored.transaction;
      if (!prepared) return null;
      const happened = event(prepared);
      if (!happened) return null;
      const { transaction: after, events, answer } = transition(prepared, happened);
      const seals = options.seals ? options.seals(stored.seals) : stored.seals;
      const audit = auditOf(stored.transaction, after, happened.type, actor, happened.at);
      if (!(await rows.transactions.save(after, seals, audit))) return 'again';
      await tell(services, rows, brand, after, events, happened.at, seals.attribution);
      return { before: stored.transaction, after, answer };
    });
    if (done === 'again') continue;
    if (done) services.wake();
    return done;
  }
  throw new DepartCartError('busy', 'This purchase is changing at the moment. Try again.', { retryAfterSeconds: 1 });
}

/** Writes what the partner will hear of a commit, into that commit. */
export async function tell(
  services: PurchaseServices,
  rows: Rows,
  brand: BrandSettings,
  transaction: Transaction,
  told: readonly ToldEvent[],
  at: number,
  attribution: Attribution = {},
): Promise<void> {
  if (!told.length) return;
  const events = told.map((one): EventRow => {
    const id = `evt_${transaction.id.slice('txn_'.length)}_${one.seq}`;
    const body = eventBody({ ...one, id, at, data: describeEvent(transaction, one, attribution) });
    return { ...one, id, brand: transaction.brand, transaction: transaction.id, at, body };
  });
  await rows.events.add(events);
  await rows.deliveries.add(services.deliveriesOf(brand, events));
}

/** Read before the commit: inside it only the commit's own handle may be used. */
async function brandOf(services: PurchaseServices, id: string): Promise<BrandSettings | null> {
  const stored = await services.store.rows.transactions.get(id);
  return stored && services.brands.byCode(stored.transaction.brand);
}

export const auditOf = (
  before: Transaction | null,
  after: Transaction,
  event: string,
  actor: string,
  at: number,
): AuditRow => ({
  transaction: after.id,
  version: after.version,
  event,
  actor,
  at,
  before: before ? states(before) : '',
  after: states(after),
});

/** States only, no names: what an audit may hold. */
const states = (transaction: Transaction): string =>
  JSON.stringify({
    status: transaction.status,
    stopped: transaction.stopped,
    payments: transaction.payments.map(({ state, givenUp }) => (givenUp ? `${state}, given up` : state)),
    items: transaction.items.map(
      ({ want, seat, emd }) => `${want} ${seat.state}${emd.state === 'absent' ? '' : ` ${emd.state}`}`,
    ),
    refunds: transaction.refunds.map(({ state, dropped }) => (dropped ? 'dropped' : state)),
  });
