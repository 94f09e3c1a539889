import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outbound } from '../../../server/domain/ports/outbound.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import { createOutbound } from '../../../server/outbound/http.ts';
import { guideSignature, standardSignature } from '../../../server/webhooks/signatures.ts';
import { DeliveryStand, SECRET } from './delivery-stand.ts';

let stand: DeliveryStand;
beforeEach(async () => {
  stand = await DeliveryStand.open();
});
afterEach(() => stand.close());

const states = async () => {
  const rows = await stand.store.rows.deliveries.list('skyline', 100);
  return rows.toReversed().map(({ state }) => state);
};
const attemptsOf = async (event: string, endpoint = stand.endpoints[0]!.id) =>
  stand.store.rows.deliveries.attempts(`dlv_${event}_${endpoint}`);
const idsHeard = () => stand.heard.map(({ headers }) => headers['webhook-id']);

describe('a delivery', () => {
  it('arrives once, signed over the bytes that were stored', async () => {
    const [event] = await stand.tell('A');
    expect(await stand.job().runOnce()).toBe(1);
    expect(await stand.job().runOnce()).toBe(0);
    expect(stand.heard).toHaveLength(1);
    const { headers, body } = stand.heard[0]!;
    expect(body).toBe(event!.body);
    expect(body).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(body)).toEqual({
      id: 'evt_A_1',
      type: 'transaction.created',
      timestamp: '2026-06-01T12:00:00.000Z',
      sequence: 1,
      data: { transaction_id: 'txn_A', note: 'Müller 😀' },
    });
    const timestamp = stand.time / 1000;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(body.length),
      'user-agent': 'DepartCart-Webhooks/1',
      'x-departcart-signature': guideSignature(SECRET, body),
      'x-departcart-event': 'transaction.created',
      'x-departcart-attempt': '1',
      'webhook-id': 'evt_A_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': standardSignature(SECRET, { id: 'evt_A_1', timestamp, body }),
    });
    expect(await states()).toEqual(['delivered']);
    expect(await attemptsOf('evt_A_1')).toEqual([
      { delivery: expect.any(String), no: 1, at: stand.time, ms: 0, status: 200, fault: null },
    ]);
  });

  it('that meets 503 three times arrives at the fourth, with the same body and id and a time of its own', async () => {
    stand.answerWith([503, 503, 503]);
    await stand.tell('A');
    const start = stand.time;
    const job = stand.job();
    for (const [due, expected] of [
      [0, 'waiting'],
      [5, 'waiting'],
      [305, 'waiting'],
      [2105, 'delivered'],
    ] as const) {
      stand.time = start + due * 1000 - 1;
      if (due > 0) expect(await job.runOnce(), `${due} s are not over`).toBe(0);
      stand.time += 1;
      expect(await job.nextDue()).toBe(stand.time);
      expect(await job.runOnce()).toBe(1);
      expect(await states()).toEqual([expected]);
    }
    expect(await job.nextDue()).toBeNull();
    expect(new Set(stand.heard.map(({ body }) => body)).size).toBe(1);
    expect(new Set(idsHeard())).toEqual(new Set(['evt_A_1']));
    expect(stand.heard.map(({ headers }) => headers['x-departcart-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(stand.heard.map(({ headers }) => Number(headers['webhook-timestamp']) - start / 1000)).toEqual([
      0, 5, 305, 2105,
    ]);
    expect(new Set(stand.heard.map(({ headers }) => headers['webhook-signature'])).size).toBe(4);
    expect((await attemptsOf('evt_A_1')).map(({ no, status }) => [no, status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 503],
      [4, 200],
    ]);
  });

  it('is given up after ten attempts', async () => {
    stand.answers.set('/', (response) => response.writeHead(500).end());
    await stand.tell('A');
    const job = stand.job();
    for (let due = await job.nextDue(); due !== null; due = await job.nextDue()) {
      stand.time = due;
      await job.runOnce();
    }
    expect(await states()).toEqual(['given_up']);
    expect(stand.heard).toHaveLength(10);
  });

  it('follows no redirect and waits as long as it is asked to', async () => {
    stand.answerWith([302], { location: `${stand.origin}/elsewhere` });
    await stand.tell('A');
    await stand.job().runOnce();
    expect(stand.heard.map(({ path }) => path)).toEqual(['/']);
    stand.answerWith([429], { 'retry-after': '3600' });
    stand.time += 5000;
    await stand.job().runOnce();
    expect(await stand.job().nextDue()).toBe(stand.time + 3_600_000);
  });

  it('counts at the headers: a body that never ends holds nothing up', async () => {
    stand.answers.set('/', (response) => {
      response.writeHead(200);
      response.write('and so on');
    });
    await stand.tell('A');
    await stand.job().runOnce();
    expect(await states()).toEqual(['delivered']);
  });

  it('that gets no answer says why, in words that tell no address', async () => {
    const down: Outbound = (request) => stand.outbound({ ...request, timeoutMs: 20, url: request.url });
    stand.answers.set('/', () => {});
    await stand.tell('A');
    await stand.job({ outbound: down }).runOnce();
    expect(await attemptsOf('evt_A_1')).toMatchObject([{ no: 1, status: null, fault: 'timeout' }]);
    expect(await states()).toEqual(['waiting']);
  });

  it('is given up at once when the endpoint is gone, leads inside, or stands in no file any more', async () => {
    stand.listenAt('/gone', '/inside', '/removed');
    stand.answerWith([410], {}, '/gone');
    await stand.tell('A');
    const guarded = createOutbound({ loopback: false });
    const outbound: Outbound = (request) =>
      request.url.endsWith('/inside')
        ? guarded.call({ ...request, url: 'https://127.0.0.1/' })
        : stand.outbound(request);
    const [gone, inside, removed] = stand.endpoints.map(({ id }) => id);
    stand.endpoints.pop();
    await stand.job({ outbound }).runOnce();
    guarded.close();
    expect(await states()).toEqual(['given_up', 'given_up', 'given_up']);
    expect(await attemptsOf('evt_A_1', gone)).toMatchObject([{ status: 410, fault: null }]);
    expect(await attemptsOf('evt_A_1', inside)).toMatchObject([{ status: null, fault: 'unsafe_destination' }]);
    expect(await attemptsOf('evt_A_1', removed)).toMatchObject([{ status: null, fault: 'endpoint_removed' }]);
  });

  it('leaves neither secret nor address nor body in the log', async () => {
    stand.answerWith([503]);
    await stand.tell('A');
    await stand.job().runOnce();
    await stand.job({ endpointsOf: () => Promise.reject(new Error('the vault is shut')) }).runOnce();
    stand.time += 60_000;
    await stand.job().runOnce();
    expect(stand.lines.map(({ message }) => message)).toEqual(['webhook comes again', 'webhook delivered']);
    expect(JSON.stringify(stand.lines)).not.toMatch(/whsec|127\.0\.0\.1|Müller|sha256=/);
  });
});

