import { z } from 'zod';
import type { Booking, Segment } from '../../domain/booking.ts';
import type { GdsPort, SeatPick } from '../../domain/ports/gds.ts';
import { parseRecordLocator } from '../../domain/record-locator.ts';
import type { NoMapReason, SeatMap, SegmentMap } from '../../domain/seat-map.ts';
import { assignSeats, lookUpSeats, type OrderCalls } from './assign.ts';
import { hasTraveller, isOrderOf, offerOf, readOrders, toBooking, type OrderRef, type SegmentRef } from './booking.ts';
import { createClient, type AmadeusParts, type Call } from './client.ts';
import { outcomeOf, type Fault } from './faults.ts';
import { readMapReply, wordsOf, type MapReply } from './map.ts';
import { mergeMaps } from './merge.ts';
import type { Issue, Order } from './reply.ts';

/** Amadeus dates no offer: what was read counts for this long. */
const OFFERS_HOLD_MS = 15 * 60 * 1000;

/**
 * Amadeus as a reservation system: the Enterprise REST API with client credentials.
 *
 * A booking is looked up by its reference, compared with the surname here (Amadeus does not), and its maps are read by the
 * order's id, all segments at once. Seats are put into the order after its booking, one change each; they can't be taken out
 * again over REST, and documents are the airline's. Sources: contracts of Flight Order Management 1 and SeatMap Display 1.9;
 * what a change looks like is known from public clients only.
 */
export function createAmadeus(parts: AmadeusParts): GdsPort {
  const client = createClient(parts);
  const { clock } = parts;
  const verb = parts.settings.orderChangeVerb ?? 'PATCH';

  const port: GdsPort = {
    can: { assignPaid: true, unassign: false, issueEmd: false, refundEmd: false, lock: 'none' },

    async findBooking(text, lastName, signal) {
      const recordLocator = parseRecordLocator(text);
      if (!recordLocator) return { is: 'done', value: null };
      const answer = await client.get(orderByReference(recordLocator), signal);
      if (!answer.ok) return saysNoOrder(answer.fault) ? { is: 'done', value: null } : outcomeOf(answer.fault);
      const orders = readOrders(answer.value);
      if (!orders.ok) return { is: 'unknown' };
      const order = orders.value.find((one) => isOrderOf(one, recordLocator) && hasTraveller(one, lastName));
      const booking = order && toBooking(order, recordLocator, new Date(clock.now()).toISOString());
      const open = booking?.segments.some(({ status }) => status !== 'cancelled' && status !== 'flown');
      return { is: 'done', value: booking && open ? booking : null };
    },

    async seatMaps(booking, segmentIds, signal) {
      const wanted = segmentIds.map((id) => ({ id, segment: booking.segments.find((one) => one.id === id) }));
      const closed = new Map(wanted.map(({ id, segment }) => [id, segment ? CLOSED.get(segment.status) : 'no_map']));
      if (wanted.every(({ id }) => closed.get(id))) {
        return { is: 'done', value: wanted.map(({ id }) => ({ segmentId: id, noMap: closed.get(id)! })) };
      }
      const answer = await client.get(seatMapsOf(orderIdOf(booking)), signal);
      if (!answer.ok && !saysNoMap(answer.fault)) return outcomeOf(answer.fault);
      const reply = answer.ok ? readMapReply(answer.value, timesAt(clock.now())) : null;
      if (reply?.is === 'refused') return { is: 'unknown' };
      const detail = answer.ok || !answer.fault.code ? {} : { detail: `Amadeus code ${answer.fault.code}` };
      const value = wanted.map(({ id, segment }): SegmentMap => {
        const why = closed.get(id);
        if (why || !segment) return { segmentId: id, noMap: why ?? 'no_map' };
        return reply ? segmentMap(segment, booking, reply) : { segmentId: id, noMap: 'no_map', ...detail };
      });
      return { is: 'done', value };
    },

    assign: (booking, picks, signal) => assignSeats(callsAbout(booking), booking, picks, signal),
    lookup: (booking, picks, signal) => lookUpSeats(callsAbout(booking), booking, picks, signal),
    unassign: () => Promise.resolve({ is: 'unsupported' }),
    issue: () => Promise.resolve({ is: 'unsupported' }),
    refundEmds: () => Promise.resolve({ is: 'unsupported' }),
  };

  /** The calls about one booking. The order that was read last says by which offer a traveller flies. */
  function callsAbout(sold: Booking): OrderCalls {
    let order: Order | undefined;
    return {
      clock,
      maps: (booking, segmentIds, signal) => port.seatMaps(booking, segmentIds, signal),
      async read(signal) {
        const call = orderById(orderIdOf(sold));
        const answer = await client.get(call, signal);
        if (!answer.ok) return isGone(answer.fault) ? { ok: true, value: null } : answer;
        const orders = readOrders(answer.value);
        order = orders.ok ? orders.value.find((one) => isOrderOf(one, sold.recordLocator)) : undefined;
        if (!order) return { ok: false, fault: { kind: 'bad_response', call: call.name } };
        return { ok: true, value: toBooking(order, sold.recordLocator, new Date(clock.now()).toISOString()) };
      },
      change: (booking, pick, signal) =>
        client.change(orderChange(orderIdOf(sold), verb), verb, seatBody(booking, pick, order!), signal),
    };
  }

  return port;
}

