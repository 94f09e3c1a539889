import { due, itemState, kept } from '../domain/transaction/derived.ts';
import type { Answer } from '../domain/transaction/event.ts';
import type { Item, Payment, Transaction } from '../domain/transaction/transaction.ts';
import type * as wire from '../wire/panel.ts';

/** What only this call knows of a purchase. */
export interface PurchaseWords {
  answer?: Answer;
  /** Of the payment whose turn is the traveller's: what the gateway's browser SDK needs. */
  field?: Record<string, unknown>;
  /** By item id: the price that was shown before. */
  was?: ReadonlyMap<string, number>;
}

/** A purchase as the traveller's panel hears it. */
export function describePurchase(transaction: Transaction, words: PurchaseWords = {}): wire.Purchase {
  const payment = transaction.payments.at(-1) ?? null;
  const charged = transaction.payments.reduce((sum, one) => sum + one.capturedMinor, 0);
  const refunded = transaction.refunds.reduce((sum, one) => sum + (one.state === 'present' ? one.amountMinor : 0), 0);
  const told = words.answer && words.answer !== 'ignored' ? words.answer : undefined;
  return {
    transaction: transaction.id,
    version: transaction.version,
    quote: transaction.quote,
    status: transaction.status,
    items: transaction.items.map((item) => describeItem(item, words.was)),
    currency: transaction.currency,
    total: kept(transaction),
    ...(charged && { charged }),
    ...(refunded && { refunded }),
    ...(transaction.status === 'created' && { expires_at: new Date(transaction.expiresAt).toISOString() }),
    ...(told && { answer: told }),
    payment: payment && describePayment(transaction, payment, words.field),
    ...(transaction.status === 'attention' && {
      attention: transaction.attention.filter((one) => one.state === 'open').map((one) => one.reason),
    }),
  };
}

function describeItem(item: Item, was: PurchaseWords['was']): wire.PurchaseItem {
  const before = was?.get(item.id);
  return {
    pick: {
      traveller: item.traveller,
      segment: item.segment,
      designator: item.designator,
      ...(item.assentAt !== undefined && { assent: true as const }),
    },
    price: item.priceMinor,
    ...(before !== undefined && before !== item.priceMinor && { was: before }),
    state: itemState(item),
    ...(item.reason && { why: item.reason }),
    ...(item.document && { document: item.document }),
  };
}

function describePayment(
  transaction: Transaction,
  payment: Payment,
  field?: Record<string, unknown>,
): wire.PurchasePayment {
  const step = stepOf(transaction, payment);
  return {
    id: payment.id,
    step,
    ...((step === 'field' || step === 'action') && field && { field }),
    ...(payment.means && { means: payment.means }),
  };
}

/** Whose turn it is, in the panel's words. */
function stepOf(transaction: Transaction, payment: Payment): wire.PurchasePayment['step'] {
  if (payment.end === 'declined' && payment.capturedMinor === 0) return 'declined';
  switch (payment.state) {
    case 'opening':
      return 'wait';
    case 'open':
      return payment.givenUp ? 'released' : payment.step === 'action' ? 'action' : 'field';
    case 'pending':
    case 'unsure':
      return 'working';
    case 'authorised':
    case 'capturing':
      return due(transaction, payment) === 0 ? 'released' : 'held';
    case 'captured':
      return 'taken';
    case 'closing':
    case 'closed':
      return 'released';
  }
}
