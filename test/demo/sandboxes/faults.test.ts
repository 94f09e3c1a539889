import { afterEach, describe, expect, it } from 'vitest';
import { createSandboxes } from '../../../demo/sandboxes/sandboxes.ts';
import { Client, START, listen, pricing, seat, signInForm, status } from './client.ts';

const amadeus = (fault: string, call = '*', times = 1) => ({ vendor: 'amadeus', call, fault, times });

describe('fault switches', () => {
  it('keeps the list and counts down', async () => {
    const client = new Client();
    const list = [amadeus('throttle', 'order', 2), amadeus('refuse', 'assign', 1)];
    expect((await client.faults(list)).body).toEqual(list);
    expect((await client.call('GET', '/v1/booking/flight-orders/x')).status).toBe(429);
    expect((await client.raw('/faults')).body).toEqual([
      amadeus('throttle', 'order', 1),
      amadeus('refuse', 'assign', 1),
    ]);
    expect((await client.call('GET', '/v1/booking/flight-orders/x')).status).toBe(429);
    expect((await client.call('GET', '/v1/booking/flight-orders/x')).status).toBe(404);
    expect((await client.raw('/faults')).body).toEqual([amadeus('refuse', 'assign', 1)]);
  });

  it('takes one time where none is given', async () => {
    const client = new Client();
    expect((await client.faults([{ vendor: 'amadeus', call: '*', fault: 'slow' }])).body).toEqual([amadeus('slow')]);
  });

  it.each([
    ['{', '', 'not JSON'],
    ['{}', '', 'a list of faults'],
    ['[{"vendor":"sabre","call":"*","fault":"slow"}]', '/0/vendor', 'amadeus'],
    ['[{"vendor":"amadeus","call":"pay","fault":"slow"}]', '/0/call', 'token, order, seatmaps, assign'],
    ['[{"vendor":"amadeus","call":"*","fault":"broken"}]', '/0/fault', 'lost_after'],
    ['[{"vendor":"amadeus","call":"*","fault":"slow","times":0}]', '/0/times', 'at least 1'],
    ['[{"vendor":"amadeus","call":"*","fault":"slow","times":1.5}]', '/0/times', 'whole number'],
    ['[{"vendor":"amadeus","call":"*","fault":"slow","often":1}]', '/0', 'often'],
    ['[{"vendor":"amadeus","call":"order","fault":"taken"}]', '/0/call', 'amadeus’s assign'],
    ['[{"vendor":"stripe","call":"*","fault":"dearer"}]', '/0/call', 'amadeus’s seatmaps'],
  ])('refuses %s and keeps the old list', async (body, pointer, detail) => {
    const client = new Client();
    await client.faults([amadeus('slow')]);
    const refused = await client.raw<{ errors: { pointer: string; detail: string }[] }>('/faults', {
      method: 'PUT',
      body,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0]!.pointer).toBe(pointer);
    expect(refused.body.errors[0]!.detail).toContain(detail);
    expect((await client.raw('/faults')).body).toEqual([amadeus('slow')]);
  });

  it('waits five seconds when slow, then answers as ever', async () => {
    const client = new Client();
    await client.order('ABC123');
    await client.faults([amadeus('slow', 'order')]);
    expect((await client.order('ABC123')).type).toBe('flight-order');
    expect(client.waited).toEqual([5000]);
  });

  it('answers a page in HTML', async () => {
    const client = new Client();
    await client.faults([amadeus('html', 'token')]);
    const answer = await client.signIn();
    expect(answer).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(answer.body).toContain('<html>');
  });

  it('refuses each call in the vendor’s words', async () => {
    const client = new Client();
    await client.order('SOLO77');
    await client.faults(['token', 'order', 'seatmaps', 'assign'].map((call) => amadeus('refuse', call)));
    expect(await client.signIn()).toMatchObject({ status: 401, body: { error: 'invalid_client', code: 38187 } });
    const order = await client.call('GET', '/v1/booking/flight-orders/x');
    expect(order).toMatchObject({ status: 403, body: { errors: [{ code: 38197 }] } });
    const map = await client.call('GET', '/v1/shopping/seatmaps?flightOrderId=x');
    expect(map).toMatchObject({ status: 400, body: { errors: [{ code: 4481 }] } });
    expect(await client.assign('SOLO77', [['1', '12', '1A']])).toMatchObject({
      status: 400,
      body: { errors: [{ code: 36870 }] },
    });
    expect((await client.stands('SOLO77')).seats).toEqual([]);
  });

  it('gives the first seat of the next change to a stranger, for good', async () => {
    const client = new Client();
    await client.faults([amadeus('taken')]);
    const before = (await client.seatMaps('ABC123')).data[0]!;
    expect(status(before, '1A')).toBe('AVAILABLE');
    expect(await client.assign('SOLO77', [['1', '12', '1A']])).toMatchObject({
      status: 400,
      body: { errors: [{ code: 36870 }] },
    });
    expect((await client.raw('/faults')).body).toEqual([]);
    const after = (await client.seatMaps('ABC123')).data[0]!;
    expect(status(after, '1A')).toBe('OCCUPIED');
    expect((await client.assign('SOLO77', [['1', '12', '1B']])).status).toBe(200);
  });

  it('prices every seat 5.00 higher, tax as it was, for as many maps as asked', async () => {
    const client = new Client();
    const prices = async () => {
      const [map] = (await client.seatMaps('SOLO77')).data;
      return ['1A', '20D'].map((number) => pricing(seat(map!, number), '1').price!);
    };
    const [legroom, plain] = await prices();
    await client.faults([amadeus('dearer', '*', 2)]);
    const more = (text: string | undefined) => (Number(text) + 5).toFixed(2);
    const dearer = [
      { ...legroom, total: more(legroom!.total), base: more(legroom!.base) },
      { ...plain, total: more(plain!.total) },
    ];
    expect(await prices()).toEqual(dearer);
    expect(await prices()).toEqual(dearer);
    expect(await prices()).toEqual([legroom, plain]);
    expect((await client.order('SOLO77')).flightOffers[0]!.price.total).toBe('512.40');
  });

  it('meets no call that was not allowed to be made', async () => {
    const client = new Client();
    await client.faults([amadeus('html', 'order')]);
    expect((await client.raw('/amadeus/v1/booking/flight-orders/x')).status).toBe(401);
    expect((await client.raw('/faults')).body).toHaveLength(1);
  });
});

