import type { BrandSettings } from '../domain/brand.ts';
import { CallbackRefused, type GatewayCallback } from '../domain/ports/payments.ts';
import { DepartCartError } from '../domain/error.ts';
import type { MachineEvent } from '../domain/transaction/event.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import { eventOfFact } from '../domain/transaction/hear-callback.ts';
import { changePurchase } from './change-purchase.ts';
import { isAsAsked } from './is-as-asked.ts';
import type { PurchaseServices } from './purchase-services.ts';

/**
 * What a gateway sends us. Verified on the raw bytes; heard once; then only a hint to look, but for what a look could not tell: a
 * payment that is not as asked (`mismatch`), a dispute, and all that a gateway says that cannot be read.
 * @throws DepartCartError `callback_refused` (forged, damaged, too old, another gateway), `not_found`
 */
export async function receiveCallback(
  services: PurchaseServices,
  request: { gateway: string; brand: string; raw: Uint8Array; headers: Record<string, string | string[] | undefined> },
): Promise<{ received: true }> {
  const brand = await services.brands.byCode(request.brand);
  const port = brand && brand.payment?.provider === request.gateway ? services.paymentsOf(brand) : null;
  if (!brand || !port) throw new DepartCartError('not_found', 'There is nothing at this path.');
  const now = services.clock.now();
  const callback = verified(() => port.callback(request.raw, request.headers, now));
  const place = { table: 'callbacks', row: `${request.gateway} ${callback.eventId}`, brand: brand.code, field: 'raw' };
  const rawSealed = await services.vault.seal(place, Buffer.from(request.raw).toString('utf8'));
  const row = { gateway: request.gateway, brand: brand.code, eventId: callback.eventId, rawSealed, receivedAt: now };
  const id =
    callback.gatewayRef && (await services.store.rows.transactions.byPayment(request.gateway, callback.gatewayRef));
  if (!id) {
    services.log.info({ brand: brand.code, gateway: request.gateway }, 'a callback for a payment that is not ours');
    await services.store.rows.callbacks.add(row);
    return { received: true };
  }
  // Heard first, remembered after: killed in between, the gateway sends it again, and a hint twice is a hint.
  await changePurchase(services, id, request.gateway, (transaction) => eventOf(brand, transaction, callback, now), {
    brand,
  });
  await services.store.rows.callbacks.add(row);
  return { received: true };
}

function verified<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CallbackRefused)) throw error;
    throw new DepartCartError('callback_refused', 'The signature of this callback does not hold, or it is too old.', {
      cause: error,
    });
  }
}

function eventOf(
  brand: BrandSettings,
  transaction: Transaction,
  callback: GatewayCallback,
  at: number,
): MachineEvent | null {
  const payment = transaction.payments.find((one) => one.gatewayRef === callback.gatewayRef);
  if (!payment) return null;
  if (!isAsAsked(brand, transaction, payment, callback)) {
    return { type: 'payment', at, payment: payment.id, word: 'mismatch' };
  }
  if (callback.dispute && !callback.dispute.outcome) {
    return { type: 'payment', at, payment: payment.id, word: 'disputed', facts: { dispute: callback.dispute } };
  }
  return callback.fact ? eventOfFact(payment, callback.fact, at) : { type: 'hint', at, payment: payment.id };
}
