import { STATUS_CODES } from 'node:http';
import { DepartCartError, type ErrorCode } from '../domain/error.ts';

/** One table from our codes to HTTP. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  booking_not_found: 404,
  origin_not_allowed: 403,
  key_unknown: 401,
  key_is_stripes: 401,
  brand_disabled: 403,
  credentials_not_valid: 401,
  token_not_valid: 401,
  link_not_valid: 404,
  session_over: 401,
  client_outdated: 409,
  invalid_request: 422,
  invalid_json: 400,
  body_too_large: 413,
  selection_changed: 409,
  segment_not_found: 404,
  selection_empty: 409,
  purchase_not_found: 404,
  payment_not_offered: 409,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  callback_refused: 400,
  gds_unavailable: 503,
  gds_not_ready: 503,
  gateway_unavailable: 503,
  too_many_requests: 429,
  busy: 503,
  not_found: 404,
  method_not_allowed: 405,
  internal: 500,
};

/** The closed list of codes that a caller may hear, with their HTTP status. */
export const errorStatuses: Readonly<Record<ErrorCode, number>> = STATUS;

const WORDS: DepartCartError = new DepartCartError(
  'internal',
  'Something went wrong here. Try again; if it stays, tell us the request id.',
);

/** An error as RFC 9457 problem details. Anything that is not ours is `internal`: its text is for the log, never for the caller. */
export function problemOf(
  error: unknown,
  requestId: string,
): { status: number; headers: Record<string, string>; body: object } {
  const known = error instanceof DepartCartError ? error : WORDS;
  const status = STATUS[known.code];
  const { errors, retryAfterSeconds, extra } = known.more;
  return {
    status,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    body: {
      success: false,
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code: known.code,
      detail: known.detail,
      request_id: requestId,
      ...(errors && { errors }),
      ...extra,
    },
  };
}