describe('fault switches on a real connection', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });

  /** A listening sandbox whose clock can be moved, and a signed-in way to call it. */
  async function start() {
    const clock = { time: START };
    const { url, close } = await listen(createSandboxes({ now: () => clock.time }));
    ends.push(close);
    const signIn = () =>
      fetch(`${url}/amadeus/v1/security/oauth2/token`, {
        method: 'POST',
        headers: { 'ama-client-ref': 'test' },
        body: new URLSearchParams(signInForm),
      });
    const token = ((await (await signIn()).json()) as { access_token: string }).access_token;
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${url}/amadeus${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${token}`,
          'ama-client-ref': 'test',
          'content-type': 'application/vnd.amadeus+json',
        },
      });
    const faults = (...list: object[]) => fetch(`${url}/faults`, { method: 'PUT', body: JSON.stringify(list) });
    const order = () => call('/v1/booking/flight-orders/by-reference?reference=SOLO77&originSystemCode=GDS');
    const assign = async () => {
      const { data } = (await (await order()).json()) as { data: { id: string }[] };
      const offer = {
        type: 'flight-offer',
        id: '1',
        travelerPricings: [
          {
            travelerId: '1',
            fareDetailsBySegment: [{ segmentId: '12', additionalServices: { chargeableSeatNumber: '1A' } }],
          },
        ],
      };
      const body = JSON.stringify({ data: { type: 'flight-order', flightOffers: [offer] } });
      return call(`/v1/booking/flight-orders/${encodeURIComponent(data[0]!.id)}`, { method: 'PATCH', body });
    };
    const seats = async () =>
      ((await (await fetch(`${url}/gds/amadeus/bookings/SOLO77`)).json()) as { seats: unknown[] }).seats;
    return { clock, signIn, faults, order, assign, seats };
  }

  it('is down as a 503 page, then as a cut connection, then as a page again', async () => {
    const { faults, order } = await start();
    await faults(amadeus('down', '*', 3));
    const first = await order();
    expect(first.status).toBe(503);
    expect(first.headers.get('content-type')).toContain('text/html');
    await expect(order()).rejects.toThrow('fetch failed');
    expect((await order()).status).toBe(503);
    expect((await order()).status).toBe(200);
  });

  it('sends half a body', async () => {
    const { faults, order } = await start();
    await faults(amadeus('half', 'order'));
    const answer = await order();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect((await order()).status).toBe(200);
  });

  it('loses a change before it is made', async () => {
    const { faults, assign, seats } = await start();
    await faults(amadeus('lost_before', 'assign'));
    await expect(assign()).rejects.toThrow('fetch failed');
    expect(await seats()).toEqual([]);
  });

  it('loses the answer of a change that was made', async () => {
    const { faults, assign, seats } = await start();
    await faults(amadeus('lost_after', 'assign'));
    await expect(assign()).rejects.toThrow('fetch failed');
    expect(await seats()).toEqual([{ traveller: '1', segment: '12', designator: '1A' }]);
  });

  it('makes a late change after ninety seconds', async () => {
    const { clock, faults, assign, seats } = await start();
    await faults(amadeus('late', 'assign'));
    await expect(assign()).rejects.toThrow('fetch failed');
    clock.time += 89_999;
    expect(await seats()).toEqual([]);
    clock.time += 1;
    expect(await seats()).toHaveLength(1);
  });

  it('breaks the sign-in, too', async () => {
    const { faults, signIn } = await start();
    await faults(amadeus('lost_after', 'token'));
    await expect(signIn()).rejects.toThrow('fetch failed');
    expect((await signIn()).status).toBe(200);
  });
});
