import { isConfirmed, isUndecided } from './derived.ts';
import type { EventType, Payment, ToldEvent, Transaction } from './transaction.ts';

/** The events of a new purchase. */
export function announceStart(transaction: Transaction): ToldEvent[] {
  const events: ToldEvent[] = [];
  tell(transaction, events, 'transaction.created', transaction.id);
  return events;
}

/**
 * What the partner is told of the facts as they stand: each event once, numbered on. Read from facts alone, so that no event is
 * missed, whatever brought them about. Changes `transaction` (numbers, and what was told).
 */
export function announce(transaction: Transaction): ToldEvent[] {
  const events: ToldEvent[] = [];
  const say = (type: EventType, about: string) => tell(transaction, events, type, about);
  for (const payment of transaction.payments) {
    if (hasFailed(payment)) say('payment.failed', payment.id);
    if (payment.capturedOnce) say('payment.processed', payment.id);
  }
  const word = fulfilment(transaction);
  if (word) say('fulfillment.updated', word);
  for (const refund of transaction.refunds) if (refund.state === 'present') say('refund.processed', refund.id);
  for (const dispute of transaction.payments.flatMap((payment) => payment.disputes)) {
    say('dispute.opened', dispute.ref);
    if (dispute.outcome) say('dispute.closed', dispute.ref);
  }
  const times = new Map<string, number>();
  for (const { target, reason } of transaction.attention) {
    const entry = `${target}:${reason}`;
    times.set(entry, (times.get(entry) ?? 0) + 1);
    say('transaction.attention', `${entry}:${times.get(entry)}`);
  }
  const { status, id } = transaction;
  if (status === 'completed' || status === 'partially_completed') say('transaction.completed', id);
  if (status === 'failed' || status === 'expired') say('transaction.failed', id);
  return events;
}

/** Ended while it was live, and not by our own wish. */
const hasFailed = ({ end }: Payment): boolean => end === 'declined' || end === 'lost' || end === 'never_opened';

/** The word for all seats together, once the GDS was asked for any and none is undecided. */
function fulfilment(transaction: Transaction): string | null {
  const { items } = transaction;
  transaction.touched ||= items.some(
    ({ seat, sold, reason }) => seat.tries > 0 || seat.state !== 'absent' || sold || reason === 'seat_taken',
  );
  if (!transaction.touched || isUndecided(transaction)) return null;
  const confirmed = items.filter(isConfirmed).length;
  if (confirmed) return confirmed === items.length ? 'confirmed' : 'partially_confirmed';
  return items.some((item) => item.sold) ? 'cancelled' : 'failed';
}

function tell(transaction: Transaction, events: ToldEvent[], type: EventType, about: string): void {
  const key = `${type}|${about}`;
  if (transaction.told.includes(key)) return;
  transaction.told.push(key);
  transaction.eventSeq += 1;
  events.push({ seq: transaction.eventSeq, type, about });
}
