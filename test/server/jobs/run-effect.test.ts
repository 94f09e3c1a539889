import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runEffect } from '../../../server/jobs/run-effect.ts';
import { changePurchase } from '../../../server/services/change-purchase.ts';
import type { PurchaseServices } from '../../../server/services/purchase-services.ts';
import type { Effect } from '../../../server/domain/transaction/transaction.ts';
import { freshTruth, Gds } from '../../support/world-gds.ts';
import { EffectStand, letPass, NOON_LATER, SECOND, type Fate } from './effect-stand.ts';

let s: EffectStand;

beforeEach(async () => {
  s = await EffectStand.open();
});
afterEach(() => s.store.close());

describe('a claim', () => {
  it('marks a write as in doubt and leased before the call goes out, and holds no database handle during it', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    let seen: Effect | undefined;
    s.during = async () => {
      // would wait for ever if the runner held the only connection
      const inside = await s.store.atomically((rows) => rows.transactions.get(id));
      seen = inside!.transaction.effects.find((one) => one.kind === 'assign_seats');
    };
    await s.runDue(services);
    expect(seen).toMatchObject({
      kind: 'assign_seats',
      inDoubt: true,
      claims: 1,
      leaseId: expect.any(String),
      leaseUntil: s.world.now + 180 * SECOND,
    });
    expect(await s.get(id)).toMatchObject({ status: 'completed' });
  });

  it('of a write whose worker died reports "unknown", and asks again only after a look', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    s.fates.assign_seats = ['hangs'];
    const dead = runEffect(services, id, await s.effectOf(id, 'assign_seats'));
    void dead;
    await letPass();
    expect(await s.runDue(s.server('B'))).toBe(0);
    s.world.pass(181 * SECOND);
    await s.runDue(s.server('B'));
    expect((await s.get(id)).items[0]!.seat.state).toBe('unsure');
    expect([s.sent('assign_seats'), s.sent('look_up_booking')]).toEqual([1, 0]);
    s.world.pass(119 * SECOND);
    await s.runDue(s.server('C'));
    expect(s.sent('look_up_booking')).toBe(0);
    await s.goOn(s.server('D'), 1 * SECOND);
    expect(s.calls.map(({ kind }) => kind)).toEqual(['assign_seats', 'look_up_booking', 'assign_seats']);
    expect((await s.get(id)).status).toBe('completed');
  });

  it('is not made when less of the lease is left than a call may take', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    const { byCode } = services.brands;
    const slow = { ...services, brands: { ...services.brands, byCode: slept } };
    function slept(code: string) {
      s.world.pass(130 * SECOND);
      return byCode(code);
    }
    await runEffect(slow, id, await s.effectOf(id, 'assign_seats'));
    expect(s.calls).toEqual([]);
    expect(await s.effectOf(id, 'assign_seats')).toMatchObject({ leaseId: null, inDoubt: false });
    await s.runDue(services);
    expect((await s.get(id)).status).toBe('completed');
  });
});

describe('a completion', () => {
  it.each<[Fate, number]>([
    ['lost before', 2],
    ['lost after', 1],
    ['late', 1],
    ['throws', 2],
  ])('after an answer that was %s has the seat once, asked for %i times', async (fate, times) => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    s.fates.assign_seats = [fate];
    await s.goOn(services, 400 * SECOND);
    expect((await s.get(id)).status).toBe('completed');
    expect(s.sent('assign_seats')).toBe(times);
    expect(s.sent('look_up_booking')).toBe(1);
  });

  it('opens a payment under the same key again when nobody knows whether the first one arrived', async () => {
    const services = s.server();
    const traveller = s.traveller(services);
    const { transaction } = await traveller.start(await traveller.choose({ 1: '13A' }));
    await traveller.pay(1);
    s.fates.open_payment = ['lost after'];
    await s.runDue(services);
    expect((await s.get(transaction)).payments[0]).toMatchObject({ state: 'unsure', gatewayRef: null });
    await s.goOn(services, 121 * SECOND);
    expect((await s.get(transaction)).payments[0]).toMatchObject({ state: 'open', gatewayRef: expect.any(String) });
    expect([s.sent('open_payment'), s.sent('inspect_payment')]).toEqual([1, 1]);
  });
});

