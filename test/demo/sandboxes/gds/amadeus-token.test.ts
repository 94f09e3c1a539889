import { describe, expect, it } from 'vitest';
import { Client } from '../client.ts';

const TOKEN = '/amadeus/v1/security/oauth2/token';
const ORDER = '/amadeus/v1/booking/flight-orders/by-reference?reference=ABC123&originSystemCode=GDS';

describe('Amadeus sign-in', () => {
  it('gives a token for 1799 seconds', async () => {
    const { status, body } = await new Client().signIn();
    expect(status).toBe(200);
    expect(body).toEqual({
      type: 'amadeusOAuth2Token',
      username: expect.any(String) as string,
      application_name: expect.any(String) as string,
      client_id: 'demo_amadeus_key',
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^\w{28,}$/) as string,
      expires_in: 1799,
      state: 'approved',
      scope: '',
    });
  });

  it.each([
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['another key', { client_id: 'x' }, 401, 'invalid_client'],
    ['another secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['no office', { guest_office_id: '' }, 400, 'invalid_request'],
    ['another office', { guest_office_id: 'NCE1A0000' }, 401, 'invalid_client'],
  ])('refuses %s', async (_what, form, status, error) => {
    const refused = await new Client().signIn(form);
    expect(refused).toMatchObject({ status, body: { error, code: 38187, title: 'Invalid parameters' } });
  });

  it('refuses a body that is no form, and a call without client reference', async () => {
    const client = new Client();
    const json = await client.signIn({}, { 'content-type': 'application/json' });
    expect(json).toMatchObject({ status: 400, body: { code: 38187 } });
    expect(await client.signIn({}, { 'ama-client-ref': '' })).toMatchObject({ status: 400, body: { code: 38187 } });
  });

  it('says what became of a token', async () => {
    const client = new Client();
    const token = (await client.signIn()).body.access_token;
    client.time += 1000_000;
    expect((await client.raw(`${TOKEN}/${token}`)).body).toMatchObject({ state: 'approved', expires_in: 799 });
    client.time += 799_000;
    expect((await client.raw(`${TOKEN}/${token}`)).body).toMatchObject({ state: 'expired', expires_in: 0 });
    expect((await client.raw(`${TOKEN}/unknown`)).status).toBe(401);
  });
});

describe('Amadeus calls without a good token', () => {
  const withHeaders = async (client: Client, headers: Record<string, string>) => client.raw(ORDER, { headers });

  it('wants the header', async () => {
    const client = new Client();
    for (const headers of [{}, { authorization: 'Basic abc' }]) {
      expect(await withHeaders(client, headers)).toMatchObject({ status: 401, body: { errors: [{ code: 38191 }] } });
    }
  });

  it('knows the tokens that it gave', async () => {
    const refused = await withHeaders(new Client(), { authorization: 'Bearer invented' });
    expect(refused).toMatchObject({ status: 401, body: { errors: [{ code: 38190, status: 401 }] } });
    expect(refused.type).toBe('application/vnd.amadeus+json');
  });

  it('lets a token expire after 1799 seconds', async () => {
    const client = new Client();
    const headers = { authorization: `Bearer ${(await client.signIn()).body.access_token}`, 'ama-client-ref': 'x' };
    client.time += 1798_999;
    expect((await withHeaders(client, headers)).status).toBe(200);
    client.time += 1;
    expect(await withHeaders(client, headers)).toMatchObject({ status: 401, body: { errors: [{ code: 38192 }] } });
  });

  it('wants the client reference', async () => {
    const client = new Client();
    const headers = { authorization: `Bearer ${(await client.signIn()).body.access_token}` };
    expect(await withHeaders(client, headers)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 32171, source: { parameter: 'ama-client-ref' } }] },
    });
  });
});
