import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/domain/ports/store.ts';
import type { Outcome } from '../../../server/domain/ports/outcome.ts';
import type { Effect, EffectKind, Transaction } from '../../../server/domain/transaction/transaction.ts';
import { createEffectJob, runEffect } from '../../../server/jobs/run-effect.ts';
import { changePurchase } from '../../../server/services/change-purchase.ts';
import type { PurchaseServices } from '../../../server/services/purchase-services.ts';
import { openStore } from '../../../server/store/database.ts';
import { Gateway } from '../../support/world-gateway.ts';
import { freshTruth, Gds } from '../../support/world-gds.ts';
import { WorldTraveller, worldServices } from '../../support/world-server.ts';
import { World, type Line, type VendorCall } from '../../support/world.ts';

/** What a call meets. `hangs`: its answer comes when the test says so. */
type Fate = 'answered' | 'lost before' | 'lost after' | 'late' | 'again' | 'again at noon' | 'throws' | 'hangs';

const SECOND = 1000;
const NOON_LATER = Date.UTC(2026, 5, 2, 12);

let store: Store;
let world: World;
let gateway: Gateway;
let gds: Gds;
let fates: Partial<Record<EffectKind, Fate[]>>;
let calls: VendorCall[];
let hanging: { call: VendorCall; answer: () => void }[];
let during: (call: VendorCall) => Promise<void>;

const line: Line = async <T>(call: VendorCall, work: () => Outcome<T>): Promise<Outcome<T>> => {
  calls.push(call);
  await during(call);
  const fate = fates[call.kind]?.shift() ?? 'answered';
  switch (fate) {
    case 'answered':
      return work();
    case 'lost before':
      return { is: 'unknown' };
    case 'lost after':
      work();
      return { is: 'unknown' };
    case 'late':
      world.later(90 * SECOND, () => void work());
      return { is: 'unknown' };
    case 'again':
      return { is: 'again', at: '' };
    case 'again at noon':
      return { is: 'again', at: new Date(NOON_LATER).toISOString() };
    case 'throws':
      throw new Error('a fault of our own');
    case 'hangs':
      return new Promise((resolve) => hanging.push({ call, answer: () => resolve(work()) }));
  }
};

/** A server on the store; another one has another name. */
const server = (name = 'A', booking = gds): PurchaseServices =>
  worldServices({ store, gateway, gds: booking, line, server: name });

/** Waits for answers only: time stands still. */
const untilAnswered = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const runDue = (services: PurchaseServices, slots = 8): Promise<number> =>
  createEffectJob(services, { slots, pause: untilAnswered }).runOnce();

/** Time goes on from one due effect to the next, for that long. */
async function goOn(services: PurchaseServices, ms: number): Promise<void> {
  const end = world.now + ms;
  for (;;) {
    await runDue(services);
    const due = (await store.rows.transactions.nextDue()) ?? Infinity;
    if (due > end) return world.pass(end - world.now);
    world.pass(Math.max(1, due - world.now));
  }
}

/** Bought with nothing to pay: the seats are to be asked for. */
async function buyFree(services: PurchaseServices, seats: Record<string, string>, booking = gds): Promise<string> {
  const traveller = new WorldTraveller(services, booking);
  const { transaction, quote } = await traveller.start(await traveller.choose(seats));
  await traveller.pay(quote);
  return transaction;
}

const get = async (id: string): Promise<Transaction> => (await store.rows.transactions.get(id))!.transaction;
const effectOf = async (id: string, kind: EffectKind): Promise<Effect> =>
  (await get(id)).effects.find((one) => one.kind === kind)!;
const sent = (kind: EffectKind): number => calls.filter((call) => call.kind === kind).length;
const letPass = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  world = new World();
  gateway = new Gateway(world, 'stripe');
  gds = new Gds(world, 'sabre', 'ABC123', 'SMITH');
  fates = {};
  calls = [];
  hanging = [];
  during = () => Promise.resolve();
});
afterEach(() => store.close());

