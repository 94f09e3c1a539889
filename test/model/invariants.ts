import type { EventRow, AuditRow } from '../../server/domain/ports/store.ts';
import { isBlocked, isConfirmed, isUndecided, itemTarget, kept } from '../../server/domain/transaction/derived.ts';
import { statusOf } from '../../server/domain/transaction/status.ts';
import type { Item, Transaction } from '../../server/domain/transaction/transaction.ts';
import type { RealMoney, RealPayment } from '../support/world-gateway.ts';
import type { RealSeat, RealSeats } from '../support/world-gds.ts';

/** The purchases of a booking, and what is really there. Numbers are those of the invariants: what must hold, and when. */
export interface Books {
  gateway: RealMoney;
  gds: RealSeats;
  transactions: readonly Transaction[];
  /** By purchase: the list that the traveller accepted last. */
  accepted: ReadonlyMap<string, readonly Item[]>;
  now: number;
}

type Bad = (invariant: number, why: string) => void;

export const ulidOf = (id: string): string => id.replace(/^[a-z]+_/, '').split('_')[0]!;

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((total, one) => total + of(one), 0);
const worth = (list: readonly { priceMinor: number }[]): number => sum(list, (one) => one.priceMinor);
const twice = (list: readonly string[]): boolean => new Set(list).size !== list.length;
const refundedMinor = (object: RealPayment): number => sum(object.refunds, (one) => one.amountMinor);
const netMinor = (object: RealPayment): number => object.capturedMinor - refundedMinor(object);
const isThere = (row: RealSeat, item: Item): boolean => row.tampered || (row.seat === 'ours' && row.item === item.id);
const liveDocuments = (row: RealSeat, item: Item): number =>
  row.documents.filter((document) => document.live && document.item === item.id).length;

/** Holds after every commit and every call. */
export function checkAlways(books: Books, bad: Bad): void {
  const { gateway, gds, transactions, now } = books;
  for (const object of gateway.payments()) {
    if (object.captures > 1) bad(4, `${object.id} was captured twice`);
    if (refundedMinor(object) > object.capturedMinor) bad(5, `more was given back than taken of ${object.id}`);
    if (twice(object.refunds.flatMap(({ ours }) => ours ?? []))) bad(5, `a refund of ${object.id} was made twice`);
  }
  if (transactions.filter(({ endedAt }) => endedAt === null).length > 1) bad(10, 'two open purchases');
  const leased = transactions.flatMap((one) =>
    one.effects
      .filter(({ leaseId, leaseUntil }) => leaseId && leaseUntil > now)
      .map(({ lane }) => (lane === 'gds' ? lane : `${one.id} ${lane}`)),
  );
  if (twice(leased)) bad(11, `two leases in one lane: ${leased.join()}`);
  for (const transaction of transactions) {
    if (transaction.payments.filter((payment) => !payment.givenUp).length > 1) bad(10, 'two live payments');
    const effects = transaction.effects.map(({ kind, target, input }) => `${kind}|${target}|${input.key ?? ''}`);
    if (twice(effects)) bad(11, `an unfinished effect twice: ${effects.join()}`);
    if (statusOf(transaction) !== transaction.status) bad(13, 'the stored status is not the derived one');
    for (const item of transaction.items)
      if (liveDocuments(gds.seat(item), item) > 1) bad(9, `two live documents for ${item.id}`);
  }
  for (const row of gds.seats()) {
    if (row.seat !== 'ours') continue;
    const owner = transactions.find(({ id }) => ulidOf(id) === ulidOf(row.item));
    if (!owner || !books.accepted.get(owner.id)?.some(({ id }) => id === row.item))
      bad(14, `${row.item} is there and not in the list accepted last`);
  }
}

/** At the claim of a capture: what it is for is really there, seat and document. Null: nothing against it. */
export function againstCapture(books: Books, transaction: Transaction, amountMinor: number): [number, string] | null {
  if (amountMinor > worth(books.accepted.get(transaction.id) ?? []))
    return [14, `a capture of ${amountMinor}, more than the list accepted last costs`];
  if (transaction.mode !== 'manual') return null;
  const there = transaction.items.filter((item) => {
    const row = books.gds.seat(item);
    return row.tampered || (isThere(row, item) && (!item.needsEmd || liveDocuments(row, item) > 0));
  });
  if (isUndecided(transaction)) return [6, 'a capture while an item is undecided'];
  return amountMinor > worth(there) ? [6, `a capture of ${amountMinor} while ${worth(there)} is there`] : null;
}

/** A hold is let go because nothing is due, never while something may still be. */
export function againstClose(transaction: Transaction, payment: string): [number, string] | null {
  const { end } = transaction.payments.find(({ id }) => id === payment)!;
  if (end || transaction.stopped || kept(transaction) === 0) return null;
  return [7, 'a close while a wanted item that costs something is undecided or sold'];
}

/** The object is opened for no more than the list costs. */
export function againstOpen(books: Books, transaction: Transaction, amountMinor: number): [number, string] | null {
  const costs = worth(books.accepted.get(transaction.id) ?? []);
  return amountMinor > costs ? [14, `opened for ${amountMinor}, the list costs ${costs}`] : null;
}

const ENDS = ['completed', 'partially_completed', 'failed', 'expired', 'refunded', 'attention'];
const UNDER_WAY = ['opening', 'open', 'pending', 'authorised', 'capturing', 'closing', 'unsure'];

