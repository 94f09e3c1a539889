import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amadeusDemoCredentials } from '../../../../demo/sandboxes/gds/amadeus.ts';
import { createSandboxes } from '../../../../demo/sandboxes/sandboxes.ts';
import type { Booking } from '../../../../server/domain/booking.ts';
import type { GdsPort, ItemWord, SeatPick } from '../../../../server/domain/ports/gds.ts';
import type { OutboundRequest } from '../../../../server/domain/ports/outbound.ts';
import type { Outcome } from '../../../../server/domain/ports/outcome.ts';
import { createAmadeus } from '../../../../server/gds/amadeus/adapter.ts';
import { createOutbound } from '../../../../server/outbound/http.ts';
import { listen, START } from '../../../demo/sandboxes/client.ts';
import { ever } from './fake-amadeus.ts';

/** Adapter and sandbox, each written from the contract alone, over a real connection. */

let time = START;
let url: string;
let close: () => Promise<void>;
let sent: OutboundRequest[] = [];
let wait = (): Promise<void> => Promise.resolve();
const outbound = createOutbound({ loopback: true });
let amadeus: GdsPort;
let sold: Booking;

beforeAll(async () => {
  const sandboxes = createSandboxes({ now: () => time, wait: () => wait() });
  ({ url, close } = await listen(sandboxes));
});

afterAll(async () => {
  outbound.close();
  await close();
});

beforeEach(async () => {
  await fetch(`${url}/reset`, { method: 'POST' });
  let ids = 0;
  amadeus = createAmadeus({
    outbound: (request) => {
      sent.push(request);
      return outbound.call(request);
    },
    clock: { now: () => time, sleep: () => Promise.resolve() },
    newId: () => `ref-${++ids}`,
    settings: { ...amadeusDemoCredentials, environment: 'test', baseUrl: `${url}/amadeus` },
  });
  await sell('ABC123', 'Smith');
  sent = [];
});

afterEach(() => {
  wait = () => Promise.resolve();
});

async function sell(recordLocator: string, lastName: string): Promise<void> {
  const found = await amadeus.findBooking(recordLocator, lastName, ever());
  if (found.is !== 'done' || !found.value) throw new Error('not found');
  sold = found.value;
}

const fault = async (word: string, call: string, times = 1) => {
  const body = JSON.stringify([{ vendor: 'amadeus', call, fault: word, times }]);
  expect((await fetch(`${url}/faults`, { method: 'PUT', body })).status).toBe(200);
};

const desk = async (path: string, wish: object) =>
  expect((await fetch(`${url}/gds/amadeus/${path}`, { method: 'POST', body: JSON.stringify(wish) })).status).toBe(204);

/** What really stands: "traveller segment designator". */
const stands = async (pnr = 'ABC123'): Promise<string[]> => {
  const answer = (await (await fetch(`${url}/gds/amadeus/bookings/${pnr}`)).json()) as {
    seats: { traveller: string; segment: string; designator: string }[];
  };
  return answer.seats.map(({ traveller, segment, designator }) => `${traveller} ${segment} ${designator}`);
};

/** A pick at the price that the map says. */
async function pick(traveller: string, segment: string, designator: string): Promise<SeatPick> {
  const maps = await amadeus.seatMaps(sold, [segment], ever());
  const [one] = maps.is === 'done' ? maps.value : [];
  if (!one || 'noMap' in one) throw new Error('no map');
  const seats = one.map.decks.flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots)));
  const offer = seats.find((seat) => seat?.designator === designator)!.offers[traveller]!;
  expect(offer.availability).toBe('available');
  const total = offer.price.kind === 'paid' ? offer.price.total : { amountMinor: 0, currency: 'EUR' };
  return {
    item: `${traveller} ${segment}`,
    traveller,
    segment,
    leg: 1,
    designator,
    priceMinor: total.amountMinor,
    currency: total.currency,
  };
}

