import type { Answer } from '../../answer.ts';

/** The vendor's error object, `{ error: … }` on the wire. */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: object;
  payment_method?: object;
}

/** A request that the vendor says no to. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    /** Whether the request got as far as being carried out: only then does its idempotency key remember the answer. */
    readonly carriedOut = false,
  ) {
    super(body.message);
  }
}

export const JSON_TYPE = 'application/json';

export function errorAnswer({ status, body }: Refused): Answer {
  const { code } = body;
  const error = code ? { ...body, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } : body;
  return { status, type: JSON_TYPE, body: { error } };
}

/** A parameter, or the whole request, that cannot be understood. */
export function invalid(message: string, more: { code?: string; param?: string; status?: number } = {}): Refused {
  const { status = 400, ...rest } = more;
  return new Refused(status, { type: 'invalid_request_error', message, ...rest });
}

/** Understood and carried out, but what stands does not allow it. */
export function notAllowed(message: string, more: Partial<ErrorBody> = {}): Refused {
  return new Refused(400, { type: 'invalid_request_error', message, ...more }, true);
}

export const noSuch = (kind: string, id: string, param: string): Refused =>
  invalid(`No such ${kind}: '${id}'`, { status: 404, code: 'resource_missing', param });

export const tooMany = (): Refused =>
  new Refused(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message: 'Request rate limit exceeded. Learn more about rate limits here: https://stripe.com/docs/rate-limits.',
  });
