import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../../support/demo.ts';
import { atGateway, inboxTypes, payByCard } from '../../support/purchase.ts';

let demo: TestDemo;
beforeEach(async () => {
  const partnerFile = (text: string) => text.replace("capture_method: 'manual'", "capture_method: 'automatic'");
  demo = await startTestDemo({ clock: new MovableClock(), partnerFile });
});
afterEach(() => demo.close());

async function payForBoth() {
  const { body } = await demo.open('ABC123', 'SMITH');
  const token = body.token!;
  const used = new Set<string>();
  const picks = body.travellers.map(({ id }, index) => {
    const seat = freeSeats(body.map!, index).find((one) => !one.exit && one.price > 0 && !used.has(one.designator))!;
    used.add(seat.designator);
    return { traveller: id, segment: body.map!.segment, designator: seat.designator };
  });
  await demo.select(token, 0, picks);
  const { body: started } = await demo.purchase('start', token, { selection_version: 1 });
  const { body: paying } = await demo.purchase('pay', token, { quote: started.quote });
  return { token, started, paying };
}

const ended = async (token: string, status: string) =>
  vi.waitFor(async () => expect((await demo.status(token)).body.status).toBe(status), {
    timeout: 10_000,
    interval: 50,
  });

describe('a brand that charges first', () => {
  it('is told of the money before the seats', async () => {
    const { token, started, paying } = await payForBoth();
    await payByCard(demo, paying, '4242424242424242');
    await demo.purchase('returned', token, { payment: paying.payment!.id, said: 'submitted' });
    await ended(token, 'completed');
    expect(await atGateway(demo)).toMatchObject([{ captured: started.total, refunded: 0 }]);
    await vi.waitFor(async () =>
      expect(await inboxTypes(demo)).toEqual([
        'transaction.created',
        'payment.processed',
        'fulfillment.updated',
        'transaction.completed',
      ]),
    );
  });

  it('gives the money back for the seat that the airline refuses', async () => {
    const { token, started, paying } = await payForBoth();
    await demo.fault('refuse', 'assign', 1);
    await payByCard(demo, paying, '4242424242424242');
    await demo.purchase('returned', token, { payment: paying.payment!.id, said: 'submitted' });
    await ended(token, 'partially_completed');
    const [held] = await atGateway(demo);
    expect(held).toMatchObject({ captured: started.total, refunded: started.total / 2 });
    await vi.waitFor(async () => expect(await inboxTypes(demo)).toContain('refund.processed'));
  });
});
