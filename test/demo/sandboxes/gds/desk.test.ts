import { describe, expect, it } from 'vitest';
import { Client, status } from '../client.ts';

const post = (client: Client, path: string, body: unknown) =>
  client.raw(`/gds/amadeus/${path}`, { method: 'POST', body: JSON.stringify(body) });

const firstMap = async (client: Client, pnr: string) => (await client.seatMaps(pnr)).data[0]!;

describe('the desk', () => {
  it('gives a seat to a stranger: it is occupied on everybody’s map and can’t be assigned', async () => {
    const client = new Client();
    expect((await post(client, 'take', { pnr: 'ABC123', designator: '1A' })).status).toBe(204);
    expect(status(await firstMap(client, 'SOLO77'), '1A')).toBe('OCCUPIED');
    expect((await client.assign('ABC123', [['1', '47', '1A']])).status).toBe(400);
    expect((await post(client, 'take', { pnr: 'ABC123', designator: '1A' })).status).toBe(409);
    expect((await post(client, 'take', { pnr: 'ABC123', segment: '48', designator: '1A' })).status).toBe(409);
    expect((await post(client, 'take', { pnr: 'ABC123', segment: '48', designator: '46A' })).status).toBe(204);
    await client.raw('/reset', { method: 'POST' });
    client.forgetToken();
    expect(status(await firstMap(client, 'SOLO77'), '1A')).toBe('AVAILABLE');
  });

  it('takes no seat away from our own travellers', async () => {
    const client = new Client();
    expect((await post(client, 'take', { pnr: 'ABC123', segment: '47', designator: '8A' })).status).toBe(409);
  });

  it('moves a traveller', async () => {
    const client = new Client();
    const wish = { pnr: 'HELD33', traveller: '1', segment: '3', designator: '1A' };
    expect((await post(client, 'move', wish)).status).toBe(204);
    expect((await client.stands('HELD33')).seats).toContainEqual({ traveller: '1', segment: '3', designator: '1A' });
    expect((await post(client, 'move', { ...wish, designator: '8B' })).status).toBe(409);
  });

  it('cancels a booking: its order says so, and nothing can be assigned', async () => {
    const client = new Client();
    expect((await post(client, 'cancel', { pnr: 'SOLO77' })).status).toBe(204);
    const [segment] = (await client.order('SOLO77')).flightOffers[0]!.itineraries[0]!.segments;
    expect(segment!.bookingStatus).toBe('CANCELLED');
    expect((await client.assign('SOLO77', [['1', '12', '1A']])).status).toBe(400);
  });

  it.each([
    ['take', { pnr: 'NOBODY', designator: '1A' }, 404],
    ['take', { pnr: 'ABC123' }, 400],
    ['take', { pnr: 'ABC123', designator: '1A', seat: '1A' }, 400],
    ['cancel', 'ABC123', 400],
  ])('refuses to %s %j with %i', async (path, body, expected) => {
    expect((await post(new Client(), path, body)).status).toBe(expected);
  });

  it('is for pages of this machine only', async () => {
    const headers = { origin: 'https://evil.example' };
    const answer = await new Client().raw('/gds/amadeus/cancel', {
      method: 'POST',
      headers,
      body: JSON.stringify({ pnr: 'ABC123' }),
    });
    expect(answer.status).toBe(403);
  });
});