describe('a claim', () => {
  it('marks a write as in doubt and leased before the call goes out, and holds no database handle during it', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    let seen: Effect | undefined;
    during = async () => {
      // would wait for ever if the runner held the only connection
      const inside = await store.atomically((rows) => rows.transactions.get(id));
      seen = inside!.transaction.effects.find((one) => one.kind === 'assign_seats');
    };
    await runDue(services);
    expect(seen).toMatchObject({
      kind: 'assign_seats',
      inDoubt: true,
      claims: 1,
      leaseId: expect.any(String),
      leaseUntil: world.now + 180 * SECOND,
    });
    expect(await get(id)).toMatchObject({ status: 'completed' });
  });

  it('of a write whose worker died reports "unknown", and asks again only after a look', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    fates.assign_seats = ['hangs'];
    const dead = runEffect(services, id, await effectOf(id, 'assign_seats'));
    void dead;
    await letPass();
    expect(await runDue(server('B'))).toBe(0);
    world.pass(181 * SECOND);
    await runDue(server('B'));
    expect((await get(id)).items[0]!.seat.state).toBe('unsure');
    expect([sent('assign_seats'), sent('look_up_booking')]).toEqual([1, 0]);
    world.pass(119 * SECOND);
    await runDue(server('C'));
    expect(sent('look_up_booking')).toBe(0);
    await goOn(server('D'), 1 * SECOND);
    expect(calls.map(({ kind }) => kind)).toEqual(['assign_seats', 'look_up_booking', 'assign_seats']);
    expect((await get(id)).status).toBe('completed');
  });

  it('is not made when less of the lease is left than a call may take', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    const { byCode } = services.brands;
    const slow = { ...services, brands: { ...services.brands, byCode: slept } };
    function slept(code: string) {
      world.pass(130 * SECOND);
      return byCode(code);
    }
    await runEffect(slow, id, await effectOf(id, 'assign_seats'));
    expect(calls).toEqual([]);
    expect(await effectOf(id, 'assign_seats')).toMatchObject({ leaseId: null, inDoubt: false });
    await runDue(services);
    expect((await get(id)).status).toBe('completed');
  });
});

describe('a completion', () => {
  it('without its lease is thrown away', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    fates.assign_seats = ['hangs'];
    const slept = runEffect(services, id, await effectOf(id, 'assign_seats'));
    await letPass();
    world.pass(181 * SECOND);
    await runDue(server('B'));
    const before = await get(id);
    hanging[0]!.answer();
    await slept;
    expect(await get(id)).toEqual(before);
    expect(before.items[0]!.seat.state).toBe('unsure');
    // what the sleeper did was done: the look finds it
    await goOn(server('B'), 120 * SECOND);
    expect(sent('assign_seats')).toBe(1);
    expect((await get(id)).status).toBe('completed');
  });

  it.each<[Fate, number]>([
    ['lost before', 2],
    ['lost after', 1],
    ['late', 1],
    ['throws', 2],
  ])('after an answer that was %s has the seat once, asked for %i times', async (fate, times) => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    fates.assign_seats = [fate];
    await goOn(services, 400 * SECOND);
    expect((await get(id)).status).toBe('completed');
    expect(sent('assign_seats')).toBe(times);
    expect(sent('look_up_booking')).toBe(1);
  });

  it('opens a payment under the same key again when nobody knows whether the first one arrived', async () => {
    const services = server();
    const traveller = new WorldTraveller(services, gds);
    const { transaction } = await traveller.start(await traveller.choose({ 1: '13A' }));
    await traveller.pay(1);
    fates.open_payment = ['lost after'];
    await runDue(services);
    expect((await get(transaction)).payments[0]).toMatchObject({ state: 'unsure', gatewayRef: null });
    await goOn(services, 121 * SECOND);
    expect((await get(transaction)).payments[0]).toMatchObject({ state: 'open', gatewayRef: expect.any(String) });
    expect([sent('open_payment'), sent('inspect_payment')]).toEqual([1, 1]);
  });
});

describe('what nobody wants any more', () => {
  it('is not called: a payment whose list was replaced', async () => {
    const services = server();
    const traveller = new WorldTraveller(services, gds);
    const { transaction } = await traveller.start(await traveller.choose({ 1: '13A' }));
    await traveller.pay(1);
    await traveller.start(await traveller.choose({ 1: '14A' }));
    await runDue(services);
    expect(calls).toEqual([]);
    expect((await get(transaction)).payments[0]).toMatchObject({ state: 'closed', end: 'replaced' });
  });

  it('is not called: seats that the partner took off before', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    await changePurchase(services, id, 'partner', () => ({ type: 'refund', at: world.now, scope: 'whole' }));
    await runDue(services);
    expect(calls).toEqual([]);
    expect(await get(id)).toMatchObject({ status: 'failed', items: [{ seat: { state: 'absent' } }] });
  });

  it('is left out of a call that goes out for the others, and is not waited for', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A', 2: '12A' });
    const [first] = (await get(id)).items;
    await changePurchase(services, id, 'partner', () => ({
      type: 'refund',
      at: world.now,
      scope: 'item',
      item: first!.id,
    }));
    await runDue(services);
    expect(gds.seat({ traveller: '1', designator: '11A' }).seat).toBeNull();
    expect(gds.seat({ traveller: '2', designator: '12A' }).seat).toBe('ours');
    expect(sent('assign_seats')).toBe(1);
    const { status, items, effects, endedAt } = await get(id);
    expect(items.map(({ want, seat }) => [want, seat.state])).toEqual([
      ['drop', 'absent'],
      ['keep', 'present'],
    ]);
    expect([status, effects.filter(({ lane }) => lane === 'gds')]).toEqual(['partially_completed', []]);
    expect(endedAt).not.toBeNull();
  });
});

