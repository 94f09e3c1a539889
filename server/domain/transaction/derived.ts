import type { Item, Payment, Refund, Transaction } from './transaction.ts';

/** How an item is named on the attention list. */
export const itemTarget = (item: Item): string => `item:${item.id}`;

/** Whether a person has to decide about this target, or has decided that it is left alone. */
export const isBlocked = (transaction: Transaction, target: string): boolean =>
  transaction.attention.some((entry) => entry.target === target && entry.state !== 'retried');

/** Wanted, seated, and with its EMD where one is needed. */
export const isConfirmed = (item: Item): boolean =>
  item.want === 'keep' && item.seat.state === 'present' && (!item.needsEmd || item.emd.state === 'present');

/** How an item is shown outside. */
export const itemState = (item: Item): 'pending' | 'confirmed' | 'failed' | 'cancelled' =>
  item.want === 'keep' ? (isConfirmed(item) ? 'confirmed' : 'pending') : item.sold ? 'cancelled' : 'failed';

/** Some item is wanted and its end not known: money waits for that. */
export const isUndecided = (transaction: Transaction): boolean =>
  transaction.items.some((item) => item.want === 'keep' && !isConfirmed(item));

/** The payment that is not given up; at most one. */
export const live = (transaction: Transaction): Payment | undefined =>
  transaction.payments.find((payment) => !payment.givenUp);

/** The prices of all wanted items, in minor units. */
export const kept = (transaction: Transaction): number =>
  transaction.items.reduce((sum, item) => sum + (item.want === 'keep' ? item.priceMinor : 0), 0);

/** What this payment should finally have taken, in minor units; null while some item is undecided. */
export const due = (transaction: Transaction, payment: Payment): number | null =>
  payment.givenUp ? 0 : isUndecided(transaction) ? null : kept(transaction);

/** The refunds of a payment that count. */
export const refundsOf = (transaction: Transaction, payment: Payment): Refund[] =>
  transaction.refunds.filter((refund) => refund.payment === payment.id && !refund.dropped);

/** The sum of a payment's refunds, made or asked for, in minor units. `except`: leave this one out. */
export const refundedMinor = (transaction: Transaction, payment: Payment, except?: Refund): number =>
  refundsOf(transaction, payment).reduce((sum, refund) => sum + (refund === except ? 0 : refund.amountMinor), 0);

/**
 * What still has to go back on a captured payment, in minor units; never more than is there. The partner's goodwill does not count
 * against it, a refund made at the gateway does. 0 while it is not known what is due. `except`: leave this refund out.
 */
export function owed(transaction: Transaction, payment: Payment, except?: Refund): number {
  const keeps = due(transaction, payment);
  if (keeps === null) return 0;
  const back = refundsOf(transaction, payment).reduce(
    (sum, refund) => sum + (refund === except || refund.origin === 'partner' ? 0 : refund.amountMinor),
    0,
  );
  const there = payment.capturedMinor - refundedMinor(transaction, payment, except);
  return Math.min(payment.capturedMinor - keeps - back, there);
}

/** Taken less given back, over all payments, in minor units. */
export const netMinor = (transaction: Transaction): number =>
  transaction.payments.reduce((sum, payment) => sum + payment.capturedMinor, 0) -
  transaction.refunds.reduce((sum, refund) => sum + (refund.state === 'present' ? refund.amountMinor : 0), 0);

/** Seats and EMDs may be asked for: the money is there, or nothing is to be paid. The one place, but one, where the modes differ. */
export function isSecured(transaction: Transaction): boolean {
  if (transaction.go && kept(transaction) === 0) return true;
  const payment = live(transaction);
  if (!payment || isBlocked(transaction, payment.id)) return false;
  return payment.state === 'captured' || (payment.state === 'authorised' && transaction.mode === 'manual');
}

/** Whether the GDS was ever asked for something. Until then the list may be replaced. */
export const askedGds = (transaction: Transaction): boolean =>
  transaction.items.some(({ seat, emd }) => [seat, emd].some((thing) => thing.state !== 'absent' || thing.tries > 0));
