import type { Reason } from './words.ts';

/**
 * One purchase on one booking by one brand, as facts. What to do next is computed from these and from nothing else, so a missed,
 * doubled or reordered message from outside needs no code of its own (transition.ts).
 *
 * Times are UTC milliseconds, money is minor units of `currency`. Ids below a transaction are made of its own and a counter
 * (`pay_<ulid>_1`), so that the machine needs no source of chance.
 */
export interface Transaction {
  /** `txn_` + ULID. */
  id: string;
  brand: string;
  /** Digest of GDS and record locator: no locator stands here. */
  bookingKey: string;
  gds: string;
  /** Adapter code; null where nothing could be paid. */
  gateway: string | null;
  /** manual: authorise, assign, capture what was confirmed. automatic: capture at once, refund what could not be assigned. */
  mode: 'manual' | 'automatic';
  currency: string;
  /** Goes up with each new list or price; a payment is made for a quote. */
  quote: number;
  /** Nothing to pay, and the traveller said so: the seats may be asked for. */
  go: boolean;
  stopped: StopReason | null;
  /** The traveller's time to pay ends here. */
  expiresAt: number;
  status: Status;
  /** The first commit in which nothing was left to do; never cleared, so that after-sales does not reopen the purchase. */
  endedAt: number | null;
  /** Counts commits. */
  version: number;
  eventSeq: number;
  /** How many planned looks at the booking were used up. */
  gdsLooks: number;
  /** Whether the GDS was ever asked for a seat in a way that the partner was told of. */
  touched: boolean;
  can: Capabilities;
  items: Item[];
  payments: Payment[];
  refunds: Refund[];
  attention: AttentionEntry[];
  /** The unfinished ones. */
  effects: Effect[];
  asks: Record<string, Ask>;
  /** `type|about` of every event told. */
  told: string[];
  lastItem: number;
  lastEffect: number;
}

/** What the vendors of this purchase can do; kept with it, since settings change and a purchase goes on. */
export interface Capabilities {
  /** The gateway can be asked what became of a payment. */
  readable: boolean;
  /** Closing an unpaid object is final at once. */
  hardClose: boolean;
  removeSeat: boolean;
  refundEmd: boolean;
}

export type StopReason =
  | 'expired'
  | 'abandoned'
  | 'partner'
  | 'operator'
  | 'payment_lost'
  | 'nothing_assigned'
  | 'refunded_at_gateway';

export type Status =
  | 'created'
  | 'processing'
  | 'completed'
  | 'partially_completed'
  | 'failed'
  | 'expired'
  | 'refunded'
  | 'attention';

/** What an item is made of: one seat for one traveller on one segment. */
export interface ItemInput {
  traveller: string;
  segment: string;
  leg: number;
  /** Carrier, number, date, leg: the same flight in other bookings ("being chosen"). */
  flightKey: string;
  designator: string;
  offerRef: unknown;
  priceMinor: number;
  taxesMinor?: number;
  needsEmd: boolean;
  /** When the exit row's condition was accepted; evidence. */
  assentAt?: number;
  /** The unpaid seat that this one replaces. */
  previousDesignator?: string;
}

export interface Item extends ItemInput {
  /** `itm_<ulid>_<n>`; never used twice. */
  id: string;
  want: 'keep' | 'drop';
  /** Why it was dropped. */
  reason: string | null;
  /** Was confirmed and paid for, or free and confirmed: for good. */
  sold: boolean;
  seat: Thing;
  emd: Thing;
  /** Number of the EMD, where one was issued. */
  document?: string;
}

export type ThingState = 'absent' | 'adding' | 'present' | 'removing' | 'unsure';

export interface Thing {
  state: ThingState;
  tries: number;
}

export type PaymentState =
  | 'opening'
  | 'open'
  | 'pending'
  | 'authorised'
  | 'capturing'
  | 'captured'
  | 'closing'
  | 'closed'
  | 'unsure';

