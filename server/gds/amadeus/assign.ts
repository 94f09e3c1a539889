import type { Booking } from '../../domain/booking.ts';
import type { Clock } from '../../domain/ports/clock.ts';
import type { ItemWord, SeatPick } from '../../domain/ports/gds.ts';
import type { Outcome } from '../../domain/ports/outcome.ts';
import type { NoMapReason, SegmentMap } from '../../domain/seat-map.ts';
import type { SeatRefusal } from '../../domain/transaction/words.ts';
import { outcomeOf, type Answer, type Fault, type NoAnswer } from './faults.ts';

/** What the words below are found out by. A booking that Amadeus does not know any more is null. */
export interface OrderCalls {
  clock: Clock;
  read(signal: AbortSignal): Promise<Answer<Booking | null>>;
  maps(booking: Booking, segmentIds: string[], signal: AbortSignal): Promise<Outcome<SegmentMap[]>>;
  /** Asks for one seat, once. */
  change(booking: Booking, pick: SeatPick, signal: AbortSignal): Promise<Answer<null>>;
}

/** No change is begun later than this, so that its answer and its proof come before the caller's patience ends, after 60 seconds. */
const SEND_WITHIN_MS = 35_000;
/** As long as a throttled proof is waited for. */
const PROOF_PATIENCE_MS = 5_000;
/** When to come back if Amadeus names no time. */
const AGAIN_MS = 5_000;

/**
 * Asks for seats one by one, each proven by reading the order afterwards; `sold` is the booking as it stood when they were sold.
 *
 * Amadeus guarantees no price and locks no order, so order and maps are read right before: a seat that is gone, dearer or whose
 * traveller was moved by somebody else meanwhile is refused without a change, and one that stands already is not asked for
 * again. An answer that was lost ends the sending: that item is `unknown`, the unsent are `absent`. `again` only while no change
 * was sent.
 */
export async function assignSeats(
  calls: OrderCalls,
  sold: Booking,
  picks: readonly SeatPick[],
  signal: AbortSignal,
): Promise<Outcome<ItemWord[]>> {
  const { clock } = calls;
  const startedAt = clock.now();
  const before = await calls.read(signal);
  if (!before.ok) return notSent(outcomeOf(before.fault), clock);
  let booking = before.value;
  const asked = picks.filter((pick) => !settled(sold, booking, pick)).map(({ segment }) => segment);
  const maps = booking && asked.length ? await calls.maps(booking, [...new Set(asked)], signal) : NO_MAPS;
  if (maps.is !== 'done') return notSent(maps, clock);

  const words: ItemWord[] = [];
  let wrote = false;
  let stopped = false;
  for (const pick of picks) {
    const known = settled(sold, booking, pick) ?? offered(maps.value, pick);
    if (known || !booking) {
      words.push(known ?? word(pick, 'absent'));
      continue;
    }
    stopped ||= signal.aborted || clock.now() - startedAt > SEND_WITHIN_MS;
    if (stopped) {
      words.push(word(pick, 'absent'));
      continue;
    }
    const end = await change(calls, sold, booking, pick, signal);
    if ('notDone' in end && !wrote) return end.notDone;
    wrote ||= 'word' in end;
    stopped = 'notDone' in end || end.word.word === 'unknown';
    words.push('word' in end ? end.word : word(pick, 'absent'));
    if ('booking' in end) booking = end.booking;
  }
  return stopped && !wrote ? again(clock) : { is: 'done', value: words };
}

/** What really stands: a read. A seat on a flight that is gone is absent for good. */
export async function lookUpSeats(
  calls: OrderCalls,
  sold: Booking,
  picks: readonly SeatPick[],
  signal: AbortSignal,
): Promise<Outcome<ItemWord[]>> {
  const answer = await calls.read(signal);
  if (!answer.ok) return outcomeOf(answer.fault);
  const booking = answer.value;
  const value = picks.map((pick) => {
    const now = booking && flightOf(sold, booking, pick);
    // A seat that still stands on a cancelled flight is none to be charged for.
    if (!booking || now?.status === 'cancelled') return refused(pick, 'booking_cancelled');
    return word(pick, now && seatOf(now, pick.traveller) === pick.designator ? 'present' : 'absent');
  });
  return { is: 'done', value };
}

/** How one change ended: with a word, or known not done. `booking`: as it stands now, where that was read. */
type End = { word: ItemWord; booking?: Booking | null } | { notDone: NoAnswer };

async function change(
  calls: OrderCalls,
  sold: Booking,
  booking: Booking,
  pick: SeatPick,
  signal: AbortSignal,
): Promise<End> {
  const answer = await calls.change(booking, pick, signal);
  if (!answer.ok) return afterFault(answer.fault, pick, calls.clock);
  const proof = await prove(calls, signal);
  if (!proof.ok) return { word: word(pick, 'unknown') };
  // Accepted, and yet not there: it may still come.
  return { word: settled(sold, proof.value, pick) ?? word(pick, 'unknown'), booking: proof.value };
}

/** Reads the order; too many requests are waited for once, since without a proof the traveller waits far longer. */
async function prove(calls: OrderCalls, signal: AbortSignal): Promise<Answer<Booking | null>> {
  const answer = await calls.read(signal);
  if (answer.ok || answer.fault.kind !== 'throttled') return answer;
  const waitMs = (answer.fault.retryAt ?? Infinity) - calls.clock.now();
  if (waitMs > PROOF_PATIENCE_MS) return answer;
  const waited = await calls.clock.sleep(Math.max(waitMs, 0), signal).then(
    () => true,
    () => false,
  );
  return waited ? calls.read(signal) : answer;
}

