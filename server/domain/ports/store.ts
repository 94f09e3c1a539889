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
  keys: KeyRows;
  counters: CounterRows;
  bookings: KeptBookingRows;
  seatMaps: KeptMapRows;
  selections: SelectionRows;
}

/** One version of one brand's file. The settings are sealed whole, since credentials stand among them. */
export interface BrandRow {
  code: string;
  /** 1, 2, 3 …; the highest is in force. */
  version: number;
  publishableKey: string;
  settingsSealed: Uint8Array;
  /** UTC milliseconds. */
  appliedAt: number;
  appliedBy: string;
}

export interface BrandRows {
  /** Adds the next version. Its number must be the one after the newest; another process may have been faster: then false. */
  add(row: BrandRow): Promise<boolean>;
  newest(code: string): Promise<BrandRow | null>;
  newestByPublishableKey(publishableKey: string): Promise<BrandRow | null>;
  /** The newest version of every brand, by code. */
  list(): Promise<BrandRow[]>;
}

/** A random key, wrapped by the master key. */
export interface KeyRow {
  id: string;
  /** '' for a key of the whole deployment. */
  brand: string;
  purpose: 'data' | 'digest' | 'panel_token';
  wrapped: Uint8Array;
  createdAt: number;
}

export interface KeyRows {
  /** Adds the brand's first key for a purpose unless there is one; answers the one that stands. */
  addFirst(row: KeyRow): Promise<KeyRow>;
  newest(brand: string, purpose: KeyRow['purpose']): Promise<KeyRow | null>;
  byId(id: string): Promise<KeyRow | null>;
}

/** Limits are rows, since every process must see the same count. */
export interface CounterRows {
  /** Adds one to the counter's current window and answers the new count. A window starts at its first touch and lasts windowMs. */
  touch(name: string, windowMs: number, now: number): Promise<number>;
  /** The count of the current window; 0 when it is over. */
  count(name: string, now: number): Promise<number>;
  /** Removes windows that are over; answers how many. */
  sweep(now: number): Promise<number>;
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
  sweep(now: number): Promise<number>;
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
}
