import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking, Segment } from '../../../../server/domain/booking.ts';
import type { SegmentMap } from '../../../../server/domain/seat-map.ts';
import { error, ever, FakeAmadeus, type Said } from './fake-amadeus.ts';
import { deck, entry, offer, reply, row, sample, seat, threeThree } from './replies.ts';

const segment = (id: string, more: Partial<Segment> = {}): Segment => ({
  id,
  ref: { segmentId: id, flightOfferId: '1' },
  marketing: { airline: 'ZZ', number: id },
  operating: { airline: 'ZZ' },
  origin: 'MAD',
  destination: 'LIS',
  departure: { local: '2026-05-09T07:35' },
  arrival: { local: '2026-05-09T08:05' },
  cabin: 'economy',
  status: 'confirmed',
  assignedSeats: [],
  ...more,
});

const booking = (segments: Segment[], orderId = 'eJzTd9cP+=='): Booking => ({
  gds: 'amadeus',
  recordLocator: 'QTRV7K',
  supplierLocators: [],
  ref: { orderId },
  travellers: [
    { id: '1', ref: '1', type: 'adult', givenName: 'MARIA', surname: 'GARCIA', seatable: true },
    { id: '2', ref: '2', type: 'adult', givenName: 'SEAN', surname: 'OBRIEN', seatable: true },
    {
      id: '4',
      ref: '4',
      type: 'infant_lap',
      givenName: 'LEO',
      surname: 'GARCIA',
      associatedAdultId: '1',
      seatable: false,
    },
  ],
  segments,
  documents: [],
  staleWarning: false,
  readAt: '2026-03-09T07:35:00.000Z',
});

let far: FakeAmadeus;
beforeEach(() => {
  far = new FakeAmadeus();
});

const two = [segment('3'), segment('4')];
const mapEntry = (segmentId: string, more: object = {}) =>
  entry([deck(row(10, 0, threeThree))], { segmentId, ...more });

async function maps(said: Said, segments: Segment[], ids = segments.map(({ id }) => id)): Promise<SegmentMap[]> {
  far.script.seatmaps = [said];
  const outcome = await far.adapter().seatMaps(booking(segments), ids, ever());
  if (outcome.is !== 'done') throw new Error(`not done: ${outcome.is}`);
  return outcome.value;
}

const mapIn = (one: SegmentMap | undefined) => {
  if (!one || !('map' in one)) throw new Error('no map');
  return one.map;
};

