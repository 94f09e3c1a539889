import { applyRefundWord, foundRefund } from './apply-refund.ts';
import { raiseAttention, settleAsk } from './changes.ts';
import type { PaymentFacts } from './event.ts';
import { paymentTable } from './tables.ts';
import type { EffectInput, Payment, PaymentState, Transaction } from './transaction.ts';
import type { PaymentWord, Reason } from './words.ts';

/** A gateway's word about one payment, and the facts that came with it. */
export function applyPaymentWord(
  transaction: Transaction,
  payment: Payment,
  word: PaymentWord,
  facts: PaymentFacts,
  at: number,
): void {
  const was = payment.state;
  const cell = paymentTable[was][word];
  if (cell.next) payment.state = cell.next === 'as asked' ? asAsked(payment) : cell.next;
  hear(payment, word, facts);
  if (cell.giveUp) giveUp(payment, 'declined');
  if (payment.state === 'open') payment.everOpen = true;
  if (word === 'approved' && payment.state === 'opening' && was !== 'opening') payment.asked = 'confirm';
  if (payment.state === 'closed') close(transaction, payment, word, facts);
  count(transaction, payment, was, word, facts);
  const news = hearDispute(payment, facts.dispute);
  if (cell.attention && !(word === 'disputed' && news === 'known')) attend(transaction, payment, cell.attention, at);
  else if (news === 'opened') attend(transaction, payment, 'dispute', at);
  if (payment.state !== was) payment.looks = 0;
  if (facts.refunds) hearRefunds(transaction, payment, facts.refunds, at);
}

const asAsked = (payment: Payment): PaymentState =>
  payment.asked === 'capture' ? 'capturing' : payment.asked === 'close' ? 'closing' : 'open';

function giveUp(payment: Payment, end: string): void {
  if (payment.givenUp) return;
  payment.givenUp = true;
  payment.end = end;
}

/** What was learnt beside the state. */
function hear(payment: Payment, word: PaymentWord, facts: PaymentFacts): void {
  if (word === 'pending' && payment.heard === 0) payment.heard = 1;
  if (word === 'authorised' || word === 'captured') payment.heard = 2;
  if (word === 'declined' && payment.heard === 1) payment.heard = 0;
  if (facts.rank) {
    const about = facts.about ?? '';
    payment.ranks[about] = Math.max(payment.ranks[about] ?? 0, facts.rank);
  }
  if (facts.gatewayRef !== undefined) payment.gatewayRef = facts.gatewayRef;
  if (facts.step) payment.step = facts.step;
  if (facts.means) payment.means = { ...facts.means };
}

/** Closed is final for the purchase: what comes later is late money. */
function close(transaction: Transaction, payment: Payment, word: PaymentWord, facts: PaymentFacts): void {
  const ours = payment.givenUp ? (transaction.stopped ?? 'given_up') : null;
  payment.end ??= facts.end ?? ours ?? (word === 'not_done' ? 'never_opened' : 'lost');
  payment.givenUp = true;
}

/** The money that was taken. */
function count(
  transaction: Transaction,
  payment: Payment,
  was: PaymentState,
  word: PaymentWord,
  facts: PaymentFacts,
): void {
  const ask = `${payment.id}:capture`;
  if (payment.state === 'captured') {
    if (was !== 'captured') {
      payment.capturedMinor = facts.capturedMinor ?? askedMinor(transaction, payment, ask);
      payment.capturedOnce = true;
      settleAsk(transaction, ask);
    } else if (facts.capturedMinor !== undefined && facts.capturedMinor > payment.capturedMinor) {
      payment.capturedMinor = facts.capturedMinor;
    }
  } else if (was === 'captured') payment.capturedMinor = 0;
  if (word === 'capture_refused' && payment.state !== was) settleAsk(transaction, ask);
}

/** Where a gateway names no sum, it took what we asked for. */
function askedMinor(transaction: Transaction, payment: Payment, ask: string): number {
  const stored = transaction.asks[ask];
  const input = stored ? (JSON.parse(stored.input) as EffectInput) : {};
  return input.amountMinor ?? payment.amountMinor;
}

function attend(transaction: Transaction, payment: Payment, reason: Reason, at: number): void {
  const nothingGiven = transaction.items.every((item) => item.seat.state === 'absent');
  // a capture that is refused before any seat was given is a decline
  if (reason === 'capture_failed' && nothingGiven) giveUp(payment, 'declined');
  else raiseAttention(transaction, payment.id, reason, at);
}

/** Stores a dispute. Heard of again it is `known`, since a person has had it on the list already. */
function hearDispute(payment: Payment, dispute: PaymentFacts['dispute']): 'opened' | 'known' | null {
  if (!dispute) return null;
  const stored = payment.disputes.find(({ ref }) => ref === dispute.ref);
  if (stored) {
    Object.assign(stored, dispute);
    return 'known';
  }
  payment.disputes.push({ ...dispute });
  return dispute.outcome ? 'known' : 'opened';
}

/** Compares the gateway's refunds with ours: what it has is there, what it has not is not. */
function hearRefunds(
  transaction: Transaction,
  payment: Payment,
  refunds: NonNullable<PaymentFacts['refunds']>,
  at: number,
): void {
  for (const { ref, ours, amountMinor, failed } of refunds) {
    const row = transaction.refunds.find(({ id, gatewayRef }) => id === ours || id === ref || gatewayRef === ref);
    if (row) {
      row.gatewayRef = ref;
      row.amountMinor = amountMinor;
      applyRefundWord(transaction, row, failed ? 'refused' : 'present', at);
    } else if (!failed) foundRefund(transaction, payment, ref, amountMinor);
  }
  const known = new Set(refunds.flatMap(({ ref, ours }) => [ref, ours]));
  for (const row of transaction.refunds) {
    if (row.payment !== payment.id || row.state !== 'unsure') continue;
    if (!known.has(row.id) && !(row.gatewayRef !== null && known.has(row.gatewayRef)))
      applyRefundWord(transaction, row, 'absent', at);
  }
}
