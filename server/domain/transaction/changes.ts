import type { Item, StopReason, Transaction } from './transaction.ts';
import type { Reason } from './words.ts';

/** From keep to drop, never back; the first reason stands. */
export function drop(item: Item, reason: string): void {
  if (item.want === 'drop') return;
  item.want = 'drop';
  item.reason = reason;
}

/** The one way a purchase is called off. What was captured stays on its payment until the refunds took it back. */
export function stop(transaction: Transaction, reason: StopReason): void {
  transaction.stopped = reason;
  for (const item of transaction.items) drop(item, reason);
  for (const payment of transaction.payments) if (payment.state !== 'captured') payment.givenUp = true;
}

/** Leaves a target to a person; one open entry for a target and reason. */
export function raiseAttention(transaction: Transaction, target: string, reason: Reason, at: number): void {
  const stands = transaction.attention.some(
    (entry) => entry.target === target && entry.reason === reason && entry.state === 'open',
  );
  if (!stands) transaction.attention.push({ target, reason, state: 'open', raisedAt: at });
}

/** The end of this asking is known: the next one gets a new key. */
export function settleAsk(transaction: Transaction, ask: string): void {
  const stored = transaction.asks[ask];
  if (stored) stored.inDoubt = false;
}

/** The part that all ids of a purchase share. */
export const idPart = (transaction: Pick<Transaction, 'id'>): string => transaction.id.replace(/^txn_/, '');
