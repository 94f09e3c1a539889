import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../../../server/domain/booking.ts';
import { error, ever, FakeAmadeus } from './fake-amadeus.ts';
import { sample } from './replies.ts';

interface RawOrder {
  associatedRecords: { reference: string; originSystemCode?: string }[];
  travelers: { id: string; name: Record<string, string> }[];
  flightOffers: {
    id: string;
    source: string;
    itineraries: { segments: { id: string; number: string; bookingStatus?: string; isFlown?: boolean }[] }[];
    travelerPricings: { travelerId: string; travelerType: string; fareDetailsBySegment: object[] }[];
  }[];
}

let far: FakeAmadeus;
beforeEach(() => {
  far = new FakeAmadeus();
});

/** The fixture's order, changed. */
function order(change: (raw: RawOrder) => void = () => {}): RawOrder {
  const [raw] = (sample('order.ok') as { data: [RawOrder] }).data;
  change(raw);
  return raw;
}

async function find(raw: unknown, lastName = 'García', locator = 'QTRV7K'): Promise<Booking | null> {
  far.script['by-reference'] = [{ body: { data: raw } }];
  const outcome = await far.adapter().findBooking(locator, lastName, ever());
  if (outcome.is !== 'done') throw new Error(`not done: ${outcome.is}`);
  return outcome.value;
}

const found = async (raw: unknown): Promise<Booking> => (await find(raw))!;
const segmentsOf = (raw: RawOrder) =>
  raw.flightOffers.flatMap(({ itineraries }) => itineraries.flatMap(({ segments }) => segments));

