import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Opened, Pick, Purchase } from '../../../server/wire/panel.ts';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../../support/demo.ts';
import { atGateway, payByCard } from '../../support/purchase.ts';

let demo: TestDemo;
let clock: MovableClock;
beforeEach(async () => {
  clock = new MovableClock();
  demo = await startTestDemo({ clock });
});
afterEach(() => demo.close());

type Open = Answer<Opened> & { token: string };
const open = async (pnr = 'ABC123', name = 'SMITH'): Promise<Open> => {
  const { body } = await demo.open(pnr, name);
  return { ...body, token: body.token! };
};

/** Seats of the first flight for both travellers, free of charge or not. */
function choose({ map, travellers }: Open, free: boolean): Pick[] {
  const used = new Set<string>();
  return travellers.map((traveller, index) => {
    const seat = freeSeats(map!, index).find(
      (one) => !one.exit && !used.has(one.designator) && (one.price === 0) === free,
    )!;
    used.add(seat.designator);
    return { traveller: traveller.id, segment: map!.segment, designator: seat.designator };
  });
}

const until = async (token: string, want: (purchase: Purchase) => boolean): Promise<Purchase> => {
  let last: Purchase | undefined;
  await vi.waitFor(
    async () => {
      last = (await demo.status(token)).body;
      expect(want(last!), JSON.stringify(last)).toBe(true);
    },
    { timeout: 10_000, interval: 50 },
  );
  return last!;
};