const picks = async () => [await pick('1', '47', '1A'), await pick('2', '47', '1B')];
const assign = (wanted: SeatPick[], signal = ever()) => amadeus.assign(sold, wanted, signal);
const lookup = (wanted: SeatPick[]) => amadeus.lookup(sold, wanted, ever());
const writes = () => sent.filter(({ label }) => label === 'amadeus.assign').length;

function said(outcome: Outcome<ItemWord[]>): string[] {
  if (outcome.is !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.value.map(({ word, reason }) => (reason ? `${word} ${reason}` : word));
}

describe('Amadeus over the wire', () => {
  it('assigns paid seats on both aircraft, and says so when asked again', async () => {
    const wanted = [...(await picks()), await pick('1', '48', '46A'), await pick('2', '48', '46B')];
    expect(said(await assign(wanted))).toEqual(['present', 'present', 'present', 'present']);
    expect(await stands()).toEqual(['1 47 1A', '2 47 1B', '1 48 46A', '2 48 46B']);
    expect(said(await lookup(wanted))).toEqual(['present', 'present', 'present', 'present']);
    sent = [];
    expect(said(await assign(wanted))).toEqual(['present', 'present', 'present', 'present']);
    expect(sent).toHaveLength(1);
  });

  it('speaks the other verb where that is set, and names it where it is the wrong one', async () => {
    const other = createSandboxes({ now: () => time, amadeus: { orderChange: 'POST' } });
    const server = await listen(other);
    const parts = { outbound: outbound.call, clock: { now: () => time, sleep: () => Promise.resolve() } };
    const settings = { ...amadeusDemoCredentials, environment: 'test', baseUrl: `${server.url}/amadeus` } as const;
    const [first, second] = await picks();
    const posting = createAmadeus({ ...parts, newId: () => 'a', settings: { ...settings, orderChangeVerb: 'POST' } });
    expect(said(await posting.assign(sold, [first!], ever()))).toEqual(['present']);
    const patching = createAmadeus({ ...parts, newId: () => 'b', settings });
    expect(await patching.assign(sold, [second!], ever())).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringContaining('PATCH') as string,
    });
    await server.close();
  });

  it('refuses a seat that was taken after it was chosen, and assigns the other', async () => {
    const wanted = await picks();
    await desk('take', { pnr: 'ABC123', segment: '47', designator: '1A' });
    expect(said(await assign(wanted))).toEqual(['refused seat_taken', 'present']);
    expect(writes()).toBe(1);
    expect(await stands()).toEqual(['2 47 1B']);
  });

  it('refuses a seat that is taken in the very last moment', async () => {
    const wanted = await picks();
    await fault('taken', 'assign');
    expect(said(await assign(wanted))).toEqual(['refused seat_taken', 'present']);
    expect(writes()).toBe(2);
  });

  it('refuses one of two that the airline refuses', async () => {
    const wanted = await picks();
    await fault('refuse', 'assign');
    expect(said(await assign(wanted))).toEqual(['refused seat_taken', 'present']);
  });

  it('refuses a traveller who may not sit there, in the airline’s words', async () => {
    const exit = { ...(await pick('2', '47', '12A')), traveller: '1' };
    expect(said(await assign([exit]))).toEqual(['refused not_allowed']);
    expect(writes()).toBe(0);
  });

  it('refuses every seat when prices moved, and assigns none', async () => {
    const wanted = await picks();
    await fault('dearer', 'seatmaps');
    expect(said(await assign(wanted))).toEqual(['refused price_changed', 'refused price_changed']);
    expect(await stands()).toEqual([]);
    expect(said(await assign(wanted))).toEqual(['present', 'present']);
  });

  it('refuses a traveller whom the desk moved, and leaves them where they are', async () => {
    const wanted = await picks();
    await desk('move', { pnr: 'ABC123', traveller: '2', segment: '47', designator: '1C' });
    expect(said(await assign(wanted))).toEqual(['present', 'refused changed_at_gds']);
    expect(await stands()).toEqual(['2 47 1C', '1 47 1A']);
  });

  it('refuses everything of a cancelled booking', async () => {
    const wanted = await picks();
    await desk('cancel', { pnr: 'ABC123' });
    expect(said(await assign(wanted))).toEqual(['refused booking_cancelled', 'refused booking_cancelled']);
    expect(said(await lookup(wanted))).toEqual(['refused booking_cancelled', 'refused booking_cancelled']);
  });

  it('moves a traveller from the seat that they had when this one was sold', async () => {
    await sell('HELD33', 'Smith');
    expect(said(await assign([await pick('2', '3', '1A')]))).toEqual(['present']);
    expect(await stands('HELD33')).toContain('2 3 1A');
  });

  it.each(['lost_after', 'half'])('does not know of work whose answer is lost (%s); a look finds it', async (word) => {
    const wanted = await picks();
    await fault(word, 'assign');
    expect(said(await assign(wanted))).toEqual(['unknown', 'absent']);
    expect(writes()).toBe(1);
    expect(said(await lookup(wanted))).toEqual(['present', 'absent']);
    expect(said(await assign(wanted))).toEqual(['present', 'present']);
    expect(writes()).toBe(2);
  });

  it.each(['lost_before', 'down'])('does not know of work that was not done (%s); a look says absent', async (word) => {
    const wanted = await picks();
    await fault(word, 'assign');
    expect(said(await assign(wanted))).toEqual(['unknown', 'absent']);
    expect(said(await lookup(wanted))).toEqual(['absent', 'absent']);
  });

  it('finds late work when the quiet time is over', async () => {
    const wanted = await picks();
    await fault('late', 'assign');
    expect(said(await assign(wanted))).toEqual(['unknown', 'absent']);
    expect(said(await lookup(wanted))).toEqual(['absent', 'absent']);
    time += 120_000;
    expect(said(await lookup(wanted))).toEqual(['present', 'absent']);
  });

  it('takes a page in HTML for no answer: a proof decides', async () => {
    const wanted = await picks();
    await fault('html', 'assign');
    expect(said(await assign(wanted))).toEqual(['unknown', 'absent']);
    expect(said(await lookup(wanted))).toEqual(['absent', 'absent']);
  });

  it.each(['order', 'seatmaps', 'assign'])(
    'comes again after too many requests at %s; nothing was done',
    async (call) => {
      const wanted = await picks();
      await fault('throttle', call);
      expect(await assign(wanted)).toEqual({ is: 'again', at: new Date(time + 1000).toISOString() });
      expect(await stands()).toEqual([]);
      expect(said(await assign(wanted))).toEqual(['present', 'present']);
    },
  );

  it('leaves the second unsent when the caller’s time is over in mid-list', async () => {
    const wanted = await picks();
    const caller = new AbortController();
    wait = () => {
      caller.abort();
      return Promise.resolve();
    };
    await fault('slow', 'assign');
    expect(said(await assign(wanted, caller.signal))).toEqual(['unknown', 'absent']);
    expect(writes()).toBe(1);
    await expect.poll(stands).toEqual(['1 47 1A']);
    expect(said(await lookup(wanted))).toEqual(['present', 'absent']);
  });

  it('names no locator in what operators read', async () => {
    const wanted = await picks();
    const heard: unknown[] = [];
    for (const call of ['order', 'seatmaps', 'assign', 'token'])
      for (const word of ['refuse', 'throttle', 'html', 'lost_before']) {
        await fault(word, call);
        heard.push(await assign(wanted), await lookup(wanted));
      }
    const words = JSON.stringify([heard, sent.map(({ label }) => label)]);
    for (const secret of ['ABC123', 'SMITH', '1A', amadeusDemoCredentials.apiKey]) expect(words).not.toContain(secret);
  });
});
