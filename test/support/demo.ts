import type { Clock } from '../../server/domain/ports/clock.ts';
import { runDemo, type Demo } from '../../demo/start.ts';
import type { Answer, MapAnswer, Opened, Pick, Problem, Purchase, Selection } from '../../server/wire/panel.ts';

/** A clock that tests own: time stands still until told, and a sleep ends at once after moving it on. */
export class TestClock implements Clock {
  readonly slept: number[] = [];
  constructor(public time = Date.UTC(2026, 5, 1, 12)) {}
  now(): number {
    return this.time;
  }
  async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.time += milliseconds;
  }
  pass(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** Real time that a test can move ahead: for what runs beside the test, such as the purchase's effects. */
export class MovableClock implements Clock {
  ahead = 0;
  now(): number {
    return Date.now() + this.ahead;
  }
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    });
  }
}

/** The whole demo on free ports with a database of its own: real server, real sandboxes, real HTTP. */
export async function startTestDemo(
  options: {
    clock?: Clock;
    databaseFile?: string;
    log?: NodeJS.WritableStream;
    partnerFile?: (text: string) => string;
  } = {},
): Promise<TestDemo> {
  return new TestDemo(
    await runDemo({
      port: 0,
      logLevel: options.log ? 'info' : 'silent',
      jobs: !(options.clock instanceof TestClock),
      ...options,
    }),
  );
}

/** What an answer holds when it is a problem; tests look at either half. */
type Faults = Partial<Omit<Problem, 'success' | 'selection' | 'status'>>;

export interface Heard<T> {
  status: number;
  headers: Headers;
  body: T;
}

export class TestDemo {
  constructor(readonly demo: Demo) {}

  get site(): string {
    return this.demo.site;
  }

  get api(): string {
    return this.demo.api;
  }

  /** One call of the panel's, as a browser on the demo partner's page sends it. */
  async call<T>(
    name: string,
    body: unknown,
    more: { origin?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Heard<T>> {
    const origin = more.origin === undefined ? this.site : more.origin;
    const response = await fetch(`${this.api}/api/panel/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', ...(origin !== null && { origin }), ...more.headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  open(
    recordLocator: string,
    lastName: string,
    more: { origin?: string | null; key?: string; headers?: Record<string, string> } = {},
  ): Promise<Heard<Answer<Opened> & Faults>> {
    return this.call(
      'open',
      { v: 1, key: more.key ?? 'dcpub_test_skyline', record_locator: recordLocator, last_name: lastName },
      more,
    );
  }

  map(
    token: string,
    segment: string,
    more: { origin?: string | null } = {},
  ): Promise<Heard<Answer<MapAnswer> & Faults>> {
    return this.call('map', { v: 1, token, segment }, more);
  }

  select(token: string, version: number, picks: Pick[]): Promise<Heard<Answer<{ selection: Selection }> & Faults>> {
    return this.call('select', { v: 1, token, version, picks });
  }

  private keys = 0;

  /** A write of the purchase; each has a key of its own unless one is given. */
  purchase(
    name: 'start' | 'pay' | 'returned' | 'leave',
    token: string,
    more: object,
  ): Promise<Heard<Answer<Purchase> & Faults>> {
    return this.call(name, { v: 1, token, idempotency_key: `key-${name}-${++this.keys}-${Date.now()}`, ...more });
  }

  status(token: string): Promise<Heard<Answer<Purchase> & Faults>> {
    return this.call('status', { v: 1, token });
  }

  /** What really stands at the airline. */
  async airline(pnr: string): Promise<{ seats: { traveller: string; segment: string; designator: string }[] }> {
    return (await fetch(`${this.demo.sandboxes}/gds/amadeus/bookings/${pnr}`)).json() as never;
  }

  async fault(fault: string, call = '*', times = 1): Promise<void> {
    await fetch(`${this.demo.sandboxes}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ vendor: 'amadeus', call, fault, times }]),
    });
  }

  close(): Promise<void> {
    return this.demo.close();
  }
}

/** The designators that a traveller (by place in the answer) may have, with price and codes. */
export function freeSeats(
  map: MapAnswer,
  traveller: number,
): { designator: string; price: number; codes: string[]; exit: boolean }[] {
  return map.decks.flatMap((deck) =>
    deck.cabins.flatMap((cabin) => {
      const letters = cabin.columns.replaceAll(' ', '');
      return cabin.rows.flatMap((row) =>
        row.seats.flatMap((seat, index) => {
          if (seat === 0) return [];
          const price = Array.isArray(seat.p) ? seat.p[traveller] : seat.p;
          const why = Array.isArray(seat.no) ? seat.no[traveller] : seat.no;
          if (price === undefined || price === null || why) return [];
          return [{ designator: `${row.n}${letters[index]}`, price, codes: seat.c ?? [], exit: !!row.exit }];
        }),
      );
    }),
  );
}
