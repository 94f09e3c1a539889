import { addRefund, applyRefundWord } from './apply-refund.ts';
import { raiseAttention, settleAsk } from './changes.ts';
import { due, isBlocked, kept, owed, refundedMinor } from './derived.ts';
import { addEffect, addWrite, isLaneQuiet, plannedLook } from './effects.ts';
import { looksMs, mostBackTries, mostTries, overdueStates } from './times.ts';
import { paymentTable } from './tables.ts';
import type { EffectInput, EffectKind, Payment, Refund, Transaction } from './transaction.ts';

/** One payment's lane: what it should do next, and a planned look as long as its outcome is not final. */
export function decidePayment(transaction: Transaction, payment: Payment, at: number): void {
  if (payment.state !== 'captured') {
    // no money is there to give back
    for (const refund of transaction.refunds)
      if (refund.payment === payment.id && refund.state === 'absent') refund.dropped = true;
  }
  if (isLaneQuiet(transaction, payment.id)) {
    decideMoney(transaction, payment, at);
    if (payment.state === 'captured') decideRefund(transaction, payment, at);
  }
  planLook(transaction, payment, at);
}

function decideMoney(transaction: Transaction, payment: Payment, at: number): void {
  const asked = (name: 'confirm' | 'capture' | 'close') => payment.asksMade[name] ?? 0;
  if (payment.state === 'opening' && payment.asked === 'confirm' && asked('confirm') >= mostTries) {
    payment.state = 'open';
    payment.givenUp = true;
    payment.end = 'declined';
  }
  switch (payment.state) {
    case 'opening':
      return askGateway(transaction, payment, payment.asked === 'confirm' ? 'confirm' : 'open', {}, at);
    case 'open':
      if (!payment.givenUp) return;
      return close(transaction, payment, false, at);
    case 'authorised': {
      const keeps = due(transaction, payment) ?? (transaction.mode === 'automatic' ? kept(transaction) : null);
      if (keeps === 0) return close(transaction, payment, true, at);
      if (keeps === null) return;
      if (asked('capture') >= mostBackTries) return raiseAttention(transaction, payment.id, 'capture_failed', at);
      payment.state = 'capturing';
      return askGateway(transaction, payment, 'capture', { amountMinor: Math.min(keeps, payment.amountMinor) }, at);
    }
    case 'captured': {
      const back = owed(transaction, payment);
      if (back > 0) addRefund(transaction, payment.id, back, 'machine');
      return;
    }
    default:
      return;
  }
}

function close(transaction: Transaction, payment: Payment, held: boolean, at: number): void {
  if ((payment.asksMade.close ?? 0) >= mostBackTries)
    return raiseAttention(transaction, payment.id, 'payment_outcome_missing', at);
  payment.state = 'closing';
  payment.givenUp = true;
  askGateway(transaction, payment, 'close', { held }, at);
}

const effectOf = {
  open: 'open_payment',
  confirm: 'confirm_payment',
  capture: 'capture_payment',
  close: 'close_payment',
} as const satisfies Record<Payment['asked'], EffectKind>;

function askGateway(
  transaction: Transaction,
  payment: Payment,
  what: Payment['asked'],
  input: EffectInput,
  at: number,
): void {
  payment.asksMade[what] = (payment.asksMade[what] ?? 0) + 1;
  payment.asked = what;
  payment.looks = 0;
  addWrite(transaction, effectOf[what], payment, `${payment.id}:${what}`, input, at);
}

/** The first refund that is not made yet: never for more than is still owed (ours), or still there (the partner's). */
function decideRefund(transaction: Transaction, payment: Payment, at: number): void {
  for (const refund of transaction.refunds) {
    if (refund.payment !== payment.id || refund.state !== 'absent' || refund.dropped) continue;
    if (isBlocked(transaction, refund.id)) continue;
    const room =
      refund.origin === 'machine'
        ? owed(transaction, payment, refund)
        : payment.capturedMinor - refundedMinor(transaction, payment, refund);
    if (room < refund.amountMinor) {
      refund.amountMinor = Math.max(0, room);
      settleAsk(transaction, refund.id);
    }
    if (refund.amountMinor === 0) {
      refund.dropped = true;
      const back = owed(transaction, payment);
      if (back > 0) addRefund(transaction, payment.id, back, 'machine');
      continue;
    }
    if (refund.tries >= mostBackTries) return raiseAttention(transaction, refund.id, 'refund_failed', at);
    refund.tries += 1;
    refund.state = 'adding';
    payment.looks = 0;
    const input = { refund: refund.id, amountMinor: refund.amountMinor };
    return addWrite(transaction, 'refund_payment', payment, refund.id, input, at);
  }
}

const isAwaited = (transaction: Transaction, payment: Payment, refund: Refund): boolean =>
  refund.payment === payment.id &&
  (refund.state === 'unsure' || refund.state === 'adding') &&
  !isBlocked(transaction, refund.id);

/** A look is planned while the outcome is not final, whoever else may call. At the end of the list: `overdue`. */
function planLook(transaction: Transaction, payment: Payment, at: number): void {
  const awaited = transaction.refunds.filter((refund) => isAwaited(transaction, payment, refund));
  const purpose = awaited.length ? 'refund' : payment.state;
  const waitsMs = awaited.length ? looksMs.unsure : waitsOf(transaction, payment);
  const planned = plannedLook(transaction, payment);
  const running = planned?.leaseId && planned.leaseUntil > at;
  if (planned && planned.purpose !== purpose && !running)
    transaction.effects = transaction.effects.filter((effect) => effect !== planned);
  if (!waitsMs || !isLaneQuiet(transaction, payment.id) || plannedLook(transaction, payment)) return;

  const waitMs = waitsMs[payment.looks];
  if (waitMs !== undefined) {
    payment.looks += 1;
    addEffect(transaction, 'inspect_payment', payment.id, payment.id, at + waitMs, {}, purpose);
  } else if (awaited.length) {
    for (const refund of awaited) applyRefundWord(transaction, refund, 'overdue', at);
  } else if (overdueStates.includes(payment.state)) {
    const reason = paymentTable[payment.state].overdue.attention;
    if (reason) raiseAttention(transaction, payment.id, reason, at);
  }
}

/** What is closed for good at once, or cannot be read, or never was the traveller's, needs no look. */
function waitsOf(transaction: Transaction, payment: Payment): readonly number[] | null {
  if (payment.state === 'opening') return null;
  const { hardClose, readable } = transaction.can;
  if (payment.state === 'closed' && (hardClose || !readable || !payment.everOpen)) return null;
  return looksMs[payment.state];
}
