import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../../../server/domain/booking.ts';
import type { ItemWord, SeatPick } from '../../../../server/domain/ports/gds.ts';
import type { OutboundRequest } from '../../../../server/domain/ports/outbound.ts';
import type { Outcome } from '../../../../server/domain/ports/outcome.ts';
import { error, ever, FakeAmadeus, type Said } from './fake-amadeus.ts';
import { deck, entry, offer, reply, seat } from './replies.ts';

/** Two adults on two flights; what the fake holds. */
interface Desk {
  /** By "traveller segment". */
  seats: Map<string, string>;
  status: Record<string, string>;
  /** By designator: what each traveller's offer says. */
  offers: Record<string, ReturnType<typeof offer>[]>;
}

const both = (status: string, total?: string) => [offer('1', status, total), offer('2', status, total)];

let far: FakeAmadeus;
let desk: Desk;
let sold: Booking;

const rawOrder = (offers: { id: string; travellers: string[] }[] = [{ id: '7', travellers: ['1', '2'] }]) => ({
  type: 'flight-order',
  id: 'eJzTd9cP==',
  associatedRecords: [{ reference: 'QTRV7K', originSystemCode: 'GDS' }],
  travelers: [
    { id: '1', name: { firstName: 'MARIA', lastName: 'GARCIA' } },
    { id: '2', name: { firstName: 'SEAN', lastName: 'OBRIEN' } },
  ],
  flightOffers: offers.map(({ id, travellers }) => ({
    type: 'flight-offer',
    id,
    source: 'GDS',
    itineraries: [{ segments: [rawSegment('3', 'MAD', 'LIS'), rawSegment('4', 'LIS', 'JFK')] }],
    travelerPricings: travellers.map((travelerId) => ({
      travelerId,
      travelerType: 'ADULT',
      fareDetailsBySegment: ['3', '4'].map((segmentId) => {
        const held = desk.seats.get(`${travelerId} ${segmentId}`);
        return { segmentId, cabin: 'ECONOMY', ...(held && { additionalServices: { chargeableSeatNumber: held } }) };
      }),
    })),
  })),
});

const rawSegment = (id: string, from: string, to: string) => ({
  id,
  carrierCode: 'ZZ',
  number: `10${id}`,
  departure: { iataCode: from, at: '2026-05-09T07:35:00' },
  arrival: { iataCode: to, at: '2026-05-09T08:05:00' },
  bookingStatus: desk.status[id] ?? 'CONFIRMED',
});

type RawOrder = ReturnType<typeof rawOrder>;

const order =
  (change: (raw: RawOrder) => void = () => {}, offers?: Parameters<typeof rawOrder>[0]) =>
  () => {
    const data = rawOrder(offers);
    change(data);
    return { body: { data } };
  };

const maps = () => {
  const seats = Object.entries(desk.offers).map(([number, travelerPricing], index) =>
    seat(number, index, 0, { travelerPricing }),
  );
  return { body: reply(entry([deck(seats)], { segmentId: '3' }), entry([deck(seats)], { segmentId: '4' })) };
};

interface Change {
  data: {
    id: string;
    flightOffers: {
      id: string;
      travelerPricings: {
        travelerId: string;
        fareDetailsBySegment: { segmentId: string; additionalServices: { chargeableSeatNumber: string } }[];
      }[];
    }[];
  };
}

/** Does what was asked, and answers with something that nobody documents. */
function obey({ body }: OutboundRequest) {
  for (const one of (JSON.parse(body!) as Change).data.flightOffers)
    for (const { travelerId, fareDetailsBySegment } of one.travelerPricings)
      for (const { segmentId, additionalServices } of fareDetailsBySegment)
        desk.seats.set(`${travelerId} ${segmentId}`, additionalServices.chargeableSeatNumber);
  return { body: '' };
}

const pick = (traveller: string, segment: string, designator: string, priceMinor = 1200): SeatPick => ({
  item: `itm_${traveller}${segment}`,
  traveller,
  segment,
  leg: 1,
  designator,
  priceMinor,
  currency: 'EUR',
});

const A = pick('1', '3', '10A');
const B = pick('2', '3', '10B');

