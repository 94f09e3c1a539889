import { describe, expect, it } from 'vitest';
import { readMapFile } from '../../../../server/gds/amadeus/map.ts';
import type { CabinSection, Row, Seat, SeatMap, SeatOffer } from '../../../../server/domain/seat-map.ts';
import { deck, entry, offer, reply, row, sample, seat, threeThree, type RawSeat } from './replies.ts';

const AT = '2026-03-09T07:35:00.000Z';

function read(raw: unknown) {
  const result = readMapFile(raw, AT);
  if (result.is === 'refused') throw new Error(`refused: ${result.seems}`);
  return result;
}

/** The one map of a reply with one deck of these seats. */
const mapOf = (seats: RawSeat[], more: object = {}, entryMore: object = {}): SeatMap =>
  read(reply(entry([deck(seats, more)], entryMore))).maps[0]!.map;

const sectionOf = (seats: RawSeat[], more: object = {}): CabinSection => mapOf(seats, more).decks[0]!.cabins[0]!;
const columnsOf = ({ columns }: CabinSection): string =>
  columns.map((slot) => (slot.kind === 'seat' ? slot.letter : ' ')).join('');
const rowsWhere = (map: SeatMap, test: (row: Row) => boolean): number[] =>
  map.decks.flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.filter(test).map(({ number }) => number)));
const seatsOf = (map: SeatMap): Seat[] =>
  map.decks.flatMap(({ cabins }) =>
    cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots.filter((one) => one !== null))),
  );
const oneSeat = (more: Partial<RawSeat>): Seat => seatsOf(mapOf([seat('12A', 0, 0, more)]))[0]!;
const offerOf = (more: Partial<RawSeat>, traveller = '1'): SeatOffer => oneSeat(more).offers[traveller]!;
const wingRows = (seats: RawSeat[], deckConfiguration: object) =>
  rowsWhere(mapOf(seats, { deckConfiguration }), ({ wing }) => wing);

describe('columns and aisles', () => {
  it.each([
    ['3-3', { A: 0, B: 1, C: 2, D: 4, E: 5, F: 6 }, 'ABC DEF'],
    ['3-4-3', { A: 0, B: 1, C: 2, D: 4, E: 5, F: 6, G: 7, H: 9, J: 10, K: 11 }, 'ABC DEFG HJK'],
    ['1-2', { A: 0, C: 2, D: 3 }, 'A CD'],
    ['1-2-1', { A: 0, B: 2, C: 3, D: 5 }, 'A BC D'],
  ])('an aisle is a place across that no seat uses: %s', (_name, places, columns) => {
    expect(columnsOf(sectionOf(row(1, 0, places)))).toBe(columns);
  });

  it('goes by places, not by the alphabet, whatever the order of the reply', () => {
    expect(columnsOf(sectionOf(row(1, 0, { K: 0, C: 3, A: 1 })))).toBe('KA C');
  });

  it('has one aisle however wide the gap', () => {
    expect(columnsOf(sectionOf(row(1, 0, { A: 0, D: 4 })))).toBe('A D');
  });

  it('has none where a place is listed, be it without a seat', () => {
    const seats = [...row(1, 0, { A: 0, C: 2 }), seat('1B', 0, 1, { characteristicsCodes: ['8'] })];
    expect(columnsOf(sectionOf(seats))).toBe('AC');
  });

  it('has each letter once, at the place where most of its seats are', () => {
    const seats = [...row(1, 0, { A: 0, C: 2 }), ...row(2, 1, { A: 0, C: 2 }), ...row(3, 2, { A: 3, C: 2 })];
    expect(columnsOf(sectionOf(seats))).toBe('A C');
  });

  it('keeps a staggered cabin, whose rows use different letters, in one grid', () => {
    const seats = [...row(11, 4, { B: 1, E: 4, F: 5, J: 8 }), ...row(12, 5, { A: 0, D: 3, G: 6, K: 9 })];
    const section = sectionOf(seats);
    expect(columnsOf(section)).toBe('AB DEFG JK');
    expect(section.rows.map(({ slots }) => slots.map((one) => one?.designator ?? '-').join(' '))).toEqual([
      '- 11B - 11E 11F - 11J -',
      '12A - 12D - - 12G - 12K',
    ]);
  });

  it('does without places: letters by the alphabet, aisles between aisle seats', () => {
    const bare = (number: string, code: string): RawSeat => ({
      number,
      characteristicsCodes: [code],
      travelerPricing: [offer('1')],
    });
    expect(columnsOf(sectionOf([bare('1D', 'W'), bare('1C', 'A'), bare('1B', 'A'), bare('1A', 'W')]))).toBe('AB CD');
  });
});