describe('what nobody wants any more', () => {
  it('is not called: a payment whose list was replaced', async () => {
    const services = s.server();
    const traveller = s.traveller(services);
    const { transaction } = await traveller.start(await traveller.choose({ 1: '13A' }));
    await traveller.pay(1);
    await traveller.start(await traveller.choose({ 1: '14A' }));
    await s.runDue(services);
    expect(s.calls).toEqual([]);
    expect((await s.get(transaction)).payments[0]).toMatchObject({ state: 'closed', end: 'replaced' });
  });

  it('is not called: seats that the partner took off before', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    await changePurchase(services, id, 'partner', () => ({ type: 'refund', at: s.world.now, scope: 'whole' }));
    await s.runDue(services);
    expect(s.calls).toEqual([]);
    expect(await s.get(id)).toMatchObject({ status: 'failed', items: [{ seat: { state: 'absent' } }] });
  });

  it('is left out of a call that goes out for the others, and is not waited for', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A', 2: '12A' });
    const [first] = (await s.get(id)).items;
    await changePurchase(services, id, 'partner', () => ({
      type: 'refund',
      at: s.world.now,
      scope: 'item',
      item: first!.id,
    }));
    await s.runDue(services);
    expect(s.gds.seat({ traveller: '1', designator: '11A' }).seat).toBeNull();
    expect(s.gds.seat({ traveller: '2', designator: '12A' }).seat).toBe('ours');
    expect(s.sent('assign_seats')).toBe(1);
    const { status, items, effects, endedAt } = await s.get(id);
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
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    s.fates.assign_seats = Array<Fate>(9).fill('again');
    const at: number[] = [];
    s.during = (call) => {
      if (call.kind === 'assign_seats') at.push(s.world.now);
      return Promise.resolve();
    };
    await s.goOn(services, 600 * SECOND);
    expect(at.slice(1).map((time, index) => (time - at[index]!) / SECOND)).toEqual([5, 15, 30, 60, 120]);
    expect(await s.get(id)).toMatchObject({ status: 'failed', items: [{ want: 'drop', reason: 'gds_unavailable' }] });
  });

  it('until a time that the vendor names is waited for, does not count, and leaves no doubt', async () => {
    const services = s.server();
    const id = await s.buy(services, { 1: '11A' });
    s.fates.assign_seats = ['again at noon'];
    await s.runDue(services);
    expect(await s.effectOf(id, 'assign_seats')).toMatchObject({
      dueAt: NOON_LATER,
      agains: 0,
      inDoubt: false,
      leaseId: null,
    });
    await s.goOn(services, NOON_LATER - s.world.now);
    expect((await s.get(id)).status).toBe('completed');
    expect([s.sent('assign_seats'), s.sent('look_up_booking')]).toEqual([2, 0]);
  });
});

describe('many at once', () => {
  /** That many purchases, each on a booking of its own. */
  async function buyMany(services: PurchaseServices, count: number): Promise<string[]> {
    const truth = freshTruth();
    truth.prices = Object.fromEntries(Array.from({ length: count }, (_, at) => [`${11 + at}A`, 0]));
    s.gds = new Gds(s.world, 'sabre', 'ABC123', 'SMITH', truth);
    const ids: string[] = [];
    for (let at = 0; at < count; at++) {
      const booking = new Gds(s.world, 'sabre', `BOOK${String(at).padStart(2, '0')}`, 'SMITH', truth);
      ids.push(await s.buy(s.server('T', { gds: booking }), { 1: `${11 + at}A` }, booking));
    }
    return ids;
  }

  /** Counts s.calls that are out at the same time, until each was told to end. */
  function counted() {
    const out = { now: 0, most: 0 };
    s.during = async () => {
      out.most = Math.max(out.most, ++out.now);
      for (let turn = 0; turn < 20; turn++) await letPass();
      out.now -= 1;
    };
    return out;
  }

  it('never has more s.calls out than slots, and carries all of them out', async () => {
    const ids = await buyMany(s.server(), 7);
    const out = counted();
    expect(await s.runDue(s.server(), 3)).toBe(7);
    expect(out.most).toBe(3);
    expect(new Set(await Promise.all(ids.map(async (id) => (await s.get(id)).status)))).toEqual(new Set(['completed']));
  });

  it('lets a slow vendor hold its own slot only', async () => {
    const ids = await buyMany(s.server(), 3);
    s.fates.assign_seats = ['hangs'];
    const running = s.runDue(s.server(), 2);
    await expect.poll(() => s.calls.length).toBe(3);
    await expect.poll(async () => (await s.get(ids[2]!)).status).toBe('completed');
    expect((await s.get(ids[0]!)).status).toBe('processing');
    s.hanging[0]!.answer();
    await running;
    expect((await s.get(ids[0]!)).status).toBe('completed');
  });

  it('never has two s.calls out in one lane, however many servers look for work', async () => {
    const id = await s.buy(s.server(), { 1: '11A' });
    const out = counted();
    const servers = ['B', 'C', 'D', 'E'].map((name) => s.server(name));
    const effect = await s.effectOf(id, 'assign_seats');
    await Promise.all(servers.map((services) => runEffect(services, id, effect)));
    expect([out.most, s.sent('assign_seats')]).toEqual([1, 1]);
    expect((await s.get(id)).status).toBe('completed');
  });
});