beforeEach(async () => {
  far = new FakeAmadeus();
  desk = {
    seats: new Map(),
    status: {},
    offers: {
      '10A': both('AVAILABLE', '12.00'),
      '10B': both('AVAILABLE', '12.00'),
      '10C': both('AVAILABLE', '12.00'),
      '20A': both('AVAILABLE'),
    },
  };
  await sell();
  far.script.order = [order()];
  far.script.seatmaps = [maps];
  far.script.change = [obey];
});

/** The booking as it stands becomes the one that the seats are sold on. */
async function sell(offers?: Parameters<typeof rawOrder>[0]): Promise<void> {
  far.script['by-reference'] = [{ body: { data: rawOrder(offers) } }];
  const found = await far.adapter().findBooking('QTRV7K', 'Garcia', ever());
  if (found.is !== 'done' || !found.value) throw new Error('not found');
  // As it comes back from where it is kept.
  sold = JSON.parse(JSON.stringify(found.value)) as Booking;
  far.requests.splice(0);
}

const assign = (picks: SeatPick[], signal = ever()) => far.adapter().assign(sold, picks, signal);
const lookup = (picks: SeatPick[], signal = ever()) => far.adapter().lookup(sold, picks, signal);

/** By item: its word, with the reason where there is one. */
function said(outcome: Outcome<ItemWord[]>): string[] {
  if (outcome.is !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  expect(outcome.value.every(({ thing }) => thing === 'seat')).toBe(true);
  return outcome.value.map(({ item, word, reason }) => [item, word, reason].filter(Boolean).join(' '));
}

const changes = () => far.requests.filter(({ label }) => label === 'amadeus.assign');
const calls = () => far.calls().filter((call) => call !== 'token');
const inSeconds = (seconds: number) => ({ is: 'again', at: new Date(far.now + seconds * 1000).toISOString() });

describe('assign', () => {
  it('reads order and maps once, then asks for each seat and proves it', async () => {
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 present']);
    expect(calls()).toEqual(['order', 'seatmaps', 'change', 'order', 'change', 'order']);
    expect([...desk.seats]).toEqual([
      ['1 3', '10A'],
      ['2 3', '10B'],
    ]);
  });

  it('asks as public clients do: the order’s id in address and body, one traveller, one segment, one seat', async () => {
    await assign([A]);
    const [change] = changes();
    expect([change!.method, change!.url]).toEqual([
      'PATCH',
      'https://test.travel.api.amadeus.com/v1/booking/flight-orders/eJzTd9cP%3D%3D',
    ]);
    expect(change!.headers).toMatchObject({
      'content-type': 'application/vnd.amadeus+json',
      authorization: expect.stringContaining('Bearer token-') as string,
      'ama-client-ref': expect.any(String) as string,
    });
    expect(JSON.parse(change!.body!)).toEqual({
      data: {
        type: 'flight-order',
        id: 'eJzTd9cP==',
        flightOffers: [
          {
            type: 'flight-offer',
            id: '7',
            travelerPricings: [
              {
                travelerId: '1',
                fareDetailsBySegment: [{ segmentId: '3', additionalServices: { chargeableSeatNumber: '10A' } }],
              },
            ],
          },
        ],
      },
    });
  });

  it('uses another verb where the settings say so', async () => {
    expect(said(await far.adapter({ orderChangeVerb: 'POST' }).assign(sold, [A], ever()))).toEqual(['itm_13 present']);
    expect(changes()[0]!.method).toBe('POST');
  });

  it('names the offer that the traveller flies by, where travellers are split over offers', async () => {
    const split = [
      { id: '1', travellers: ['1'] },
      { id: '2', travellers: ['2'] },
    ];
    await sell(split);
    far.script.order = [order(undefined, split)];
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 present']);
    expect(changes().map(({ body }) => (JSON.parse(body!) as Change).data.flightOffers[0]!.id)).toEqual(['1', '2']);
  });

  it('takes a free seat for nothing', async () => {
    expect(said(await assign([pick('1', '3', '20A', 0)]))).toEqual(['itm_13 present']);
  });

  it('does not ask for what stands already', async () => {
    await assign([A, B]);
    far.requests.splice(0);
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 present']);
    expect(calls()).toEqual(['order']);
  });

  it('moves a traveller who sits where they sat when the seat was sold', async () => {
    desk.seats.set('1 3', '20A');
    await sell();
    expect(said(await assign([A]))).toEqual(['itm_13 present']);
  });

  it('has nothing more to offer', async () => {
    const port = far.adapter();
    expect(port.can).toEqual({
      assignPaid: true,
      unassign: false,
      issueEmd: false,
      refundEmd: false,
      lock: 'none',
    });
    for (const call of [port.unassign, port.issue, port.refundEmds])
      expect(await call.call(port, sold, [A], ever())).toEqual({ is: 'unsupported' });
    expect(far.requests).toEqual([]);
  });
});

describe('assign refuses without a change', () => {
  it.each([
    ['is taken', both('OCCUPIED', '12.00'), 'seat_taken'],
    ['is blocked', both('BLOCKED'), 'seat_taken'],
    ['is not on the map any more', undefined, 'seat_taken'],
    ['is for others only', [offer('1', 'BLOCKED'), offer('2', 'AVAILABLE', '12.00')], 'not_allowed'],
    ['is dearer', both('AVAILABLE', '17.00'), 'price_changed'],
    ['is cheaper', both('AVAILABLE', '7.00'), 'price_changed'],
    ['is priced in another currency', [offer('1', 'AVAILABLE', '12.00', 'USD')], 'price_changed'],
    ['costs nothing now', both('AVAILABLE', '0.00'), 'price_changed'],
  ])('a seat that %s, and asks for the others', async (_what, offers, reason) => {
    delete desk.offers['10A'];
    if (offers) desk.offers['10A'] = offers;
    expect(said(await assign([A, B]))).toEqual([`itm_13 refused ${reason}`, 'itm_23 present']);
    expect(changes()).toHaveLength(1);
  });

  it('a free seat that costs something now', async () => {
    desk.offers['20A'] = both('AVAILABLE', '3.00');
    expect(said(await assign([pick('1', '3', '20A', 0)]))).toEqual(['itm_13 refused price_changed']);
  });

  it.each([
    ['another seat than none', null, '11F'],
    ['another seat than before', '20A', '11F'],
  ])('a traveller who was given %s', async (_what, before, now) => {
    if (before) desk.seats.set('1 3', before);
    await sell();
    desk.seats.set('1 3', now);
    expect(said(await assign([A, B]))).toEqual(['itm_13 refused changed_at_gds', 'itm_23 present']);
    expect(desk.seats.get('1 3')).toBe(now);
  });

  it('everything of an order that was cancelled, or that Amadeus does not know any more', async () => {
    desk.status = { 3: 'CANCELLED', 4: 'CANCELLED' };
    expect(said(await assign([A, B]))).toEqual([
      'itm_13 refused booking_cancelled',
      'itm_23 refused booking_cancelled',
    ]);
    far.script.order = [error(404, 38196)];
    expect(said(await assign([A]))).toEqual(['itm_13 refused booking_cancelled']);
    expect(changes()).toEqual([]);
  });

  it('a flight that was cancelled, flown or given up for another, and asks for the rest', async () => {
    const onNext = pick('1', '4', '10A');
    const [first] = rawOrder().flightOffers[0]!.itineraries[0]!.segments;
    desk.status = { 3: 'CANCELLED' };
    expect(said(await assign([A, onNext]))).toEqual(['itm_13 refused booking_cancelled', 'itm_14 present']);
    desk.status = {};
    const changed = (more: object) => [
      order((raw) => Object.assign(raw.flightOffers[0]!.itineraries[0]!.segments[0]!, more)),
    ];
    far.script.order = changed({ isFlown: true });
    expect(said(await assign([A]))).toEqual(['itm_13 refused not_allowed']);
    for (const other of [
      { number: '999' },
      { departure: { ...first!.departure, at: '2026-05-10T07:35:00' } },
      { arrival: { ...first!.arrival, iataCode: 'OPO' } },
    ]) {
      far.script.order = changed(other);
      expect(said(await assign([A]))).toEqual(['itm_13 refused changed_at_gds']);
    }
    far.script.order = changed({ departure: { ...first!.departure, at: '2026-05-09T09:00:00' } });
    expect(said(await assign([A]))).toEqual(['itm_13 present']);
  });

  it('a traveller who left the booking', async () => {
    far.script.order = [order((raw) => raw.travelers.splice(0, 1))];
    expect(said(await assign([A]))).toEqual(['itm_13 refused changed_at_gds']);
  });

  it.each([
    ['all is taken', both('OCCUPIED'), 'seat_taken'],
    ['it has no map any more', [], 'not_allowed'],
  ])('a flight of which %s', async (_what, offers, reason) => {
    desk.offers = { '10A': offers };
    expect(said(await assign([A]))).toEqual([`itm_13 refused ${reason}`]);
  });
});

describe('assign hears no', () => {
  it.each([
    [36870, 'seat_taken'],
    [38034, 'seat_taken'],
    [37200, 'price_changed'],
    [4926, 'not_allowed'],
    [99999, 'not_allowed'],
  ])('%i for one seat: %s, and goes on with the next', async (code, reason) => {
    far.script.change = [error(400, code), obey];
    expect(said(await assign([A, B]))).toEqual([`itm_13 refused ${reason}`, 'itm_23 present']);
    expect(changes()).toHaveLength(2);
  });

  it.each<[string, Said, number]>([
    ['too many requests', error(429, 38194), 1],
    ['too many requests, with a time', { ...error(429, 38194), headers: { 'retry-after': '9' } }, 9],
    ['a used-up quota', error(429, 38195), 3600],
    ['a token that ended on the way', error(401, 38192), 5],
    ['a change of somebody else’s under way', error(409, 1), 5],
    ['a connection that never stood', 'connect', 5],
  ])('that is not about the seat (%s): nothing was done, come again', async (_what, first, seconds) => {
    far.script.change = [first];
    expect(await assign([A, B])).toEqual(inSeconds(seconds));
    expect(changes()).toHaveLength(1);
    far.script.change = [obey];
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 present']);
  });

  it.each<[string, Said, string]>([
    ['no right', error(403, 38197), 'changes of bookings by PATCH'],
    ['no such address', error(404, 38196), 'base_url'],
    ['no such verb', { status: 405, body: '' }, 'HTTP 405'],
    ['a form that is not wanted', error(400, 477), '477'],
    ['a redirect', { status: 302, body: '' }, 'HTTP 302'],
    ['a page without a code', { status: 400, body: '<html>' }, 'HTTP 400'],
  ])('that a setting cures (%s)', async (_what, first, words) => {
    far.script.change = [first];
    expect(await assign([A, B])).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringContaining(words) as string,
    });
    expect(changes()).toHaveLength(1);
  });

  it('in mid-list that is not about the seat: the unsent are absent', async () => {
    far.script.change = [obey, error(429, 38194)];
    const C = pick('1', '4', '10C');
    expect(said(await assign([A, B, C]))).toEqual(['itm_13 present', 'itm_23 absent', 'itm_14 absent']);
    expect(changes()).toHaveLength(2);
  });
});

