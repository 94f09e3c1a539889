import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makers } from '../../../server/crypto/makers.ts';
import { disableBrand } from '../../../server/partner-file/change-brand.ts';
import { freeSeats, MovableClock, startTestDemo, type TestDemo } from '../../support/demo.ts';
import { API_KEY, API_SECRET, TestBackend } from '../../support/partner.ts';
import { atGateway, payByCard } from '../../support/purchase.ts';

describe('a disabled brand', () => {
  let demo: TestDemo;
  let clock: MovableClock;
  let backend: TestBackend;
  beforeEach(async () => {
    clock = new MovableClock();
    demo = await startTestDemo({ clock });
    backend = new TestBackend(demo);
  });
  afterEach(() => demo.close());

  async function disable(): Promise<void> {
    const { store, vault } = demo.demo.services;
    const confirm = () => Promise.resolve(true);
    const parts = { store, vault, clock, make: makers, by: 'test', code: 'skyline', confirm };
    expect(await disableBrand(parts)).toMatchObject({ outcome: 'done' });
    clock.ahead += 10_000;
  }

  /** A session with a seat chosen that costs something. */
  async function chosen(pnr: string, name: string): Promise<string> {
    const { body } = await demo.open(pnr, name);
    const token = body.token!;
    const seat = freeSeats(body.map!, 0).find((one) => !one.exit && one.price > 0)!;
    const pick = { traveller: body.travellers[0]!.id, segment: body.map!.segment, designator: seat.designator };
    expect((await demo.select(token, 0, [pick])).status).toBe(200);
    return token;
  }

  const refused = { status: 403, body: { success: false, code: 'brand_disabled' } };

  it('lets nobody in: no session, no token, no link, no purchase', async () => {
    const headers = await backend.bearer();
    const token = await chosen('SOLO77', 'OKAFOR');
    await disable();
    expect(await demo.open('ABC123', 'SMITH')).toMatchObject(refused);
    expect(await demo.purchase('start', token, { selection_version: 1 })).toMatchObject(refused);
    const credentials = { api_key: API_KEY, api_secret: API_SECRET };
    expect(await backend.post('/generate-bearer-token', credentials)).toMatchObject(refused);
    const link = { pnr: 'ABC123', last_name: 'SMITH' };
    expect(await backend.post('/api/generate-encrypted-seatmap-url', link, headers)).toMatchObject(refused);
    expect(await backend.get('/api/transactions', headers)).toMatchObject(refused);
  });

  it('carries what was begun to its end', async () => {
    const token = await chosen('SOLO77', 'OKAFOR');
    await demo.purchase('start', token, { selection_version: 1 });
    await disable();
    const paying = await demo.purchase('pay', token, { quote: 1 });
    expect(paying.status).toBe(200);
    await vi.waitFor(async () => expect((await demo.status(token)).body.payment?.field).toBeTruthy(), {
      timeout: 10_000,
    });
    await payByCard(demo, (await demo.status(token)).body, '4242424242424242');
    await vi.waitFor(async () => expect((await demo.status(token)).body.status).toBe('completed'), { timeout: 15_000 });
    expect((await demo.airline('SOLO77')).seats).toHaveLength(1);
    expect(await atGateway(demo)).toMatchObject([{ status: 'succeeded' }]);
  });
});
