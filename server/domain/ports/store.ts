import type { Attribution } from './crypto.ts';
import type { Effect, EventType, ToldEvent, Transaction } from '../transaction/transaction.ts';

/**
 * The database, as the rest of the server sees it. Two engines stand behind it and one contract suite proves both.
 *
 * `rows` runs each statement on its own. `atomically` is the one way to write several: inside it use only the handle you were
 * given (the outer one would wait for ever, so it is refused), await store calls and never a vendor, and write before you read what
 * you depend on. It is not called "transaction", because a transaction is a purchase.
 */
export interface Store {
  readonly rows: Rows;
  atomically<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
  /** Answers when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Rows {
  brands: BrandRows;
  brandFiles: BrandFileRows;
  apiSecrets: ApiSecretRows;
  keys: KeyRows;
  counters: CounterRows;
  bookings: KeptBookingRows;
  seatMaps: KeptMapRows;
  selections: SelectionRows;
  transactions: TransactionRows;
  events: EventRows;
  deliveries: DeliveryRows;
  callbacks: CallbackRows;
  idempotency: IdempotencyRows;
}

/** One version of one brand's file. The settings are sealed whole, since credentials stand among them. */
export interface BrandRow {
  code: string;
  /** 1, 2, 3 …; the highest is in force. */
  version: number;
  publishableKey: string;
  settingsSealed: Uint8Array;
  /** What was made of the file when it was applied and costs too much to make again, sealed: keys of old ids, addresses of logos. */
  derivedSealed: Uint8Array | null;
  /** `disabled`: sells nothing any more; what was begun goes to its end. */
  state: 'on' | 'disabled';
  /** UTC milliseconds. */
  appliedAt: number;
  appliedBy: string;
}

export interface BrandRows {
  /** Adds the next version. Its number must be the one after the newest; another process may have been faster: then false. */
  add(row: BrandRow): Promise<boolean>;
  newest(code: string): Promise<BrandRow | null>;
  /** Every version of a brand, newest first. */
  versions(code: string): Promise<BrandRow[]>;
  newestByPublishableKey(publishableKey: string): Promise<BrandRow | null>;
  /** The newest version of every brand, by code. */
  list(): Promise<BrandRow[]>;
}

/** A file of a brand's that we serve, by its content: a logo. */
export interface BrandFileRow {
  /** SHA-256 of the bytes, hex. */
  hash: string;
  /** Media type. */
  type: string;
  bytes: Uint8Array;
  storedAt: number;
}

export interface BrandFileRows {
  /** The same content stays as it is. */
  put(row: BrandFileRow): Promise<void>;
  get(hash: string): Promise<BrandFileRow | null>;
}

/** A secret of a brand's API key, as its hash: the secret itself is shown once and stored nowhere. */
export interface ApiSecretRow {
  /** `dck_…`; a brand has one. */
  apiKey: string;
  /** SHA-256, base64url. */
  hash: string;
  brand: string;
  createdAt: number;
  /** Who had it made. */
  createdBy: string;
  /** null: until it is replaced. */
  endsAt: number | null;
}

export interface ApiSecretRows {
  add(row: ApiSecretRow): Promise<void>;
  /** Newest first, those that ended too. */
  byApiKey(apiKey: string): Promise<ApiSecretRow[]>;
  ofBrand(brand: string): Promise<ApiSecretRow[]>;
  /** Sets when a secret ends; an earlier end stays. */
  end(apiKey: string, hash: string, at: number): Promise<void>;
}

/** A random key, wrapped by the master key. */
export interface KeyRow {
  id: string;
  /** '' for a key of the whole deployment. */
  brand: string;
  purpose: 'data' | 'digest' | 'panel_token' | 'bearer_token' | 'encrypted_id';
  wrapped: Uint8Array;
  createdAt: number;
  /** From then on nothing made with it is accepted; null: in use. */
  endedAt: number | null;
}

export interface KeyRows {
  /** Adds the brand's first key for a purpose unless there is one; answers the one that stands. */
  addFirst(row: KeyRow): Promise<KeyRow>;
  /** Adds the brand's next key for a purpose, which is used from then on. */
  addNext(row: KeyRow): Promise<void>;
  /** Of those that have not ended. */
  newest(brand: string, purpose: KeyRow['purpose']): Promise<KeyRow | null>;
  /** Every key of a brand for a purpose, newest first, those that ended too. */
  ofPurpose(brand: string, purpose: KeyRow['purpose']): Promise<KeyRow[]>;
  byId(id: string): Promise<KeyRow | null>;
  end(id: string, at: number): Promise<void>;
  /** Every key, for a change of the master key. */
  list(): Promise<KeyRow[]>;
  /** The same key under another master key. False when it is not wrapped as `before` any more. */
  rewrap(id: string, before: Uint8Array, wrapped: Uint8Array): Promise<boolean>;
}

/** Limits are rows, since every process must see the same count. */
export interface CounterRows {
  /** Adds one to the counter's current window and answers the new count. A window starts at its first touch and lasts windowMs. */
  touch(name: string, windowMs: number, now: number): Promise<number>;
  /** Takes one back of the current window. */
  release(name: string, now: number): Promise<void>;
  /** The count of the current window; 0 when it is over. */
  count(name: string, now: number): Promise<number>;
  /** Removes windows that are over, at most so many; answers how many. Other rows' `sweep` does the same with what is older. */
  sweep(now: number, limit: number): Promise<number>;
}

/** `booking` is a digest (ports/crypto.ts): no locator stands in a row. */
export interface BookingKey {
  brand: string;
  booking: string;
}

export interface KeptBookingRows {
  get(key: BookingKey): Promise<{ sealed: Uint8Array; readAt: number } | null>;
  /** Unless a later read is kept already: a slow answer must not take a newer one back. */
  put(key: BookingKey, row: { sealed: Uint8Array; readAt: number }): Promise<void>;
  sweep(readBefore: number, limit: number): Promise<number>;
}

export interface KeptMapRow {
  segment: string;
  sealed: Uint8Array;
  readAt: number;
  expiresAt: number;
}

export interface KeptMapRows {
  get(key: BookingKey, segment: string): Promise<KeptMapRow | null>;
  /** Unless a later read is kept already. */
  put(key: BookingKey, row: KeptMapRow): Promise<void>;
  /** After a seat was assigned or refused: what was read is no longer true. */
  drop(key: BookingKey): Promise<void>;
  /** Those that have expired. */
  sweep(now: number, limit: number): Promise<number>;
}

export interface SelectionRow {
  version: number;
  sealed: Uint8Array;
  changedAt: number;
}

export interface SelectionRows {
  get(key: BookingKey): Promise<SelectionRow | null>;
  /** Writes the version after `expected` (0: the first). False when the stored one is another: nothing was written. */
  replace(key: BookingKey, expected: number, row: { sealed: Uint8Array; changedAt: number }): Promise<boolean>;
  sweep(changedBefore: number, limit: number): Promise<number>;
}

/** What a purchase keeps beside its facts: sealed, opened by services only. */
export interface TransactionSeals {
  /** The booking as read at `start`. */
  booking: Uint8Array;
  /** By payment id: what the gateway's browser SDK needs, so that a reload can resume the card field. */
  clients: Record<string, Uint8Array>;
  /** In the clear: the partner's own words. */
  attribution?: Attribution;
}

/** Who or what changed a purchase, and how: states only, no names. */
export interface AuditRow {
  transaction: string;
  version: number;
  event: string;
  actor: string;
  at: number;
  before: string;
  after: string;
}

export interface TransactionFilter {
  limit: number;
  /** Ids below this one: the page after it. */
  before?: string | undefined;
  /** Ids from this one on, itself too. */
  from?: string | undefined;
  status?: string | undefined;
  source?: string | undefined;
  reference?: string | undefined;
  /** A booking's digest. */
  booking?: string | undefined;
}

export interface TransactionRows {
  /**
   * Adds a purchase with its effects. Answers the open one of the booking instead, where there is one (unique open purchase per
   * booking): nothing was written then.
   */
  add(
    transaction: Transaction,
    seals: TransactionSeals,
    audit: AuditRow,
  ): Promise<{ added: true } | { added: false; open: string }>;
  /** Inside `atomically` it stays as read until the commit: the next writer waits. A lease is taken in the same way. */
  get(id: string): Promise<{ transaction: Transaction; seals: TransactionSeals } | null>;
  /** The open purchase of a booking, else the one that ended last. */
  ofBooking(key: BookingKey): Promise<{ transaction: Transaction; seals: TransactionSeals } | null>;
  byPayment(gateway: string, gatewayRef: string): Promise<string | null>;
  /**
   * Writes the facts of the next version and its audit row. False when the stored version is not `transaction.version - 1`:
   * nothing was written, read again and run the machine again. Effects are compared by id: new ones added, missing ones closed.
   * Leases of those that stay are left as they are.
   */
  save(transaction: Transaction, seals: TransactionSeals, audit: AuditRow): Promise<boolean>;
  /** Newest first: ids sort by time. */
  list(brand: string, filter: TransactionFilter): Promise<{ transaction: Transaction; seals: TransactionSeals }[]>;
  /** Open attention entries of every brand, or of one. */
  attention(brand?: string): Promise<Transaction[]>;
  audit(id: string): Promise<AuditRow[]>;
  /** An effect that is due and whose lane holds no unexpired lease; earliest first. Marks nothing. */
  dueEffects(now: number, limit: number): Promise<{ transaction: string; effect: Effect }[]>;
  /**
   * Takes the lease, clearing an expired one of the same lane in the same statement or commit. False: somebody else holds the lane, or
   * the row is gone.
   */
  lease(effect: string, lease: { id: string; until: number; now: number; inDoubt: boolean }): Promise<boolean>;
  /** Gives the lease back and says when the effect is due again. False when the lease is not ours any more. */
  release(
    effect: string,
    leaseId: string,
    again: { dueAt: number; inDoubt: boolean; agains: number },
  ): Promise<boolean>;
  /** When the next effect comes due; null: none. */
  nextDue(): Promise<number | null>;
  /** Effects that are done: the audit says what came of them. */
  sweepEffects(doneBefore: number, limit: number): Promise<number>;
}

/** An event as it is delivered: its body is fixed in the commit that caused it. */
export interface EventRow extends ToldEvent {
  /** `evt_<ulid>_<seq>`. */
  id: string;
  brand: string;
  transaction: string;
  at: number;
  /** JSON, byte for byte what is signed and sent. */
  body: string;
}

export interface EventRows {
  /** Unique by transaction and seq, and by transaction, type and about. */
  add(rows: readonly EventRow[]): Promise<void>;
  ofTransaction(transaction: string): Promise<EventRow[]>;
}

export interface DeliveryRow {
  /** `dlv_` + event id + endpoint. */
  id: string;
  brand: string;
  event: string;
  type: EventType;
  /** The endpoint's place in the brand's file, by a digest of its URL. */
  endpoint: string;
  state: 'waiting' | 'delivered' | 'given_up';
  attempts: number;
  dueAt: number;
  leaseId: string | null;
  leaseUntil: number;
}

export interface AttemptRow {
  delivery: string;
  no: number;
  at: number;
  ms: number;
  /** HTTP status; null when no answer came. */
  status: number | null;
  fault: string | null;
}

export interface DeliveryRows {
  add(rows: readonly DeliveryRow[]): Promise<void>;
  /**
   * Claims up to `limit` waiting deliveries that are due and hold no unexpired lease, with the events they carry; earliest first. Of one
   * purchase and endpoint only the first that waits: later events stay behind it until it is delivered or given up.
   */
  claim(lease: {
    id: string;
    now: number;
    until: number;
    limit: number;
  }): Promise<{ delivery: DeliveryRow; event: EventRow }[]>;
  /** Records an attempt and what follows. False when the lease is not ours any more: the answer is thrown away. */
  complete(
    leaseId: string,
    delivery: string,
    attempt: AttemptRow,
    next: { state: DeliveryRow['state']; dueAt: number },
  ): Promise<boolean>;
  attempts(delivery: string): Promise<AttemptRow[]>;
  /** Attempts of events that were delivered. Those of others are a person's to look at. */
  sweepAttempts(madeBefore: number, limit: number): Promise<number>;
  list(brand: string, limit: number): Promise<DeliveryRow[]>;
  nextDue(): Promise<number | null>;
}

export interface CallbackRows {
  /** False: this event of the gateway was heard before. */
  add(row: {
    gateway: string;
    brand: string;
    eventId: string;
    rawSealed: Uint8Array;
    receivedAt: number;
  }): Promise<boolean>;
  sweep(receivedBefore: number, limit: number): Promise<number>;
}

/** The stored answer of a write: the same key and body get it again. */
export interface IdempotencyRow {
  brand: string;
  route: string;
  key: string;
  bodyHash: string;
  /** null: still running. */
  answerSealed: Uint8Array | null;
  status: number | null;
  startedAt: number;
}

export interface IdempotencyRows {
  /** Adds the key, or answers the row that stands. A row that was left running is taken over after `staleMs`. */
  begin(row: IdempotencyRow, staleMs: number): Promise<{ begun: true } | { begun: false; row: IdempotencyRow }>;
  finish(brand: string, route: string, key: string, status: number, answerSealed: Uint8Array): Promise<void>;
  /** Forgets a begun key whose work failed without effect. */
  abandon(brand: string, route: string, key: string): Promise<void>;
  sweep(olderThan: number, limit: number): Promise<number>;
}
