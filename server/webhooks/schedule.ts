import type { DeliveryRow } from '../domain/ports/store.ts';

/** What an attempt ended as. */
export interface AttemptEnd {
  /** Counts from 1. */
  no: number;
  /** HTTP status; null when no answer came. */
  status: number | null;
  fault: string | null;
  /** The answer's Retry-After; null: none. */
  retryAfterMs: number | null;
  /** UTC milliseconds: a delay counts from here. */
  endedAt: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Between the attempts of a delivery: the schedule that the Standard Webhooks specification gives as its example. Ten attempts, three days. */
const DELAYS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

export const MOST_ATTEMPTS = DELAYS_MS.length + 1;

/** Spreads the repeats of many deliveries that failed together; never earlier than the schedule says. */
const JITTER = 0.1;
const RETRY_AFTER_MS_MAX = 24 * HOUR;

/** 410: the endpoint is gone and says so. An address that may not be called, or an endpoint that stands in no file, stays so. */
const GONE = 410;
const FINAL_FAULTS: readonly (string | null)[] = ['unsafe_destination', 'endpoint_removed'];

/**
 * What follows an attempt: any 2xx is delivered, whatever its body; everything else, redirects included, comes again until the
 * schedule ends. Retry-After may lengthen a delay, never shorten it.
 *
 * @param random 0 to 1: how much of the jitter to add
 */
export function afterAttempt(end: AttemptEnd, random: number): { state: DeliveryRow['state']; dueAt: number } {
  if (end.status !== null && end.status >= 200 && end.status <= 299) return { state: 'delivered', dueAt: end.endedAt };
  const delay = DELAYS_MS[end.no - 1];
  if (delay === undefined || end.status === GONE || FINAL_FAULTS.includes(end.fault))
    return { state: 'given_up', dueAt: end.endedAt };
  const spread = Math.round(delay * (1 + JITTER * random));
  const asked = Math.min(end.retryAfterMs ?? 0, RETRY_AFTER_MS_MAX);
  return { state: 'waiting', dueAt: end.endedAt + Math.max(spread, asked) };
}

/** Reads Retry-After (seconds or an HTTP date, RFC 9110 10.2.3). null: none, or unreadable. */
export function readRetryAfter(text: string | undefined, now: number): number | null {
  const value = text?.trim();
  if (!value) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * SECOND;
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
