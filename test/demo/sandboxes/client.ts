import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { amadeusDemoCredentials } from '../../../demo/sandboxes/gds/amadeus.ts';
import { createSandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import type { SandboxOptions, Sandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import type { Order, Pricing, Reply, Seat, SeatMap, SeatMaps, Stands } from './wire.ts';

/** A Tuesday in winter, UTC. */
export const START = Date.parse('2027-02-07T10:00:00Z');

/** Speaks with the stand-in as a client of Amadeus would, through `app.request`. */
export class Client {
  readonly sandboxes: Sandboxes;
  time = START;
  readonly waited: number[] = [];
  private token: string | undefined;

  constructor(options: SandboxOptions = {}) {
    const wait = (milliseconds: number) => {
      this.waited.push(milliseconds);
      return Promise.resolve();
    };
    this.sandboxes = createSandboxes({ now: () => this.time, wait, ...options });
  }

  async raw<T = unknown>(path: string, init: RequestInit = {}): Promise<Reply<T>> {
    const response = await this.sandboxes.app.request(path, init);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: (type.includes('json') ? JSON.parse(text) : text) as T };
  }

  signIn(
    form: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Reply<{ access_token: string }>> {
    return this.raw('/amadeus/v1/security/oauth2/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'ama-client-ref': 'test', ...headers },
      body: new URLSearchParams({ ...signInForm, ...form }).toString(),
    });
  }

  /** A call with token and reference; `body` is sent as Amadeus's own type. */
  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    this.token ??= (await this.signIn()).body.access_token;
    return this.raw(`/amadeus${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'ama-client-ref': 'test',
        ...(body !== undefined && { 'content-type': 'application/vnd.amadeus+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  forgetToken(): void {
    this.token = undefined;
  }

  async byReference(pnr: string): Promise<Reply<{ data: Order[]; dictionaries: Record<string, unknown> }>> {
    return this.call('GET', `/v1/booking/flight-orders/by-reference?reference=${pnr}&originSystemCode=GDS`);
  }

  async order(pnr: string): Promise<Order> {
    return (await this.byReference(pnr)).body.data[0]!;
  }

  async seatMaps(pnr: string): Promise<SeatMaps> {
    const { id } = await this.order(pnr);
    return (await this.call<SeatMaps>('GET', `/v1/shopping/seatmaps?flightOrderId=${encodeURIComponent(id)}`)).body;
  }

  /** Puts travellers on seats. */
  async assign(pnr: string, seats: Wanted[]): Promise<Reply<{ data: Order }>> {
    const { id } = await this.order(pnr);
    return this.call('PATCH', `/v1/booking/flight-orders/${encodeURIComponent(id)}`, orderChange(id, seats));
  }

  faults(list: unknown): Promise<Reply> {
    return this.raw('/faults', { method: 'PUT', body: JSON.stringify(list) });
  }

  async stands(pnr: string): Promise<Stands> {
    return (await this.raw<Stands>(`/gds/amadeus/bookings/${pnr}`)).body;
  }
}

/** Who on which segment on which seat. */
export type Wanted = [traveler: string, segment: string, seat: string];

export const signInForm = {
  grant_type: 'client_credentials',
  client_id: amadeusDemoCredentials.apiKey,
  client_secret: amadeusDemoCredentials.apiSecret,
  guest_office_id: amadeusDemoCredentials.officeId,
};

export function orderChange(id: string, seats: Wanted[]) {
  return {
    data: {
      type: 'flight-order',
      id,
      flightOffers: [
        {
          type: 'flight-offer',
          id: '1',
          travelerPricings: seats.map(([travelerId, segmentId, chargeableSeatNumber]) => ({
            travelerId,
            fareDetailsBySegment: [{ segmentId, additionalServices: { chargeableSeatNumber } }],
          })),
        },
      ],
    },
  };
}

export function seatsOf(map: SeatMap): Seat[] {
  return map.decks.flatMap((deck) => deck.seats);
}

export function seat(map: SeatMap, number: string): Seat {
  const found = seatsOf(map).find((one) => one.number === number);
  if (!found) throw new Error(`no seat ${number}`);
  return found;
}

export function status(map: SeatMap, number: string, traveler = '1'): Pricing['seatAvailabilityStatus'] {
  return pricing(seat(map, number), traveler).seatAvailabilityStatus;
}

export function pricing(one: Seat, traveler: string): Pricing {
  return one.travelerPricing.find(({ travelerId }) => travelerId === traveler)!;
}

/** The same, listening: for what only a real connection can show. Answers the base URL and how to end it. */
export async function listen(sandboxes: Sandboxes): Promise<{ url: string; close(): Promise<void> }> {
  const answer = getRequestListener(sandboxes.app.fetch);
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