describe('rows and sections', () => {
  it('allows for gaps along the aircraft and for row numbers that are left out', () => {
    const seats = [...row(12, 5, threeThree), ...row(14, 6, threeThree), ...row(30, 13, threeThree)];
    expect(sectionOf(seats).rows.map(({ number }) => number)).toEqual([12, 14, 30]);
  });

  it('orders rows along the aircraft, not by number', () => {
    expect(sectionOf([...row(3, 9, { A: 0 }), ...row(20, 1, { A: 0 })]).rows.map(({ number }) => number)).toEqual([
      20, 3,
    ]);
  });

  it('cuts a deck into its cabins, each with columns of its own', () => {
    const seats = [
      ...row(1, 0, { A: 0, C: 2, D: 4, F: 6 }, { cabin: 'BUSINESS' }),
      ...row(5, 3, threeThree, { cabin: 'PREMIUM_ECONOMY' }),
      ...row(9, 8, threeThree),
    ];
    const { cabins } = mapOf(seats).decks[0]!;
    expect(cabins.map(({ cabin }) => cabin)).toEqual(['business', 'premium_economy', 'economy']);
    expect(cabins.map(columnsOf)).toEqual(['A C D F', 'ABC DEF', 'ABC DEF']);
  });

  it('makes two sections of a cabin that another one divides', () => {
    const seats = [...row(1, 0, { A: 0 }), ...row(2, 1, { A: 0 }, { cabin: 'BUSINESS' }), ...row(3, 2, { A: 0 })];
    expect(mapOf(seats).decks[0]!.cabins.map(({ cabin, rows }) => [cabin, rows.length])).toEqual([
      ['economy', 1],
      ['business', 1],
      ['economy', 1],
    ]);
  });

  it('leaves a slot empty where there is no seat', () => {
    const seats = [...row(1, 0, threeThree), seat('2B', 1, 1)];
    expect(sectionOf(seats).rows[1]!.slots.map((one) => one?.designator ?? null)).toEqual([
      null,
      '2B',
      null,
      null,
      null,
      null,
    ]);
  });

  it('keeps the decks apart', () => {
    const raw = reply(entry([deck(row(10, 0, threeThree)), deck(row(50, 0, { A: 0, C: 2 }), { deckType: 'UPPER' })]));
    expect(read(raw).maps[0]!.map.decks.map(({ level, cabins }) => [level, cabins[0]!.rows[0]!.number])).toEqual([
      ['main', 10],
      ['upper', 50],
    ]);
  });

  it('writes designators without zeros and dashes', () => {
    const seats = [seat('012B', 0, 1), seat('012-A', 0, 0)];
    expect(seatsOf(mapOf(seats)).map(({ designator }) => designator)).toEqual(['12A', '12B']);
  });

  it('leaves out a seat whose number cannot be read, says so, and keeps the rest', () => {
    const map = mapOf([seat('12A', 0, 0), seat('ABC', 0, 1), seat('0A', 0, 2)]);
    expect(seatsOf(map)).toHaveLength(1);
    expect(map.source.partial).toBe(true);
    expect(map.source.warnings.join()).toContain('ABC, 0A');
  });

  it('counts a seat that is listed twice once', () => {
    const map = mapOf([seat('12A', 0, 0), seat('12A', 0, 1)]);
    expect(seatsOf(map)).toHaveLength(1);
    expect(map.source.warnings.join()).toContain('12A');
  });
});

describe('exit rows', () => {
  const rows = [...row(12, 12, { A: 0, B: 1 }), ...row(14, 13, { A: 0, B: 1 }), ...row(40, 29, { A: 0 })];
  const withExit = rows.map((one) => (one.number === '14B' ? { ...one, characteristicsCodes: ['E'] } : one));
  const exits = (map: SeatMap) => rowsWhere(map, ({ exit }) => exit);

  it('are the rows with an exit seat, even if the list of places says more', () => {
    expect(exits(mapOf(withExit, { deckConfiguration: { exitRowsX: [13, 29] } }))).toEqual([14]);
  });

  it('are the listed places that hold seats, if no seat of the map says so; the list holds places, not row numbers', () => {
    expect(exits(mapOf(rows, { deckConfiguration: { exitRowsX: [12, 14, 29, 31] } }))).toEqual([12, 40]);
  });

  it('go by the seats of all decks', () => {
    const upper = deck(row(50, 0, { A: 0 }), { deckType: 'UPPER', deckConfiguration: { exitRowsX: [0] } });
    expect(exits(read(reply(entry([deck(withExit), upper]))).maps[0]!.map)).toEqual([14]);
  });
});

