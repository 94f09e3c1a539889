import { DepartCartError } from '../domain/error.ts';
import type { BookingKey, TransactionSeals } from '../domain/ports/store.ts';
import { live } from '../domain/transaction/derived.ts';
import type { Answer } from '../domain/transaction/event.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import type * as wire from '../wire/panel.ts';
import { describePurchase, type PurchaseWords } from './describe-purchase.ts';
import type { PurchaseServices } from './purchase-services.ts';

export interface FoundPurchase {
  transaction: Transaction;
  seals: TransactionSeals;
}

/** The open purchase of a booking, else the one that ended last. @throws DepartCartError `purchase_not_found` */
export async function purchaseOf(services: PurchaseServices, key: BookingKey): Promise<FoundPurchase> {
  const found = await services.store.rows.transactions.ofBooking(key);
  if (!found) throw new DepartCartError('purchase_not_found', 'There is no purchase on this booking. Start one.');
  return found;
}

/** Where a payment's client data is sealed to: what the gateway's browser SDK needs. */
export const clientPlace = (transaction: Pick<Transaction, 'brand'>, payment: string) => ({
  table: 'payments',
  row: payment,
  brand: transaction.brand,
  field: 'client',
});

export const bookingPlace = (transaction: Pick<Transaction, 'brand' | 'id'>) => ({
  table: 'transactions',
  row: transaction.id,
  brand: transaction.brand,
  field: 'booking',
});

/** A purchase in the panel's words, with the live payment's client data opened. */
export async function sayPurchase(
  services: PurchaseServices,
  { transaction, seals }: FoundPurchase,
  words: Omit<PurchaseWords, 'field'> & { answer?: Answer } = {},
): Promise<wire.Purchase> {
  const payment = live(transaction);
  const sealed = payment && seals.clients[payment.id];
  if (!payment || !sealed) return describePurchase(transaction, words);
  const field = JSON.parse(await services.vault.open(clientPlace(transaction, payment.id), sealed)) as Record<
    string,
    unknown
  >;
  return describePurchase(transaction, { ...words, field });
}

const POLL_MS = 50;

/** Waits until the purchase is as wanted, at most so long; answers it as it stands then. */
export async function waitFor(
  services: PurchaseServices,
  id: string,
  until: (transaction: Transaction) => boolean,
  mostMs: number,
): Promise<FoundPurchase> {
  const end = services.clock.now() + mostMs;
  for (;;) {
    const found = await services.store.rows.transactions.get(id);
    if (!found) throw new DepartCartError('purchase_not_found', 'There is no purchase on this booking. Start one.');
    if (until(found.transaction) || services.clock.now() >= end) return found;
    await services.clock.sleep(POLL_MS);
  }
}
