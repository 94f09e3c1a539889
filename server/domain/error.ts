/** The closed list of codes a caller may hear. Programs act on the code, people read the detail. */
export type ErrorCode =
  | 'booking_not_found'
  | 'origin_not_allowed'
  | 'key_unknown'
  | 'key_is_stripes'
  | 'brand_disabled'
  | 'credentials_not_valid'
  | 'token_not_valid'
  | 'link_not_valid'
  | 'session_over'
  | 'client_outdated'
  | 'invalid_request'
  | 'invalid_json'
  | 'body_too_large'
  | 'selection_changed'
  | 'segment_not_found'
  | 'selection_empty'
  | 'purchase_not_found'
  | 'payment_not_offered'
  | 'idempotency_key_reused'
  | 'idempotency_in_progress'
  | 'callback_refused'
  | 'gds_unavailable'
  | 'gds_not_ready'
  | 'gateway_unavailable'
  | 'too_many_requests'
  | 'busy'
  | 'not_found'
  | 'method_not_allowed'
  | 'internal';

/** One invalid field: where (a JSON pointer, RFC 6901) and what to do about it. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/**
 * The one error of the house. `detail` is shown to people: it says what to do and holds no secret, locator or name.
 * What an operator needs goes into `cause`, which is logged and never sent.
 */
export class DepartCartError extends Error {
  override readonly name = 'DepartCartError';
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly more: {
      errors?: FieldError[];
      retryAfterSeconds?: number;
      cause?: unknown;
      extra?: Record<string, unknown>;
    } = {},
  ) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause });
  }
}