describe('seatMaps', () => {
  it('asks once for all segments, by the order’s id, written for an address', async () => {
    await maps({ body: reply(mapEntry('3'), mapEntry('4')) }, two);
    expect(far.requestsFor('seatmaps').map(({ method, url }) => [method, url])).toEqual([
      [
        'GET',
        'https://test.travel.api.amadeus.com/v1/shopping/seatmaps?flightOrderId=eJzTd9cP%2B%3D%3D&seatNumberServiceBookingStatusRequired=true',
      ],
    ]);
  });

  it('does not write an id for an address that is written for one already', async () => {
    far.script.seatmaps = [{ body: reply(mapEntry('3')) }];
    await far.adapter().seatMaps(booking([segment('3')], 'eJzTd9cP%2BAAs%3d'), ['3'], ever());
    expect(far.requestsFor('seatmaps')[0]!.url).toContain('flightOrderId=eJzTd9cP%2BAAs%3D&');
  });

  it('answers in the order asked, whatever the order of the reply', async () => {
    const answer = await maps({ body: reply(mapEntry('3'), mapEntry('4')) }, two, ['4', '3']);
    expect(answer.map((one) => [one.segmentId, mapIn(one).segmentId])).toEqual([
      ['4', '4'],
      ['3', '3'],
    ]);
  });

  it('dates the map, and its offers for 15 minutes', async () => {
    const [one] = await maps({ body: reply(mapEntry('3')) }, [segment('3')]);
    expect(mapIn(one)).toMatchObject({
      source: { fetchedAt: '2026-03-09T07:35:00.000Z' },
      expiresAt: '2026-03-09T07:50:00.000Z',
    });
  });

  it('puts the cabins of one segment together, the further forward first', async () => {
    const business = entry([deck(row(1, 0, { A: 0, C: 2 }, { cabin: 'BUSINESS' }))], { segmentId: '3', class: 'J' });
    const upper = entry([deck(row(80, 0, { A: 0 }), { deckType: 'UPPER' })], { segmentId: '3' });
    const [one] = await maps({ body: reply(mapEntry('3'), business, upper) }, [segment('3')]);
    expect(mapIn(one).decks.map(({ level, cabins }) => [level, cabins.map(({ cabin }) => cabin)])).toEqual([
      ['main', ['business', 'economy']],
      ['upper', ['economy']],
    ]);
  });

  it('makes one seat of those that stand in two entries, with the offers of both', async () => {
    const forFirst = entry([deck([seat('10A', 0, 0, { travelerPricing: [offer('1')] })])], { segmentId: '3' });
    const forSecond = entry([deck([seat('10A', 0, 0, { travelerPricing: [offer('2', 'BLOCKED')] })])], {
      segmentId: '3',
    });
    const [one] = await maps({ body: reply(forFirst, forSecond) }, [segment('3')]);
    const seats = mapIn(one).decks.flatMap(({ cabins }) =>
      cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots)),
    );
    expect(seats.map((found) => Object.keys(found!.offers))).toEqual([['1', '2']]);
  });

  it('tells by the offer which map is whose, where two segments are numbered alike', async () => {
    const segments = [segment('3'), segment('2-3', { ref: { segmentId: '3', flightOfferId: '2' } })];
    const raw = reply(mapEntry('3'), entry([deck(row(77, 0, threeThree))], { segmentId: '3', flightOfferId: '2' }));
    const answer = await maps({ body: raw }, segments);
    expect(answer.map((one) => mapIn(one).decks[0]!.cabins[0]!.rows[0]!.number)).toEqual([10, 77]);
  });

  it('goes by the segment alone where only one has that number', async () => {
    const raw = reply(mapEntry('3', { flightOfferId: '1-2' }));
    expect(await maps({ body: raw }, [segment('3')])).toMatchObject([{ map: {} }]);
  });

  it.each([
    ['cancelled', 'cancelled'],
    ['flown', 'flown'],
    ['waitlisted', 'not_confirmed'],
    ['pending', 'not_confirmed'],
  ] as const)('does not ask for the map of a segment that is %s', async (status, noMap) => {
    const segments = [segment('3', { status })];
    expect(await far.adapter().seatMaps(booking(segments), ['3'], ever())).toEqual({
      is: 'done',
      value: [{ segmentId: '3', noMap }],
    });
    expect(far.requests).toEqual([]);
  });

  it('asks for the map of a segment whose status is not known', async () => {
    expect(await maps({ body: reply(mapEntry('3')) }, [segment('3', { status: 'unknown' })])).toMatchObject([
      { map: {} },
    ]);
  });

  it('answers for closed segments beside open ones, and for segments that the booking does not have', async () => {
    const answer = await maps(
      { body: reply(mapEntry('3')) },
      [segment('3'), segment('4', { status: 'cancelled' })],
      ['4', '3', '9'],
    );
    expect(answer).toMatchObject([
      { segmentId: '4', noMap: 'cancelled' },
      { segmentId: '3', map: {} },
      { segmentId: '9', noMap: 'no_map' },
    ]);
  });

  it('says of a segment that is missing in the reply that it has no map', async () => {
    expect((await maps({ body: reply(mapEntry('3')) }, two))[1]).toEqual({ segmentId: '4', noMap: 'no_map' });
  });

  it('says of a missing codeshare segment that another airline flies it', async () => {
    const segments = [segment('3'), segment('4', { operating: { airline: 'YY' } })];
    expect((await maps({ body: reply(mapEntry('3')) }, segments))[1]).toEqual({
      segmentId: '4',
      noMap: 'operated_by_other',
    });
  });

  it('learns from a warning that another airline flies it', async () => {
    const answer = await maps({ body: sample('seat-map.warning') }, [segment('3'), segment('4'), segment('5')]);
    expect(answer.slice(1)).toEqual([
      { segmentId: '4', noMap: 'operated_by_other', detail: '4926 SEAT MAP NOT AVAILABLE' },
      { segmentId: '5', noMap: 'no_map' },
    ]);
  });

  it('keeps the reply’s warnings with the maps that there are', async () => {
    const [one] = await maps({ body: sample('seat-map.warning') }, [segment('3')]);
    expect(mapIn(one).source.warnings).toEqual(['the reply warns: 4926 SEAT MAP NOT AVAILABLE']);
  });

  it.each([
    ['an empty list', { data: [], warnings: [{ code: 1, title: 'NONE' }] }],
    ['a map without seats', reply(entry([deck([])], { segmentId: '3' }))],
    [
      'a map that says nothing of any seat',
      reply(entry([deck([seat('1A', 0, 0, { travelerPricing: [] })])], { segmentId: '3' })),
    ],
  ])('has no map in %s', async (_name, body) => {
    expect(await maps({ body }, [segment('3')])).toMatchObject([{ segmentId: '3', noMap: 'no_map' }]);
  });

  it('says that all is taken where nobody of the booking can have a seat', async () => {
    const taken = row(10, 0, threeThree, { travelerPricing: [offer('1', 'BLOCKED'), offer('2', 'OCCUPIED')] });
    expect(await maps({ body: reply(entry([deck(taken)], { segmentId: '3' })) }, [segment('3')])).toEqual([
      { segmentId: '3', noMap: 'all_taken' },
    ]);
  });

  it('keeps a map in which one traveller can have one seat', async () => {
    const taken = row(10, 0, threeThree, { travelerPricing: [offer('1', 'BLOCKED'), offer('2', 'OCCUPIED')] });
    const left = seat('11A', 1, 0, { travelerPricing: [offer('1', 'BLOCKED'), offer('2')] });
    expect(
      await maps({ body: reply(entry([deck([...taken, left])], { segmentId: '3' })) }, [segment('3')]),
    ).toMatchObject([{ map: {} }]);
  });

  it.each([477, 572, 2781, 4481, 8791, 32171])('takes code %i for "no map", for every segment asked', async (code) => {
    const detail = `Amadeus code ${code}`;
    expect(await maps(error(400, code), [segment('3'), segment('4', { status: 'flown' })])).toEqual([
      { segmentId: '3', noMap: 'no_map', detail },
      { segmentId: '4', noMap: 'flown' },
    ]);
  });

  it('takes an order that is gone for "no map"', async () => {
    expect(await maps(error(404, 38196), [segment('3')])).toMatchObject([{ segmentId: '3', noMap: 'no_map' }]);
  });

  it('answers "unknown" to a map it cannot read', async () => {
    far.script.seatmaps = [{ body: reply(entry([{ deckType: 'MAIN', seats: 'many' }])) }];
    expect(await far.adapter().seatMaps(booking(two), ['3'], ever())).toEqual({ is: 'unknown' });
  });
});
