import { stop } from './changes.ts';
import { isConfirmed, kept, live, refundsOf } from './derived.ts';
import type { PaymentState, Transaction } from './transaction.ts';

/** States in which a payment may still pay for what is there. */
const holds: readonly PaymentState[] = ['authorised', 'capturing', 'captured', 'unsure', 'closing'];

/** Facts that follow from other facts, whatever the event was, in this order. */
export function consequences(transaction: Transaction): void {
  const payment = live(transaction);
  const wanted = transaction.items.filter((item) => item.want === 'keep');
  const costs = kept(transaction) > 0;

  // what is left is free, and it was paid for or is there
  const paid = payment?.state === 'authorised' || payment?.state === 'captured';
  if (!transaction.stopped && wanted.length && !costs && (paid || wanted.every(isConfirmed))) transaction.go = true;

  const asked = wanted.some((item) => item.seat.state !== 'absent' || item.emd.state !== 'absent');
  if (!transaction.stopped && costs && asked && !(payment && holds.includes(payment.state)))
    stop(transaction, 'payment_lost');

  for (const one of transaction.payments) {
    if (transaction.stopped || one.state !== 'captured' || one.givenUp) continue;
    const made = refundsOf(transaction, one).filter((refund) => refund.state === 'present');
    const back = made.reduce((sum, refund) => sum + refund.amountMinor, 0);
    if (back >= one.capturedMinor && made.some((refund) => refund.origin === 'gateway'))
      stop(transaction, 'refunded_at_gateway');
  }

  if (!transaction.stopped && transaction.items.every((item) => item.want === 'drop'))
    stop(transaction, 'nothing_assigned');

  const free = transaction.go && kept(transaction) === 0;
  const captured = transaction.payments.some((one) => one.state === 'captured' && !one.givenUp);
  if (free || captured) for (const item of transaction.items) if (isConfirmed(item)) item.sold = true;
}