describe('wings', () => {
  const rows = [8, 9, 10, 11].flatMap((number, index) => row(number, index + 3, { A: 0 }));
  const overwing = rows.map((one) => (one.number === '11A' ? { ...one, characteristicsCodes: ['OW'] } : one));

  it.each([
    ['places along the aircraft', { startWingsX: 4, endWingsX: 5, startWingsRow: 8, endWingsRow: 11 }, [9, 10]],
    ['rows, where there are no places', { startWingsRow: 10, endWingsRow: 30 }, [10, 11]],
    ['rows, where only one end has a place', { endWingsX: 3, startWingsRow: 9, endWingsRow: 10 }, [9, 10]],
    ['one end alone: from the front', { endWingsX: 4 }, [8, 9]],
    ['one end alone: to the rear', { startWingsRow: 10 }, [10, 11]],
    ['what the seats say, where no row is within', { startWingsRow: 13, endWingsRow: 13 }, [11]],
    ['what the seats say, where nothing else does', {}, [11]],
  ])('by %s', (_name, configuration, expected) => {
    expect(wingRows(overwing, configuration)).toEqual(expected);
  });

  it('are named on the section, and absent where nothing tells of them', () => {
    expect(sectionOf(rows, { deckConfiguration: { startWingsX: 4, endWingsX: 5 } }).wing).toEqual({
      fromRow: 9,
      toRow: 10,
    });
    expect(sectionOf(rows)).not.toHaveProperty('wing');
  });
});

describe('seats', () => {
  it('have each code once, and unknown ones as they are', () => {
    expect(oneSeat({ characteristicsCodes: ['A', 'A', 'W', '1A_AQC_PREMIUM_SEAT', 'ZQ'] }).characteristics).toEqual([
      'A',
      'W',
      '1A_AQC_PREMIUM_SEAT',
      'ZQ',
    ]);
  });

  it('do without any code', () => {
    const { characteristicsCodes: _codes, ...bare } = seat('12A', 0, 0);
    expect(seatsOf(mapOf([bare]))[0]!.characteristics).toEqual([]);
  });

  it.each([
    [['W'], 'window'],
    [['A'], 'aisle'],
    [['9'], 'middle'],
    [['A', 'W'], 'window'],
    [['W', '1W'], 'window'],
  ])('stand by their codes: %s is %s', (characteristicsCodes, position) => {
    expect(oneSeat({ characteristicsCodes }).position).toBe(position);
  });

  it('stand by their columns where no code says it', () => {
    expect(seatsOf(mapOf(row(1, 0, threeThree))).map(({ position }) => position)).toEqual([
      'window',
      'middle',
      'aisle',
      'aisle',
      'middle',
      'window',
    ]);
  });

  it('mark their row as a bulkhead', () => {
    const seats = [...row(1, 0, { A: 0 }, { characteristicsCodes: ['K'] }), ...row(2, 1, { A: 0 })];
    expect(rowsWhere(mapOf(seats), ({ bulkhead }) => bulkhead)).toEqual([1]);
  });

  it.each(['8', 'LA', 'GN', 'CL', 'SO'])(
    'are none where the code %s says that there is no seat, whatever its availability',
    (code) => {
      const section = sectionOf([
        ...row(1, 0, threeThree),
        ...row(2, 1, { A: 0, B: 1 }),
        seat('2C', 1, 2, { characteristicsCodes: ['A', code] }),
      ]);
      expect(section.rows[1]!.slots[2]).toBeNull();
      expect(section.facilities).toEqual([{ code, row: 2, position: 'in_row', columns: ['C'] }]);
    },
  );

  it('are named by what stands in their place rather than by its absence', () => {
    const section = sectionOf([...row(1, 0, { A: 0 }), seat('1C', 0, 2, { characteristicsCodes: ['8', 'LA'] })]);
    expect(section.facilities.map(({ code }) => code)).toEqual(['LA']);
  });
});