describe('findBooking', () => {
  it('reads an order in our words', async () => {
    const booking = await found([order()]);
    expect(booking).toMatchObject({
      gds: 'amadeus',
      recordLocator: 'QTRV7K',
      supplierLocators: [{ airline: 'ZZ', locator: 'ZZLOC9' }],
      staleWarning: false,
      readAt: '2026-03-09T07:35:00.000Z',
    });
    expect(booking.segments[1]).toEqual({
      id: '4',
      ref: { segmentId: '4', flightOfferId: '1' },
      marketing: { airline: 'ZZ', number: '7101' },
      operating: { airline: 'YY', number: '101' },
      origin: 'LIS',
      destination: 'JFK',
      departure: { local: '2026-05-16T10:00', terminal: '2' },
      arrival: { local: '2026-05-16T12:55' },
      bookingClass: 'J',
      cabin: 'business',
      aircraft: '320',
      status: 'confirmed',
      rawStatus: 'CONFIRMED',
      contentSource: 'atpco',
      assignedSeats: [],
    });
  });

  it('survives being written down and read back', async () => {
    const booking = await found([order()]);
    expect(JSON.parse(JSON.stringify(booking))).toEqual(booking);
  });

  it('keeps names as the GDS has them, and tells who may have a seat', async () => {
    const { travellers } = await found([order()]);
    expect(
      travellers.map(({ id, type, givenName, surname, seatable }) => [id, type, givenName, surname, seatable]),
    ).toEqual([
      ['1', 'adult', 'MARÍA JOSÉ', 'GARCÍA LÓPEZ', true],
      ['2', 'senior', 'SEAN MR', "O'BRIEN-SMYTHE", true],
      ['3', 'child', 'NORA', "O'BRIEN-SMYTHE", true],
      ['4', 'infant_lap', 'LEO', 'GARCÍA', false],
    ]);
    expect(travellers[3]!.associatedAdultId).toBe('1');
  });

  it('reads the seats held already, in both spellings', async () => {
    const { segments } = await found([order()]);
    expect(segments[0]!.assignedSeats).toEqual([
      { travellerId: '1', designator: '12A', status: 'confirmed' },
      { travellerId: '2', designator: '12B', status: 'confirmed' },
    ]);
  });

  it('reads tickets and EMDs with their state', async () => {
    const { documents } = await found([order()]);
    expect(documents).toEqual([
      { kind: 'ticket', number: '999-1000000001', travellerId: '1', segmentIds: ['3', '4', '47'], status: 'issued' },
      { kind: 'emd', number: '999-1800000001', travellerId: '1', segmentIds: ['3'], status: 'issued' },
      { kind: 'emd', number: '999-1800000002', travellerId: '2', segmentIds: ['3'], status: 'refunded' },
    ]);
  });

  it.each([
    ['CONFIRMED', 'confirmed'],
    ['WAITLISTED', 'waitlisted'],
    ['PENDING', 'pending'],
    ['CANCELLED', 'cancelled'],
    ['DENIED', 'cancelled'],
    ['SOMETHING_NEW', 'unknown'],
    [undefined, 'confirmed'],
  ])('a segment’s status %s is %s', async (word, status) => {
    const raw = order((one) => {
      const [first] = segmentsOf(one);
      if (word === undefined) delete first!.bookingStatus;
      else first!.bookingStatus = word;
    });
    expect((await found([raw])).segments[0]!.status).toBe(status);
  });

  it('makes one segment of one that two offers hold for different travellers', async () => {
    const raw = order((one) => {
      const second = structuredClone(one.flightOffers[0]!);
      second.id = '2';
      second.travelerPricings = [
        {
          travelerId: '3',
          travelerType: 'CHILD',
          fareDetailsBySegment: [{ segmentId: '3', additionalServices: { chargeableSeatNumber: '12C' } }],
        },
      ];
      one.flightOffers.push(second);
    });
    const { segments } = await found([raw]);
    expect(segments.map(({ id }) => id)).toEqual(['3', '4', '47']);
    expect(segments[0]!.assignedSeats.map(({ travellerId, designator }) => [travellerId, designator])).toEqual([
      ['1', '12A'],
      ['2', '12B'],
      ['3', '12C'],
    ]);
  });

  it('tells segments apart that two offers number alike', async () => {
    const raw = order((one) => {
      const second = structuredClone(one.flightOffers[0]!);
      second.id = '2';
      second.itineraries = [{ segments: [{ ...segmentsOf(one)[0]!, number: '555' }] }];
      one.flightOffers.push(second);
    });
    expect((await found([raw])).segments.map(({ id, marketing }) => [id, marketing.number])).toEqual([
      ['3', '100'],
      ['4', '7101'],
      ['47', '102'],
      ['2-3', '555'],
    ]);
  });

  it('accepts the answer as an array and as one object', async () => {
    expect(await find(order())).toEqual(await find([order()]));
  });

  it.each(['García', 'GARCIA', 'garcía lópez', 'O’Brien Smythe', 'obriensmythe'])(
    'takes the surname of any traveller: %s',
    async (name) => {
      expect(await find([order()], name)).not.toBeNull();
    },
  );

  it('takes the locator in any case, and asks for it in capitals', async () => {
    expect(await find([order()], 'García', ' qtrv7k ')).not.toBeNull();
    expect(far.requestsFor('by-reference')[0]!.url).toBe(
      'https://test.travel.api.amadeus.com/v1/booking/flight-orders/by-reference?reference=QTRV7K&originSystemCode=GDS',
    );
  });

  it.each([
    ['another name', [order()], 'Lopez', 'QTRV7K'],
    ['no name', [order()], '', 'QTRV7K'],
    [
      'the airline’s own locator',
      [order((one) => (one.associatedRecords[1]!.reference = 'QTRV7L'))],
      'García',
      'QTRV7L',
    ],
    ['an order of another locator', [order()], 'García', 'AAAAAA'],
    ['no order', [], 'García', 'QTRV7K'],
    ['nobody aboard', [order((one) => (one.travelers = []))], 'García', 'QTRV7K'],
    [
      'all segments cancelled',
      [order((one) => segmentsOf(one).forEach((segment) => (segment.bookingStatus = 'CANCELLED')))],
      'García',
      'QTRV7K',
    ],
    [
      'all segments flown or cancelled',
      [order((one) => segmentsOf(one).forEach((segment) => (segment.isFlown = true)))],
      'García',
      'QTRV7K',
    ],
    ['no segments', [order((one) => (one.flightOffers = []))], 'García', 'QTRV7K'],
  ])('finds nothing for %s', async (_name, raw, lastName, locator) => {
    expect(await find(raw, lastName, locator)).toBeNull();
  });

  it('finds the order of that name among several', async () => {
    const other = order((one) => one.travelers.forEach((traveler) => (traveler.name.lastName = 'LINDQVIST')));
    expect((await find([other, order()]))!.travellers[0]!.surname).toBe('GARCÍA LÓPEZ');
  });

  it('does not ask for what is no locator', async () => {
    expect(await far.adapter().findBooking('../../v1', 'García', ever())).toEqual({ is: 'done', value: null });
    expect(far.requests).toEqual([]);
  });

  it.each([
    ['404 / 38196', { status: 404, body: sample('order.error') }],
    ['404 without a code', { status: 404, body: 'not here' }],
    ['400 / 477', error(400, 477)],
    ['400 / 32171', error(400, '32171')],
  ])('answers a refusal of the reference as nothing found: %s', async (_name, said) => {
    far.script['by-reference'] = [said];
    expect(await far.adapter().findBooking('QTRV7K', 'García', ever())).toEqual({ is: 'done', value: null });
  });

  it.each([
    ['no id', [order((one) => delete (one as { id?: string }).id)]],
    [
      'a time that is none',
      [order((one) => Object.assign(segmentsOf(one)[0]!, { departure: { iataCode: 'MAD', at: 'tomorrow' } }))],
    ],
    ['no object', ['order']],
  ])('answers "unknown" to an order it cannot read: %s', async (_name, raw) => {
    far.script['by-reference'] = [{ body: { data: raw } }];
    expect(await far.adapter().findBooking('QTRV7K', 'García', ever())).toEqual({ is: 'unknown' });
  });
});