/** Whatever may have been carried out is `unknown`; only what Amadeus itself refuses, or never got, is not done. */
function afterFault(fault: Fault, pick: SeatPick, clock: Clock): End {
  const { kind, status, code, sent } = fault;
  const outcome = outcomeOf(fault);
  if (sent === false) return { notDone: notSent(outcome, clock) };
  const no = REFUSALS.get(code ?? 0) ?? (isBusiness(fault) && 'not_allowed');
  if (no) return { word: refused(pick, no) };
  if (outcome.is === 'unknown' || status === 408) return { word: word(pick, 'unknown') };
  // A token that ended on the way, or a change of somebody else's under way.
  return { notDone: kind === 'stale_token' || status === 409 ? again(clock) : outcome };
}

/** What order and sale say of a pick without asking for it; null: it may be asked for. */
function settled(sold: Booking, booking: Booking | null, pick: SeatPick): ItemWord | null {
  const segment = booking && flightOf(sold, booking, pick);
  if (!booking || segment?.status === 'cancelled') return refused(pick, 'booking_cancelled');
  if (!segment || !booking.travellers.some(({ id }) => id === pick.traveller)) return refused(pick, 'changed_at_gds');
  const seat = seatOf(segment, pick.traveller);
  if (seat === pick.designator) return word(pick, 'present');
  if (segment.status === 'flown') return refused(pick, 'not_allowed');
  const before = flightOf(sold, sold, pick);
  return seat && seat !== (before && seatOf(before, pick.traveller)) ? refused(pick, 'changed_at_gds') : null;
}

/** What the maps say of a pick; null: it is to be had at its price. */
function offered(maps: readonly SegmentMap[], pick: SeatPick): ItemWord | null {
  const found = maps.find(({ segmentId }) => segmentId === pick.segment);
  if (!found || 'noMap' in found) return refused(pick, (found && NO_MAP.get(found.noMap)) ?? 'not_allowed');
  const seat = found.map.decks
    .flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots)))
    .find((one) => one?.designator === pick.designator);
  const offer = seat && Object.hasOwn(seat.offers, pick.traveller) ? seat.offers[pick.traveller]! : null;
  if (offer?.availability === 'not_eligible') return refused(pick, 'not_allowed');
  if (offer?.availability !== 'available') return refused(pick, 'seat_taken');
  const { price } = offer;
  const same =
    price.kind === 'paid'
      ? price.total.amountMinor === pick.priceMinor && price.total.currency === pick.currency
      : price.kind === 'free' && pick.priceMinor === 0;
  return same ? null : refused(pick, 'price_changed');
}

/** The pick's flight as it stands, if it still is the flight that was sold: a change of times on the day is, another flight is not. */
function flightOf(sold: Booking, booking: Booking, { segment }: SeatPick): Booking['segments'][number] | undefined {
  const was = sold.segments.find(({ id }) => id === segment);
  return booking.segments.find(
    (one) =>
      one.id === segment &&
      one.marketing.airline === was?.marketing.airline &&
      one.marketing.number === was.marketing.number &&
      one.origin === was.origin &&
      one.destination === was.destination &&
      one.departure.local.slice(0, 10) === was.departure.local.slice(0, 10),
  );
}

const seatOf = ({ assignedSeats }: Booking['segments'][number], traveller: string): string | undefined =>
  assignedSeats.find(({ travellerId }) => travellerId === traveller)?.designator;

const word = ({ item }: SeatPick, says: 'present' | 'absent' | 'unknown'): ItemWord => ({
  item,
  thing: 'seat',
  word: says,
});

const refused = ({ item }: SeatPick, reason: SeatRefusal): ItemWord => ({
  item,
  thing: 'seat',
  word: 'refused',
  reason,
});

const again = (clock: Clock): NoAnswer => ({
  is: 'again',
  at: new Date(clock.now() + AGAIN_MS).toISOString(),
});

/** Of a call before any change: an answer that was lost has lost nothing. */
const notSent = (outcome: NoAnswer, clock: Clock): NoAnswer => (outcome.is === 'unknown' ? again(clock) : outcome);

const NO_MAPS: Outcome<SegmentMap[]> = { is: 'done', value: [] };

/** Codes of a change that is refused for good: booking failed, services not available, price discrepancy. */
const REFUSALS: ReadonlyMap<number, SeatRefusal> = new Map([
  [36870, 'seat_taken'],
  [38034, 'seat_taken'],
  [37200, 'price_changed'],
]);

/** Any other code is a no to this change, unless it says that no change of ours would fare better: address, verb, rights, form. */
const isBusiness = ({ kind, status, code }: Fault): boolean =>
  kind === 'rejected' && (status === 400 || status === 422) && code !== undefined && !MALFORMED.has(code);

const MALFORMED: ReadonlySet<number> = new Set([477, 572, 32171]);

/** Why there is no map any more of a flight that had one when the seat was sold. */
const NO_MAP: ReadonlyMap<NoMapReason, SeatRefusal> = new Map([
  ['cancelled', 'booking_cancelled'],
  ['all_taken', 'seat_taken'],
]);