describe('"not now"', () => {
  it('is tried again after longer and longer waits, and given up after the last', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    fates.assign_seats = Array<Fate>(9).fill('again');
    const at: number[] = [];
    during = (call) => {
      if (call.kind === 'assign_seats') at.push(world.now);
      return Promise.resolve();
    };
    await goOn(services, 600 * SECOND);
    expect(at.slice(1).map((time, index) => (time - at[index]!) / SECOND)).toEqual([5, 15, 30, 60, 120]);
    expect(await get(id)).toMatchObject({ status: 'failed', items: [{ want: 'drop', reason: 'gds_unavailable' }] });
  });

  it('until a time that the vendor names is waited for, does not count, and leaves no doubt', async () => {
    const services = server();
    const id = await buyFree(services, { 1: '11A' });
    fates.assign_seats = ['again at noon'];
    await runDue(services);
    expect(await effectOf(id, 'assign_seats')).toMatchObject({
      dueAt: NOON_LATER,
      agains: 0,
      inDoubt: false,
      leaseId: null,
    });
    await goOn(services, NOON_LATER - world.now);
    expect((await get(id)).status).toBe('completed');
    expect([sent('assign_seats'), sent('look_up_booking')]).toEqual([2, 0]);
  });
});

describe('many at once', () => {
  /** That many purchases, each on a booking of its own. */
  async function buyMany(services: PurchaseServices, count: number): Promise<string[]> {
    const truth = freshTruth();
    truth.prices = Object.fromEntries(Array.from({ length: count }, (_, at) => [`${11 + at}A`, 0]));
    gds = new Gds(world, 'sabre', 'ABC123', 'SMITH', truth);
    const ids: string[] = [];
    for (let at = 0; at < count; at++) {
      const booking = new Gds(world, 'sabre', `BOOK${String(at).padStart(2, '0')}`, 'SMITH', truth);
      ids.push(await buyFree(server('T', booking), { 1: `${11 + at}A` }, booking));
    }
    return ids;
  }

  /** Counts calls that are out at the same time, until each was told to end. */
  function counted() {
    const out = { now: 0, most: 0 };
    during = async () => {
      out.most = Math.max(out.most, ++out.now);
      for (let turn = 0; turn < 20; turn++) await letPass();
      out.now -= 1;
    };
    return out;
  }

  it('never has more calls out than slots, and carries all of them out', async () => {
    const ids = await buyMany(server(), 7);
    const out = counted();
    expect(await runDue(server(), 3)).toBe(7);
    expect(out.most).toBe(3);
    expect(new Set(await Promise.all(ids.map(async (id) => (await get(id)).status)))).toEqual(new Set(['completed']));
  });

  it('lets a slow vendor hold its own slot only', async () => {
    const ids = await buyMany(server(), 3);
    fates.assign_seats = ['hangs'];
    const running = createEffectJob(server(), { slots: 2, pause: untilAnswered }).runOnce();
    await expect.poll(() => calls.length).toBe(3);
    await expect.poll(async () => (await get(ids[2]!)).status).toBe('completed');
    expect((await get(ids[0]!)).status).toBe('processing');
    hanging[0]!.answer();
    await running;
    expect((await get(ids[0]!)).status).toBe('completed');
  });

  it('never has two calls out in one lane, however many servers look for work', async () => {
    const id = await buyFree(server(), { 1: '11A' });
    const out = counted();
    const servers = ['B', 'C', 'D', 'E'].map((name) => server(name));
    const effect = await effectOf(id, 'assign_seats');
    await Promise.all(servers.map((services) => runEffect(services, id, effect)));
    expect([out.most, sent('assign_seats')]).toEqual([1, 1]);
    expect((await get(id)).status).toBe('completed');
  });
});