describe('availability', () => {
  it.each([
    ['AVAILABLE', 'available'],
    ['OCCUPIED', 'occupied'],
    ['BLOCKED', 'blocked'],
    ['SOMETHING_NEW', 'no_data'],
    ['constructor', 'no_data'],
  ])('%s is %s, and the word is kept', (word, availability) => {
    expect(offerOf({ travelerPricing: [offer('1', word)] })).toMatchObject({ availability, rawStatus: word });
  });

  it('matches travellers by id, not by order', () => {
    const seats = [
      seat('1A', 0, 0, { travelerPricing: [offer('2', 'BLOCKED'), offer('1', 'AVAILABLE', '5.00')] }),
      seat('1B', 0, 1, { travelerPricing: [offer('1', 'AVAILABLE', '5.00'), offer('2', 'BLOCKED')] }),
    ];
    for (const { offers } of seatsOf(mapOf(seats))) expect(offers['1']!.availability).toBe('available');
  });

  it('is "not eligible" where a seat is blocked for one traveller and available for another', () => {
    const travelerPricing = [offer('1', 'BLOCKED'), offer('2'), offer('3', 'OCCUPIED')];
    const { offers } = oneSeat({ travelerPricing });
    expect(Object.values(offers).map(({ availability }) => availability)).toEqual([
      'not_eligible',
      'available',
      'occupied',
    ]);
    expect(offers['1']!.rawStatus).toBe('BLOCKED');
  });

  it('goes by position where the reply names no traveller', () => {
    const unnamed = (seatAvailabilityStatus: string) => ({ id: '7', seatAvailabilityStatus });
    const { offers } = oneSeat({ travelerPricing: [unnamed('AVAILABLE'), unnamed('OCCUPIED')] });
    expect(offers['1']!.availability).toBe('available');
    expect(offers['2']!.availability).toBe('occupied');
  });

  it('takes ids that are names of every object for what they are', () => {
    expect(offerOf({ travelerPricing: [offer('constructor')] }, 'constructor').availability).toBe('available');
  });

  it('is compared with the reply’s own count', () => {
    const counters = (value: number) => ({ availableSeatsCounters: [{ travelerId: '1', value }] });
    expect(mapOf(row(1, 0, threeThree), {}, counters(6)).source.warnings).toEqual([]);
    expect(mapOf(row(1, 0, threeThree), {}, counters(7)).source.warnings).toEqual([
      'the reply counts 7 available seats for traveller 1, its map has 6',
    ]);
  });
});

describe('prices', () => {
  const CH = ['CH'];

  it('keep total, base and the sum of taxes apart', () => {
    const price = {
      currency: 'EUR',
      total: '15.00',
      base: '11.10',
      taxes: [
        { amount: '3.40', code: 'XT' },
        { amount: '0.50', code: 'YQ' },
      ],
    };
    expect(offerOf({ characteristicsCodes: CH, travelerPricing: [{ ...offer('1'), price }] }).price).toEqual({
      kind: 'paid',
      total: { amountMinor: 1500, currency: 'EUR' },
      base: { amountMinor: 1110, currency: 'EUR' },
      taxes: { amountMinor: 390, currency: 'EUR' },
    });
  });

  it('leave out taxes that are not named, instead of saying 0', () => {
    expect(offerOf({ travelerPricing: [offer('1', 'AVAILABLE', '15.00')] }).price).toEqual({
      kind: 'paid',
      total: { amountMinor: 1500, currency: 'EUR' },
    });
  });

  it.each(['OCCUPIED', 'BLOCKED'])('of a seat that is %s are dropped', (status) => {
    expect(offerOf({ characteristicsCodes: CH, travelerPricing: [offer('1', status, '85.77')] }).price).toEqual({
      kind: 'unpriced',
    });
  });

  it('of 0.00 mean free, chargeable or not', () => {
    expect(offerOf({ characteristicsCodes: CH, travelerPricing: [offer('1', 'AVAILABLE', '0.00')] }).price).toEqual({
      kind: 'free',
    });
  });

  it('that are missing mean free, unless the seat is marked as chargeable', () => {
    expect(offerOf({ travelerPricing: [offer('1')] }).price).toEqual({ kind: 'free' });
    expect(offerOf({ characteristicsCodes: CH, travelerPricing: [offer('1')] }).price).toEqual({ kind: 'unpriced' });
  });

  it.each([
    ['JPY', '1200', 1200],
    ['KWD', '0.500', 500],
    ['USD', '63.8', 6380],
  ])('are read exactly in %s', (currency, total, amountMinor) => {
    expect(offerOf({ travelerPricing: [offer('1', 'AVAILABLE', total, currency)] }).price).toMatchObject({
      total: { amountMinor, currency },
    });
  });

  it.each([
    ['more decimals than the currency has', { currency: 'JPY', total: '12.50' }],
    ['a negative amount', { currency: 'EUR', total: '-5.00' }],
    ['words', { currency: 'EUR', total: 'free' }],
    ['no currency', { total: '5.00' }],
    ['no total', { currency: 'EUR', base: '5.00' }],
  ])('that cannot be represented (%s) make the seat unpriced and are said', (_name, price) => {
    const map = mapOf([seat('12A', 0, 0, { travelerPricing: [{ ...offer('1'), price }] })]);
    expect(seatsOf(map)[0]!.offers['1']!.price).toEqual({ kind: 'unpriced' });
    expect(map.source.warnings.join()).toContain('12A');
  });
});