describe('assign without a sign-in', () => {
  it('has sent nothing when the token ended before the change and no other is given', async () => {
    far.script.token = [{ body: { access_token: 'short', expires_in: 80 } }, 'timeout'];
    far.script.seatmaps = [
      () => {
        far.now += 21_000;
        return maps();
      },
    ];
    const outcome = await assign([A, B]);
    expect(outcome).toEqual(inSeconds(5));
    expect(changes()).toEqual([]);
    expect(calls()).toEqual(['order', 'seatmaps']);
  });

  it('signs in anew for the next asking when a change met an ended token', async () => {
    const adapter = far.adapter();
    far.script.change = [error(401, 38192), obey];
    expect(await adapter.assign(sold, [A], ever())).toEqual(inSeconds(5));
    expect(said(await adapter.assign(sold, [A], ever()))).toEqual(['itm_13 present']);
    expect(new Set(changes().map(({ headers }) => headers!.authorization)).size).toBe(2);
  });
});

describe('assign hears nothing', () => {
  it.each<[string, Said]>([
    ['a timeout', 'timeout'],
    ['a connection that broke', 'broken'],
    ['an answer that is too long', 'too_large'],
    ['500 / 38189', error(500, 38189)],
    ['a gateway’s page', { status: 503, body: '<html>Service Unavailable</html>' }],
    ['a proxy that lost patience', { status: 408, body: '' }],
  ])('%s: unknown, never repeated, and the unsent are absent', async (_what, lost) => {
    far.script.change = [lost, obey];
    expect(said(await assign([A, B]))).toEqual(['itm_13 unknown', 'itm_23 absent']);
    expect(changes()).toHaveLength(1);
  });

  it('of one, and yet says what it knows of the others', async () => {
    desk.seats.set('2 3', '10B');
    desk.offers['10C'] = both('OCCUPIED');
    far.script.change = ['timeout'];
    expect(said(await assign([A, B, pick('1', '4', '10C')]))).toEqual([
      'itm_13 unknown',
      'itm_23 present',
      'itm_14 refused seat_taken',
    ]);
  });

  it('of what was done: a look says that it stands', async () => {
    far.script.change = [(request) => (obey(request), 'broken')];
    expect(said(await assign([A]))).toEqual(['itm_13 unknown']);
    expect(said(await lookup([A]))).toEqual(['itm_13 present']);
  });

  it('of what was not done: a look says that it is absent, and it can be asked for again', async () => {
    far.script.change = ['broken', obey];
    expect(said(await assign([A]))).toEqual(['itm_13 unknown']);
    expect(said(await lookup([A]))).toEqual(['itm_13 absent']);
    expect(said(await assign([A]))).toEqual(['itm_13 present']);
  });

  it.each<[string, Said]>([
    ['says nothing', 'timeout'],
    ['is a page', { body: '<html>Maintenance</html>' }],
    ['is somebody else’s order', order((raw) => (raw.associatedRecords[0]!.reference = 'OTHER1'))],
  ])('of a change that was accepted whose proof %s', async (_what, proof) => {
    far.script.order = [order(), proof];
    expect(said(await assign([A, B]))).toEqual(['itm_13 unknown', 'itm_23 absent']);
  });

  it('is not sure of a change that was accepted and does not show', async () => {
    far.script.change = [{ body: rawOrder() }];
    expect(said(await assign([A, B]))).toEqual(['itm_13 unknown', 'itm_23 absent']);
  });

  it('waits for a throttled proof, once and not for long', async () => {
    const throttled = (seconds: string) => ({ ...error(429, 38194), headers: { 'retry-after': seconds } });
    far.script.order = [order(), throttled('2'), order()];
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 present']);
    expect(far.slept).toEqual([2000]);
    desk.seats.clear();
    far.script.order = [order(), throttled('30')];
    expect(said(await assign([A, B]))).toEqual(['itm_13 unknown', 'itm_23 absent']);
  });

  it('that is somebody else’s change in the same moment', async () => {
    far.script.change = [
      (request) => {
        obey(request);
        desk.seats.set('1 3', '11F');
        return { body: '' };
      },
    ];
    expect(said(await assign([A]))).toEqual(['itm_13 refused changed_at_gds']);
  });
});

