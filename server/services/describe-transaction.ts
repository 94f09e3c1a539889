import type { Booking } from '../domain/booking.ts';
import { formatAmount } from '../domain/money.ts';
import type { TransactionSeals } from '../domain/ports/store.ts';
import { itemState, kept } from '../domain/transaction/derived.ts';
import type { Item, Transaction } from '../domain/transaction/transaction.ts';
import { ulidTime } from '../domain/ulid-time.ts';
import type * as wire from '../wire/transactions.ts';

type Found = { transaction: Transaction; seals: TransactionSeals };

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const money = (amountMinor: number, currency: string): { amount: number; amount_minor: number } => ({
  amount: Number(formatAmount({ amountMinor, currency })),
  amount_minor: amountMinor,
});

/** A purchase as it stands in a list: nothing sealed is opened for it. */
export function describeSummary({ transaction, seals: { attribution } }: Found): wire.TransactionSummary {
  const { currency } = transaction;
  const charged = transaction.payments.reduce((sum, one) => sum + one.capturedMinor, 0);
  const refunded = transaction.refunds.reduce((sum, one) => sum + (one.state === 'present' ? one.amountMinor : 0), 0);
  return {
    id: transaction.id,
    status: transaction.status,
    created_at: new Date(ulidTime(transaction.id.slice('txn_'.length))).toISOString(),
    ended_at: iso(transaction.endedAt),
    currency,
    total: money(kept(transaction), currency),
    charged: money(charged, currency),
    refunded: money(refunded, currency),
    source: attribution?.source ?? null,
    reference: attribution?.reference ?? null,
    variant: attribution?.variant ?? null,
    attention: transaction.attention.filter(({ state }) => state === 'open').map(({ reason }) => reason),
  };
}

/** A purchase whole, for the partner whose customers these are. @param booking as it was read when the purchase began */
export function describeDetail(found: Found, booking: Booking): wire.TransactionDetail {
  const { transaction } = found;
  const { currency } = transaction;
  return {
    ...describeSummary(found),
    record_locator: booking.recordLocator,
    items: transaction.items.map((item) => describeItem(item, booking, currency)),
    payments: transaction.payments.map((payment) => ({
      id: payment.id,
      gateway: transaction.gateway,
      gateway_reference: payment.gatewayRef,
      state: payment.state,
      ...money(payment.amountMinor, currency),
      captured: money(payment.capturedMinor, currency),
      card: payment.means ?? null,
    })),
    refunds: transaction.refunds
      .filter(({ dropped }) => !dropped)
      .map((refund) => ({
        id: refund.id,
        payment_id: refund.payment,
        gateway_reference: refund.gatewayRef,
        origin: refund.origin,
        state: refund.state,
        ...money(refund.amountMinor, currency),
      })),
  };
}

function describeItem(item: Item, booking: Booking, currency: string): wire.TransactionDetail['items'][number] {
  const traveller = booking.travellers.find(({ id }) => id === item.traveller);
  const segment = booking.segments.find(({ id }) => id === item.segment);
  return {
    id: item.id,
    traveller: traveller ? { given_name: traveller.givenName, last_name: traveller.surname } : null,
    segment: segment
      ? {
          flight: `${segment.marketing.airline} ${segment.marketing.number}`,
          from: segment.origin,
          to: segment.destination,
          departs: segment.departure.local,
        }
      : null,
    seat: item.designator,
    ...money(item.priceMinor, currency),
    taxes_minor: item.taxesMinor ?? null,
    state: itemState(item),
    reason: item.reason,
    document: item.document ?? null,
    exit_row_accepted_at: iso(item.assentAt ?? null),
  };
}
