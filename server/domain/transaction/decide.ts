import { decideBooking } from './decide-booking.ts';
import { decidePayment } from './decide-payment.ts';
import { isBlocked, live } from './derived.ts';
import { addEffect, clockLane } from './effects.ts';
import { expireAgainMs } from './times.ts';
import type { PaymentState, Transaction } from './transaction.ts';

/** States in which the traveller may still pay. */
const payable: readonly PaymentState[] = ['opening', 'open', 'pending', 'unsure'];

/**
 * Asks for what is missing: compares the facts with what is wanted, and never looks at the event that brought them here. Nothing is
 * asked of a lane that is busy, nor of a target that is left to a person.
 */
export function decide(transaction: Transaction, at: number): void {
  decideBooking(transaction, at);
  for (const payment of transaction.payments)
    if (!isBlocked(transaction, payment.id)) decidePayment(transaction, payment, at);
  decideClock(transaction, at);
}

/** One timer while the traveller may still pay. */
function decideClock(transaction: Transaction, at: number): void {
  if (transaction.stopped || transaction.go) return;
  const payment = live(transaction);
  if (payment && (!payable.includes(payment.state) || isBlocked(transaction, payment.id))) return;
  if (transaction.effects.some((effect) => effect.kind === 'expire')) return;
  const dueAt = Math.max(transaction.expiresAt, at + expireAgainMs);
  addEffect(transaction, 'expire', clockLane, transaction.id, dueAt);
}
