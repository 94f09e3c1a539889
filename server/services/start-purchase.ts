import { DepartCartError } from '../domain/error.ts';
import type { Attribution } from '../domain/ports/crypto.ts';
import type { GdsPort } from '../domain/ports/gds.ts';
import type { PaymentPort } from '../domain/ports/payments.ts';
import { startTransaction } from '../domain/transaction/start.ts';
import type { Item, ItemInput, Transaction } from '../domain/transaction/transaction.ts';
import type * as wire from '../wire/panel.ts';
import { enabled } from './authorise-partner.ts';
import { auditOf, changePurchase, tell } from './change-purchase.ts';
import { bookingPlace, purchaseOf, sayPurchase } from './find-purchase.ts';
import { judgePicks, type AcceptedPick } from './judge-picks.ts';
import { mapsOf, selectionChanged } from './keep-selection.ts';
import { readAfresh, resumeSession } from './panel-session.ts';
import type { PurchaseServices } from './purchase-services.ts';
import type { ReadBooking } from './read-booking.ts';
import { readSelection, writeSelection } from './selection-row.ts';
import { describeJudged } from './judge-picks.ts';

/**
 * "Continue to payment": opens the booking's purchase for the kept selection, or joins the open one and gives it the list as it
 * stands. Offers are read afresh; a seat that is gone is named and the rest is kept.
 * @throws DepartCartError `selection_changed` (another version, or seats that can't be had any more), `selection_empty`,
 * `payment_not_offered`, `brand_disabled`, `session_over`, `gds_unavailable`
 */
export async function startPurchase(
  services: PurchaseServices,
  request: { token: string; origin: string | null; selectionVersion: number },
): Promise<wire.Answer<wire.Purchase>> {
  const session = await resumeSession(services, request.token, request.origin);
  const { version, picks } = await readSelection(services, session.read.key);
  const shown = judgePicks(session.read, await mapsOf(services, session.read, picks), picks).accepted;
  const read = await readAfresh(services, session);
  const judged = judgePicks(read, await mapsOf(services, read, picks, { afresh: true }), picks);
  if (version !== request.selectionVersion) throw selectionChanged({ version, ...describeJudged(judged) });
  if (judged.refused.length) {
    await writeSelection(services, read.key, version, judged.accepted);
    throw selectionChanged({ version: version + 1, ...describeJudged(judged) });
  }
  if (!picks.length) throw new DepartCartError('selection_empty', 'Nothing is chosen. Choose a seat first.');
  const items = itemsOf(services, read, judged.accepted);
  const opened = await openOrJoin(services, read, items, judged.accepted, session.session.attribution);
  const joined = opened === 'joined';
  const purchase = await purchaseOf(services, read.key);
  const said = await sayPurchase(services, purchase, { was: pricesBefore(purchase.transaction.items, shown) });
  return {
    success: true,
    ...(session.renewed && { token: session.renewed }),
    ...said,
    ...(joined && { answer: 'joined' as const }),
  };
}

/** By item: the price that the traveller saw on the map. */
function pricesBefore(items: readonly Item[], shown: readonly AcceptedPick[]): ReadonlyMap<string, number> {
  return new Map(
    items.flatMap((item) => {
      const before = shown.find(
        (one) => one.traveller === item.traveller && one.segment === item.segment && one.designator === item.designator,
      );
      return before ? [[item.id, before.price]] : [];
    }),
  );
}

/** What the machine needs of each accepted pick. */
export function itemsOf(services: PurchaseServices, read: ReadBooking, picks: readonly AcceptedPick[]): ItemInput[] {
  const { can } = services.gdsOf(read.brand);
  return picks.map(({ on, ...pick }) => ({
    traveller: pick.traveller,
    segment: pick.segment,
    leg: 1,
    flightKey: [on.marketing.airline, on.marketing.number, on.departure.local.slice(0, 10), 1].join(' '),
    designator: pick.designator,
    offerRef: pick.offerRef,
    priceMinor: pick.price,
    ...(pick.taxes !== undefined && { taxesMinor: pick.taxes }),
    needsEmd: read.brand.gds.emd && can.issueEmd && pick.price > 0,
    ...(pick.assent && { assentAt: services.clock.now() }),
  }));
}

async function openOrJoin(
  services: PurchaseServices,
  read: ReadBooking,
  items: ItemInput[],
  picks: readonly AcceptedPick[],
  attribution: Attribution | undefined,
): Promise<'opened' | 'joined'> {
  const open = await services.store.rows.transactions.ofBooking(read.key);
  if (open && open.transaction.endedAt === null) return joinPurchase(services, read, open.transaction, items);
  // What is under way was joined above; a disabled brand begins nothing.
  enabled(read.brand);
  const payments = services.paymentsOf(read.brand);
  if (!payments && items.some((one) => one.priceMinor > 0)) {
    throw new DepartCartError(
      'payment_not_offered',
      'These seats can’t be paid for here. Choose seats that are free of charge.',
    );
  }
  const at = services.clock.now();
  const { transaction, events } = startTransaction({
    id: `txn_${services.newUlid()}`,
    brand: read.brand.code,
    bookingKey: read.key.booking,
    gds: read.booking.gds,
    gateway: read.brand.payment?.provider ?? null,
    mode: read.brand.payment?.mode ?? 'manual',
    currency: picks.find((one) => one.currency)?.currency ?? read.brand.currencies[0] ?? 'EUR',
    can: capabilitiesOf(services.gdsOf(read.brand), payments),
    items,
    at,
  });
  const booking = await services.vault.seal(bookingPlace(transaction), JSON.stringify(read.booking));
  const added = await services.store.atomically(async (rows) => {
    const audit = auditOf(null, transaction, 'start', 'traveller', at);
    const result = await rows.transactions.add(
      transaction,
      { booking, clients: {}, ...(attribution && { attribution }) },
      audit,
    );
    if (result.added) await tell(services, rows, read.brand, transaction, events, at, attribution);
    return result;
  });
  if (added.added) {
    services.wake();
    return 'opened';
  }
  // Another tab was faster: its purchase is the booking's.
  const other = await services.store.rows.transactions.get(added.open);
  return other ? joinPurchase(services, read, other.transaction, items) : 'joined';
}

/** The open purchase gets the list as it stands now, as long as the GDS was asked for nothing. */
async function joinPurchase(
  services: PurchaseServices,
  read: ReadBooking,
  open: Transaction,
  items: ItemInput[],
): Promise<'joined'> {
  if (!sameList(open.items, items)) {
    await changePurchase(services, open.id, 'traveller', () => ({ type: 'reprice', at: services.clock.now(), items }), {
      brand: read.brand,
    });
  }
  return 'joined';
}

export function sameList(items: readonly Item[], wanted: readonly ItemInput[]): boolean {
  const keep = items.filter((one) => one.want === 'keep');
  const line = (one: ItemInput) => [one.traveller, one.segment, one.leg, one.designator, one.priceMinor].join(' ');
  return keep.length === wanted.length && keep.map(line).sort().join() === wanted.map(line).sort().join();
}

const capabilitiesOf = (gds: GdsPort, payments: PaymentPort | null): Transaction['can'] => ({
  readable: payments?.can.read ?? true,
  hardClose: payments?.can.hardClose ?? true,
  removeSeat: gds.can.unassign,
  refundEmd: gds.can.refundEmd,
});
