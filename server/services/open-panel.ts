import { originAllowed, type BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type * as wire from '../wire/panel.ts';
import { describeBrand } from './describe-brand.ts';
import { describeSegment, describeTravellers } from './describe-booking.ts';
import { priceSelection } from './keep-selection.ts';
import { sayPurchase } from './find-purchase.ts';
import { limitLookups } from './limit-lookups.ts';
import type { PurchaseServices } from './purchase-services.ts';
import { findBooking, type ReadBooking } from './read-booking.ts';
import { currenciesOf, isOver, readMaps, type KnownSegment } from './read-maps.ts';
import { keepBooking, mintToken } from './panel-session.ts';

/** Answers that tell a stranger nothing leave at whole multiples of this after the call came in. */
const FLOOR_MS = 600;

export interface OpenRequest {
  key: string;
  recordLocator: string;
  lastName: string;
  /** The Origin header; null when there was none. */
  origin: string | null;
  /** The caller's IP address. */
  address: string;
}

/**
 * Opens a booking for the panel: look, travellers, segments, the first map, the kept selection, and a token for what follows.
 *
 * Not found, a wrong name, and a booking all cancelled or flown are one answer, in the same words after the same floor of time.
 * @throws DepartCartError `key_unknown`, `key_is_stripes`, `origin_not_allowed`, `booking_not_found`, `too_many_requests`,
 * `gds_unavailable`
 */
export async function openPanel(services: PurchaseServices, request: OpenRequest): Promise<wire.Answer<wire.Opened>> {
  const startedAt = services.clock.now();
  const brand = await brandOf(services, request);
  const recordLocator = request.recordLocator.trim().toUpperCase();
  const lastName = request.lastName.trim();
  const limit = await limitLookups(services, brand.code, { recordLocator, address: request.address });
  await limit.check();
  const read = couldBeLocator(recordLocator) ? await findBooking(services, brand, recordLocator, lastName) : null;
  if (!read || read.booking.segments.every((one) => isOver(services, one))) {
    await limit.failed();
    await waitForFloor(services, startedAt);
    throw new DepartCartError(
      'booking_not_found',
      'We can’t find this booking. Check the booking reference and the last name on the ticket.',
    );
  }
  return answer(services, read, { recordLocator, lastName, origin: request.origin });
}

async function brandOf(services: PurchaseServices, { key, origin }: OpenRequest): Promise<BrandSettings> {
  if (/^pk_(live|test)_/.test(key)) {
    throw new DepartCartError(
      'key_is_stripes',
      'That is Stripe’s key. DepartCart’s publishable key starts with dcpub_live_ or dcpub_test_.',
    );
  }
  const brand = await services.brands.byKey(key);
  if (!brand)
    throw new DepartCartError(
      'key_unknown',
      'This publishable key is not known here. Copy it from `departcart partner apply`.',
    );
  if (origin === null || !originAllowed(brand, origin)) {
    throw new DepartCartError(
      'origin_not_allowed',
      'This page’s origin is not on the brand’s list. Add it under `origins` in the brand’s file and apply it.',
    );
  }
  return brand;
}

/** Six characters at every GDS; what cannot be one is not asked about. */
const couldBeLocator = (text: string): boolean => /^[A-Z0-9]{5,8}$/.test(text);

async function waitForFloor({ clock }: PurchaseServices, startedAt: number): Promise<void> {
  const spent = clock.now() - startedAt;
  await clock.sleep(Math.max(1, Math.ceil(spent / FLOOR_MS)) * FLOOR_MS - spent);
}

async function answer(
  services: PurchaseServices,
  read: ReadBooking,
  session: { recordLocator: string; lastName: string; origin: string | null },
): Promise<wire.Answer<wire.Opened>> {
  const { brand, booking } = read;
  const known = await readMaps(services, read, booking.segments);
  await keepBooking(services, read);
  return {
    success: true,
    token: await mintToken(services, { brand: brand.code, ...session }),
    brand: describeBrand(brand),
    currency: currencyOf(brand, known),
    record_locator: booking.recordLocator,
    travellers: describeTravellers(booking),
    segments: known.map(({ segment, noMap }) => ({
      ...describeSegment(segment, booking, services.places),
      ...(noMap && { no_map: noMap }),
    })),
    map: known.find((one) => one.answer)?.answer ?? null,
    selection: await priceSelection(services, read, known),
    purchase: await purchaseSaid(services, read),
    payment: paymentOffered(brand),
  };
}

/** How long an ended purchase is still what the traveller comes back for. */
const SHOWN_MS = 24 * 3_600_000;

async function purchaseSaid(services: PurchaseServices, { key }: ReadBooking): Promise<wire.Purchase | null> {
  const found = await services.store.rows.transactions.ofBooking(key);
  if (!found) return null;
  const { endedAt } = found.transaction;
  return endedAt !== null && endedAt < services.clock.now() - SHOWN_MS ? null : sayPurchase(services, found);
}

/** Which browser SDK the panel loads: the gateway's own, but for a test brand whose gateway is a stand-in. */
function paymentOffered({ payment, mode }: BrandSettings): wire.Opened['payment'] {
  if (!payment) return null;
  return {
    gateway: payment.provider,
    ...(payment.publishableKey && { public_key: payment.publishableKey }),
    ...(mode === 'test' && payment.baseUrl && { script: `${payment.baseUrl}/${payment.provider}.js` }),
  };
}

/** One currency an answer: that of the first price; where nothing is priced, the brand's own. */
const currencyOf = (brand: BrandSettings, known: readonly KnownSegment[]): string =>
  known.filter((one) => one.answer).flatMap((one) => currenciesOf(one.said))[0] ?? brand.currencies[0] ?? 'EUR';
