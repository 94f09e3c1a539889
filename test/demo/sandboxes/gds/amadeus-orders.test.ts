import { describe, expect, it } from 'vitest';
import { Client } from '../client.ts';
import type { Order } from '../wire.ts';

const PATH = '/v1/booking/flight-orders';

const segmentsOf = (order: Order) => order.flightOffers[0]!.itineraries.flatMap((one) => one.segments);
const pricingsOf = (order: Order) => order.flightOffers[0]!.travelerPricings;

describe('Amadeus orders', () => {
  it('finds an order by its record locator, in a list', async () => {
    const { status, type, body } = await new Client().byReference('ABC123');
    expect([status, type]).toEqual([200, 'application/vnd.amadeus+json']);
    expect(body.data).toHaveLength(1);
    const order = body.data[0]!;
    expect(order).toMatchObject({
      type: 'flight-order',
      queuingOfficeId: 'NCE1A0950',
      ticketingAgreement: { option: 'CONFIRM' },
    });
    expect(order.id).not.toBe('ABC123');
    expect(order.associatedRecords).toMatchObject([
      { reference: 'ABC123', originSystemCode: 'GDS', flightOfferId: '1' },
      { reference: 'K7QZ4M', originSystemCode: 'ZS' },
    ]);
    expect(body.dictionaries['locations']).toMatchObject({ LHR: { cityCode: 'LON', countryCode: 'GB' } });
  });

  it('finds it by its id, which has to be encoded', async () => {
    const client = new Client();
    const order = await client.order('ABC123');
    expect(order.id).toContain('=');
    const { body } = await client.call<{ data: Order }>('GET', `${PATH}/${encodeURIComponent(order.id)}`);
    expect(body.data).toEqual(order);
  });

  it.each([
    ['reference=ZZZZZZ&originSystemCode=GDS', 404, 38196],
    ['reference=abc123&originSystemCode=GDS', 400, 477],
    ['reference=ABC&originSystemCode=GDS', 400, 477],
    ['originSystemCode=GDS', 400, 32171],
    ['reference=ABC123', 400, 32171],
    ['reference=ABC123&originSystemCode=AF', 400, 477],
  ])('refuses by-reference?%s', async (query, status, code) => {
    const refused = await new Client().call('GET', `${PATH}/by-reference?${query}`);
    expect(refused).toMatchObject({ status, body: { errors: [{ status, code }] } });
  });

  it('does not know an order by its record locator alone', async () => {
    const client = new Client();
    for (const id of ['ABC123', 'x', Buffer.from('ABC123|OTHER').toString('base64')]) {
      expect((await client.call('GET', `${PATH}/${encodeURIComponent(id)}`)).status).toBe(404);
    }
  });

  it('never cancels a trip, and says so for other verbs', async () => {
    const client = new Client();
    const { id } = await client.order('ABC123');
    for (const method of ['DELETE', 'PUT', 'POST']) {
      const refused = await client.call(method, `${PATH}/${encodeURIComponent(id!)}`);
      expect(refused, method).toMatchObject({ status: 405, body: { errors: [{ status: 405 }] } });
    }
    expect((await client.call('POST', `${PATH}/${encodeURIComponent(id!)}/issuance`)).status).toBe(404);
    expect((await client.order('ABC123')).id).toBe(id);
  });

  it('has ABC123: two adults of different surnames and an infant on the lap of one', async () => {
    const order = await new Client().order('ABC123');
    expect(order.travelers.map(({ id, name }) => [id, name!.firstName, name!.lastName])).toEqual([
      ['1', 'JOHN', 'SMITH'],
      ['3', 'LEO', 'SMITH'],
      ['2', 'MARÍA', 'GARCÍA'],
    ]);
    expect(
      pricingsOf(order).map(({ travelerId, travelerType, associatedAdultId }) => [
        travelerId,
        travelerType,
        associatedAdultId,
      ]),
    ).toEqual([
      ['1', 'ADULT', undefined],
      ['2', 'ADULT', undefined],
      ['3', 'HELD_INFANT', '1'],
    ]);
    expect(segmentsOf(order)).toMatchObject([
      {
        id: '47',
        carrierCode: 'ZS',
        number: '482',
        aircraft: { code: '320' },
        operating: { carrierCode: 'ZS' },
        departure: { iataCode: 'DUB', terminal: '2', at: '2027-03-09T07:35:00' },
        arrival: { iataCode: 'LHR', at: '2027-03-09T08:55:00' },
        duration: 'PT1H20M',
        bookingStatus: 'CONFIRMED',
        isFlown: false,
      },
      {
        id: '48',
        number: '17',
        aircraft: { code: '388' },
        departure: { iataCode: 'LHR', at: '2027-03-09T12:10:00' },
        arrival: { iataCode: 'SIN', at: '2027-03-10T09:15:00' },
      },
    ]);
    expect(order.tickets).toHaveLength(3);
    expect(order.tickets[0]).toMatchObject({
      documentType: 'ETICKET',
      documentStatus: 'ISSUED',
      segmentIds: ['47', '48'],
    });
  });

  it('has an infant of under two years and a child of under twelve on the day of travel', async () => {
    const family = await new Client().order('FAMLY4');
    const births = Object.fromEntries(family.travelers.map(({ id, dateOfBirth }) => [id, String(dateOfBirth)]));
    expect(births['4']! > '2025-03-10').toBe(true);
    expect(births['3']! > '2015-03-10' && births['3']! < '2025-03-09').toBe(true);
    expect(segmentsOf(family)).toHaveLength(3);
    expect(pricingsOf(family).map(({ travelerType }) => travelerType)).toEqual([
      'ADULT',
      'ADULT',
      'CHILD',
      'HELD_INFANT',
    ]);
  });

  it('has HELD33: seats on both flights, one of them paid with an EMD', async () => {
    const order = await new Client().order('HELD33');
    const services = pricingsOf(order).flatMap(({ fareDetailsBySegment }) =>
      fareDetailsBySegment!.map(({ additionalServices }) => additionalServices as unknown),
    );
    expect(services).toEqual([
      { chargeableSeat: { id: '3-1', number: '8A' } },
      { chargeableSeatNumber: '47A' },
      { chargeableSeatNumber: '8B' },
      { chargeableSeatNumber: '47B' },
    ]);
    expect(order.tickets.filter(({ documentType }) => documentType === 'EMD')).toEqual([
      {
        documentType: 'EMD',
        documentNumber: '0008200000017',
        documentStatus: 'ISSUED',
        travelerId: '1',
        segmentIds: ['3'],
      },
    ]);
    expect(order.flightOffers[0]!.price.additionalServices).toEqual([{ type: 'SEATS', amount: '72.00' }]);
  });

  it('has a cancelled and a flown booking', async () => {
    const client = new Client();
    const cancelled = segmentsOf(await client.order('CANCL1'));
    expect(cancelled.map(({ bookingStatus }) => bookingStatus)).toEqual(['CANCELLED', 'CANCELLED']);
    const [flown] = segmentsOf(await client.order('FLOWN1'));
    expect(flown).toMatchObject({ isFlown: true, departure: { at: '2027-01-28T06:30:00' } });
  });

  it('has another airline’s aircraft on the second flight of NOMAP2', async () => {
    const [, second] = segmentsOf(await new Client().order('NOMAP2'));
    expect(second).toMatchObject({ carrierCode: 'ZS', number: '6120', operating: { carrierCode: 'XN' } });
  });

  it('has text that would run in a careless page, where text is free', async () => {
    const order = await new Client().order('HOSTL1');
    expect(order.travelers[0]!.name.firstName).toBe('<IMG SRC=X ONERROR=ALERT(1)>');
    expect(segmentsOf(order)[0]!.departure.terminal).toContain('<');
  });

  it('can speak as other clients have heard it', async () => {
    const client = new Client({
      amadeus: { byReference: 'object', ticketingKey: 'ticketingAggreement', orderChange: 'POST' },
    });
    const query = 'reference=ABC123&originSystemCode=GDS';
    const { body } = await client.call<{ data: Order }>('GET', `${PATH}/by-reference?${query}`);
    expect(body.data).toMatchObject({ type: 'flight-order', ticketingAggreement: { option: 'CONFIRM' } });
    const path = `${PATH}/${encodeURIComponent(body.data.id)}`;
    expect((await client.call('PATCH', path, {})).status).toBe(405);
    expect((await client.call('POST', path, {})).status).toBe(400);
  });
});
