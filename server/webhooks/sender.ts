import type { Clock } from '../domain/ports/clock.ts';
import { OutboundError, type Outbound } from '../domain/ports/outbound.ts';
import type { EventRow } from '../domain/ports/store.ts';
import type { Endpoint } from '../domain/webhook.ts';
import { DEADLINE_MS, guideHeaders } from './profiles/guide.ts';
import { readRetryAfter, type AttemptEnd } from './schedule.ts';

/** One attempt as it went: what follows from it is the schedule's business. */
export interface SentAttempt extends AttemptEnd {
  /** UTC milliseconds: when the request was written. */
  at: number;
}

const CONNECT_TIMEOUT_MS = 3_000;

export { DEADLINE_MS };

/**
 * Sends one event to one endpoint, once. Status line and headers decide; the body of the answer is not waited for, so that it can
 * neither delay a delivery nor make it fail.
 */
export async function sendAttempt(
  { outbound, clock }: { outbound: Outbound; clock: Clock },
  endpoint: Endpoint,
  event: EventRow,
  no: number,
): Promise<SentAttempt> {
  const at = clock.now();
  const end = (outcome: Pick<AttemptEnd, 'status' | 'fault' | 'retryAfterMs'>): SentAttempt => ({
    no,
    at,
    endedAt: clock.now(),
    ...outcome,
  });
  try {
    const { status, headers } = await outbound({
      method: 'POST',
      url: endpoint.url,
      headers: guideHeaders({ event, no, at, secret: endpoint.secret.reveal() }),
      body: event.body,
      timeoutMs: DEADLINE_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      answer: 'head',
      // A kept connection that the receiver closes at the same moment would cost an attempt.
      connection: 'own',
      label: 'webhook',
    });
    return end({ status, fault: null, retryAfterMs: readRetryAfter(headers['retry-after'], clock.now()) });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return end({ status: null, fault: FAULTS[error.kind], retryAfterMs: null });
  }
}

/** In the words that a partner may read: never which address or port answered. */
const FAULTS: Record<OutboundError['kind'], string> = {
  refused_address: 'unsafe_destination',
  connect: 'unreachable',
  timeout: 'timeout',
  aborted: 'aborted',
  too_large: 'broken',
  broken: 'broken',
};