describe('facilities', () => {
  const rows = [...row(1, 1, threeThree), ...row(2, 2, threeThree), ...row(9, 6, threeThree)];
  const facility = (
    code: string,
    position: string,
    column: string | undefined,
    x: number,
    y: number | undefined,
    atRow?: string,
  ) => ({
    code,
    position,
    ...(column && { column }),
    ...(atRow && { row: atRow }),
    coordinates: { x, ...(y !== undefined && { y }) },
  });
  const facilitiesOf = (...facilities: object[]) => sectionOf(rows, { facilities }).facilities;

  it('may be missing or empty', () => {
    expect(sectionOf(rows).facilities).toEqual([]);
    expect(facilitiesOf()).toEqual([]);
  });

  it('stand in front of the row behind them, where they name none', () => {
    expect(facilitiesOf(facility('LA', 'FRONT', 'A', 0, 0))).toEqual([
      { code: 'LA', row: 1, position: 'front', columns: ['A'] },
    ]);
    expect(facilitiesOf(facility('LA', 'FRONT', 'F', 4, 6))).toEqual([
      { code: 'LA', row: 9, position: 'front', columns: ['F'] },
    ]);
  });

  it('stand behind the row that they name', () => {
    expect(facilitiesOf(facility('G', 'REAR', 'C', 3, 2, '2'))).toEqual([
      { code: 'G', row: 2, position: 'rear', columns: ['C'] },
    ]);
  });

  it('stand in a row in place of a seat', () => {
    expect(facilitiesOf(facility('CL', 'SEAT', 'A', 2, 0, '2'))).toEqual([
      { code: 'CL', row: 2, position: 'in_row', columns: ['A'] },
    ]);
  });

  it('stand by the nearest row, where they name one that has no seats', () => {
    expect(facilitiesOf(facility('G', 'SEAT', 'A', 3, 0, '3'))).toEqual([
      { code: 'G', row: 2, position: 'rear', columns: ['A'] },
    ]);
  });

  it('are one where they stand side by side, however deep; an aisle parts them', () => {
    const parts = [
      ['B', 1, 7],
      ['A', 0, 7],
      ['E', 5, 7],
      ['A', 0, 8],
    ] as const;
    expect(facilitiesOf(...parts.map(([column, y, x]) => facility('G', 'REAR', column, x, y, '9')))).toEqual([
      { code: 'G', row: 9, position: 'rear', columns: ['A', 'B'] },
      { code: 'G', row: 9, position: 'rear', columns: ['E'] },
    ]);
  });

  it('keep codes that we know nothing of, and those without a place across', () => {
    expect(facilitiesOf(facility('LG', 'REAR', undefined, 7, undefined, '9'))).toEqual([
      { code: 'LG', row: 9, position: 'rear', columns: [] },
    ]);
  });

  it('are left out, and counted, where nothing says where they are', () => {
    const map = mapOf(rows, { facilities: [{ code: 'LA', position: 'FRONT' }] });
    expect(map.decks[0]!.cabins[0]!.facilities).toEqual([]);
    expect(map.source.warnings.join()).toContain('1 of the facilities');
  });
});

