import { formatAmount } from '../money.ts';
import { kept, netMinor } from './derived.ts';
import type { EventType, Payment, ToldEvent, Transaction } from './transaction.ts';

/** What only the caller knows of a purchase: the partner's own reference, and where it was made. */
export interface EventExtras {
  reference?: string | undefined;
  source?: string | undefined;
}

/**
 * The `data` of an event as partners receive it. A type's required fields are always there and of one type; fields may be added,
 * a meaning never changes. No record locator and no name: `transaction_id` is enough to ask the API.
 */
export function describeEvent(
  transaction: Transaction,
  event: ToldEvent,
  extras: EventExtras = {},
): Record<string, unknown> {
  return {
    transaction_id: transaction.id,
    currency: transaction.currency,
    ...(extras.reference !== undefined && { reference: extras.reference }),
    ...(extras.source !== undefined && { source: extras.source }),
    ...details[event.type](transaction, event.about),
  };
}

const details: Record<EventType, (transaction: Transaction, about: string) => Record<string, unknown>> = {
  'transaction.created': (transaction) => amount(transaction, kept(transaction)),
  'transaction.completed': (transaction) => ({
    status: transaction.status,
    ...amount(transaction, netMinor(transaction)),
  }),
  'transaction.failed': (transaction) => ({
    status: transaction.status,
    reason: transaction.stopped ?? 'payment_lost',
  }),
  'transaction.attention': (transaction, about) => attention(transaction, about),
  'fulfillment.updated': (_transaction, about) => ({ status: about }),
  'payment.processed': (transaction, about) => {
    const payment = transaction.payments.find(({ id }) => id === about);
    return { ...paymentIds(transaction, about, payment), ...amount(transaction, payment?.capturedMinor ?? 0) };
  },
  'payment.failed': (transaction, about) => {
    const payment = transaction.payments.find(({ id }) => id === about);
    return { ...paymentIds(transaction, about, payment), reason: payment?.end ?? 'declined' };
  },
  'refund.processed': (transaction, about) => {
    const refund = transaction.refunds.find(({ id }) => id === about);
    return {
      refund_id: about,
      payment_id: refund?.payment ?? null,
      origin: refund?.origin ?? null,
      ...amount(transaction, refund?.amountMinor ?? 0),
    };
  },
  'dispute.opened': (transaction, about) => {
    const found = disputeOf(transaction, about);
    const dueAt = found?.dispute.dueAt ?? null;
    return { ...disputeFields(transaction, about, found), due_at: dueAt };
  },
  'dispute.closed': (transaction, about) => {
    const found = disputeOf(transaction, about);
    return { ...disputeFields(transaction, about, found), outcome: found?.dispute.outcome ?? null };
  },
};

/** Our id is the partner's handle; the gateway's reference stands beside it. */
const paymentIds = (transaction: Transaction, id: string, payment: Payment | undefined) => ({
  payment_id: id,
  gateway: transaction.gateway,
  gateway_reference: payment?.gatewayRef ?? null,
});

type Found = { payment: Payment; dispute: Payment['disputes'][number] } | undefined;

function disputeOf(transaction: Transaction, ref: string): Found {
  for (const payment of transaction.payments)
    for (const dispute of payment.disputes) if (dispute.ref === ref) return { payment, dispute };
  return undefined;
}

const disputeFields = (transaction: Transaction, ref: string, found: Found) => ({
  dispute_id: ref,
  payment_id: found?.payment.id ?? null,
  ...amount(transaction, found?.dispute.amountMinor ?? 0),
});

/** `about` is target, reason and the how manieth time: `item:itm_…:reason:1`. */
function attention(transaction: Transaction, about: string): Record<string, unknown> {
  const [, target = '', reason = ''] = /^(.*):([^:]+):\d+$/.exec(about) ?? [];
  const named = transaction.refunds.some(({ id }) => id === target)
    ? { refund_id: target }
    : target.startsWith('item:')
      ? { item_id: target.slice('item:'.length) }
      : { payment_id: target };
  return { reason, ...named };
}

/** A JSON number in major units, as decimal text reads it, and the same in minor units. */
const amount = ({ currency }: Transaction, amountMinor: number) => ({
  amount: Number(formatAmount({ amountMinor, currency })),
  amount_minor: amountMinor,
});
