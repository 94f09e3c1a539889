import type { Booking } from '../domain/booking.ts';
import { DepartCartError } from '../domain/error.ts';
import type { PanelSession } from '../domain/ports/crypto.ts';
import type { BookingKey } from '../domain/ports/store.ts';
import type { PanelServices } from './panel-services.ts';
import { bookingKey, findBooking, type ReadBooking } from './read-booking.ts';

const SESSION_MS = 30 * 60_000;
/** A token is renewed once it is this old: not on every call, so that a burst of calls does not race for the newest. */
const RENEW_AFTER_MS = 5 * 60_000;

/** A session as the calls after `open` meet it. `renewed`: the token that replaces the one sent, when it is time. */
export interface OpenSession {
  session: PanelSession;
  read: ReadBooking;
  renewed?: string;
}

export const mintToken = (services: PanelServices, session: Omit<PanelSession, 'endsAt'>): Promise<string> =>
  services.tokens.mint({ ...session, endsAt: services.clock.now() + SESSION_MS });

/**
 * Reads a panel token and the booking behind it: as kept at `open`, else afresh at the GDS.
 * @throws DepartCartError `session_over`, `gds_unavailable`
 */
export async function resumeSession(
  services: PanelServices,
  token: string,
  origin: string | null,
  options: { acts?: boolean } = {},
): Promise<OpenSession> {
  const session = await services.tokens.read(token, origin);
  const brand = session && (await services.brands.byCode(session.brand));
  if (!session || !brand) throw over();
  const key = await bookingKey(services, brand, session.recordLocator);
  const kept = await keptBooking(services, key);
  const read = kept
    ? { brand, key, booking: kept }
    : await findBooking(services, brand, session.recordLocator, session.lastName);
  if (!read) throw over();
  const { endsAt, ...same } = session;
  // Asking how it stands is no acting: a page left open must not stay open for ever.
  const old = options.acts !== false && endsAt - services.clock.now() < SESSION_MS - RENEW_AFTER_MS;
  return { session, read, ...(old && { renewed: await mintToken(services, same) }) };
}

/**
 * The session's booking as it stands at the GDS now, and kept so: before something is sold, nothing kept is believed.
 * @throws DepartCartError `session_over` when there is nothing left to sell on, `gds_unavailable`
 */
export async function readAfresh(services: PanelServices, { session, read }: OpenSession): Promise<ReadBooking> {
  const fresh = await findBooking(services, read.brand, session.recordLocator, session.lastName);
  if (!fresh) throw over();
  await keepBooking(services, fresh);
  return fresh;
}

const over = () =>
  new DepartCartError('session_over', 'This session is over. Open the booking again; what was chosen is kept.');

const placeOf = (key: BookingKey) => ({ table: 'bookings', row: key.booking, brand: key.brand, field: 'booking' });

/** Keeps the booking, sealed, so that the calls after `open` need not ask the GDS who travels. */
export async function keepBooking(services: PanelServices, read: ReadBooking): Promise<void> {
  const sealed = await services.vault.seal(placeOf(read.key), JSON.stringify(read.booking));
  await services.store.rows.bookings.put(read.key, { sealed, readAt: services.clock.now() });
}

async function keptBooking(services: PanelServices, key: BookingKey): Promise<Booking | null> {
  const row = await services.store.rows.bookings.get(key);
  if (!row || services.clock.now() - row.readAt > SESSION_MS) return null;
  return JSON.parse(await services.vault.open(placeOf(key), row.sealed)) as Booking;
}
