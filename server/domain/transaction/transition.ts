import { announce } from './announce.ts';
import { apply } from './apply.ts';
import { settleAsk } from './changes.ts';
import { consequences } from './consequences.ts';
import { decide } from './decide.ts';
import type { Answer, MachineEvent } from './event.ts';
import { isSettled, statusOf } from './status.ts';
import type { ToldEvent, Transaction } from './transaction.ts';

/**
 * The one step of a purchase. Pure and total: `event.at` is the only clock, the input is untouched, and no event throws in any state.
 *
 * What is to be done next stands in the new transaction's `effects`; an effect whose outcome `event` carries is taken out before
 * (complete.ts). State, audit, events and effects belong into one commit; one that finds another version reads again and runs this
 * again.
 *
 * @returns the next version, the events that became true with it, and what became of a caller's wish
 */
export function transition(
  before: Transaction,
  event: MachineEvent,
): { transaction: Transaction; events: ToldEvent[]; answer: Answer } {
  const transaction = structuredClone(before);
  transaction.version += 1;
  if (event.answered !== undefined) settleAsk(transaction, event.answered);
  const answer = apply(transaction, event);
  consequences(transaction);
  decide(transaction, event.at);
  transaction.status = statusOf(transaction);
  // once, for ever: after-sales work goes on, but does not reopen the purchase
  if (transaction.endedAt === null && transaction.status !== 'created' && isSettled(transaction))
    transaction.endedAt = event.at;
  return { transaction, events: announce(transaction), answer };
}
