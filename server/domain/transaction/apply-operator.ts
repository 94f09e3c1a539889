import { drop, stop } from './changes.ts';
import { itemTarget } from './derived.ts';
import type { Answer, MachineEvent } from './event.ts';
import type { AttentionEntry, Transaction } from './transaction.ts';

type OperatorEvent = Extract<MachineEvent, { type: 'operator' }>;

/** A person's decision about a target on the attention list. */
export function applyOperator(transaction: Transaction, event: OperatorEvent): Answer {
  const entry = transaction.attention.find(({ target, state }) => target === event.target && state === 'open');
  if (!entry) return 'ignored';
  if (event.action === 'solved') solve(transaction, event);
  else {
    end(entry, 'retried', event);
    startAfresh(transaction, event.target);
    if (event.action === 'reverse') stop(transaction, 'operator');
  }
  return null;
}

function end(entry: AttentionEntry, state: 'retried' | 'solved', event: OperatorEvent): void {
  entry.state = state;
  entry.closedBy = event.by;
  entry.note = event.note;
}

/** The operator states the truth. A payment goes on from there; an item or a refund is left as it is for good. */
function solve(transaction: Transaction, event: Extract<OperatorEvent, { action: 'solved' }>): void {
  const { target } = event;
  const payment = transaction.payments.find(({ id }) => id === target);
  for (const entry of transaction.attention) {
    if (entry.target !== target) continue;
    if (entry.state === 'open') end(entry, payment ? 'retried' : 'solved', event);
    else if (payment) entry.state = 'retried';
  }
  if (payment) {
    const took = event.tookMinor ?? 0;
    payment.looks = 0;
    payment.capturedMinor = took;
    if (took > 0) {
      payment.state = 'captured';
      payment.capturedOnce = true;
    } else {
      payment.state = 'closed';
      payment.end ??= 'by_hand';
      payment.givenUp = true;
    }
  }
  const item = transaction.items.find((one) => itemTarget(one) === target);
  if (item) {
    const held = event.held ?? false;
    item.seat.state = held ? 'present' : 'absent';
    item.emd.state = held && item.needsEmd ? 'present' : 'absent';
    if (!held) drop(item, 'by_hand');
  }
  const refund = transaction.refunds.find(({ id }) => id === target);
  if (refund && event.made) refund.state = 'present';
  else if (refund) refund.dropped = true;
  // what was asked of the vendor before has no say any more
  transaction.effects = transaction.effects.filter((effect) => effect.lane !== target);
}

/** Tries, askings and looks of a target are counted from nothing. */
function startAfresh(transaction: Transaction, target: string): void {
  const payment = transaction.payments.find(({ id }) => id === target);
  if (payment) {
    payment.looks = 0;
    payment.asksMade = {};
  }
  const refund = transaction.refunds.find(({ id }) => id === target);
  if (refund) {
    refund.tries = 0;
    if (refund.state === 'adding') refund.state = 'unsure';
  }
  const item = transaction.items.find((one) => itemTarget(one) === target);
  if (item) {
    item.seat.tries = 0;
    item.emd.tries = 0;
    transaction.gdsLooks = 0;
  }
}
