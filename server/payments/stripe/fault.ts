import Stripe from 'stripe';
import { OutboundError } from '../../domain/ports/outbound.ts';
import type { Outcome } from '../../domain/ports/outcome.ts';

/** Why a call brought nothing. Holds no message of Stripe's, since those quote keys and what was sent. */
export interface Fault {
  kind:
    /** Known not to have reached Stripe. */
    | 'not_sent'
    /** Reached Stripe and was not carried out: too many requests, or the same one is under way. */
    | 'wait'
    /** Nobody can say whether it was carried out. */
    | 'no_answer'
    /** The bank's or the risk rules' no. */
    | 'declined'
    /** Not possible as the object is now: only reading tells how it is. */
    | 'state'
    /** The key was used for another request before: our fault, and that other request may have been carried out. */
    | 'key_reused'
    | 'credentials'
    | 'address'
    | 'invalid';
  /** What was asked, as the log names it. */
  call: string;
  status?: number;
  code?: string;
  param?: string;
  requestId?: string;
  retryAfterMs?: number;
}

/** By the SDK's kinds of error, status and code [payments.md 3.3: stripe 23.1.0, Error.js]. */
export function faultOf(error: Stripe.errors.StripeError, call: string): Fault {
  const { statusCode, code, param, requestId, headers } = error;
  const about = {
    call,
    ...(statusCode !== undefined && { status: statusCode }),
    ...(code && { code }),
    ...(param && { param }),
    ...(requestId && { requestId }),
  };
  if (error instanceof Stripe.errors.StripeConnectionError) return { kind: connectionKind(error.detail), ...about };
  const kind = kindOf(error, statusCode, code);
  if (kind !== 'wait') return { kind, ...about };
  return { kind, ...about, ...retryAfter(headers?.['retry-after']) };
}

function connectionKind(cause: unknown): Fault['kind'] {
  if (!(cause instanceof OutboundError)) return 'no_answer';
  if (cause.kind === 'refused_address') return 'address';
  return cause.sent ? 'no_answer' : 'not_sent';
}

function kindOf(error: Stripe.errors.StripeError, status: number | undefined, code: string | undefined): Fault['kind'] {
  // The answer was no JSON: whoever gave it, the request had left.
  if (status === undefined || status >= 500) return 'no_answer';
  if (status === 409 || status === 429 || code === 'rate_limit') return 'wait';
  if (status === 401 || status === 403) return 'credentials';
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'key_reused';
  if (error instanceof Stripe.errors.StripeCardError) return 'declined';
  if (STATE.has(code ?? '') || (!code && error.param?.startsWith('amount'))) return 'state';
  return 'invalid';
}

function retryAfter(header: string | undefined): { retryAfterMs?: number } {
  return header && /^\d{1,4}$/.test(header) ? { retryAfterMs: Number(header) * 1000 } : {};
}

/** A write's fault in the port's words, where nothing but the fault is known. */
export function outcomeOfWrite<T>(fault: Fault, now: number): Outcome<T> {
  switch (fault.kind) {
    case 'not_sent':
    case 'wait':
      return again(fault, now);
    case 'declined':
      return { is: 'declined', reason: fault.code ?? 'declined' };
    case 'no_answer':
    case 'key_reused':
    case 'state':
      return { is: 'unknown' };
    case 'credentials':
    case 'address':
    case 'invalid':
      return { is: 'refused_by_configuration', detail: detailOf(fault) };
  }
}

/** A read may be repeated whatever became of it. */
export function outcomeOfRead<T>(fault: Fault, now: number): Outcome<T> {
  const outcome = outcomeOfWrite<T>(fault, now);
  return outcome.is === 'unknown' || outcome.is === 'declined' ? again(fault, now) : outcome;
}

export const again = <T>({ retryAfterMs = 0 }: Pick<Fault, 'retryAfterMs'>, now: number): Outcome<T> => ({
  is: 'again',
  at: new Date(now + retryAfterMs).toISOString(),
});

/** For the operator: what Stripe refused, and where to look. */
export function detailOf({ kind, call, status, code, param, requestId }: Fault): string {
  const said = [
    status && `HTTP ${status}`,
    code && `code ${code}`,
    param && `parameter ${param}`,
    requestId && `request ${requestId}`,
  ];
  const where = `${call} (${said.filter(Boolean).join(', ')})`;
  if (kind === 'address') return 'the address of Stripe may not be called: check payment.base_url';
  if (kind === 'credentials')
    return `Stripe refuses the key for ${where}: check payment.credentials.secret_key and its rights`;
  if (code === 'amount_too_small')
    return `the amount is below the least that Stripe takes in this currency, for ${where}`;
  if (code === 'resource_missing')
    return `Stripe does not know the object of ${where}: check that the key is of the same account`;
  return `Stripe refuses ${where}: its log of requests says why`;
}

/** Codes that say how the object is, or what amount it would bear, and nothing of our request's form. */
const STATE: ReadonlySet<string> = new Set([
  'payment_intent_unexpected_state',
  'intent_invalid_state',
  'status_transition_invalid',
  'charge_already_captured',
  'charge_already_refunded',
  'charge_disputed',
  'charge_expired_for_capture',
  'capture_charge_authorization_expired',
  'capture_unauthorized_payment',
  'charge_not_refundable',
  'refund_disputed_payment',
  'amount_too_large',
  'amount_too_small',
  'invalid_charge_amount',
]);
