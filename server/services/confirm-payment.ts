import { live } from '../domain/transaction/derived.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import type * as wire from '../wire/panel.ts';
import { changePurchase } from './change-purchase.ts';
import { purchaseOf, sayPurchase, waitFor } from './find-purchase.ts';
import { judgePicks } from './judge-picks.ts';
import { mapsOf } from './keep-selection.ts';
import { readAfresh, resumeSession, type OpenSession } from './panel-session.ts';
import type { PurchaseServices } from './purchase-services.ts';
import { itemsOf, sameList } from './start-purchase.ts';

/** How long the traveller's browser waits for the gateway's object; later, `status` brings it. */
const OPENING_MS = 5000;

/**
 * "Pay": for the quote that the traveller saw. The offers are read again first: a seat that is gone or a price that moved makes a new
 * quote, and the answer is `reconfirm` in place of a payment.
 * @throws DepartCartError `purchase_not_found`, `session_over`, `gds_unavailable`
 */
export async function confirmPayment(
  services: PurchaseServices,
  request: { token: string; origin: string | null; quote: number },
): Promise<wire.Answer<wire.Purchase>> {
  const session = await resumeSession(services, request.token, request.origin);
  const { transaction: before } = await purchaseOf(services, session.read.key);
  const renewed = session.renewed ? { token: session.renewed } : {};
  if (!live(before) && !before.go && !before.stopped && before.endedAt === null) {
    const was = new Map(before.items.map((item) => [item.id, item.priceMinor]));
    const moved = await rereadOffers(services, session, before);
    if (moved) {
      const found = await purchaseOf(services, session.read.key);
      const answer = found.transaction.stopped ? 'gone' : 'reconfirm';
      return {
        success: true,
        ...renewed,
        ...(await sayPurchase(services, found, { answer, was: carried(before, found.transaction, was) })),
      };
    }
  }
  const at = services.clock.now();
  const change = await changePurchase(
    services,
    before.id,
    'traveller',
    () => ({ type: 'pay', at, quote: request.quote }),
    {
      brand: session.read.brand,
    },
  );
  const found = await waitFor(services, before.id, (one) => live(one)?.state !== 'opening', OPENING_MS);
  return { success: true, ...renewed, ...(await sayPurchase(services, found, { answer: change?.answer ?? null })) };
}

/** True when the list is not what it was: the purchase has it now, under a new quote; with nothing left it is called off. */
async function rereadOffers(services: PurchaseServices, session: OpenSession, before: Transaction): Promise<boolean> {
  const wanted = before.items.filter((item) => item.want === 'keep');
  const picks = wanted.map((item) => ({
    traveller: item.traveller,
    segment: item.segment,
    designator: item.designator,
    ...(item.assentAt !== undefined && { assent: true as const }),
  }));
  const read = await readAfresh(services, session);
  const items = itemsOf(
    services,
    read,
    judgePicks(read, await mapsOf(services, read, picks, { afresh: true }), picks).accepted,
  );
  if (sameList(before.items, items)) return false;
  const at = services.clock.now();
  const event = items.length ? ({ type: 'reprice', at, items } as const) : ({ type: 'cancel', at } as const);
  await changePurchase(services, before.id, 'traveller', () => event, { brand: read.brand });
  return true;
}

/** A replaced list has new ids: what a seat cost before is carried over by traveller, segment and seat. */
function carried(
  before: Transaction,
  after: Transaction,
  was: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const place = (one: { traveller: string; segment: string; designator: string }) =>
    [one.traveller, one.segment, one.designator].join(' ');
  const prices = new Map(before.items.map((item) => [place(item), was.get(item.id)]));
  return new Map(
    after.items.flatMap((item) => {
      const price = prices.get(place(item));
      return price === undefined ? [] : [[item.id, price]];
    }),
  );
}