/** One try to get the money: one gateway object. */
export interface Payment {
  /** `pay_<ulid>_<n>`. */
  id: string;
  gatewayRef: string | null;
  state: PaymentState;
  asked: 'open' | 'confirm' | 'capture' | 'close';
  /** Only chooses the panel's words. */
  step: 'card' | 'action';
  amountMinor: number;
  /** This money must end as nothing. Goes from no to yes, never back. */
  givenUp: boolean;
  end: string | null;
  capturedMinor: number;
  capturedOnce: boolean;
  everOpen: boolean;
  /** By reference, the rank of the last fact applied (gateways that cannot be read). */
  ranks: Record<string, number>;
  /** Of a hold: 0 nothing heard, 1 it may come, 2 it came. */
  heard: 0 | 1 | 2;
  sessionResult?: string;
  looks: number;
  /** How often each thing was asked for since the last operator's retry. */
  asksMade: Partial<Record<'open' | 'confirm' | 'capture' | 'close', number>>;
  /** As the gateway tells, for receipt and evidence. */
  means?: { brand: string; last4: string };
  disputes: { ref: string; amountMinor: number; dueAt?: string; outcome?: 'won' | 'lost' }[];
}

export interface Refund {
  /** `ref_<ulid>_<n>`. */
  id: string;
  payment: string;
  gatewayRef: string | null;
  amountMinor: number;
  origin: 'machine' | 'partner' | 'gateway';
  state: 'absent' | 'adding' | 'present' | 'unsure';
  tries: number;
  rank: number;
  dropped: boolean;
}

/** A target that the machine leaves alone until a person has decided. */
export interface AttentionEntry {
  /** A payment's id, `item:<id>`, or a refund's id. */
  target: string;
  reason: Reason;
  state: 'open' | 'retried' | 'solved';
  raisedAt: number;
  closedBy?: string;
  note?: string;
}

export type EffectKind =
  | 'open_payment'
  | 'confirm_payment'
  | 'capture_payment'
  | 'close_payment'
  | 'refund_payment'
  | 'inspect_payment'
  | 'assign_seats'
  | 'issue_emds'
  | 'remove_seats'
  | 'refund_emds'
  | 'look_up_booking'
  | 'expire';

/** Something to be done outside, as data. The runner claims it by lease, carries it out and feeds the word back. */
export interface Effect {
  /** `eff_<ulid>_<n>`. */
  id: string;
  kind: EffectKind;
  /** What may have only one call in flight: a payment's id, `gds`, or `clock`. */
  lane: string;
  target: string;
  /** Of a look: the state it was planned for. */
  purpose: string | null;
  input: EffectInput;
  dueAt: number;
  /** A hint may pull a look forward, never before this (quiet time). */
  notBefore: number;
  leaseId: string | null;
  leaseUntil: number;
  claims: number;
  /** How often the vendor answered "again". */
  agains: number;
  /** A write was perhaps sent: no repeat without a look. */
  inDoubt: boolean;
}

export interface EffectInput {
  items?: string[];
  /** The idempotency key, `id:n`. */
  key?: string;
  amountMinor?: number;
  held?: boolean;
  refund?: string;
}

/** One asking has one key: `n` is raised when the last asking has a known end, or when the input differs. */
export interface Ask {
  n: number;
  input: string;
  inDoubt: boolean;
}

/** An outgoing event of a transition, numbered in the commit that causes it. */
export interface ToldEvent {
  seq: number;
  type: EventType;
  /** With the type, unique in the transaction. */
  about: string;
}

export type EventType =
  | 'transaction.created'
  | 'payment.failed'
  | 'payment.processed'
  | 'fulfillment.updated'
  | 'transaction.completed'
  | 'transaction.failed'
  | 'refund.processed'
  | 'transaction.attention'
  | 'dispute.opened'
  | 'dispute.closed';
