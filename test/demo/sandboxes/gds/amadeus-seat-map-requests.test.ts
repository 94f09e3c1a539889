import { describe, expect, it } from 'vitest';
import { Client } from '../client.ts';
import type { SeatMaps } from '../wire.ts';

const PATH = '/v1/shopping/seatmaps';

describe('Amadeus seat map requests', () => {
  it.each([
    ['', 400, 32171],
    ['?flightOrderId=unknown', 404, 38196],
    ['?flightOrderId=x&seatNumberServiceBookingStatusRequired=perhaps', 400, 477],
  ])('refuses GET %s', async (query, status, code) => {
    const refused = await new Client().call('GET', PATH + query);
    expect(refused).toMatchObject({ status, body: { errors: [{ code }] } });
  });

  it('takes the old name of the parameter and the Enterprise flag', async () => {
    const client = new Client();
    const id = encodeURIComponent((await client.order('SOLO77')).id);
    expect((await client.call('GET', `${PATH}?flight-orderId=${id}`)).status).toBe(200);
    const flagged = await client.call('GET', `${PATH}?flightOrderId=${id}&seatNumberServiceBookingStatusRequired=true`);
    expect(flagged.status).toBe(200);
  });

  it.each(['CANCL1', 'FLOWN1'])('has no map for %s: nothing is left to fly', async (pnr) => {
    const client = new Client();
    const id = encodeURIComponent((await client.order(pnr)).id);
    const refused = await client.call('GET', `${PATH}?flightOrderId=${id}`);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ code: 4481 }] } });
  });

  it('answers the offers of an order, posted, as it answers the order', async () => {
    const client = new Client();
    const order = await client.order('ABC123');
    const override = { 'x-http-method-override': 'GET' };
    const body = { data: order.flightOffers, included: { travelers: { '1': order.travelers[0] } } };
    const posted = await client.call<SeatMaps>('POST', PATH, body, override);
    expect(posted.status).toBe(200);
    expect(posted.body.data).toEqual((await client.seatMaps('ABC123')).data);
  });

  it('leaves out a posted flight that is not in its timetable', async () => {
    const client = new Client();
    const offers = (await client.order('SOLO77')).flightOffers;
    const other = JSON.parse(JSON.stringify(offers).replaceAll('"482"', '"483"')) as unknown;
    const { status, body } = await client.call<SeatMaps>(
      'POST',
      PATH,
      { data: other },
      { 'x-http-method-override': 'GET' },
    );
    expect(status).toBe(200);
    expect(body.data).toEqual([]);
    expect(body.warnings).toHaveLength(1);
  });

  it('refuses a POST that is none', async () => {
    const client = new Client();
    const get = { 'x-http-method-override': 'GET' };
    const expectRefusal = async (body: unknown, headers: Record<string, string>, status: number, code: number) => {
      expect(await client.call('POST', PATH, body, headers)).toMatchObject({ status, body: { errors: [{ code }] } });
    };
    await expectRefusal({ data: [] }, {}, 400, 32171);
    await expectRefusal({ data: [] }, { 'x-http-method-override': 'PUT' }, 400, 572);
    await expectRefusal({ data: [] }, get, 400, 477);
    await expectRefusal({}, get, 400, 32171);
    await expectRefusal('{"data":', get, 400, 477);
    await expectRefusal('{}', { ...get, 'content-type': 'text/plain' }, 415, 38199);
  });
});
