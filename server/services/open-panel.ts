import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { PanelSession } from '../domain/ports/crypto.ts';
import type * as wire from '../wire/panel.ts';
import { describeBrand } from './describe-brand.ts';
import { describeSegment, describeTravellers } from './describe-booking.ts';
import { priceSelection } from './keep-selection.ts';
import { sayPurchase } from './find-purchase.ts';
import { waitForFloor } from './answer-floor.ts';
import { limitLookups, noteMiss } from './limit-lookups.ts';
import type { PartnerServices } from './partner-services.ts';
import { refuseLink } from './read-link.ts';
import type { PurchaseServices } from './purchase-services.ts';
import { findBooking, type ReadBooking } from './read-booking.ts';
import { currenciesOf, isOver, readMaps, type KnownSegment } from './read-maps.ts';
import { keepBooking, mintToken } from './panel-session.ts';
import { wantedOf, type OpenRequest, type WantedBooking } from './wanted-booking.ts';

/**
 * Opens a booking for the panel: look, travellers, segments, the first map, the kept selection, and a token for what follows.
 *
 * Not found, a wrong name, and a booking all cancelled or flown are one answer, in the same words after the same floor of time; and so is
 * all that can be wrong with a link.
 * @throws DepartCartError `key_unknown`, `key_is_stripes`, `token_not_valid`, `origin_not_allowed`, `brand_disabled`,
 * `booking_not_found`, `link_not_valid`, `too_many_requests`, `gds_unavailable`
 */
export async function openPanel(services: PartnerServices, request: OpenRequest): Promise<wire.Answer<wire.Opened>> {
  const startedAt = services.clock.now();
  const wanted = await wantedOf(services, request);
  const read = await lookUp(services, wanted, request.address);
  if (!read) {
    if (wanted.by !== 'said') return refuseLink(services, { startedAt, address: request.address });
    await waitForFloor(services.clock, startedAt);
    throw new DepartCartError(
      'booking_not_found',
      'We can’t find this booking. Check the booking reference and the last name on the ticket.',
    );
  }
  const { recordLocator, lastName, origin } = wanted;
  const attribution = {
    ...(wanted.reference !== undefined && { reference: wanted.reference }),
    ...request.attribution,
  };
  return answer(services, read, { recordLocator, lastName, origin, attribution });
}

/** The booking, if there is one to sell seats on. Guesses are limited; a link that cannot be bent is no guess. */
async function lookUp(services: PartnerServices, wanted: WantedBooking, address: string): Promise<ReadBooking | null> {
  const { brand, recordLocator, lastName, by } = wanted;
  const find = async () => {
    const read = couldBeLocator(recordLocator) ? await findBooking(services, brand, recordLocator, lastName) : null;
    return read?.booking.segments.every((one) => isOver(services, one)) ? null : read;
  };
  if (by === 'link') return find();
  const limit = await limitLookups(services, brand.code, { recordLocator, address });
  const giveBack = await limit.take().catch((error: unknown) => {
    // Which limit a bent link meets must not tell that it opened.
    if (by === 'bendable link') return null;
    throw error;
  });
  if (!giveBack) return null;
  const read = await find().catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  await (read ? giveBack() : noteMiss(services, brand.code));
  return read;
}

/** Six characters at every GDS; what cannot be one is not asked about. */
const couldBeLocator = (text: string): boolean => /^[A-Z0-9]{5,8}$/.test(text);

async function answer(
  services: PurchaseServices,
  read: ReadBooking,
  session: Omit<PanelSession, 'brand' | 'endsAt'>,
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
