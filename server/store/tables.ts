import type { ColumnDataType } from 'kysely';
import type { BrandRow, KeyRow } from '../domain/ports/store.ts';
import type { PurchaseTables } from './purchase-tables.ts';

/** Where the engines' words for one kind of column differ. */
export interface ColumnKinds {
  bytes: ColumnDataType;
  instant: ColumnDataType;
  /** Minor units: a big sum in a currency of small units does not fit 32 bits. */
  money: ColumnDataType;
}

/** What a statement must know of its engine. */
export interface Engine {
  /** PostgreSQL runs writers side by side and can lock rows between them; SQLite has one writer at a time. */
  rowLocks: boolean;
}

/**
 * The tables as both engines hold them. Instants are UTC milliseconds in a 64-bit integer; `sealed` values are bytes that only
 * `crypto` can open. No column holds a record locator or a name.
 */
export interface Tables extends PurchaseTables {
  brands: {
    code: string;
    version: number;
    publishable_key: string;
    settings: Uint8Array;
    applied_at: number;
    applied_by: string;
    state: BrandRow['state'];
    derived: Uint8Array | null;
  };
  keys: {
    id: string;
    brand: string;
    purpose: KeyRow['purpose'];
    /** 1 is the brand's first key for the purpose; the highest is in use. */
    number: number;
    wrapped: Uint8Array;
    created_at: number;
    ended_at: number | null;
  };
  api_secrets: {
    api_key: string;
    hash: string;
    brand: string;
    created_at: number;
    created_by: string;
    ends_at: number | null;
  };
  brand_files: { hash: string; type: string; bytes: Uint8Array; stored_at: number };
  counters: { name: string; count: number; ends_at: number };
  bookings: { brand: string; booking: string; sealed: Uint8Array; read_at: number };
  seat_maps: {
    brand: string;
    booking: string;
    segment: string;
    sealed: Uint8Array;
    read_at: number;
    expires_at: number;
  };
  selections: { brand: string; booking: string; version: number; sealed: Uint8Array; changed_at: number };
}
