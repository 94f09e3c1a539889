import { announceStart } from './announce.ts';
import { idPart } from './changes.ts';
import { addEffect, clockLane } from './effects.ts';
import { payMs } from './times.ts';
import type { Capabilities, Item, ItemInput, ToldEvent, Transaction } from './transaction.ts';

export interface Start {
  /** `txn_` + ULID. */
  id: string;
  brand: string;
  bookingKey: string;
  gds: string;
  /** null where nothing can be paid. */
  gateway: string | null;
  mode: Transaction['mode'];
  currency: string;
  can: Capabilities;
  items: readonly ItemInput[];
  /** UTC milliseconds. */
  at: number;
}

/** A new purchase: the traveller has a list, and until `expiresAt` to pay for it. */
export function startTransaction(start: Start): { transaction: Transaction; events: ToldEvent[] } {
  const { id, brand, bookingKey, gds, gateway, mode, currency, can, items, at } = start;
  const transaction: Transaction = {
    id,
    brand,
    bookingKey,
    gds,
    gateway,
    mode,
    currency,
    quote: 1,
    go: false,
    stopped: null,
    expiresAt: at + payMs,
    status: 'created',
    endedAt: null,
    version: 1,
    eventSeq: 0,
    gdsLooks: 0,
    touched: false,
    can: { ...can },
    items: [],
    payments: [],
    refunds: [],
    attention: [],
    effects: [],
    asks: {},
    told: [],
    lastItem: 0,
    lastEffect: 0,
  };
  addItems(transaction, items);
  addEffect(transaction, 'expire', clockLane, id, transaction.expiresAt);
  return { transaction, events: announceStart(transaction) };
}

/** Adds wanted items under ids that were never used. Changes `transaction`. */
export function addItems(transaction: Transaction, items: readonly ItemInput[]): void {
  for (const input of items) {
    transaction.lastItem += 1;
    const item: Item = {
      ...structuredClone(input),
      id: `itm_${idPart(transaction)}_${transaction.lastItem}`,
      want: 'keep',
      reason: null,
      sold: false,
      seat: { state: 'absent', tries: 0 },
      emd: { state: 'absent', tries: 0 },
    };
    transaction.items.push(item);
  }
}
