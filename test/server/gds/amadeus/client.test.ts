import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../../../server/domain/booking.ts';
import type { GdsPort } from '../../../../server/domain/ports/gds.ts';
import type { Outcome } from '../../../../server/domain/ports/outcome.ts';
import { error, ever, FakeAmadeus, type Said } from './fake-amadeus.ts';
import { sample } from './replies.ts';

const ORDER: Said = { body: sample('order.ok') };

let far: FakeAmadeus;
let amadeus: GdsPort;
beforeEach(() => {
  far = new FakeAmadeus();
  far.script['by-reference'] = [ORDER];
  amadeus = far.adapter();
});

const find = (signal = ever()): Promise<Outcome<Booking | null>> => amadeus.findBooking('QTRV7K', 'García', signal);
const tokens = () => far.requestsFor('/oauth2/token');
const lookUps = () => far.requestsFor('by-reference');
const bearers = () => lookUps().map(({ headers }) => headers!.authorization);

/** All that an operator could read of a call: labels, and what the outcome says. */
const spoken = (outcome: unknown): string => JSON.stringify([outcome, far.requests.map(({ label }) => label)]);

describe('signing in', () => {
  it('trades key, secret and office for a token', async () => {
    await find();
    const [request] = tokens();
    expect(request!.method).toBe('POST');
    expect(request!.url).toBe('https://test.travel.api.amadeus.com/v1/security/oauth2/token');
    expect(request!.headers!['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'key-1',
      client_secret: 'secret/1&2',
      guest_office_id: 'NCE1A0950',
    });
    expect(bearers()).toEqual(['Bearer token-1']);
  });

  it('goes to the live address, or to one that is given', async () => {
    await far.adapter({ environment: 'live' }).findBooking('QTRV7K', 'García', ever());
    await far.adapter({ baseUrl: 'http://127.0.0.1:9/gds/amadeus/' }).findBooking('QTRV7K', 'García', ever());
    expect(tokens().map(({ url }) => url)).toEqual([
      'https://travel.api.amadeus.com/v1/security/oauth2/token',
      'http://127.0.0.1:9/gds/amadeus/v1/security/oauth2/token',
    ]);
  });

  it('marks every call with a reference of its own, the partner’s in front', async () => {
    const named = far.adapter({ clientRef: 'SKYLINE' });
    await named.findBooking('QTRV7K', 'García', ever());
    await named.findBooking('QTRV7K', 'García', ever());
    const references = far.requests.map(({ headers }) => headers!['ama-client-ref']);
    expect(new Set(references).size).toBe(3);
    expect(references.every((one) => one!.startsWith('SKYLINE-'))).toBe(true);
  });

  it('keeps the token until a minute before its end', async () => {
    await find();
    far.now += (1799 - 61) * 1000;
    await find();
    expect(tokens()).toHaveLength(1);
    far.now += 2000;
    await find();
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('asks once, however many calls wait', async () => {
    await Promise.all([find(), find(), find()]);
    expect(tokens()).toHaveLength(1);
    expect(lookUps()).toHaveLength(3);
  });

  it('does not take a caller who gives up for all who wait', async () => {
    const impatient = new AbortController();
    const [gaveUp, patient] = [find(impatient.signal), find()];
    impatient.abort();
    expect(await gaveUp).toEqual({ is: 'unknown' });
    expect(await patient).toMatchObject({ is: 'done', value: { recordLocator: 'QTRV7K' } });
  });

  it.each([38190, 38192, 38193, '38192'])('signs in anew, once, on %s', async (code) => {
    far.script['by-reference'] = [error(401, code), ORDER];
    expect(await find()).toMatchObject({ is: 'done', value: { recordLocator: 'QTRV7K' } });
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('gives up when the new token is refused as well', async () => {
    far.script['by-reference'] = [error(401, 38192)];
    expect(await find()).toMatchObject({ is: 'refused_by_configuration' });
    expect(tokens()).toHaveLength(2);
    expect(lookUps()).toHaveLength(2);
  });

  it('signs in anew once for calls that meet an ended token together', async () => {
    await find();
    far.script['by-reference'] = [error(401, 38192), error(401, 38192), ORDER];
    await Promise.all([find(), find()]);
    expect(tokens()).toHaveLength(2);
  });

  it('does not throw a fresh token away because of a late refusal of the old one', async () => {
    await find();
    let arrive = () => {};
    const after = new Promise<void>((resolve) => (arrive = resolve));
    far.script['by-reference'] = [{ ...(error(401, 38192) as object), after }, error(401, 38192), ORDER];
    const late = find();
    await find();
    arrive();
    expect(await late).toMatchObject({ is: 'done', value: { recordLocator: 'QTRV7K' } });
    expect(tokens()).toHaveLength(2);
  });

  it('asks nothing for a caller who has gone', async () => {
    expect(await find(AbortSignal.abort())).toEqual({ is: 'unknown' });
    expect(far.requests).toEqual([]);
  });

  it.each([
    ['the key or the secret', { status: 401, body: sample('token.error') }],
    ['a key that was revoked', error(401, 39683)],
    ['a key that is invalid', error(401, 39686)],
    ['without a code', { status: 403, body: '<html>no</html>' }],
    ['an address without a sign-in', { status: 404, body: '' }],
  ])('says which settings to look at when it is refused: %s', async (_name, said) => {
    far.script.token = [said];
    const outcome = await find();
    expect(outcome).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringContaining('api_key') as string,
    });
    expect(lookUps()).toEqual([]);
  });

  it('tries again with the next call after a sign-in that failed', async () => {
    far.script.token = [{ status: 503, body: '' }];
    expect(await find()).toEqual({ is: 'unknown' });
    far.script.token = [];
    expect(await find()).toMatchObject({ is: 'done' });
  });

  it('takes a token reply without a token for no answer', async () => {
    far.script.token = [{ body: { state: 'approved' } }];
    expect(await find()).toEqual({ is: 'unknown' });
  });
});

describe('faults', () => {
  it.each([
    ['500 / 38189', error(500, 38189)],
    ['a gateway’s page', { status: 502, body: '<html>Bad gateway</html>' }],
    ['a connection that never stood', 'connect'],
    ['a connection that broke', 'broken'],
  ] as const)('that pass are repeated once: %s', async (_name, said) => {
    far.script['by-reference'] = [said, ORDER];
    expect(await find()).toMatchObject({ is: 'done', value: { recordLocator: 'QTRV7K' } });
    far.script['by-reference'] = [said];
    expect(await find()).toEqual({ is: 'unknown' });
    expect(lookUps()).toHaveLength(4);
    expect(far.slept.every((milliseconds) => milliseconds >= 100)).toBe(true);
  });

  it.each([
    ['a timeout', 'timeout'],
    ['an answer that is too long', 'too_large'],
    ['HTML', { body: '<!doctype html><p>Maintenance</p>' }],
    ['half a body', { body: '{"data":[{"type":"flight-or' }],
    ['nothing', { body: '' }],
  ] as const)('leave no answer and are not repeated: %s', async (_name, said) => {
    far.script['by-reference'] = [said];
    expect(await find()).toEqual({ is: 'unknown' });
    expect(lookUps()).toHaveLength(1);
  });

  it('are not repeated for a caller who has gone', async () => {
    const caller = new AbortController();
    far.script['by-reference'] = ['broken'];
    const going = find(caller.signal);
    caller.abort();
    expect(await going).toEqual({ is: 'unknown' });
    expect(lookUps().length).toBeLessThan(2);
  });

  it.each([
    ['a second', undefined, 1],
    ['what the header says', '7', 7],
    ['until the header’s date', 'Mon, 09 Mar 2026 07:35:30 GMT', 30],
    ['no longer than an hour', '86400', 3600],
    ['a second, if the header is nonsense', 'soon', 1],
  ])('of too many requests wait: %s', async (_name, header, seconds) => {
    far.script['by-reference'] = [
      { ...(error(429, 38194) as object), headers: header ? { 'retry-after': header } : {} },
    ];
    expect(await find()).toEqual({ is: 'again', at: new Date(far.now + seconds * 1000).toISOString() });
    expect(lookUps()).toHaveLength(1);
  });

  it('of a used-up quota stop for an hour', async () => {
    far.script['by-reference'] = [error(429, 38195)];
    expect(await find()).toEqual({ is: 'again', at: new Date(far.now + 3_600_000).toISOString() });
  });

  it.each([
    ['no right', error(403, 38197), 'bookings by reference'],
    ['a missing header', error(401, '38191'), '38191'],
    ['an unknown code', error(400, 99999), '99999'],
    ['a redirect', { status: 302, body: '' }, 'HTTP 302'],
    ['an address that may not be called', 'refused_address', 'base_url'],
  ] as const)('that a setting cures say so: %s', async (_name, said, words) => {
    far.script['by-reference'] = [said];
    expect(await find()).toMatchObject({
      is: 'refused_by_configuration',
      detail: expect.stringContaining(words) as string,
    });
  });

  it.each<Said>([
    error(403, 38197, 'no right to QTRV7K of GARCÍA with key-1'),
    error(400, 1, 'QTRV7K GARCÍA secret/1&2'),
    { status: 401, body: { ...(sample('token.error') as object), error_description: 'key-1 secret/1&2' } },
  ])('tell operators nothing that is secret or personal', async (said) => {
    far.script['by-reference'] = [said];
    const words = spoken(await find());
    for (const secret of ['QTRV7K', 'GARCÍA', 'García', 'key-1', 'secret/1&2', 'token-1'])
      expect(words).not.toContain(secret);
  });

  it('of our own are not taken for Amadeus’s', async () => {
    const broken = far.adapter();
    far.script['by-reference'] = [];
    await expect(broken.findBooking('QTRV7K', 'García', ever())).rejects.toThrow('nothing is scripted');
  });
});
