import type { Insertable, Selectable } from 'kysely';
import type { TransactionSeals } from '../domain/ports/store.ts';
import type { AttentionEntry, Item, Payment, Refund, Transaction } from '../domain/transaction/transaction.ts';
import type { Flag, PurchaseTables } from './purchase-tables.ts';

type Stored<T extends keyof PurchaseTables> = Selectable<PurchaseTables[T]>;
type Written<T extends keyof PurchaseTables> = Insertable<PurchaseTables[T]>;

/** The rows of a purchase's lists, in their order. */
export interface Parts {
  items: Stored<'items'>[];
  payments: Stored<'payments'>[];
  refunds: Stored<'refunds'>[];
  attention: Stored<'attention'>[];
}

export const flag = (value: boolean): Flag => (value ? 1 : 0);

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** The types of what was written stand for what is read: nobody else writes these columns. */
const parsed = <T>(text: string): T => JSON.parse(text) as T;

/** Optional facts are left out, not there as undefined: a purchase read is the one that was written. */
const given = <K extends string, V>(name: K, value: V | null): Partial<Record<K, V>> =>
  (value === null ? {} : { [name]: value }) as Partial<Record<K, V>>;

export function transactionRow(transaction: Transaction, seals: TransactionSeals): Written<'transactions'> {
  return {
    id: transaction.id,
    brand: transaction.brand,
    booking_key: transaction.bookingKey,
    booking_sealed: seals.booking,
    gds: transaction.gds,
    gateway: transaction.gateway,
    mode: transaction.mode,
    currency: transaction.currency,
    quote: transaction.quote,
    go: flag(transaction.go),
    stopped: transaction.stopped,
    expires_at: transaction.expiresAt,
    status: transaction.status,
    ended_at: transaction.endedAt,
    version: transaction.version,
    event_seq: transaction.eventSeq,
    gds_looks: transaction.gdsLooks,
    touched: flag(transaction.touched),
    can: JSON.stringify(transaction.can),
    asks: JSON.stringify(transaction.asks),
    told: JSON.stringify(transaction.told),
    last_item: transaction.lastItem,
    last_effect: transaction.lastEffect,
    source: seals.attribution?.source ?? null,
    reference: seals.attribution?.reference ?? null,
    variant: seals.attribution?.variant ?? null,
  };
}

/** Everything but the effects, which are claimed beside the purchase (effects.ts). */
export function transactionOf(row: Stored<'transactions'>, parts: Parts): Omit<Transaction, 'effects'> {
  return {
    id: row.id,
    brand: row.brand,
    bookingKey: row.booking_key,
    gds: row.gds,
    gateway: row.gateway,
    mode: row.mode,
    currency: row.currency,
    quote: row.quote,
    go: row.go === 1,
    stopped: row.stopped,
    expiresAt: row.expires_at,
    status: row.status,
    endedAt: row.ended_at,
    version: row.version,
    eventSeq: row.event_seq,
    gdsLooks: row.gds_looks,
    touched: row.touched === 1,
    can: parsed<Transaction['can']>(row.can),
    items: parts.items.map(itemOf),
    payments: parts.payments.map(paymentOf),
    refunds: parts.refunds.map(refundOf),
    attention: parts.attention.map(attentionOf),
    asks: parsed<Transaction['asks']>(row.asks),
    told: parsed<string[]>(row.told),
    lastItem: row.last_item,
    lastEffect: row.last_effect,
  };
}

export function sealsOf(row: Stored<'transactions'>, payments: readonly Stored<'payments'>[]): TransactionSeals {
  const clients: Record<string, Uint8Array> = {};
  for (const { id, client_sealed } of payments) if (client_sealed) clients[id] = client_sealed;
  const { source, reference, variant } = row;
  const attribution = { ...given('source', source), ...given('reference', reference), ...given('variant', variant) };
  return {
    booking: row.booking_sealed,
    clients,
    ...(Object.keys(attribution).length > 0 && { attribution }),
  };
}

export const itemRow = (transaction: string, item: Item, place: number): Written<'items'> => ({
  transaction,
  id: item.id,
  place,
  traveller: item.traveller,
  segment: item.segment,
  leg: item.leg,
  flight_key: item.flightKey,
  designator: item.designator,
  offer_ref: json(item.offerRef),
  price_minor: item.priceMinor,
  taxes_minor: item.taxesMinor ?? null,
  needs_emd: flag(item.needsEmd),
  assent_at: item.assentAt ?? null,
  previous_designator: item.previousDesignator ?? null,
  want: item.want,
  reason: item.reason,
  sold: flag(item.sold),
  seat_state: item.seat.state,
  seat_tries: item.seat.tries,
  emd_state: item.emd.state,
  emd_tries: item.emd.tries,
  document: item.document ?? null,
});

