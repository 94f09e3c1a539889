import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../../server/domain/ports/store.ts';
import { openStore } from '../../../server/store/database.ts';

/** One engine. `fresh` answers the URL of a database that nobody has opened yet, reachable from other processes. */
export interface StoreHarness {
  fresh(): Promise<string>;
}

/** Two handles on one database, as two processes would have. */
export interface OpenedStore {
  store: Store;
  other: Store;
  url: string;
}

/** A database for the tests of one `describe`. */
export function useStore(harness: StoreHarness): OpenedStore {
  const opened = {} as OpenedStore;
  beforeAll(async () => {
    opened.url = await harness.fresh();
    opened.store = await openStore(opened.url);
    opened.other = await openStore(opened.url);
  });
  afterAll(async () => {
    await opened.store?.close();
    await opened.other?.close();
  });
  return opened;
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (sealed: Uint8Array | undefined): string => new TextDecoder().decode(sealed);

/** Every value a byte can have: what no text column would carry. */
export const allBytes = Uint8Array.from({ length: 256 }, (_, value) => value);
