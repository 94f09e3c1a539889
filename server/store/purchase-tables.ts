import type {
  AttentionEntry,
  Effect,
  EventType,
  Item,
  Payment,
  Refund,
  Status,
  StopReason,
  ThingState,
  Transaction,
} from '../domain/transaction/transaction.ts';
import type { Reason } from '../domain/transaction/words.ts';
import type { DeliveryRow } from '../domain/ports/store.ts';

/** 0 or 1: the engines have no truth value in common. */
export type Flag = 0 | 1;

/**
 * A purchase in rows. What a constraint must see has a column of its own; what is only a fact of its row may be JSON, in a text column.
 * `place` keeps the order of a list.
 */
export interface PurchaseTables {
  transactions: {
    id: string;
    brand: string;
    booking_key: string;
    booking_sealed: Uint8Array;
    gds: string;
    gateway: string | null;
    mode: Transaction['mode'];
    currency: string;
    quote: number;
    go: Flag;
    stopped: StopReason | null;
    expires_at: number;
    status: Status;
    ended_at: number | null;
    version: number;
    event_seq: number;
    gds_looks: number;
    touched: Flag;
    /** JSON. */
    can: string;
    /** JSON: the idempotency keys' counters, by ask. */
    asks: string;
    /** JSON. */
    told: string;
    last_item: number;
    last_effect: number;
    source: string | null;
    reference: string | null;
    variant: string | null;
  };
  items: {
    transaction: string;
    id: string;
    place: number;
    traveller: string;
    segment: string;
    leg: number;
    flight_key: string;
    designator: string;
    /** JSON. */
    offer_ref: string | null;
    price_minor: number;
    taxes_minor: number | null;
    needs_emd: Flag;
    assent_at: number | null;
    previous_designator: string | null;
    want: Item['want'];
    reason: string | null;
    sold: Flag;
    seat_state: ThingState;
    seat_tries: number;
    emd_state: ThingState;
    emd_tries: number;
    document: string | null;
  };
  payments: {
    transaction: string;
    id: string;
    place: number;
    gateway: string;
    gateway_ref: string | null;
    state: Payment['state'];
    asked: Payment['asked'];
    step: Payment['step'];
    amount_minor: number;
    given_up: Flag;
    end_reason: string | null;
    captured_minor: number;
    captured_once: Flag;
    ever_open: Flag;
    /** JSON. */
    ranks: string;
    heard: Payment['heard'];
    session_result: string | null;
    looks: number;
    /** JSON. */
    asks_made: string;
    /** JSON. */
    means: string | null;
    /** JSON. */
    disputes: string;
    client_sealed: Uint8Array | null;
  };
  refunds: {
    transaction: string;
    id: string;
    place: number;
    payment: string;
    gateway_ref: string | null;
    amount_minor: number;
    origin: Refund['origin'];
    state: Refund['state'];
    tries: number;
    rank: number;
    dropped: Flag;
  };
  attention: {
    transaction: string;
    place: number;
    target: string;
    reason: Reason;
    state: AttentionEntry['state'];
    raised_at: number;
    closed_by: string | null;
    note: string | null;
  };
  effects: {
    id: string;
    transaction: string;
    /** The version that added it: with `place`, the order of the list. */
    since: number;
    place: number;
    kind: Effect['kind'];
    /** Of the whole database, not of the purchase: two purchases of one booking share its GDS lane. */
    lane: string;
    target: string;
    /** The idempotency key; '' where there is none. */
    key: string;
    purpose: string | null;
    /** JSON. */
    input: string;
    due_at: number;
    not_before: number;
    lease_id: string | null;
    lease_until: number;
    claims: number;
    agains: number;
    in_doubt: Flag;
    done_at: number | null;
    /** The version in which it was done or dropped; its audit row says by what. */
    done_version: number | null;
  };
  audit: {
    transaction: string;
    version: number;
    event: string;
    actor: string;
    at: number;
    before: string;
    after: string;
  };
  events: {
    id: string;
    brand: string;
    transaction: string;
    seq: number;
    type: EventType;
    about: string;
    at: number;
    body: string;
  };
  deliveries: {
    id: string;
    brand: string;
    event: string;
    type: EventType;
    endpoint: string;
    state: DeliveryRow['state'];
    attempts: number;
    due_at: number;
    lease_id: string | null;
    lease_until: number;
  };
  attempts: {
    delivery: string;
    no: number;
    at: number;
    ms: number;
    status: number | null;
    fault: string | null;
  };
  callbacks: {
    gateway: string;
    brand: string;
    event_id: string;
    raw_sealed: Uint8Array;
    received_at: number;
  };
  idempotency: {
    brand: string;
    route: string;
    key: string;
    body_hash: string;
    answer_sealed: Uint8Array | null;
    status: number | null;
    started_at: number;
  };
}