describe('the reply', () => {
  it('has one map per entry: a segment once for each cabin asked for', () => {
    const { maps } = read(
      reply(
        entry([deck(row(1, 0, { A: 0 }, { cabin: 'BUSINESS' }))], { class: 'J' }),
        entry([deck(row(9, 0, threeThree))], { class: 'K' }),
      ),
    );
    expect(maps.map(({ flight, map }) => [flight.bookingClass, map.segmentId, map.decks[0]!.cabins[0]!.cabin])).toEqual(
      [
        ['J', '3', 'business'],
        ['K', '3', 'economy'],
      ],
    );
  });

  it('may be a bare array, a bare map, or have one map as its data', () => {
    const one = entry([deck(row(1, 0, threeThree))]);
    const whole = read(reply(one)).maps;
    expect(read([one]).maps).toEqual(whole);
    expect(read(one).maps).toEqual(whole);
    expect(read({ data: one }).maps).toEqual(whole);
  });

  it('may be in the older spelling, with no traveller ids and a seat without codes', () => {
    const { map } = read(sample('seat-map.legacy')).maps[0]!;
    expect(map.segmentId).toBe('1');
    expect(rowsWhere(map, ({ wing }) => wing)).toEqual([14]);
    expect(rowsWhere(map, ({ exit }) => exit)).toEqual([15]);
    const [first, second] = seatsOf(map);
    expect(first!.offers['1']!.price).toEqual({ kind: 'paid', total: { amountMinor: 2500, currency: 'EUR' } });
    expect(first!.offers['2']!.availability).toBe('not_eligible');
    expect(second!.characteristics).toEqual([]);
  });

  it('says what its warnings are', () => {
    expect(read(sample('seat-map.warning')).warnings).toEqual(['the reply warns: 4926 SEAT MAP NOT AVAILABLE']);
  });

  it('carries the flight, and when it was read', () => {
    const { flight, map } = read(sample('seat-map.ok')).maps[0]!;
    expect(flight).toEqual({
      airline: 'ZZ',
      number: '100',
      origin: 'MAD',
      destination: 'LIS',
      departsLocal: '2026-05-09T07:35',
      aircraft: '388',
      bookingClass: 'K',
    });
    expect(map.source).toEqual({ fetchedAt: AT, partial: false, warnings: [] });
  });

  it.each([
    [
      'a seat number that is no text',
      reply(entry([deck([{ ...seat('1A', 0, 0), number: 1 as unknown as string }])])),
      'data[0].decks[0].seats[0].number',
    ],
    [
      'a price that is no text',
      reply(
        entry([
          deck([
            seat('1A', 0, 0, {
              travelerPricing: [{ ...offer('1'), price: { currency: 'EUR', total: 5 as unknown as string } }],
            }),
          ]),
        ]),
      ),
      'price.total',
    ],
    ['a deck without seats', reply(entry([{ deckType: 'MAIN' }])), 'data[0].decks[0].seats'],
    ['a place across beyond all aircraft', reply(entry([deck([seat('1A', 0, 1e12)])])), 'coordinates.y'],
    ['an entry that is no map', reply(entry([deck([])]), { type: 'flight-offer' }), 'data[1].decks'],
    [
      'a traveller id that would be a key of its own kind',
      reply(entry([deck([seat('1A', 0, 0, { travelerPricing: [offer('__proto__')] })])])),
      'travelerId',
    ],
  ])('is refused with the place of the damage: %s', (_name, raw, place) => {
    const result = readMapFile(raw, AT);
    expect(result).toMatchObject({ is: 'refused', seems: expect.stringContaining(place) as string });
  });

  it.each([
    ['a flight order', sample('order.ok'), 'an Amadeus flight order'],
    ['flight offers', { data: [{ type: 'flight-offer' }] }, 'Amadeus flight offers'],
    ['a price call', { data: { type: 'flight-offers-pricing', flightOffers: [] } }, 'flight offer price call'],
    ['a token reply', sample('token.ok'), 'an Amadeus token reply'],
    ['a token error', sample('token.error'), 'an Amadeus token error'],
    ['an error', sample('seat-map.error'), 'an Amadeus error reply (code 4481)'],
    ['no map at all', { data: [], warnings: [] }, 'an Amadeus reply without any seat map'],
  ])('is told from %s', (_name, raw, words) => {
    expect(readMapFile(raw, AT)).toMatchObject({ is: 'refused', seems: expect.stringContaining(words) as string });
  });

  it.each([[null], [7], ['text'], [[]], [{}], [{ data: 3 }]])('is told from %j', (raw) => {
    expect(readMapFile(raw, AT)).toMatchObject({ is: 'refused', seems: null });
  });
});