describe('assign before any change', () => {
  it.each<['order' | 'seatmaps', string, Said]>([
    ['order', 'a timeout', 'timeout'],
    ['order', 'a page', { body: '<html>' }],
    ['order', '500', error(500, 38189)],
    ['seatmaps', 'a timeout', 'timeout'],
    ['seatmaps', 'half a body', { body: '{"data":[' }],
    ['seatmaps', 'a damaged map', { body: reply(entry([{ deckType: 'MAIN', seats: 'many' }])) }],
  ])('has lost nothing when the %s is lost (%s): come again', async (call, _what, lost) => {
    far.script[call] = [lost];
    const outcome = await assign([A]);
    expect(outcome).toEqual(inSeconds(5));
    expect(changes()).toEqual([]);
  });

  it('comes again when Amadeus says, and tells the operator what a setting cures', async () => {
    far.script.order = [error(429, 38194)];
    expect(await assign([A])).toEqual(inSeconds(1));
    far.script.order = [{ status: 404, body: '<html>Not found</html>' }];
    expect(await assign([A])).toMatchObject({ is: 'refused_by_configuration' });
    far.script.order = [order()];
    far.script.seatmaps = [error(403, 38197)];
    expect(await assign([A])).toMatchObject({ is: 'refused_by_configuration' });
    far.script.token = [{ status: 503, body: '' }];
    expect(await assign([A])).toEqual(inSeconds(5));
    expect(changes()).toEqual([]);
  });
});

