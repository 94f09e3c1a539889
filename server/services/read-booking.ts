import type { Booking } from '../domain/booking.ts';
import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Outcome } from '../domain/ports/outcome.ts';
import type { BookingKey } from '../domain/ports/store.ts';
import type { PanelServices } from './panel-services.ts';

/** Longest that a traveller's request waits for the GDS, over all its calls. */
const GDS_PATIENCE_MS = 20_000;

/** A booking read at the GDS, with the digest under which everything about it is kept. */
export interface ReadBooking {
  brand: BrandSettings;
  key: BookingKey;
  booking: Booking;
}

/**
 * Reads the booking at the GDS. null: no such booking, another name, or nothing left to fly.
 * @throws DepartCartError `gds_unavailable`
 */
export async function findBooking(
  services: PanelServices,
  brand: BrandSettings,
  recordLocator: string,
  lastName: string,
): Promise<ReadBooking | null> {
  const outcome = await services.gdsOf(brand).findBooking(recordLocator, lastName, gdsSignal());
  const booking = valueOf(services, brand, outcome, 'findBooking');
  return booking && { brand, booking, key: await bookingKey(services, brand, recordLocator) };
}

/** Where what we keep of a booking is found. */
export const bookingKey = async (
  services: PanelServices,
  brand: BrandSettings,
  recordLocator: string,
): Promise<BookingKey> => ({
  brand: brand.code,
  booking: await services.vault.digest(brand.code, `booking ${recordLocator}`),
});

/** The value of a read, or the one error a traveller hears of a GDS in trouble; the operator's log says which trouble. */
export function valueOf<T>(services: PanelServices, brand: BrandSettings, outcome: Outcome<T>, call: string): T {
  if (outcome.is === 'done') return outcome.value;
  const detail = outcome.is === 'refused_by_configuration' ? outcome.detail : undefined;
  const fields = { brand: brand.code, call, outcome: outcome.is, detail };
  if (detail) services.log.error(fields, 'the GDS refuses our credentials or request: check the brand’s file');
  else services.log.warn(fields, 'the GDS gave no usable answer');
  throw new DepartCartError(
    'gds_unavailable',
    'The airline’s system is not answering. The booking is safe; try again in a moment.',
    { retryAfterSeconds: 20 },
  );
}

export const gdsSignal = (): AbortSignal => AbortSignal.timeout(GDS_PATIENCE_MS);
