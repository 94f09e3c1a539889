import type { Purchase } from '../../server/wire/panel.ts';
import type { Paying, PayingPage } from './paying.ts';

/** Which page a purchase is at. */
export function pageOf({ purchase, problem, lost, isMoved, doing }: Omit<Paying, 'page'>): PayingPage {
  if (lost.length) return 'lost';
  if (!purchase) return problem && !problem.isTried ? 'not-started' : 'starting';
  const page = pageOfStatus(purchase);
  if (page === 'pay' && isMoved) return 'price';
  // While the gateway's own window asks on this page, the page stays beneath it.
  return page === 'bank' && doing ? 'pay' : page;
}

function pageOfStatus(purchase: Purchase): PayingPage {
  const step = purchase.payment?.step;
  switch (purchase.status) {
    case 'created':
      return step === 'action' ? 'bank' : step === 'working' ? 'pending' : 'pay';
    case 'processing':
      return pageOfProcessing(purchase);
    case 'completed':
      return 'done';
    case 'partially_completed':
      return 'partly';
    case 'attention':
      return pageOfAttention(purchase);
    default:
      return purchase.status;
  }
}

function pageOfProcessing({ payment, items }: Purchase): PayingPage {
  const isWanted = items.some(({ state }) => state === 'pending' || state === 'confirmed');
  if (!isWanted || payment?.step === 'released' || payment?.step === 'declined') return 'ending';
  return payment && payment.step !== 'held' && payment.step !== 'taken' ? 'pending' : 'confirming';
}

/** In these the airline has done its part: what is left lies between the gateway and the operator. */
const settledWithAirline = new Set(['capture_outcome_missing', 'capture_failed', 'dispute']);

function pageOfAttention({ attention = [], items }: Purchase): PayingPage {
  const isTheirs = items.some(({ state }) => state === 'confirmed');
  return isTheirs && attention.every((reason) => settledWithAirline.has(reason)) ? 'done' : 'checking';
}

/** Whether something moves that the traveller waits for. */
export function isMoving({ purchase, doing, page }: Paying): boolean {
  if (!purchase || doing === 'bank') return false;
  if (doing === 'pay' || purchase.payment?.step === 'wait') return page === 'pay';
  return page === 'bank' || page === 'pending' || page === 'confirming' || page === 'ending' || page === 'checking';
}
