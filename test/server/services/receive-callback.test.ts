import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayCallback } from '../../../server/domain/ports/payments.ts';
import type { Store } from '../../../server/domain/ports/store.ts';
import type { Transaction } from '../../../server/domain/transaction/transaction.ts';
import { createEffectJob } from '../../../server/jobs/run-effect.ts';
import type { PurchaseServices } from '../../../server/services/purchase-services.ts';
import { receiveCallback } from '../../../server/services/receive-callback.ts';
import { openStore } from '../../../server/store/database.ts';
import { Gateway, objectRef } from '../../support/world-gateway.ts';
import { Gds } from '../../support/world-gds.ts';
import { WorldTraveller, worldServices } from '../../support/world-server.ts';
import { World } from '../../support/world.ts';

let store: Store;
let services: PurchaseServices;
let id: string;

const get = async (): Promise<Transaction> => (await store.rows.transactions.get(id))!.transaction;
const payment = async () => (await get()).payments[0]!;

let heard = 0;
async function hear(said: Partial<GatewayCallback>): Promise<void> {
  const gatewayRef = objectRef((await payment()).id);
  const raw = Buffer.from(JSON.stringify({ eventId: `evt_${++heard}`, gatewayRef, live: false, ...said }));
  await receiveCallback(services, { gateway: 'stripe', brand: 'skyline', raw, headers: {} });
}

/** A payment of 10.00 is open at the gateway. */
beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  const world = new World();
  const gds = new Gds(world, 'sabre', 'ABC123', 'SMITH');
  services = worldServices({ store, gateway: new Gateway(world, 'stripe'), gds });
  const traveller = new WorldTraveller(services, gds);
  id = (await traveller.start(await traveller.choose({ 1: '13A' }))).transaction;
  await traveller.pay(1);
  await createEffectJob(services, { slots: 1 }).runOnce();
  expect(await payment()).toMatchObject({ state: 'open', amountMinor: 1000 });
});
afterEach(() => store.close());

describe('a callback', () => {
  it('that fits is a reason to look, and no word', async () => {
    await hear({ amountMinor: 1000, currency: 'EUR' });
    const { payments, effects, attention } = await get();
    expect([payments[0]!.state, attention]).toEqual(['open', []]);
    expect(effects.find(({ kind }) => kind === 'inspect_payment')!.dueAt).toBe(services.clock.now());
  });

  it.each<[string, Partial<GatewayCallback>]>([
    ['another currency', { currency: 'USD' }],
    ['another sum', { amountMinor: 999 }],
    ['real money where the brand’s is test money', { live: true }],
  ])('of %s goes to a person', async (_what, said) => {
    await hear(said);
    expect(await get()).toMatchObject({ status: 'attention', attention: [{ reason: 'mismatch' }] });
  });

  it('of a gateway that cannot be read is the word itself, once, and only when it says something new', async () => {
    const hold = { word: 'authorised', rank: 2, about: 'psp' } as const;
    await hear({ fact: hold });
    expect(await payment()).toMatchObject({ state: 'authorised', ranks: { psp: 2 } });
    const { version } = await get();
    await hear({ fact: hold });
    await hear({ fact: { word: 'pending', rank: 1, about: 'psp' } });
    await hear({ fact: { word: 'closed', rank: 0, about: 'psp' } });
    expect((await get()).version).toBe(version);
    await hear({ fact: { word: 'closed', rank: 3, about: 'psp' } });
    expect((await payment()).state).toBe('closed');
  });

  it('of a gateway that cannot be read is compared, too, before it is believed', async () => {
    await hear({ amountMinor: 1, fact: { word: 'authorised', rank: 2, about: 'psp' } });
    expect(await get()).toMatchObject({ status: 'attention', payments: [{ state: 'open' }] });
  });
});

describe('a look', () => {
  it('that finds real money where the brand’s is test money goes to a person', async () => {
    const { paymentsOf } = services;
    services.paymentsOf = (brand) => ({
      ...paymentsOf(brand)!,
      inspect: () => Promise.resolve({ is: 'done', value: { word: 'authorised', live: true, currency: 'EUR' } }),
    });
    await hear({});
    await createEffectJob(services, { slots: 1 }).runOnce();
    expect(await get()).toMatchObject({ attention: [{ reason: 'mismatch' }], payments: [{ state: 'open' }] });
  });
});