describe('the events of a purchase', () => {
  it('arrive in their order, those of others beside them', async () => {
    await stand.tell('A', 4);
    await stand.tell('B', 4);
    await stand.job().runOnce();
    for (const purchase of ['A', 'B'])
      expect(idsHeard().filter((id) => id?.toString().includes(purchase))).toEqual(
        [1, 2, 3, 4].map((seq) => `evt_${purchase}_${seq}`),
      );
    expect(stand.heard).toHaveLength(8);
  });

  it('wait behind one that has to come again, at its endpoint only', async () => {
    stand.listenAt('/one', '/other');
    stand.answerWith([503], {}, '/one');
    await stand.tell('A', 2);
    await stand.job().runOnce();
    const heardAt = (path: string) =>
      stand.heard.flatMap((one) => (one.path === path ? [one.headers['webhook-id']] : []));
    expect(heardAt('/other')).toEqual(['evt_A_1', 'evt_A_2']);
    expect(heardAt('/one')).toEqual(['evt_A_1']);
    stand.time += 5000;
    await stand.job().runOnce();
    expect(heardAt('/one')).toEqual(['evt_A_1', 'evt_A_1', 'evt_A_2']);
  });

  it('go on when one before them was given up', async () => {
    stand.answerWith([410]);
    await stand.tell('A', 2);
    await stand.job().runOnce();
    expect(await states()).toEqual(['given_up', 'delivered']);
  });
});

/** An outbound whose calls hang until the test lets them go on. */
function heldOutbound(through: Outbound) {
  const held: (() => void)[] = [];
  const outbound: Outbound = async (request) => {
    await new Promise<void>((resolve) => held.push(resolve));
    return through(request);
  };
  return { outbound, held };
}

