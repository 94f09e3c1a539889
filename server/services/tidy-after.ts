import type { Change } from './change-purchase.ts';
import { readSelection, writeSelection } from './selection-row.ts';
import type { PurchaseServices } from './purchase-services.ts';

/**
 * After a commit: what was read before a seat was assigned or refused is no longer true, and a selection that was bought is not a
 * selection any more. Neither is part of the purchase: lost, they only cost a reading.
 */
export async function tidyAfter(services: PurchaseServices, { before, after }: Change): Promise<void> {
  const key = { brand: after.brand, booking: after.bookingKey };
  const moved = after.items.some(
    (item) => before.items.find((one) => one.id === item.id)?.seat.state !== item.seat.state,
  );
  if (moved) await services.store.rows.seatMaps.drop(key);
  if (before.endedAt !== null || after.endedAt === null) return;
  const { version, picks } = await readSelection(services, key);
  const bought = new Set(after.items.filter((item) => item.sold).map((item) => `${item.traveller} ${item.segment}`));
  const left = picks.filter((pick) => !bought.has(`${pick.traveller} ${pick.segment}`));
  if (left.length < picks.length) await writeSelection(services, key, version, left);
}