const itemOf = (row: Stored<'items'>): Item => ({
  id: row.id,
  traveller: row.traveller,
  segment: row.segment,
  leg: row.leg,
  flightKey: row.flight_key,
  designator: row.designator,
  offerRef: row.offer_ref === null ? undefined : parsed<unknown>(row.offer_ref),
  priceMinor: row.price_minor,
  ...given('taxesMinor', row.taxes_minor),
  needsEmd: row.needs_emd === 1,
  ...given('assentAt', row.assent_at),
  ...given('previousDesignator', row.previous_designator),
  want: row.want,
  reason: row.reason,
  sold: row.sold === 1,
  seat: { state: row.seat_state, tries: row.seat_tries },
  emd: { state: row.emd_state, tries: row.emd_tries },
  ...given('document', row.document),
});

/** @throws Error for a payment of a purchase that names no gateway */
export function paymentRow(
  { id: transaction, gateway }: Transaction,
  { clients }: TransactionSeals,
  payment: Payment,
  place: number,
): Written<'payments'> {
  if (gateway === null) throw new Error('a payment belongs to a gateway, and this purchase has none');
  return {
    transaction,
    id: payment.id,
    place,
    gateway,
    gateway_ref: payment.gatewayRef,
    state: payment.state,
    asked: payment.asked,
    step: payment.step,
    amount_minor: payment.amountMinor,
    given_up: flag(payment.givenUp),
    end_reason: payment.end,
    captured_minor: payment.capturedMinor,
    captured_once: flag(payment.capturedOnce),
    ever_open: flag(payment.everOpen),
    ranks: JSON.stringify(payment.ranks),
    heard: payment.heard,
    session_result: payment.sessionResult ?? null,
    looks: payment.looks,
    asks_made: JSON.stringify(payment.asksMade),
    means: json(payment.means),
    disputes: JSON.stringify(payment.disputes),
    client_sealed: clients[payment.id] ?? null,
  };
}

const paymentOf = (row: Stored<'payments'>): Payment => ({
  id: row.id,
  gatewayRef: row.gateway_ref,
  state: row.state,
  asked: row.asked,
  step: row.step,
  amountMinor: row.amount_minor,
  givenUp: row.given_up === 1,
  end: row.end_reason,
  capturedMinor: row.captured_minor,
  capturedOnce: row.captured_once === 1,
  everOpen: row.ever_open === 1,
  ranks: parsed<Payment['ranks']>(row.ranks),
  heard: row.heard,
  ...given('sessionResult', row.session_result),
  looks: row.looks,
  asksMade: parsed<Payment['asksMade']>(row.asks_made),
  ...given('means', row.means === null ? null : parsed<NonNullable<Payment['means']>>(row.means)),
  disputes: parsed<Payment['disputes']>(row.disputes),
});

export const refundRow = (transaction: string, refund: Refund, place: number): Written<'refunds'> => ({
  transaction,
  id: refund.id,
  place,
  payment: refund.payment,
  gateway_ref: refund.gatewayRef,
  amount_minor: refund.amountMinor,
  origin: refund.origin,
  state: refund.state,
  tries: refund.tries,
  rank: refund.rank,
  dropped: flag(refund.dropped),
});

const refundOf = (row: Stored<'refunds'>): Refund => ({
  id: row.id,
  payment: row.payment,
  gatewayRef: row.gateway_ref,
  amountMinor: row.amount_minor,
  origin: row.origin,
  state: row.state,
  tries: row.tries,
  rank: row.rank,
  dropped: row.dropped === 1,
});

export const attentionRow = (transaction: string, entry: AttentionEntry, place: number): Written<'attention'> => ({
  transaction,
  place,
  target: entry.target,
  reason: entry.reason,
  state: entry.state,
  raised_at: entry.raisedAt,
  closed_by: entry.closedBy ?? null,
  note: entry.note ?? null,
});

const attentionOf = (row: Stored<'attention'>): AttentionEntry => ({
  target: row.target,
  reason: row.reason,
  state: row.state,
  raisedAt: row.raised_at,
  ...given('closedBy', row.closed_by),
  ...given('note', row.note),
});
