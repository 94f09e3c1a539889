import { instantOf } from '../domain/airport-time.ts';
import type { Segment } from '../domain/booking.ts';
import type { SegmentMap } from '../domain/seat-map.ts';
import type * as wire from '../wire/panel.ts';
import { describeMap, hasFreeSeat } from './describe-map.ts';
import type { PanelServices } from './panel-services.ts';
import { gdsSignal, valueOf, type ReadBooking } from './read-booking.ts';

const KEPT_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** What is known of one segment: its map as kept and as the panel hears it, or why there is none. */
export interface KnownSegment {
  segment: Segment;
  said: SegmentMap;
  answer?: wire.MapAnswer;
  noMap?: wire.NoMap;
}

/**
 * The maps of these segments: those kept from a reading of the last 15 minutes, the others read in one call and kept, sealed.
 * Segments on which nothing can be sold any more are not asked about. `afresh`: nothing kept is believed.
 * @throws DepartCartError `gds_unavailable`
 */
export async function readMaps(
  services: PanelServices,
  read: ReadBooking,
  segments: readonly Segment[],
  options: { afresh?: boolean } = {},
): Promise<KnownSegment[]> {
  const now = services.clock.now();
  const known = new Map<string, KnownSegment>();
  const ask: Segment[] = [];
  for (const segment of segments) {
    const over = reasonNotSold(services, read, segment, now);
    if (over) known.set(segment.id, { segment, said: { segmentId: segment.id, noMap: over }, noMap: over });
    else {
      const kept = options.afresh ? null : await keptMap(services, read, segment, now);
      if (kept) known.set(segment.id, kept);
      else ask.push(segment);
    }
  }
  if (ask.length) {
    const outcome = await services.gdsOf(read.brand).seatMaps(
      read.booking,
      ask.map((one) => one.id),
      gdsSignal(),
    );
    const readAt = services.clock.now();
    for (const said of valueOf(services, read.brand, outcome, 'seatMaps')) {
      const segment = ask.find((one) => one.id === said.segmentId);
      if (!segment) continue;
      await keepMap(services, read, said, readAt);
      known.set(segment.id, know(read, segment, said, readAt, readAt + KEPT_MS));
    }
  }
  return segments.map(
    (segment) =>
      known.get(segment.id) ?? { segment, said: { segmentId: segment.id, noMap: 'no_map' }, noMap: 'no_map' },
  );
}

/** Why nothing is sold on a segment whatever its map says. Times are the airport's; sales close some hours before. */
function reasonNotSold(services: PanelServices, read: ReadBooking, segment: Segment, now: number): wire.NoMap | null {
  if (segment.status === 'cancelled') return 'cancelled';
  if (isOver(services, segment)) return 'flown';
  if (segment.status === 'waitlisted' || segment.status === 'pending') return 'not_confirmed';
  const departs = departureOf(services, segment);
  return departs !== null && departs - read.brand.sales.closeHours * HOUR_MS <= now ? 'closed' : null;
}

/** Whether there is nothing left to fly on this segment. */
export function isOver(services: PanelServices, segment: Segment): boolean {
  if (segment.status === 'cancelled' || segment.status === 'flown') return true;
  const departs = departureOf(services, segment);
  return departs !== null && departs <= services.clock.now();
}

/** UTC milliseconds; null when the GDS gave no time that can be read. */
function departureOf({ places }: PanelServices, { departure, origin }: Segment): number | null {
  return departure.instant ? Date.parse(departure.instant) || null : instantOf(departure.local, places.zoneOf(origin));
}

function know(read: ReadBooking, segment: Segment, said: SegmentMap, readAt: number, expiresAt: number): KnownSegment {
  if ('noMap' in said) return { segment, said, noMap: said.noMap };
  if (!acceptsPrices(read, said)) return { segment, said, noMap: 'currency_not_supported' };
  const answer = describeMap(said.map, segment, read.booking, { readAt, expiresAt });
  return hasFreeSeat(answer) ? { segment, said, answer } : { segment, said, noMap: 'all_taken' };
}

/** Seats are charged in the currency the GDS prices them in, never converted: the brand says which it accepts. */
function acceptsPrices(read: ReadBooking, said: SegmentMap): boolean {
  const accepted = read.brand.currencies;
  return accepted.length === 0 || currenciesOf(said).every((currency) => accepted.includes(currency));
}

/** Every currency a map is priced in, in the order met. */
export function currenciesOf(said: SegmentMap): string[] {
  if ('noMap' in said) return [];
  const found = new Set<string>();
  for (const deck of said.map.decks)
    for (const cabin of deck.cabins)
      for (const row of cabin.rows)
        for (const seat of row.slots)
          for (const offer of Object.values(seat?.offers ?? {}))
            if (offer.price.kind === 'paid') found.add(offer.price.total.currency);
  return [...found];
}

const placeOf = (read: ReadBooking, segment: string) => ({
  table: 'seat_maps',
  row: `${read.key.booking} ${segment}`,
  brand: read.brand.code,
  field: 'map',
});

async function keptMap(
  services: PanelServices,
  read: ReadBooking,
  segment: Segment,
  now: number,
): Promise<KnownSegment | null> {
  const row = await services.store.rows.seatMaps.get(read.key, segment.id);
  if (!row || row.expiresAt <= now) return null;
  const said = JSON.parse(await services.vault.open(placeOf(read, segment.id), row.sealed)) as SegmentMap;
  return know(read, segment, said, row.readAt, row.expiresAt);
}

async function keepMap(services: PanelServices, read: ReadBooking, said: SegmentMap, readAt: number): Promise<void> {
  const sealed = await services.vault.seal(placeOf(read, said.segmentId), JSON.stringify(said));
  await services.store.rows.seatMaps.put(read.key, {
    segment: said.segmentId,
    sealed,
    readAt,
    expiresAt: readAt + KEPT_MS,
  });
}
