import { createHmac, timingSafeEqual } from 'node:crypto';
import { sayEvent, type HeardEvent } from './webhook-words.ts';

/** One request that came to the airline's webhook address, and what became of it. */
export interface Received {
  /** 1, 2, 3 … in the order of coming; goes on after a clearing. */
  no: number;
  /** UTC. */
  received_at: string;
  signature: 'valid' | 'wrong' | 'missing';
  /** Of the body, where it is an event; null where it is not. */
  event: string | null;
  type: string | null;
  sequence: number | null;
  transaction: string | null;
  /** As the sender counts; null: it does not say. */
  attempt: number | null;
  /** The same event was taken before, so nothing was done with it again. */
  repeat: boolean;
  /** The whole of it in a sentence. */
  says: string;
  answer: { status: number; ms: number; on_purpose: boolean };
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The bytes as they came, as UTF-8 text. */
  body: string;
}

/** The next ones are answered with this status, whatever they are. */
export interface InboxFault {
  status: number;
  times: number;
}

const KEPT = 200;

/**
 * The airline's webhook receiver. It does what the guide teaches: checks the signature over the raw bytes before it reads them, answers
 * quickly, and takes an event that comes again for the one it was. It keeps the last 200 requests, good and bad, for the inbox page.
 */
export class Inbox {
  private requests: Received[] = [];
  private taken = new Set<string>();
  private standing: InboxFault | null = null;
  private count = 0;
  /** UTC: tells a page that the demo was started anew, and counts from 1 again. */
  readonly startedAt: string;

  /** @param now UTC milliseconds */
  constructor(
    private readonly secret: string,
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = new Date(now()).toISOString();
  }

  /** Takes a request in and answers the status it is to be answered with. `since`: `performance.now()` when it came. */
  receive(headers: Record<string, string>, raw: Uint8Array, since: number): number {
    const given = headers['x-departcart-signature'];
    const signature: Received['signature'] =
      given === undefined ? 'missing' : this.isOurs(given, raw) ? 'valid' : 'wrong';
    const event = readEvent(raw);
    const repeat = event?.id !== undefined && this.taken.has(event.id);
    const fault = this.takeFault();
    const status = fault ?? (signature !== 'valid' ? 401 : event ? 200 : 400);
    if (status === 200 && event?.id !== undefined) this.taken.add(event.id);
    const received = { ...described(event, headers), signature, repeat, headers, body: Buffer.from(raw).toString() };
    this.count += 1;
    this.requests.unshift({
      no: this.count,
      received_at: new Date(this.now()).toISOString(),
      ...received,
      says: says(received, event, fault),
      answer: { status, ms: Math.max(1, Math.round(performance.now() - since)), on_purpose: fault !== null },
    });
    this.requests.length = Math.min(this.requests.length, KEPT);
    return status;
  }

  /** Newest first. `after`: only those that came after this one. */
  list(after = 0): Received[] {
    return this.requests.filter(({ no }) => no > after);
  }

  /** The first that is kept; null: none is. */
  get oldest(): number | null {
    return this.requests.at(-1)?.no ?? null;
  }

  get fault(): InboxFault | null {
    return this.standing;
  }

  set fault(fault: InboxFault | null) {
    this.standing = fault && fault.times > 0 ? fault : null;
  }

  /** Forgets what came, what was taken, and the fault. */
  clear(): void {
    this.requests = [];
    this.taken.clear();
    this.standing = null;
  }

  /** The guide's check: HMAC-SHA256 of the raw body under the secret's text, in hex behind `sha256=`. */
  private isOurs(given: string, raw: Uint8Array): boolean {
    const expected = Buffer.from(`sha256=${createHmac('sha256', this.secret).update(raw).digest('hex')}`);
    const got = Buffer.from(given);
    return got.byteLength === expected.byteLength && timingSafeEqual(got, expected);
  }

  private takeFault(): number | null {
    if (!this.standing) return null;
    const { status, times } = this.standing;
    this.fault = { status, times: times - 1 };
    return status;
  }
}

/** undefined: not an event. */
function readEvent(raw: Uint8Array): HeardEvent | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(raw).toString());
    if (!isRecord(read) || typeof read['type'] !== 'string') return undefined;
    const { id, type, sequence, data } = read;
    return {
      type,
      data: isRecord(data) ? data : {},
      ...(typeof id === 'string' && { id }),
      ...(typeof sequence === 'number' && { sequence }),
    };
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function described(event: HeardEvent | undefined, headers: Record<string, string>) {
  const transaction = event?.data['transaction_id'];
  const attempt = headers['x-departcart-attempt'];
  return {
    event: event?.id ?? null,
    type: event?.type ?? null,
    sequence: event?.sequence ?? null,
    transaction: typeof transaction === 'string' ? transaction : null,
    attempt: attempt && /^\d{1,6}$/.test(attempt) ? Number(attempt) : null,
  };
}

function says(
  { signature, repeat }: Pick<Received, 'signature' | 'repeat'>,
  event: HeardEvent | undefined,
  fault: number | null,
): string {
  if (signature === 'missing') return 'Nobody signed this. It was refused, and nothing was done with it.';
  if (signature === 'wrong')
    return 'The signature does not fit these bytes and our secret. It was refused, and nothing was done with it.';
  if (!event) return 'Signed, but not an event that can be read.';
  const words = sayEvent(event);
  if (fault !== null) return `${words} We answered ${fault} on purpose, so it will come again.`;
  return repeat ? `${words} It came before, so nothing was done twice.` : words;
}