/** The change of an order that puts one traveller on one seat, as public clients send it. */
function seatBody({ segments }: Booking, { segment: id, traveller, designator }: SeatPick, order: Order): object {
  const segment = segments.find((one) => one.id === id)!;
  const { segmentId } = segmentRef.parse(segment.ref);
  const fare = { segmentId, additionalServices: { chargeableSeatNumber: designator } };
  const flightOffer = {
    type: 'flight-offer',
    id: offerOf(order, segment, traveller),
    travelerPricings: [{ travelerId: traveller, fareDetailsBySegment: [fare] }],
  };
  return { data: { type: 'flight-order', id: order.id, flightOffers: [flightOffer] } };
}

const orderPath = (orderId: string): string => `/v1/booking/flight-orders/${encodeURIComponent(plainId(orderId))}`;

const orderById = (orderId: string): Call => ({
  path: orderPath(orderId),
  label: 'amadeus.order',
  name: 'bookings by id',
  timeoutMs: 10_000,
});

const orderChange = (orderId: string, verb: string): Call => ({
  path: orderPath(orderId),
  label: 'amadeus.assign',
  name: `changes of bookings by ${verb}`,
  timeoutMs: 20_000,
});

const orderByReference = (recordLocator: string): Call => ({
  path: `/v1/booking/flight-orders/by-reference?reference=${encodeURIComponent(recordLocator)}&originSystemCode=GDS`,
  label: 'amadeus.order',
  name: 'bookings by reference',
  timeoutMs: 15_000,
});

const seatMapsOf = (orderId: string): Call => ({
  path: `/v1/shopping/seatmaps?flightOrderId=${encodeURIComponent(plainId(orderId))}&seatNumberServiceBookingStatusRequired=true`,
  label: 'amadeus.seatmaps',
  name: 'seat maps',
  timeoutMs: 20_000,
  // Nine travellers on four wide-body flights are about 10 MB.
  maxBytes: 32 * 1024 * 1024,
});

/** Order ids come plain or already written for an address ("…Az%2BDq%3D"). They are base64, so a % can be nothing else. */
const plainId = (orderId: string): string =>
  /^(?:[^%]|%[0-7][0-9a-f])*$/i.test(orderId) ? decodeURIComponent(orderId) : orderId;

const orderRef: z.ZodType<OrderRef> = z.object({ orderId: z.string() });
const segmentRef = z.object({ segmentId: z.string(), flightOfferId: z.string().optional() });

const orderIdOf = ({ ref }: Booking): string => orderRef.parse(ref).orderId;

const timesAt = (now: number) => ({
  fetchedAt: new Date(now).toISOString(),
  expiresAt: new Date(now + OFFERS_HOLD_MS).toISOString(),
});

