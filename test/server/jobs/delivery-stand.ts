import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outbound } from '../../../server/domain/ports/outbound.ts';
import type { EventRow, Store } from '../../../server/domain/ports/store.ts';
import { Secret } from '../../../server/domain/secret.ts';
import { startTransaction } from '../../../server/domain/transaction/start.ts';
import type { EventType } from '../../../server/domain/transaction/transaction.ts';
import { deliveriesFor, eventBody, type Endpoint } from '../../../server/domain/webhook.ts';
import { createDeliveryJob, type DeliveryJobOptions } from '../../../server/jobs/deliver-webhook.ts';
import { createOutbound } from '../../../server/outbound/http.ts';
import { openStore } from '../../../server/store/database.ts';
import { endpointsOf } from '../../../server/webhooks/endpoints.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export interface HeardDelivery {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const TYPES: EventType[] = ['transaction.created', 'fulfillment.updated', 'payment.processed', 'transaction.completed'];

/** The delivery job over a real database and real HTTP, with a clock that stands still. */
export class DeliveryStand {
  time = Date.UTC(2026, 5, 1, 12);
  readonly heard: HeardDelivery[] = [];
  /** How the receiver answers, by its path; 200 when a path is not told. */
  readonly answers = new Map<string, (response: ServerResponse) => void>();
  readonly lines: { fields: Record<string, unknown>; message: string }[] = [];
  endpoints: Endpoint[] = [];
  readonly #closing: (() => unknown)[] = [];

  private constructor(
    readonly store: Store,
    readonly url: string,
    readonly origin: string,
    readonly outbound: Outbound,
  ) {}

  static async open(): Promise<DeliveryStand> {
    const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
    const url = `sqlite:${join(folder, 'test.sqlite')}`;
    const store = await openStore(url);
    const outbound = createOutbound({ loopback: true });
    const receiver = createServer((request, response) => {
      void request.toArray().then((parts) => {
        const path = request.url!;
        stand.heard.push({ path, headers: request.headers, body: Buffer.concat(parts as Buffer[]).toString('latin1') });
        const answer = stand.answers.get(path) ?? ((one: ServerResponse) => one.end());
        answer(response);
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const stand = new DeliveryStand(store, url, origin, outbound.call);
    stand.#closing.push(
      () => outbound.close(),
      () => receiver.closeAllConnections(),
      () => receiver.close(),
      () => store.close(),
      () => rmSync(folder, { recursive: true }),
    );
    stand.listenAt('/');
    return stand;
  }

  /** A second handle on the database, as another process has. */
  async openAgain(): Promise<Store> {
    const store = await openStore(this.url);
    this.#closing.unshift(() => store.close());
    return store;
  }

  /** These paths of the receiver are the brand's endpoints from now on. */
  listenAt(...paths: string[]): void {
    const webhooks = paths.map((path) => ({
      url: this.origin + path,
      profile: 'guide' as const,
      secret: new Secret(SECRET),
      events: null,
    }));
    this.endpoints = endpointsOf({ webhooks });
  }

  /** Answers the first ones with these statuses, later ones with 200. */
  answerWith(statuses: number[], headers: Record<string, string> = {}, path = '/'): void {
    const left = [...statuses];
    this.answers.set(path, (response) => {
      const status = left.shift();
      response.writeHead(status ?? 200, status ? headers : {}).end();
    });
  }

  /** A purchase that tells as many events, each written in one commit with its deliveries. */
  async tell(ulid: string, count = 1): Promise<EventRow[]> {
    const id = `txn_${ulid}`;
    const { transaction } = startTransaction({
      id,
      brand: 'skyline',
      bookingKey: ulid,
      gds: 'test',
      gateway: null,
      mode: 'manual',
      currency: 'EUR',
      can: { readable: true, hardClose: true, removeSeat: false, refundEmd: false },
      items: [],
      at: this.time,
    });
    const rows = TYPES.slice(0, count).map((type, index): EventRow => {
      const seq = index + 1;
      const told = { id: `evt_${ulid}_${seq}`, type, at: this.time, seq };
      const body = eventBody({ ...told, data: { transaction_id: id, note: 'Müller 😀' } });
      return { ...told, about: id, brand: 'skyline', transaction: id, body };
    });
    const audit = { transaction: id, version: 1, event: 'start', actor: 'test', at: this.time, before: '', after: '' };
    const seals = { booking: new Uint8Array([1]), clients: {} };
    await this.store.atomically(async (inner) => {
      await inner.transactions.add(transaction, seals, audit);
      await inner.events.add(rows);
      await inner.deliveries.add(deliveriesFor(rows, this.endpoints));
    });
    return rows;
  }

  job(more: Partial<DeliveryJobOptions> = {}): ReturnType<typeof createDeliveryJob> {
    const line = (fields: Record<string, unknown>, message: string) => void this.lines.push({ fields, message });
    let ids = 0;
    const job = ++this.#jobs;
    return createDeliveryJob({
      store: this.store,
      outbound: this.outbound,
      clock: { now: () => this.time, sleep: () => Promise.reject(new Error('nobody sleeps here')) },
      newId: () => `lease-${job}-${++ids}`,
      endpointsOf: async (brand) => (brand === 'skyline' ? this.endpoints : []),
      log: { info: line, warn: line, error: line },
      ...more,
    });
  }
  #jobs = 0;

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
  }
}
