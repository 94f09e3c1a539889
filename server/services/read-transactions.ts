import type { Booking } from '../domain/booking.ts';
import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { TransactionFilter } from '../domain/ports/store.ts';
import { surnameMatches } from '../domain/surname.ts';
import { firstUlidOf } from '../domain/ulid-time.ts';
import type * as wire from '../wire/transactions.ts';
import { describeDetail, describeSummary } from './describe-transaction.ts';
import { bookingPlace, type FoundPurchase } from './find-purchase.ts';
import type { PartnerServices } from './partner-services.ts';
import { bookingKey } from './read-booking.ts';

/** A brand's purchases, newest first. @throws DepartCartError `invalid_request` for a cursor that is none of ours */
export async function listTransactions(
  services: PartnerServices,
  brand: BrandSettings,
  { limit, cursor, status, source, reference, created_from, created_to }: wire.ListQuery,
): Promise<wire.TransactionPage> {
  const idAt = (instant: string) => `txn_${firstUlidOf(Date.parse(instant))}`;
  const ends = [
    cursor === undefined ? [] : idOfCursor(cursor),
    created_to === undefined ? [] : idAt(created_to),
  ].flat();
  return pageOf(services, brand, limit, {
    status,
    source,
    reference,
    from: created_from === undefined ? undefined : idAt(created_from),
    // The earlier of the two: a page goes on below both.
    before: ends.toSorted()[0],
  });
}

/** The purchases of one booking, for whoever knows its locator and a name on it. Neither found and no name: an empty list. */
export async function searchTransactions(
  services: PartnerServices,
  brand: BrandSettings,
  { pnr, last_name, limit, cursor }: wire.SearchCall,
): Promise<wire.TransactionPage> {
  const { booking } = await bookingKey(services, brand, pnr);
  const before = cursor === undefined ? undefined : idOfCursor(cursor);
  return pageOf(services, brand, limit, { booking, before }, async (found) => {
    const { travellers } = await bookingOf(services, found);
    return surnameMatches(
      last_name,
      travellers.map(({ surname }) => surname),
    );
  });
}

/** One purchase with its booking. @throws DepartCartError `not_found`, for another brand's as well */
export async function showTransaction(
  services: PartnerServices,
  brand: BrandSettings,
  id: string,
): Promise<wire.TransactionAnswer> {
  const found = await services.store.rows.transactions.get(id);
  if (found?.transaction.brand !== brand.code) {
    throw new DepartCartError('not_found', 'There is no transaction of this id.');
  }
  return { success: true, transaction: describeDetail(found, await bookingOf(services, found)) };
}

async function pageOf(
  services: PartnerServices,
  brand: BrandSettings,
  limit: number,
  filter: Omit<TransactionFilter, 'limit'>,
  belongs: (found: FoundPurchase) => Promise<boolean> = () => Promise.resolve(true),
): Promise<wire.TransactionPage> {
  // One more than asked for says whether there is another page.
  const found = await services.store.rows.transactions.list(brand.code, { ...filter, limit: limit + 1 });
  const page = found.slice(0, limit);
  const mine = await Promise.all(page.map(belongs));
  const last = page.at(-1);
  return {
    success: true,
    transactions: page.filter((_, index) => mine[index]).map(describeSummary),
    next_cursor: found.length > limit && last ? cursorOf(last.transaction.id) : null,
  };
}

/** The booking as it was read when the purchase began. */
const bookingOf = async (services: PartnerServices, { transaction, seals }: FoundPurchase): Promise<Booking> =>
  JSON.parse(await services.vault.open(bookingPlace(transaction), seals.booking)) as Booking;

const cursorOf = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^txn_[0-9A-Z]{26}$/.test(id)) return id;
  throw new DepartCartError('invalid_request', 'This cursor is none. Send the `next_cursor` of the page before.', {
    errors: [{ pointer: '/cursor', detail: 'not a cursor of this list' }],
  });
}