describe('a worker', () => {
  it('that dies in between gives its deliveries back when its lease is over', async () => {
    await stand.tell('A');
    const { outbound, held } = heldOutbound(stand.outbound);
    void stand.job({ outbound, pause: () => new Promise(() => {}) }).runOnce();
    await expect.poll(() => held.length).toBe(1);

    const next = stand.job();
    expect(await next.runOnce()).toBe(0);
    stand.time += 29_999;
    expect(await next.runOnce()).toBe(0);
    stand.time += 1;
    expect(await next.nextDue()).toBe(stand.time);
    expect(await next.runOnce()).toBe(1);
    expect(await states()).toEqual(['delivered']);
  });

  it('that comes back after its lease was lost records nothing', async () => {
    await stand.tell('A');
    const { outbound, held } = heldOutbound(stand.outbound);
    const late = stand.job({ outbound }).runOnce();
    await expect.poll(() => held.length).toBe(1);
    stand.time += 30_000;
    stand.answerWith([503]);
    expect(await stand.job().runOnce()).toBe(1);

    held[0]!();
    await late;
    expect(stand.heard).toHaveLength(2);
    expect(new Set(idsHeard())).toEqual(new Set(['evt_A_1']));
    expect(await states()).toEqual(['waiting']);
    expect(await attemptsOf('evt_A_1')).toMatchObject([{ no: 1, status: 503 }]);
    expect(stand.lines.at(-1)!.message).toBe('webhook lease lost: somebody else delivers it');
  });

  it('sends nothing when too little is left of its lease', async () => {
    await stand.tell('A');
    const job = stand.job({
      endpointsOf: async () => {
        stand.time += 21_000;
        return stand.endpoints;
      },
    });
    await job.runOnce();
    expect(stand.heard).toEqual([]);
    stand.time += 9_000;
    expect(await stand.job().runOnce()).toBe(1);
    expect(await states()).toEqual(['delivered']);
  });

  it('delivers again what it could not record', async () => {
    await stand.tell('A');
    const { rows } = stand.store;
    const broken: Store = {
      ...stand.store,
      rows: { ...rows, deliveries: { ...rows.deliveries, complete: () => Promise.reject(new Error('disk full')) } },
    };
    expect(await stand.job({ store: broken }).runOnce()).toBe(1);
    expect(stand.lines.at(-1)).toMatchObject({ message: 'webhook not delivered', fields: { message: 'disk full' } });
    stand.time += 30_000;
    expect(await stand.job().runOnce()).toBe(1);
    expect(idsHeard()).toEqual(['evt_A_1', 'evt_A_1']);
    expect(await states()).toEqual(['delivered']);
  });

  it('never delivers what another one delivers', async () => {
    for (let purchase = 0; purchase < 12; purchase++) await stand.tell(`P${purchase}`, 2);
    const other = await stand.openAgain();
    const both = [stand.job({ slots: 3 }), stand.job({ slots: 3, store: other })];
    const done = await Promise.all(both.map((job) => job.runOnce()));
    expect(done[0]! + done[1]!).toBe(24);
    expect(idsHeard()).toHaveLength(24);
    expect(new Set(idsHeard()).size).toBe(24);
    expect(new Set(await states())).toEqual(new Set(['delivered']));
  });

  it('holds no more than its slots, and puts what comes due meanwhile into those that are free', async () => {
    stand.listenAt('/slow');
    await stand.tell('A');
    await stand.tell('B');
    const { outbound, held } = heldOutbound(stand.outbound);
    const looks: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => looks.push(resolve));
    const running = stand.job({ outbound, slots: 3, pause }).runOnce();
    await expect.poll(() => [held.length, looks.length]).toEqual([2, 1]);
    await stand.tell('C');
    await stand.tell('D');
    looks[0]!();
    await expect.poll(() => held.length).toBe(3);
    expect(looks).toHaveLength(1);
    held[0]!();
    await expect.poll(() => held.length).toBe(4);
    for (const go of held) go();
    expect(await running).toBe(4);
  });

  it('ends what is in flight before it says that the database is away', async () => {
    await stand.tell('A');
    const { rows } = stand.store;
    let claims = 0;
    const claim: typeof rows.deliveries.claim = (lease) =>
      claims++ === 0 ? rows.deliveries.claim(lease) : Promise.reject(new Error('away'));
    const store: Store = { ...stand.store, rows: { ...rows, deliveries: { ...rows.deliveries, claim } } };
    const { outbound, held } = heldOutbound(stand.outbound);
    let ended = false;
    const running = stand.job({ store, outbound, pause: async () => {} }).runOnce();
    void running.catch(() => (ended = true));
    await expect.poll(() => [held.length, claims]).toEqual([1, 2]);
    expect(ended).toBe(false);
    held[0]!();
    await expect(running).rejects.toThrow('away');
    expect(await states()).toEqual(['delivered']);
  });

  it('takes up nothing more once it is told to stop, and ends what it has begun', async () => {
    await stand.tell('A', 2);
    const { outbound, held } = heldOutbound(stand.outbound);
    const stopping = new AbortController();
    const running = stand.job({ outbound }).runOnce(stopping.signal);
    await expect.poll(() => held.length).toBe(1);
    stopping.abort();
    held[0]!();
    expect(await running).toBe(1);
    expect(await states()).toEqual(['delivered', 'waiting']);
  });
});
