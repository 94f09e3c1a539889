import { idPart, raiseAttention, settleAsk } from './changes.ts';
import { refundTable } from './tables.ts';
import type { Payment, Refund, Transaction } from './transaction.ts';
import type { RefundWord } from './words.ts';

/** A refund to be made. Changes `transaction`. */
export function addRefund(
  transaction: Transaction,
  payment: string,
  amountMinor: number,
  origin: Refund['origin'],
): Refund {
  const refund: Refund = {
    id: `ref_${idPart(transaction)}_${transaction.refunds.length + 1}`,
    payment,
    gatewayRef: null,
    amountMinor,
    origin,
    state: 'absent',
    tries: 0,
    rank: 0,
    dropped: false,
  };
  transaction.refunds.push(refund);
  return refund;
}

/** A refund that somebody made at the gateway, unless it is known. */
export function foundRefund(transaction: Transaction, payment: Payment, ref: string, amountMinor: number): void {
  if (transaction.refunds.some((refund) => refund.id === ref || refund.gatewayRef === ref)) return;
  const refund = addRefund(transaction, payment.id, amountMinor, 'gateway');
  refund.gatewayRef = ref;
  refund.state = 'present';
  refund.rank = 1;
}

/** `rank`: of gateways that cannot be read; a fact that is not above the one applied says nothing new. */
export function applyRefundWord(
  transaction: Transaction,
  refund: Refund,
  word: RefundWord,
  at: number,
  rank?: number,
): void {
  if (rank) {
    if (rank <= refund.rank) return;
    refund.rank = rank;
  }
  const { next, attention } = refundTable[refund.state][word];
  if (next) refund.state = next;
  if (word === 'refused' && next === 'absent') settleAsk(transaction, refund.id);
  const payment = transaction.payments.find(({ id }) => id === refund.payment);
  // after a failed capture there is nothing to give back
  if (attention && payment?.state === 'captured') raiseAttention(transaction, refund.id, attention, at);
}
