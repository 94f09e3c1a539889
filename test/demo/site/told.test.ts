import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Received } from '../../../demo/site/inbox.ts';
import { webhookBody } from '../../../server/wire/webhook.ts';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../../support/demo.ts';

let demo: TestDemo;
let clock: MovableClock;
beforeEach(async () => {
  clock = new MovableClock();
  demo = await startTestDemo({ clock });
});
afterEach(() => demo.close());

// The runner's own pace is real time.
vi.setConfig({ testTimeout: 30_000 });
const waiting = { timeout: 10_000, interval: 50 };

/** Buys one free seat for the one traveller. */
async function buy(): Promise<void> {
  const { body } = await demo.open('SOLO77', 'OKAFOR');
  const { map, travellers, token } = body;
  const seat = freeSeats(map!, 0).find((one) => !one.exit && one.price === 0)!;
  const pick = { traveller: travellers[0]!.id, segment: map!.segment, designator: seat.designator };
  await demo.select(token!, 0, [pick]);
  await demo.purchase('start', token!, { selection_version: 1 });
  expect((await demo.purchase('pay', token!, { quote: 1 })).status).toBe(200);
}

/** Oldest first. */
const inbox = async (): Promise<Received[]> => {
  const { requests } = (await (await fetch(`${demo.site}/inbox.json`)).json()) as { requests: Received[] };
  return requests.toReversed();
};
const FREE = ['transaction.created', 'fulfillment.updated', 'transaction.completed'];

describe('what the airline is told of a purchase', () => {
  it('arrives in order, each event once, signed, as its type promises', async () => {
    await buy();
    await vi.waitFor(async () => expect(await inbox()).toHaveLength(3), waiting);
    const requests = await inbox();
    expect(requests.map(({ type }) => type)).toEqual(FREE);
    expect(requests.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    for (const { signature, answer, attempt, repeat, body, headers } of requests) {
      expect({ signature, status: answer.status, attempt, repeat }).toEqual({
        signature: 'valid',
        status: 200,
        attempt: 1,
        repeat: false,
      });
      expect(headers['webhook-id']).toBe(webhookBody.parse(JSON.parse(body)).id);
      expect(body).not.toMatch(/SOLO77|OKAFOR/i);
    }
  });

  it('comes again when it answers 503, the rest waiting behind it', async () => {
    await fetch(`${demo.site}/webhooks/fault`, { method: 'PUT', body: JSON.stringify({ status: 503, times: 3 }) });
    await buy();
    for (const [count, minutes] of [
      [1, 1],
      [2, 6],
      [3, 34],
    ] as const) {
      await vi.waitFor(async () => expect(await inbox()).toHaveLength(count), waiting);
      clock.ahead += minutes * 60_000;
    }
    await vi.waitFor(async () => expect(await inbox()).toHaveLength(6), waiting);
    const requests = await inbox();
    expect(requests.map(({ type, answer, attempt }) => [type, answer.status, attempt])).toEqual([
      ['transaction.created', 503, 1],
      ['transaction.created', 503, 2],
      ['transaction.created', 503, 3],
      ['transaction.created', 200, 4],
      ['fulfillment.updated', 200, 1],
      ['transaction.completed', 200, 1],
    ]);
    const [first, second, third, fourth] = requests;
    expect(new Set([first!.body, second!.body, third!.body, fourth!.body]).size).toBe(1);
    expect(new Set(requests.slice(0, 4).map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
  });
});
