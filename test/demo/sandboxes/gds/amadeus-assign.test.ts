import { describe, expect, it } from 'vitest';
import { Client, orderChange, status } from '../client.ts';
import type { Wanted } from '../client.ts';
import type { Order, Refusal } from '../wire.ts';

const refusal = (code: number) => ({ status: 400, body: { errors: [{ status: 400, code }] } });

const heldSeats = (order: Order) =>
  order.flightOffers[0]!.travelerPricings.flatMap(({ travelerId, fareDetailsBySegment }) =>
    fareDetailsBySegment!.flatMap(({ segmentId, additionalServices }) =>
      additionalServices ? [[travelerId, segmentId, additionalServices.chargeableSeatNumber]] : [],
    ),
  );

const firstMap = async (client: Client, pnr: string) => (await client.seatMaps(pnr)).data[0]!;

describe('Amadeus seat assignment', () => {
  it('puts a traveller on a seat, answers the order with it, and shows it as occupied to everybody else', async () => {
    const client = new Client();
    expect(status(await firstMap(client, 'SOLO77'), '1A')).toBe('AVAILABLE');
    const reply = await client.assign('ABC123', [['1', '47', '1A']]);
    expect(reply.status).toBe(200);
    expect(heldSeats(reply.body.data)).toEqual([['1', '47', '1A']]);
    expect(heldSeats(await client.order('ABC123'))).toEqual([['1', '47', '1A']]);
    expect(status(await firstMap(client, 'SOLO77'), '1A')).toBe('OCCUPIED');
    expect((await client.stands('ABC123')).seats).toEqual([{ traveller: '1', segment: '47', designator: '1A' }]);
  });

  it('adds the seats to the price of the order', async () => {
    const client = new Client();
    const before = (await client.order('ABC123')).flightOffers[0]!.price;
    const { body } = await client.assign('ABC123', [
      ['2', '47', '12A'],
      ['2', '48', '46A'],
    ]);
    const price = body.data.flightOffers[0]!.price;
    expect(price.additionalServices).toEqual([{ type: 'SEATS', amount: '56.00' }]);
    expect(Number(price.grandTotal)).toBeCloseTo(Number(before.grandTotal) + 56);
  });

  it('frees the old seat when a traveller moves, and takes the same seat twice in peace', async () => {
    const client = new Client();
    await client.assign('SOLO77', [['1', '12', '1A']]);
    expect((await client.assign('SOLO77', [['1', '12', '1A']])).status).toBe(200);
    expect((await client.assign('SOLO77', [['1', '12', '1B']])).status).toBe(200);
    const map = await firstMap(client, 'ABC123');
    expect([status(map, '1A'), status(map, '1B')]).toEqual(['AVAILABLE', 'OCCUPIED']);
  });

  it('lets two travellers of one booking change places', async () => {
    const client = new Client();
    const swapped = await client.assign('HELD33', [
      ['1', '3', '8B'],
      ['2', '3', '8A'],
    ]);
    expect(swapped.status).toBe(200);
  });

  it('refuses a taken seat: strangers’, another booking’s, a fellow traveller’s', async () => {
    const client = new Client();
    expect(await client.assign('ABC123', [['2', '47', '1E']])).toMatchObject(refusal(36870));
    expect(await client.assign('ABC123', [['2', '47', '8A']])).toMatchObject(refusal(36870));
    expect(await client.assign('HELD33', [['2', '3', '8A']])).toMatchObject(refusal(36870));
    const twice = [
      ['1', '47', '7A'],
      ['2', '47', '7A'],
    ] as Wanted[];
    expect(await client.assign('ABC123', twice)).toMatchObject(refusal(36870));
  });

  it('does all of a change or nothing', async () => {
    const client = new Client();
    const both = [
      ['1', '47', '7A'],
      ['2', '47', '1E'],
    ] as Wanted[];
    expect(await client.assign('ABC123', both)).toMatchObject(refusal(36870));
    expect((await client.stands('ABC123')).seats).toEqual([]);
  });

  it.each([
    ['an adult with an infant at an exit', 'ABC123', '1', '47', '12A'],
    ['an adult with an infant where none is allowed', 'ABC123', '1', '47', '30E'],
    ['a child at an exit', 'FAMLY4', '3', '31', '12A'],
    ['an infant on a lap', 'ABC123', '3', '47', '7A'],
    ['a blocked seat', 'SOLO77', '1', '12', '5D'],
    ['a cabin outside the fare', 'ABC123', '2', '48', '6A'],
    ['a seat that the aircraft lacks', 'SOLO77', '1', '12', '13A'],
    ['a cancelled flight', 'CANCL1', '1', '7', '7A'],
    ['a flown flight', 'FLOWN1', '1', '2', '7A'],
  ])('refuses %s', async (_what, pnr, traveller, segment, number) => {
    const client = new Client();
    expect(await client.assign(pnr, [[traveller, segment, number]])).toMatchObject(refusal(38034));
    expect((await client.stands(pnr)).seats).toEqual([]);
  });

  it('reads both spellings of a seat', async () => {
    const client = new Client();
    const { id } = await client.order('SOLO77');
    const change = orderChange(id!, [['1', '12', '1A']]);
    Object.assign(change.data.flightOffers[0]!.travelerPricings[0]!.fareDetailsBySegment[0]!, {
      additionalServices: { chargeableSeat: { number: '1B' } },
    });
    const path = `/v1/booking/flight-orders/${encodeURIComponent(id!)}`;
    const plainJson = { 'content-type': 'application/json; charset=utf-8' };
    expect((await client.call('PATCH', path, change, plainJson)).status).toBe(200);
    expect((await client.stands('SOLO77')).seats).toEqual([{ traveller: '1', segment: '12', designator: '1B' }]);
  });

  it('refuses what it cannot read, with a pointer to it', async () => {
    const client = new Client();
    const { id } = await client.order('SOLO77');
    const path = `/v1/booking/flight-orders/${encodeURIComponent(id!)}`;
    const detail = '/data/flightOffers/0/travelerPricings/0';
    const expectRefusal = async (body: unknown, code: number, pointer?: string) => {
      const refused = await client.call<Refusal>('PATCH', path, body);
      expect(refused).toMatchObject(refusal(code));
      if (pointer !== undefined) expect(refused.body.errors[0]!.source).toEqual({ pointer });
    };
    await expectRefusal('{', 477);
    await expectRefusal({}, 32171, '/data');
    await expectRefusal(orderChange(id!, []), 477, '/data/flightOffers/0/travelerPricings');
    await expectRefusal(orderChange('other', [['1', '12', '1A']]), 4926, '/data/id');
    await expectRefusal(orderChange(id!, [['9', '12', '1A']]), 4926, `${detail}/travelerId`);
    await expectRefusal(orderChange(id!, [['1', '99', '1A']]), 4926, `${detail}/fareDetailsBySegment/0/segmentId`);
    const seat = `${detail}/fareDetailsBySegment/0/additionalServices/chargeableSeatNumber`;
    await expectRefusal(orderChange(id!, [['1', '12', '0A']]), 477, seat);
    expect((await client.call('PATCH', '/v1/booking/flight-orders/unknown', {})).status).toBe(404);
    expect((await client.stands('SOLO77')).seats).toEqual([]);
  });
});