describe('assign out of time', () => {
  it('asks nothing for a caller who has gone', async () => {
    expect(await assign([A], AbortSignal.abort())).toEqual(inSeconds(5));
    expect(far.requests).toEqual([]);
  });

  it('leaves the rest unsent when the caller goes in mid-list', async () => {
    const caller = new AbortController();
    far.script.order = [
      order(),
      () => {
        caller.abort();
        return order()();
      },
    ];
    expect(said(await assign([A, B], caller.signal))).toEqual(['itm_13 present', 'itm_23 absent']);
  });

  it('begins no change whose answer could come too late', async () => {
    far.script.change = [
      (request) => {
        far.now += 36_000;
        return obey(request);
      },
    ];
    expect(said(await assign([A, B]))).toEqual(['itm_13 present', 'itm_23 absent']);
    desk.seats.clear();
    far.script.seatmaps = [
      () => {
        far.now += 36_000;
        return maps();
      },
    ];
    expect(await assign([A, B])).toEqual(inSeconds(5));
    expect(changes()).toHaveLength(1);
  });
});

describe('lookup', () => {
  it('reads the order once and says what stands', async () => {
    desk.seats.set('1 3', '10A').set('2 3', '11F');
    expect(said(await lookup([A, B, pick('1', '4', '10A')]))).toEqual([
      'itm_13 present',
      'itm_23 absent',
      'itm_14 absent',
    ]);
    expect(calls()).toEqual(['order']);
  });

  it('says of a cancelled flight or order that nothing will come, also where a seat still stands on it', async () => {
    desk.status = { 3: 'CANCELLED', 4: 'CANCELLED' };
    desk.seats.set('1 3', '10A');
    expect(said(await lookup([A, B]))).toEqual([
      'itm_13 refused booking_cancelled',
      'itm_23 refused booking_cancelled',
    ]);
    far.script.order = [error(404, 38196)];
    expect(said(await lookup([A]))).toEqual(['itm_13 refused booking_cancelled']);
  });

  it('does not take a seat of that name on another flight for it', async () => {
    desk.seats.set('1 3', '10A');
    far.script.order = [order((raw) => (raw.flightOffers[0]!.itineraries[0]!.segments[0]!.number = '999'))];
    expect(said(await lookup([A]))).toEqual(['itm_13 absent']);
  });

  it.each<[string, Said, object]>([
    ['nothing', 'timeout', { is: 'unknown' }],
    ['a page', { body: '<html>' }, { is: 'unknown' }],
    ['too many requests', error(429, 38194), { is: 'again' }],
    ['no right', error(403, 38197), { is: 'refused_by_configuration' }],
    ['a 404 that is not Amadeus’s', { status: 404, body: '<html>' }, { is: 'refused_by_configuration' }],
  ])('has no word when it hears %s', async (_what, heard, outcome) => {
    far.script.order = [heard];
    expect(await lookup([A])).toMatchObject(outcome);
  });
});

it('tells operators nothing that is secret or personal', async () => {
  const spoken: unknown[] = [];
  for (const answer of [error(403, 38197, 'QTRV7K GARCIA'), error(400, 477, 'QTRV7K'), error(404, 1, '10A key-1')]) {
    far.script.change = [answer];
    spoken.push(await assign([A]));
    far.script.order = [answer];
    spoken.push(await assign([A]), await lookup([A]));
    far.script.order = [order()];
  }
  const words = JSON.stringify([spoken, far.requests.map(({ label }) => label)]);
  for (const secret of ['QTRV7K', 'GARCIA', 'eJzTd9cP', '10A', 'key-1', 'secret/1&2', 'token-1'])
    expect(words).not.toContain(secret);
});