describe('a purchase of seats that cost nothing', () => {
  it('is assigned at the airline without a payment, once, and is found again', async () => {
    const opened = await open();
    const picks = choose(opened, true);
    await demo.select(opened.token, 0, picks);
    const started = await demo.purchase('start', opened.token, { selection_version: 1 });
    expect(started.body).toMatchObject({ status: 'created', quote: 1, total: 0, payment: null });
    const paid = await demo.purchase('pay', opened.token, { quote: 1 });
    expect(paid.status).toBe(200);
    const done = await until(opened.token, (one) => one.status === 'completed');
    expect(done.items.map((one) => one.state)).toEqual(['confirmed', 'confirmed']);
    expect(done.payment).toBeNull();
    const { seats } = await demo.airline('ABC123');
    expect(seats.map((one) => one.designator).sort()).toEqual(picks.map((one) => one.designator).sort());
    const again = await open();
    expect(again.purchase).toMatchObject({ transaction: done.transaction, status: 'completed' });
    expect(again.selection.picks).toEqual([]);
    expect(
      Object.values(again.segments[0]!.held)
        .map((one) => one.designator)
        .sort(),
    ).toEqual(seats.map((one) => one.designator).sort());
  });

  it('gives the same answer for the same key, and refuses another body under it', async () => {
    const opened = await open();
    await demo.select(opened.token, 0, choose(opened, true));
    const body = { v: 1, token: opened.token, idempotency_key: 'the-same-key', selection_version: 1 };
    const first = await demo.call<Purchase>('start', body);
    const second = await demo.call<Purchase>('start', body);
    expect(second.body).toEqual(first.body);
    const other = await demo.call<{ code: string }>('start', { ...body, selection_version: 7 });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('joins the open purchase from a second tab, and takes the list as it stands then', async () => {
    const opened = await open();
    const [first, second] = choose(opened, true);
    await demo.select(opened.token, 0, [first!]);
    const one = await demo.purchase('start', opened.token, { selection_version: 1 });
    const other = await open();
    await demo.select(other.token, 1, [first!, second!]);
    const two = await demo.purchase('start', other.token, { selection_version: 2 });
    expect(two.body).toMatchObject({ transaction: one.body.transaction, answer: 'joined', quote: 2 });
    expect(two.body.items).toHaveLength(2);
    const old = await demo.purchase('pay', opened.token, { quote: 1 });
    expect(old.body.answer).toBe('reconfirm');
  });

  it('names a seat that was taken in between and keeps the rest', async () => {
    const opened = await open();
    const picks = choose(opened, true);
    await demo.select(opened.token, 0, picks);
    const other = await open('SOLO77', 'OKAFOR');
    const taken = { traveller: other.travellers[0]!.id, segment: other.map!.segment, designator: picks[0]!.designator };
    await demo.select(other.token, 0, [taken]);
    await demo.purchase('start', other.token, { selection_version: 1 });
    await demo.purchase('pay', other.token, { quote: 1 });
    await until(other.token, (one) => one.status === 'completed');
    const started = await demo.purchase('start', opened.token, { selection_version: 1 });
    expect([started.status, started.body.code]).toEqual([409, 'selection_changed']);
    expect(
      (started.body as unknown as { selection: { refused: { designator: string; why: string }[]; picks: Pick[] } })
        .selection,
    ).toMatchObject({
      refused: [{ designator: picks[0]!.designator, why: 'taken' }],
      picks: [{ designator: picks[1]!.designator }],
    });
  });

  it('is called off by an explicit leave, and expires by itself', async () => {
    const opened = await open();
    await demo.select(opened.token, 0, choose(opened, true));
    await demo.purchase('start', opened.token, { selection_version: 1 });
    const left = await demo.purchase('leave', opened.token, {});
    expect(left.body.status).toBe('failed');
    await demo.purchase('start', opened.token, { selection_version: 1 });
    clock.ahead += 16 * 60_000;
    await until(opened.token, (one) => one.status === 'expired');
    expect((await demo.airline('ABC123')).seats).toEqual([]);
  });

  it('has nothing to start without a choice, and nothing to pay without a start', async () => {
    const opened = await open();
    expect((await demo.purchase('start', opened.token, { selection_version: 0 })).body.code).toBe('selection_empty');
    expect((await demo.purchase('pay', opened.token, { quote: 1 })).body.code).toBe('purchase_not_found');
  });

  it('is found out by a look when the airline’s answer was lost after the work', async () => {
    const opened = await open();
    const picks = choose(opened, true);
    await demo.select(opened.token, 0, picks);
    await demo.purchase('start', opened.token, { selection_version: 1 });
    await demo.fault('lost_after', 'assign');
    await demo.purchase('pay', opened.token, { quote: 1 });
    await until(opened.token, (one) => one.status === 'processing');
    // The quiet time, and the look after it.
    await vi.waitFor(
      async () => {
        clock.ahead += 60_000;
        expect((await demo.status(opened.token)).body.status).toBe('completed');
      },
      { timeout: 20_000, interval: 500 },
    );
    expect((await demo.airline('ABC123')).seats).toHaveLength(2);
  });
});

describe('a purchase of seats that cost something', () => {
  const startPaying = async () => {
    const opened = await open();
    const picks = choose(opened, false);
    await demo.select(opened.token, 0, picks);
    const { body: started } = await demo.purchase('start', opened.token, { selection_version: 1 });
    const { body: paying } = await demo.purchase('pay', opened.token, { quote: started.quote });
    return { opened, picks, started, paying };
  };

  it('opens the gateway’s field for exactly the sum, seats both, then captures it once', async () => {
    const { opened, picks, started, paying } = await startPaying();
    expect(opened.payment).toMatchObject({ gateway: 'stripe', public_key: 'pk_test_demo_skyline' });
    expect(paying.payment).toMatchObject({ step: 'field', field: { client_secret: expect.any(String) } });
    await payByCard(demo, paying, '4242424242424242');
    const returned = await demo.purchase('returned', opened.token, { payment: paying.payment!.id, said: 'submitted' });
    expect(returned.status).toBe(200);
    const done = await until(opened.token, (one) => one.status === 'completed');
    expect(done).toMatchObject({
      charged: started.total,
      payment: { step: 'taken', means: { brand: 'visa', last4: '4242' } },
    });
    expect(await atGateway(demo)).toMatchObject([{ amount: started.total, captured: started.total, refunded: 0 }]);
    const { seats } = await demo.airline('ABC123');
    expect(seats.map((one) => one.designator).sort()).toEqual(picks.map((one) => one.designator).sort());
  });

  it('lets a declined card be followed by another, and charges once', async () => {
    const { opened, started, paying } = await startPaying();
    await payByCard(demo, paying, '4000000000000002');
    const declined = await demo.purchase('returned', opened.token, { payment: paying.payment!.id, said: 'failed' });
    expect(declined.body.payment?.step).toBe('declined');
    const { body: again } = await demo.purchase('pay', opened.token, { quote: started.quote });
    expect(again.payment?.step).toBe('field');
    expect(again.payment?.id).not.toBe(paying.payment?.id);
    await payByCard(demo, again, '4242424242424242');
    await demo.purchase('returned', opened.token, { payment: again.payment!.id, said: 'submitted' });
    await until(opened.token, (one) => one.status === 'completed');
    expect((await atGateway(demo)).reduce((sum, one) => sum + one.captured, 0)).toBe(started.total);
  });

  it('takes nothing for a seat that the airline refuses', async () => {
    const { opened, paying } = await startPaying();
    await demo.fault('refuse', 'assign', 1);
    await payByCard(demo, paying, '4242424242424242');
    await demo.purchase('returned', opened.token, { payment: paying.payment!.id, said: 'submitted' });
    const done = await until(opened.token, (one) => one.status === 'partially_completed');
    const [kept] = done.items.filter((one) => one.state === 'confirmed');
    expect(done.items.map((one) => one.state).sort()).toEqual(['confirmed', 'failed']);
    expect(done.charged).toBe(kept!.price);
    expect((await demo.airline('ABC123')).seats).toHaveLength(1);
  });

  it('is found by a planned look when neither callback nor browser says anything', async () => {
    const { opened, paying } = await startPaying();
    await fetch(`${demo.demo.sandboxes}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ vendor: 'stripe', call: 'callbacks', fault: 'down', times: 1000 }]),
    });
    await payByCard(demo, paying, '4242424242424242');
    clock.ahead += 31_000;
    await until(opened.token, (one) => one.status === 'completed');
  });

  it('refuses a forged callback and changes nothing', async () => {
    const { opened, paying } = await startPaying();
    const body = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: 'pi_1' } },
    });
    const answer = await fetch(`${demo.api}/callbacks/stripe/skyline`, {
      method: 'POST',
      headers: { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` },
      body,
    });
    expect(answer.status).toBe(400);
    expect((await demo.status(opened.token)).body.payment?.id).toBe(paying.payment?.id);
    expect((await demo.status(opened.token)).body.status).toBe('created');
  });
});
