import { describe, expect, it } from 'vitest';
import { demoBookings } from '../../../demo/sandboxes/gds/amadeus.ts';
import { Client, START } from './client.ts';

const FROM_SITE = { origin: 'http://localhost:8080' };

describe('sandboxes', () => {
  it('dates the flights thirty days after its clock, in the airports’ own time', async () => {
    const { segments } = await new Client().stands('ABC123');
    expect(segments!.map(({ flight, departure, arrival }) => [flight, departure, arrival])).toEqual([
      ['ZS 482', '2027-03-09T07:35:00', '2027-03-09T08:55:00'],
      ['ZS 17', '2027-03-09T12:10:00', '2027-03-10T09:15:00'],
    ]);
  });

  it('keeps the dates while the clock runs and moves them at a reset', async () => {
    const client = new Client();
    client.time = START + 5 * 86_400_000;
    expect((await client.stands('SOLO77')).segments[0]!.departure).toBe('2027-03-09T07:35:00');
    expect((await client.raw('/reset', { method: 'POST' })).status).toBe(204);
    expect((await client.stands('SOLO77')).segments[0]!.departure).toBe('2027-03-14T07:35:00');
  });

  it('forgets seats, faults and tokens at a reset', async () => {
    const client = new Client();
    expect((await client.assign('SOLO77', [['1', '12', '1A']])).status).toBe(200);
    await client.faults([{ vendor: 'amadeus', call: 'token', fault: 'slow', times: 3 }]);
    await client.raw('/reset', { method: 'POST' });
    expect((await client.stands('SOLO77')).seats).toEqual([]);
    expect((await client.raw('/faults')).body).toEqual([]);
    const old = await client.call('GET', '/v1/booking/flight-orders/x');
    expect(old).toMatchObject({ status: 401, body: { errors: [{ code: 38190 }] } });
  });

  it('shows what stands in a booking: travellers, segments, seats and documents', async () => {
    const stands = await new Client().stands('HELD33');
    expect(stands.travellers).toEqual([
      { id: '1', given_name: 'ADA', surname: 'SMITH', kind: 'adult' },
      { id: '2', given_name: 'BEN', surname: 'SMITH', kind: 'adult' },
    ]);
    expect(stands.segments[0]).toEqual({
      id: '3',
      flight: 'ZS 482',
      duration: 'PT1H20M',
      operated_by: 'ZS',
      origin: 'DUB',
      destination: 'LHR',
      departure: '2027-03-09T07:35:00',
      arrival: '2027-03-09T08:55:00',
      aircraft: '320',
      status: 'confirmed',
    });
    expect(stands.seats).toHaveLength(4);
    expect(stands.documents).toContainEqual({
      kind: 'emd',
      number: '0008200000017',
      traveller: '1',
      segments: ['3'],
    });
    const infant = (await new Client().stands('ABC123')).travellers.find(({ kind }) => kind === 'infant_lap');
    expect(infant).toMatchObject({ given_name: 'LEO', surname: 'SMITH', adult: '1' });
  });

  it('answers 404 for a booking or an address that is not there', async () => {
    const client = new Client();
    expect((await client.raw('/gds/amadeus/bookings/NOBODY')).status).toBe(404);
    expect((await client.raw<{ error: string }>('/')).body.error).toContain('/faults');
  });

  it('has every booking that it advertises, under one of its travellers’ names', async () => {
    const client = new Client();
    for (const { pnr, lastName, shows } of demoBookings) {
      const names = (await client.stands(pnr)).travellers.map(({ surname }) => surname);
      expect(names, pnr).toContain(lastName);
      expect(shows.length).toBeGreaterThan(10);
    }
    expect(demoBookings.map(({ pnr }) => pnr)).not.toContain('HOSTL1');
  });

  it('lets pages of this machine read and switch faults, and no others', async () => {
    const client = new Client();
    const preflight = { ...FROM_SITE, 'access-control-request-method': 'PUT' };
    const asked = await client.sandboxes.app.request('/faults', { method: 'OPTIONS', headers: preflight });
    expect(asked.headers.get('access-control-allow-origin')).toBe(FROM_SITE.origin);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    const read = await client.sandboxes.app.request('/faults', { headers: FROM_SITE });
    expect(read.headers.get('access-control-allow-origin')).toBe(FROM_SITE.origin);

    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null']) {
      const headers = { origin };
      expect((await client.raw('/reset', { method: 'POST', headers })).status, origin).toBe(403);
      expect((await client.raw('/faults', { method: 'PUT', headers, body: '[]' })).status, origin).toBe(403);
    }
  });

  it('gives the vendor’s addresses no CORS headers: no browser calls Amadeus', async () => {
    const answer = await new Client().sandboxes.app.request('/amadeus/v1/shopping/seatmaps', { headers: FROM_SITE });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