/** Holds when nothing comes due any more. */
export function checkAtRest(books: Books, bad: Bad): void {
  for (const transaction of books.transactions) {
    if (!ENDS.includes(transaction.status)) bad(1, `${transaction.id} ends in ${transaction.status}`);
    const left = transaction.effects.filter(({ kind }) => kind !== 'expire');
    if (left.length) bad(1, `${transaction.id} has work left: ${left.map(({ kind }) => kind).join()}`);
    const attended = transaction.attention.some(({ state }) => state !== 'retried');
    if (!attended && transaction.payments.some(({ state }) => UNDER_WAY.includes(state)))
      bad(1, `rests with ${transaction.payments.map(({ state }) => state).join()}`);
    checkMoney(books, transaction, bad);
    checkSeats(books, transaction, bad);
  }
}

function checkMoney({ gateway, gds, accepted }: Books, transaction: Transaction, bad: Bad): void {
  const left = (payment: { id: string }) =>
    isBlocked(transaction, payment.id) ||
    transaction.refunds.some((refund) => refund.payment === payment.id && isBlocked(transaction, refund.id));
  const real = gateway.payments();
  const frozen = transaction.payments.some(left);
  const free = transaction.payments
    .filter((payment) => !left(payment))
    .flatMap((payment) => {
      const object = real.find(({ id }) => id === payment.id);
      return object ? [{ payment, object }] : [];
    });
  for (const { payment, object } of free) {
    if (object.heldMinor > 0) bad(2, `${payment.id} is still held, stored as ${payment.state}`);
    if (payment.capturedMinor !== object.capturedMinor)
      bad(15, `${payment.id} is stored with ${payment.capturedMinor}, really ${object.capturedMinor}`);
    const made = transaction.refunds.filter((one) => one.payment === payment.id && one.state === 'present');
    const stored = sum(made, (one) => one.amountMinor);
    if (stored !== refundedMinor(object))
      bad(15, `refunds of ${payment.id} are stored with ${stored}, really ${refundedMinor(object)}`);
  }
  const net = sum(free, ({ object }) => netMinor(object));
  const seated = transaction.items.filter((item) => isConfirmed(item) && isThere(gds.seat(item), item));
  if (net > worth(seated)) bad(2, `keeps ${net} for seats worth ${worth(seated)}`);
  const listed = (accepted.get(transaction.id) ?? []).filter((item) => isThere(gds.seat(item), item));
  if (net > worth(listed)) bad(2, `keeps ${net}, more than is there of the list`);
  if (free.filter(({ object }) => netMinor(object) > 0).length > 1) bad(4, 'two payments are kept');
  const wanted = transaction.items.filter((item) => item.want === 'keep' && isThere(gds.seat(item), item));
  const paid = sum(free, ({ object }) => object.capturedMinor);
  const held = wanted.filter((item) => !gds.seat(item).tampered);
  if (!frozen && worth(held) > paid) bad(3, `seats worth ${worth(held)} for ${paid}`);
}

function checkSeats({ gds }: Books, transaction: Transaction, bad: Bad): void {
  for (const item of transaction.items) {
    const row = gds.seat(item);
    const there = row.seat === 'ours' && row.item === item.id;
    if (isBlocked(transaction, itemTarget(item))) continue;
    if (item.want === 'drop' && there) bad(3, `${item.id} is dropped, and its seat still there`);
    const documents = liveDocuments(row, item);
    if (isConfirmed(item) && item.needsEmd && documents !== 1) bad(9, `${item.id} has ${documents} documents`);
    if (item.want === 'drop' && documents) bad(9, `${item.id} is dropped, and has a live document`);
    if ((item.seat.state === 'present') !== there && !row.tampered)
      bad(15, `${item.id} is stored as ${item.seat.state}, really ${row.seat} for ${row.item}`);
    const calledOff = transaction.stopped === 'expired' || transaction.stopped === 'abandoned';
    if (calledOff && there) bad(14, 'a seat after the purchase was called off');
  }
}

/** What the partner was told, and what the audit says, of a purchase at rest. */
export function checkRecords(
  transaction: Transaction,
  events: readonly EventRow[],
  audit: readonly AuditRow[],
  bad: Bad,
): void {
  if (events.some(({ seq }, index) => seq !== index + 1)) bad(12, 'a gap in the sequence');
  if (twice(events.map(({ type, about }) => `${type}|${about}`))) bad(12, 'an event was told twice');
  const told = (type: string) => events.filter((one) => one.type === type).length;
  if (events[0]?.type !== 'transaction.created') bad(12, 'created was not told first');
  const { status } = transaction;
  if ((status === 'completed' || status === 'partially_completed') && !told('transaction.completed'))
    bad(12, 'completed was not told');
  if ((status === 'failed' || status === 'expired') && !told('transaction.failed')) bad(12, 'failed was not told');
  if (told('transaction.attention') !== transaction.attention.length) bad(12, 'attention was not told once an entry');
  if (told('refund.processed') < transaction.refunds.filter(({ state }) => state === 'present').length)
    bad(12, 'a refund was not told');
  if (audit.length !== transaction.version || audit.some(({ version }, index) => version !== index + 1))
    bad(13, 'the audit has not one row a version');
  if (audit.some(({ before }, index) => index > 0 && before !== audit[index - 1]!.after))
    bad(13, 'a row of the audit does not continue the last');
}
