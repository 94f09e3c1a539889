import { guideSignature, standardSignature } from '../signatures.ts';

/** One attempt, as far as its headers depend on it. */
export interface AttemptFacts {
  event: { id: string; type: string; body: string };
  /** Counts from 1. */
  no: number;
  /** UTC milliseconds, taken right before the request is written. */
  at: number;
  secret: string;
}

/** The whole attempt, DNS to the last response header. The guide tells partners to answer within 10 seconds. */
export const DEADLINE_MS = 10_000;

/**
 * The headers of the guide's profile: its signature over the body, and the three of Standard Webhooks beside it, which cover the
 * time as well. Type and attempt are told again outside the body, for routing and logs; neither is signed.
 */
export function guideHeaders({ event, no, at, secret }: AttemptFacts): Record<string, string> {
  const timestamp = Math.floor(at / 1000);
  const standard = standardSignature(secret, { id: event.id, timestamp, body: event.body });
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'DepartCart-Webhooks/1',
    'X-DepartCart-Signature': guideSignature(secret, event.body),
    'X-DepartCart-Event': event.type,
    'X-DepartCart-Attempt': String(no),
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    ...(standard && { 'webhook-signature': standard }),
  };
}
