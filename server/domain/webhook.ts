import type { WebhookEndpoint } from './brand.ts';
import type { DeliveryRow, EventRow } from './ports/store.ts';
import type { EventType } from './transaction/transaction.ts';

/** Where a partner hears of its purchases, as it stands in delivery rows. */
export interface Endpoint extends WebhookEndpoint {
  /** The same for as long as the partner means the same endpoint. */
  id: string;
}

/** What becomes the body of a delivery. */
export interface EventFacts {
  /** `evt_…`, no dots. */
  id: string;
  type: EventType;
  /** UTC milliseconds. */
  at: number;
  /** 1, 2, 3 … per purchase, so that a receiver sees gaps. */
  seq: number;
  data: Readonly<Record<string, unknown>>;
}

/** The bytes that are signed and sent, made once: ASCII, since a receiver may sign the text in the charset of its machine. */
export const eventBody = ({ id, type, at, seq, data }: EventFacts): string =>
  asciiJson({ id, type, timestamp: new Date(at).toISOString(), sequence: seq, data });

/** JSON in which every character above U+007E is written as `\uXXXX`. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One delivery for each event and each endpoint that wants it: rows of the commit that wrote the events. */
export const deliveriesFor = (
  events: readonly EventRow[],
  endpoints: readonly Pick<Endpoint, 'id' | 'events'>[],
): DeliveryRow[] =>
  events.flatMap((event) =>
    endpoints
      .filter(({ events: wanted }) => wanted === null || wanted.includes(event.type))
      .map(({ id }) => ({
        id: `dlv_${event.id}_${id}`,
        brand: event.brand,
        event: event.id,
        type: event.type,
        endpoint: id,
        state: 'waiting' as const,
        attempts: 0,
        dueAt: event.at,
        leaseId: null,
        leaseUntil: 0,
      })),
  );
