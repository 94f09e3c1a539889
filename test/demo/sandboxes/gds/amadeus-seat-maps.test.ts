import { describe, expect, it } from 'vitest';
import { Client, pricing, seat, seatsOf, status } from '../client.ts';
import type { Deck, Seat, SeatMap } from '../wire.ts';

async function maps(pnr: string, client = new Client()): Promise<SeatMap[]> {
  return (await client.seatMaps(pnr)).data;
}

const gaps = (deck: Deck) => {
  const used = new Set(deck.seats.map((one) => one.coordinates.y));
  return Array.from({ length: deck.deckConfiguration.width }, (_, y) => y).filter((y) => !used.has(y));
};

const xOf = (map: SeatMap, number: string) => seat(map, number).coordinates.x;

describe('Amadeus seat maps', () => {
  it('describes each flight of an order', async () => {
    const body = await new Client().seatMaps('ABC123');
    expect(body.meta.count).toBe(2);
    expect(body.warnings).toBeUndefined();
    expect(body.data).toMatchObject([
      { id: '1', type: 'seatmap', segmentId: '47', flightOfferId: '1', carrierCode: 'ZS', number: '482', class: 'M' },
      { id: '2', type: 'seatmap', segmentId: '48', number: '17', aircraft: { code: '388' } },
    ]);
    expect(body.dictionaries.facilities).toMatchObject({ LA: 'Lavatory' });
    expect(body.dictionaries.seatCharacteristics).toMatchObject({ E: 'Exit row seat', CH: 'Chargeable seats' });
  });

  it('draws the A320: 3-3 with one aisle, no row 13, lines of lavatories and galleys, wings and exits', async () => {
    const [map] = await maps('ABC123');
    const [deck] = map!.decks;
    expect(deck!.deckType).toBe('MAIN');
    expect(deck!.deckConfiguration).toEqual({
      width: 7,
      length: 31,
      startSeatRow: 1,
      endSeatRow: 30,
      startWingsX: 9,
      endWingsX: 19,
      startWingsRow: 9,
      endWingsRow: 20,
      exitRowsX: [12, 13],
    });
    expect(gaps(deck!)).toEqual([3]);
    expect(seatsOf(map!)).toHaveLength(174);
    expect(seatsOf(map!).some((one) => String(one.number).startsWith('13'))).toBe(false);
    expect([xOf(map!, '12A'), xOf(map!, '14A')]).toEqual([12, 13]);
    const lines = deck!.facilities!.map(({ code, position, row, coordinates }) => [
      code,
      position,
      row,
      coordinates!.x,
    ]);
    expect(lines).toContainEqual(['LA', 'FRONT', undefined, 0]);
    expect(lines).toContainEqual(['G', 'REAR', '30', 30]);
  });

  it('draws both decks of the A380, each with x and y of its own', async () => {
    const [, map] = await maps('ABC123');
    const [main, upper] = map!.decks;
    expect([main!.deckType, upper!.deckType]).toEqual(['MAIN', 'UPPER']);
    expect(main!.deckConfiguration).toMatchObject({
      width: 12,
      length: 31,
      startSeatRow: 41,
      endSeatRow: 68,
      exitRowsX: [1, 13],
    });
    expect(gaps(main!)).toEqual([3, 8]);
    expect(upper!.deckConfiguration).toMatchObject({
      width: 10,
      length: 32,
      startSeatRow: 6,
      endSeatRow: 96,
      exitRowsX: [6, 14],
    });
    expect(gaps(upper!)).toEqual([2, 7]);
    // A line of galleys and lavatories stands before row 52, and between the two cabins upstairs.
    expect([xOf(map!, '51D'), xOf(map!, '52D')]).toEqual([11, 13]);
    expect([xOf(map!, '17A'), xOf(map!, '80A')]).toEqual([12, 14]);
    const closets = main!.facilities!.filter(({ position }) => position === 'SEAT');
    expect(closets.map(({ code, row, column }) => `${code} ${row}${column}`)).toEqual([
      'CL 68A',
      'CL 68B',
      'CL 68J',
      'CL 68K',
    ]);
    expect(() => seat(map!, '68A')).toThrow('no seat');
  });

  it('blocks the business cabin upstairs: it is not part of the fare', async () => {
    const [, map] = await maps('ABC123');
    const business = seatsOf(map!).filter(({ cabin }) => cabin === 'BUSINESS');
    expect(business).toHaveLength(48);
    const statuses = business.flatMap((one) => one.travelerPricing.map((entry) => entry.seatAvailabilityStatus));
    expect(new Set(statuses)).toEqual(new Set(['BLOCKED']));
  });

  it('prices by row, position and legroom, and marks what costs money with CH', async () => {
    const [a320, a380] = await maps('ABC123');
    const total = (map: SeatMap, number: string) => pricing(seat(map, number), '2').price!.total;
    expect(['1A', '2B', '7A', '23C', '27B', '12A'].map((number) => total(a320!, number))).toEqual([
      '32.00',
      '18.00',
      '12.00',
      '9.00',
      '0.00',
      '32.00',
    ]);
    expect(['52A', '43A', '46A', '61B', '80F', '81A', '84A'].map((number) => total(a380!, number))).toEqual([
      '78.00',
      '36.00',
      '24.00',
      '0.00',
      '78.00',
      '36.00',
      '24.00',
    ]);
    for (const one of [...seatsOf(a320!), ...seatsOf(a380!)]) {
      const price = pricing(one, '2').price;
      if (price) expect(one.characteristicsCodes!.includes('CH')).toBe(price.total !== '0.00');
    }
  });

  it('says base and taxes of seats with legroom only', async () => {
    const [map] = await maps('SOLO77');
    expect(pricing(seat(map!, '1A'), '1').price).toEqual({
      currency: 'EUR',
      total: '32.00',
      base: '29.09',
      taxes: [{ amount: '2.91', code: 'GB' }],
    });
    expect(pricing(seat(map!, '7A'), '1').price).toEqual({ currency: 'EUR', total: '12.00' });
  });

  it('prices every seat that can be had, and some that cannot', async () => {
    const [map] = await maps('SOLO77');
    const entries = seatsOf(map!).map((one) => pricing(one, '1'));
    const available = entries.filter((entry) => entry.seatAvailabilityStatus === 'AVAILABLE');
    expect(available.every((entry) => entry.price)).toBe(true);
    expect(entries.some((entry) => entry.seatAvailabilityStatus === 'OCCUPIED' && entry.price)).toBe(true);
  });

  it('fills about two seats of five, and gives the same map twice', async () => {
    const client = new Client();
    const [map] = await maps('SOLO77', client);
    const taken = seatsOf(map!).filter((one) => pricing(one, '1').seatAvailabilityStatus === 'OCCUPIED').length;
    expect(taken / 174).toBeGreaterThan(0.34);
    expect(taken / 174).toBeLessThan(0.46);
    expect(await maps('SOLO77', client)).toEqual([map]);
  });

  it.each(['ABC123', 'SOLO77', 'FULL00', 'HELD33', 'FAMLY4'])('counts the available seats of %s', async (pnr) => {
    for (const map of await maps(pnr)) {
      for (const { travelerId, value } of map.availableSeatsCounters) {
        const free = seatsOf(map).filter((one) => pricing(one, travelerId!).seatAvailabilityStatus === 'AVAILABLE');
        expect(value).toBe(free.length);
      }
    }
  });

  it('keeps an adult with an infant off exits and off seats that allow none', async () => {
    const [map] = await maps('ABC123');
    expect([status(map!, '12A', '1'), status(map!, '12A', '2')]).toEqual(['BLOCKED', 'AVAILABLE']);
    expect([status(map!, '30E', '1'), status(map!, '30E', '2')]).toEqual(['BLOCKED', 'AVAILABLE']);
    expect([status(map!, '7A', '1'), status(map!, '7A', '2')]).toEqual(['AVAILABLE', 'AVAILABLE']);
    for (const one of seatsOf(map!)) {
      if (one.characteristicsCodes!.includes('1A')) {
        expect(pricing(one, '1').seatAvailabilityStatus).not.toBe('AVAILABLE');
      }
    }
  });

  it('keeps a child off the exits only', async () => {
    const [map] = await maps('FAMLY4');
    expect([status(map!, '12A', '3'), status(map!, '12A', '2')]).toEqual(['BLOCKED', 'AVAILABLE']);
    expect(status(map!, '30E', '3')).toBe('AVAILABLE');
  });

  it('has no entry for an infant on a lap, and changes the order of the others from row to row', async () => {
    const [map] = await maps('ABC123');
    const ids = (number: string) => seat(map!, number).travelerPricing.map((entry) => entry.travelerId);
    expect(ids('1A')).toEqual(['1', '2']);
    expect(ids('2A')).toEqual(['2', '1']);
    expect(map!.availableSeatsCounters.map(({ travelerId }) => travelerId)).toEqual(['1', '2']);
  });

  it('has every seat taken on FULL00', async () => {
    const [map] = await maps('FULL00');
    expect(seatsOf(map!).every((one) => pricing(one, '1').seatAvailabilityStatus === 'OCCUPIED')).toBe(true);
    expect(map!.availableSeatsCounters).toEqual([{ travelerId: '1', value: 0 }]);
  });

  it('leaves out a flight without a map and says why', async () => {
    const body = await new Client().seatMaps('NOMAP2');
    expect(body.data.map(({ segmentId }) => segmentId)).toEqual(['5']);
    expect(body.warnings).toMatchObject([
      { title: 'SEAT MAP NOT AVAILABLE', source: { pointer: '/data/flightOffers/0/itineraries/0/segments/1' } },
    ]);
    expect(body.warnings![0]!.detail).toContain('XN');
  });

  it('shows seats that a booking holds as occupied, to itself and to others', async () => {
    const client = new Client();
    const [own] = await maps('HELD33', client);
    const [others] = await maps('SOLO77', client);
    expect([status(own!, '8A'), status(own!, '8B'), status(others!, '8A')]).toEqual([
      'OCCUPIED',
      'OCCUPIED',
      'OCCUPIED',
    ]);
  });

  it('has an untidy flight with the faults of real replies', async () => {
    const [, , map] = await maps('FAMLY4');
    expect(map).toMatchObject({ number: '841' });
    const [deck] = map!.decks;
    expect(deck!.facilities).toBeUndefined();
    expect(deck!.deckConfiguration).toMatchObject({ startWingsRow: 9, exitRowsX: [12, 13] });
    expect(deck!.deckConfiguration).not.toHaveProperty('startWingsX');
    expect(seat(map!, '14A').characteristicsCodes).not.toContain('E');
    expect(seat(map!, '10C').characteristicsCodes!.filter((code) => code === 'A')).toHaveLength(2);
    expect(seat(map!, '30F')).not.toHaveProperty('characteristicsCodes');
    const available = seatsOf(map!).filter((one) => pricing(one, '2').seatAvailabilityStatus === 'AVAILABLE');
    const unpriced = available.filter((one) => !pricing(one, '2').price);
    const chargeable = (one: Seat) => one.characteristicsCodes?.includes('CH') ?? false;
    expect(unpriced.some(chargeable)).toBe(true);
    expect(unpriced.some((one) => !chargeable(one))).toBe(true);
  });

  it('can spell as the oldest sample does', async () => {
    const body = await new Client({ amadeus: { seatMapSpelling: 'old' } }).seatMaps('SOLO77');
    const [map] = body.data;
    expect(map).toMatchObject({ flightOfferid: '1', segmentid: '12' });
    expect(map!.decks[0]!.deckConfiguration).toHaveProperty('startseatRow', 1);
    expect(map!.decks[0]).toHaveProperty('facilities');
    expect(seat(map!, '1A').travelerPricing[0]).toMatchObject({ id: '1', seatAvailabilityStatus: 'AVAILABLE' });
    expect(map).not.toHaveProperty('availableSeatsCounters');
    expect(Object.keys(body.dictionaries)).toEqual(['location', 'facility', 'seatCharacteristic']);
  });
});
