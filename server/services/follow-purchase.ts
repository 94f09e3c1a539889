import type { Transaction } from '../domain/transaction/transaction.ts';
import type * as wire from '../wire/panel.ts';
import { changePurchase } from './change-purchase.ts';
import { purchaseOf, sayPurchase, waitFor, type FoundPurchase } from './find-purchase.ts';
import { resumeSession, type OpenSession } from './panel-session.ts';
import type { PurchaseServices } from './purchase-services.ts';

interface PanelRequest {
  token: string;
  origin: string | null;
}

/** How long the browser that came back from the gateway waits for our look there. */
const LOOK_MS = 8000;

/** The purchase as it stands. */
export async function showPurchase(
  services: PurchaseServices,
  request: PanelRequest,
): Promise<wire.Answer<wire.Purchase>> {
  const session = await resumeSession(services, request.token, request.origin, { acts: false });
  return answer(services, session, await purchaseOf(services, session.read.key));
}

/**
 * The gateway's browser SDK has spoken. What it said is a hint: we look at the gateway ourselves, and answer with what the look found.
 * @throws DepartCartError `purchase_not_found`, `session_over`
 */
export async function hearReturn(
  services: PurchaseServices,
  request: PanelRequest & { payment: string; said: 'submitted' | 'failed' | 'cancelled' },
): Promise<wire.Answer<wire.Purchase>> {
  const session = await resumeSession(services, request.token, request.origin);
  const { transaction } = await purchaseOf(services, session.read.key);
  const at = services.clock.now();
  await changePurchase(services, transaction.id, 'traveller', () => ({ type: 'hint', at, payment: request.payment }), {
    brand: session.read.brand,
  });
  const looked = (now: Transaction) => !lookIsDue(now, request.payment, services.clock.now());
  return answer(services, session, await waitFor(services, transaction.id, looked, LOOK_MS));
}

/** An explicit "leave" by a button. Closing a page sends nothing: expiry does the rest. */
export async function leavePurchase(
  services: PurchaseServices,
  request: PanelRequest,
): Promise<wire.Answer<wire.Purchase>> {
  const session = await resumeSession(services, request.token, request.origin);
  const { transaction } = await purchaseOf(services, session.read.key);
  const at = services.clock.now();
  await changePurchase(services, transaction.id, 'traveller', () => ({ type: 'cancel', at }), {
    brand: session.read.brand,
  });
  return answer(services, session, await purchaseOf(services, session.read.key));
}

const lookIsDue = (transaction: Transaction, payment: string, now: number): boolean =>
  transaction.effects.some((one) => one.kind === 'inspect_payment' && one.target === payment && one.dueAt <= now);

async function answer(
  services: PurchaseServices,
  { renewed }: OpenSession,
  found: FoundPurchase,
): Promise<wire.Answer<wire.Purchase>> {
  return { success: true, ...(renewed && { token: renewed }), ...(await sayPurchase(services, found)) };
}
