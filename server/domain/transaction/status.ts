import { due, isBlocked, isConfirmed, itemTarget, live, owed } from './derived.ts';
import type { Item, Payment, Status, Transaction } from './transaction.ts';

/** Nothing is left to do: what is not at its end is left to a person. */
export const isSettled = (transaction: Transaction): boolean =>
  transaction.payments.every((payment) => isPaymentSettled(transaction, payment)) &&
  transaction.items.every((item) => isBlocked(transaction, itemTarget(item)) || isItemSettled(item)) &&
  transaction.refunds.every(
    (refund) => refund.dropped || refund.state === 'present' || isBlocked(transaction, refund.id),
  );

function isPaymentSettled(transaction: Transaction, payment: Payment): boolean {
  if (payment.state === 'closed') return true;
  if (payment.state === 'captured' && due(transaction, payment) !== null && owed(transaction, payment) <= 0)
    return true;
  return transaction.attention.some((entry) => entry.target === payment.id && entry.state === 'solved');
}

const isItemSettled = (item: Item): boolean =>
  item.want === 'keep' ? isConfirmed(item) : item.seat.state === 'absent' && item.emd.state === 'absent';

/** One word for the whole purchase, derived from its facts. The first line that applies. */
export function statusOf(transaction: Transaction): Status {
  if (transaction.attention.some((entry) => entry.state === 'open')) return 'attention';
  if (isUntouched(transaction)) return 'created';
  if (!isSettled(transaction)) return 'processing';

  const sold = transaction.items.filter((item) => item.sold);
  if (!sold.length) return transaction.stopped === 'expired' ? 'expired' : 'failed';

  const took = transaction.payments.reduce((sum, payment) => sum + payment.capturedMinor, 0);
  const back = transaction.refunds.reduce(
    (sum, refund) => sum + (refund.state === 'present' ? refund.amountMinor : 0),
    0,
  );
  const paidOrFree = took > 0 || transaction.go;
  if (transaction.items.every((item) => item.want === 'drop') || (took > 0 && back >= took))
    return paidOrFree ? 'refunded' : 'failed';
  if (!paidOrFree) return 'failed';
  return sold.length === transaction.items.length ? 'completed' : 'partially_completed';
}

/** The traveller's turn: nothing asked of the GDS, no money on its way. */
function isUntouched(transaction: Transaction): boolean {
  if (transaction.stopped || transaction.go) return false;
  if (!transaction.items.every((item) => item.want === 'keep' && item.seat.state === 'absent')) return false;
  const payment = live(transaction);
  return !payment || payment.state === 'opening' || payment.state === 'open';
}
