import { drop, idPart, stop } from './changes.ts';
import { applyOperator } from './apply-operator.ts';
import { applyPaymentWord } from './apply-payment.ts';
import { addRefund, applyRefundWord, foundRefund } from './apply-refund.ts';
import { applyThing } from './apply-thing.ts';
import { askedGds, isBlocked, kept, live, refundedMinor } from './derived.ts';
import { lookSoon } from './effects.ts';
import type { Answer, MachineEvent } from './event.ts';
import { addItems } from './start.ts';
import { payMs } from './times.ts';
import type { Transaction } from './transaction.ts';

/** Changes the facts by what happened. Total: a word about an unknown target changes nothing. */
export function apply(transaction: Transaction, event: MachineEvent): Answer {
  switch (event.type) {
    case 'reprice':
      return reprice(transaction, event.items);
    case 'pay':
      return pay(transaction, event.quote, event.at);
    case 'cancel':
      return cancel(transaction);
    case 'expire':
      return expire(transaction, event.at);
    case 'refund':
      return refund(transaction, event);
    case 'hint': {
      const payment = transaction.payments.find(({ id }) => id === event.payment);
      if (!payment) return null;
      if (event.sessionResult !== undefined) payment.sessionResult = event.sessionResult;
      if (payment.state !== 'closed' || transaction.can.readable) lookSoon(transaction, payment, event.at);
      return null;
    }
    case 'payment': {
      const payment = transaction.payments.find(({ id }) => id === event.payment);
      if (payment) applyPaymentWord(transaction, payment, event.word, event.facts ?? {}, event.at);
      return null;
    }
    case 'refund_word': {
      const row = transaction.refunds.find(({ id }) => id === event.refund);
      if (row && event.gatewayRef !== undefined) row.gatewayRef = event.gatewayRef;
      if (row) applyRefundWord(transaction, row, event.word, event.at, event.rank);
      return null;
    }
    case 'refund_found': {
      const payment = transaction.payments.find(({ id }) => id === event.payment);
      if (payment) foundRefund(transaction, payment, event.ref, event.amountMinor);
      return null;
    }
    case 'things':
      for (const fact of event.list) {
        const item = transaction.items.find(({ id }) => id === fact.item);
        if (item) applyThing(transaction, item, fact, event.at);
      }
      return null;
    case 'operator':
      return applyOperator(transaction, event);
    case 'tick':
      return null;
  }
}

/** The traveller has not given the money yet: there is no payment, or its object only waits for a card. */
function isUnpaid(transaction: Transaction): boolean {
  const payment = live(transaction);
  return !payment || payment.state === 'opening' || payment.state === 'open';
}

/** The whole list anew. An unpaid payment was made for the old one and is given up; what the partner took off stays off. */
function reprice(transaction: Transaction, items: Extract<MachineEvent, { type: 'reprice' }>['items']): Answer {
  if (transaction.go || transaction.stopped || !items.length) return 'ignored';
  if (askedGds(transaction) || !isUnpaid(transaction)) return 'ignored';
  const payment = live(transaction);
  if (payment) {
    payment.givenUp = true;
    payment.end = 'replaced';
  }
  transaction.items = transaction.items.filter((item) => item.want === 'drop');
  addItems(transaction, items);
  transaction.quote += 1;
  return null;
}

/** The object is opened for the sum of the wanted prices, as the traveller saw it under this quote. */
function pay(transaction: Transaction, quote: number, at: number): Answer {
  if (transaction.stopped) return 'gone';
  if (quote !== transaction.quote) return 'reconfirm';
  if (live(transaction) || transaction.go) return 'joined';
  const amountMinor = kept(transaction);
  if (amountMinor > 0 && transaction.gateway === null) return 'ignored';
  transaction.expiresAt = Math.max(transaction.expiresAt, at + payMs);
  if (amountMinor === 0) {
    transaction.go = true;
    return null;
  }
  transaction.payments.push({
    id: `pay_${idPart(transaction)}_${transaction.payments.length + 1}`,
    gatewayRef: null,
    state: 'opening',
    asked: 'open',
    step: 'card',
    amountMinor,
    givenUp: false,
    end: null,
    capturedMinor: 0,
    capturedOnce: false,
    everOpen: false,
    ranks: {},
    heard: 0,
    looks: 0,
    asksMade: {},
    disputes: [],
  });
  return null;
}

/** By the traveller, in the panel. */
function cancel(transaction: Transaction): Answer {
  if (transaction.stopped || transaction.go || !isUnpaid(transaction)) return 'ignored';
  stop(transaction, 'abandoned');
  return null;
}

function expire(transaction: Transaction, at: number): Answer {
  if (transaction.stopped || transaction.go || at < transaction.expiresAt) return null;
  if (isUnpaid(transaction)) stop(transaction, 'expired');
  return null;
}

/** By the partner, at any time: it changes wants, and the tables do the rest. */
function refund(transaction: Transaction, event: Extract<MachineEvent, { type: 'refund' }>): Answer {
  switch (event.scope) {
    case 'whole':
      if (transaction.stopped) return 'ignored';
      stop(transaction, 'partner');
      return null;
    case 'item':
      return refundItem(transaction, event.item);
    case 'amount':
      return refundAmount(transaction, event.amountMinor);
  }
}

function refundItem(transaction: Transaction, id: string): Answer {
  const item = transaction.items.find((one) => one.id === id);
  if (!item || item.want === 'drop') return 'ignored';
  drop(item, 'partner');
  if (transaction.items.every((one) => one.want === 'drop')) {
    stop(transaction, 'partner');
    return null;
  }
  const paid = transaction.payments.some((payment) => payment.capturedMinor > 0);
  // nothing is paid yet: the traveller has a new sum to confirm
  if (!live(transaction) && !transaction.go && !paid) transaction.quote += 1;
  return null;
}

/** Goodwill: no item is touched, the seats stay. */
function refundAmount(transaction: Transaction, amountMinor: number): Answer {
  const payment = transaction.payments.find((one) => one.state === 'captured' && !one.givenUp);
  if (!payment || isBlocked(transaction, payment.id)) return 'ignored';
  if (!(amountMinor > 0) || amountMinor > payment.capturedMinor - refundedMinor(transaction, payment)) return 'ignored';
  addRefund(transaction, payment.id, amountMinor, 'partner');
  return null;
}