/** The segment's map out of the reply, its cabins put together; or why it has none. */
function segmentMap(segment: Segment, booking: Booking, reply: MapReply): SegmentMap {
  const ref = segmentRef.parse(segment.ref);
  const namesakes = booking.segments.filter((one) => segmentRef.parse(one.ref).segmentId === ref.segmentId);
  const mine = reply.maps.filter(({ map, flightOfferId }) => {
    if (map.segmentId !== ref.segmentId) return false;
    return namesakes.length === 1 || !flightOfferId || flightOfferId === ref.flightOfferId;
  });
  const merged = mergeMaps(
    segment.id,
    mine.map(({ map }) => map),
  );
  if (!merged) return { segmentId: segment.id, ...whyMissing(segment, ref, reply.issues) };
  const map = { ...merged, source: { ...merged.source, warnings: [...merged.source.warnings, ...reply.warnings] } };
  const noMap = nothingLeft(map, booking);
  return noMap ? { segmentId: segment.id, noMap } : { segmentId: segment.id, map };
}

/** Null as soon as anybody of the booking can have any seat. A map that says nothing of any seat is none. */
function nothingLeft(map: SeatMap, booking: Booking): NoMapReason | null {
  const travellers = booking.travellers.filter(({ seatable }) => seatable);
  const seats = map.decks.flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots)));
  const offers = seats.flatMap((seat) =>
    travellers.flatMap(({ id }) => (seat && Object.hasOwn(seat.offers, id) ? [seat.offers[id]!] : [])),
  );
  if (offers.some(({ availability }) => availability === 'available')) return null;
  return offers.some(({ availability }) => availability !== 'no_data') ? 'all_taken' : 'no_map';
}

function whyMissing(
  { marketing, operating }: Segment,
  { segmentId }: Pick<SegmentRef, 'segmentId'>,
  issues: readonly Issue[],
): { noMap: NoMapReason; detail?: string } {
  const about = issues.filter((issue) => isAbout(issue, segmentId));
  const elsewhere = (operating && operating.airline !== marketing.airline) || about.some(saysOperatedByOther);
  const detail = about.map(wordsOf).join('; ');
  return { noMap: elsewhere ? 'operated_by_other' : 'no_map', ...(detail && { detail }) };
}

/** A warning that names segments speaks of these, any other of whatever is missing. */
function isAbout({ detail, source }: Issue, segmentId: string): boolean {
  const text = wordsIn(detail, source?.pointer, source?.parameter);
  const lists = text.matchAll(/segment(?:s|Ids?)?[\s:=/#"'[]*(\d+(?:(?:,| and|, and)? \d+)*)\b/gi);
  const named = [...lists].flatMap(([, list]) => list!.match(/\d+/g) ?? []);
  return named.length === 0 || named.includes(segmentId);
}

const saysOperatedByOther = ({ title, detail }: Issue): boolean =>
  /operat(?:ed|ing)\b.*\b(?:another|other|different|partner|by)\b|code ?-?share/i.test(wordsIn(title, detail));

/** As much of a warning's text as is worth searching. */
const wordsIn = (...texts: (string | null | undefined)[]): string =>
  texts.map((text) => text?.slice(0, 300) ?? '').join(' ');

/** Segments for which no map is asked. */
const CLOSED: ReadonlyMap<Segment['status'], NoMapReason> = new Map([
  ['cancelled', 'cancelled'],
  ['flown', 'flown'],
  ['waitlisted', 'not_confirmed'],
  ['pending', 'not_confirmed'],
]);

const saysNoOrder = ({ kind, code }: Fault): boolean =>
  kind === 'not_found' || (kind === 'rejected' && NO_ORDER.has(code ?? 0));

/** Amadeus's own word, not just any page that is not found: money goes back because of it. */
const isGone = ({ kind, code }: Fault): boolean => kind === 'not_found' && code === 38196;

/** An order that is gone between look-up and map has no map either. */
const saysNoMap = ({ kind, code }: Fault): boolean =>
  kind === 'not_found' || (kind === 'rejected' && NO_MAP.has(code ?? 0));

/** The look-up's codes for a reference that names no order: invalid format, invalid data, data missing. */
const NO_ORDER: ReadonlySet<number> = new Set([477, 4926, 32171]);

/** The seat map call's codes for flights without one: bad date or format, not operated that day, out of range. */
const NO_MAP: ReadonlySet<number> = new Set([477, 572, 2781, 4481, 8791, 32171]);
