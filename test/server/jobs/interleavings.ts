import { expect } from 'vitest';
import type { Store } from '../../../server/domain/ports/store.ts';
import type { PurchaseServices } from '../../../server/services/purchase-services.ts';
import type { GatewayKind } from '../../support/world-gateway.ts';
import { dying, type Death } from './broken-stores.ts';
import { EffectStand, letPass, SECOND } from './effect-stand.ts';

/** What the servers of an interleaving work with: the parts as they are, or broken by hand. */
export interface Parts {
  store: (store: Store) => Store;
  /** What a server leaves behind that is killed in a commit. */
  deaths: readonly Death[];
}

export interface Interleaving {
  /** As the purchase machine's page numbers them: those that need a store, leases or two workers. */
  n: number | '–';
  name: string;
  play: (parts: Parts) => Promise<void>;
}

const LEASE_OVER = 181 * SECOND;
const QUIET_OVER = 121 * SECOND;
const PAID = { 1: '13A' };
const FREE = { 1: '11A' };

/** Plays on a stand of its own; `server` gives servers on the parts' store, each with another name. */
async function on(
  { store }: Parts,
  options: { gateway?: GatewayKind; emd?: boolean },
  play: (s: EffectStand, server: (name: string) => PurchaseServices) => Promise<void>,
): Promise<void> {
  const s = await EffectStand.open(options);
  try {
    await play(s, (name) => s.server(name, { store: store(s.store) }));
  } finally {
    await s.store.close();
  }
}

/** A purchase whose payment is open, up to where the traveller has done their part. */
async function given(s: EffectStand, server: PurchaseServices): Promise<{ id: string; payment: string }> {
  const id = await s.buy(server, PAID);
  await s.runDue(server);
  const payment = (await s.get(id)).payments[0]!.id;
  s.gateway.act(payment, 'ok');
  await s.traveller(server).returned(payment);
  return { id, payment };
}

/** A worker begins, and is heard of no more once a call of its hangs. What it returns ends when the call is answered. */
async function sleeper(s: EffectStand, server: PurchaseServices): Promise<() => Promise<unknown>> {
  const slept = s.runDue(server);
  for (let turns = 0; !s.hanging.length; turns++) {
    if (turns > 10_000) throw new Error('no call hangs');
    await letPass();
  }
  return () => {
    s.hanging[0]!.answer();
    return slept;
  };
}

const takenTimes = (s: EffectStand): number =>
  Object.values(s.gateway.objects).reduce((sum, { captures }) => sum + captures, 0);

export const interleavings: Interleaving[] = [
  {
    n: 6,
    name: 'two tabs pay',
    play: (parts) =>
      on(parts, {}, async (s, server) => {
        const services = server('A');
        const tabs = [s.traveller(services), s.traveller(server('B'))] as const;
        const version = await tabs[0].choose(PAID);
        const [first, second] = await Promise.all(tabs.map((tab) => tab.start(version)));
        expect(second!.transaction).toBe(first!.transaction);
        await Promise.all(tabs.map((tab) => tab.pay(1)));
        await s.runDue(services);
        const { payments } = await s.get(first!.transaction);
        expect([payments.length, Object.keys(s.gateway.objects).length]).toEqual([1, 1]);
        s.gateway.act(payments[0]!.id, 'ok');
        await Promise.all(tabs.map((tab) => tab.returned(payments[0]!.id)));
        await s.goOn(services, 60 * SECOND);
        expect((await s.get(first!.transaction)).status).toBe('completed');
        expect([takenTimes(s), s.sent('assign_seats')]).toEqual([1, 1]);
        expect(await s.store.rows.transactions.list('skyline', { limit: 9 })).toHaveLength(1);
      }),
  },
  {
    n: 15,
    name: 'killed between authorise answer and commit',
    play: (parts) =>
      on(parts, { gateway: 'paypal' }, async (s, server) => {
        const { id } = await given(s, server('A'));
        s.fates.confirm_payment = ['sleeps'];
        await sleeper(s, server('A'));
        s.world.pass(LEASE_OVER);
        await s.runDue(server('B'));
        expect((await s.get(id)).payments[0]!.state).toBe('unsure');
        await s.goOn(server('B'), QUIET_OVER);
        expect((await s.get(id)).status).toBe('completed');
        expect([s.sent('confirm_payment'), takenTimes(s)]).toEqual([1, 1]);
      }),
  },
  {
    n: 16,
    name: 'killed between claim and call',
    play: (parts) =>
      on(parts, {}, async (s, server) => {
        const { id } = await given(s, server('A'));
        s.fates.capture_payment = ['hangs'];
        await sleeper(s, server('A'));
        s.world.pass(LEASE_OVER);
        await s.goOn(server('B'), QUIET_OVER);
        expect((await s.get(id)).status).toBe('completed');
        const from = s.calls.findIndex(({ kind }) => kind === 'capture_payment');
        const since = s.calls.slice(from);
        expect(since.map(({ kind }) => kind)).toEqual(['capture_payment', 'inspect_payment', 'capture_payment']);
        expect(since[2]!.key).toBe(since[0]!.key);
        expect(takenTimes(s)).toBe(1);
      }),
  },
  {
    n: 17,
    name: 'worker wakes after its lease',
    play: (parts) =>
      on(parts, { emd: true }, async (s, server) => {
        const { id } = await given(s, server('A'));
        s.fates.issue_emds = ['sleeps'];
        const wakes = await sleeper(s, server('A'));
        s.world.pass(LEASE_OVER);
        await s.runDue(server('B'));
        const before = await s.get(id);
        expect(before.items[0]!.emd.state).toBe('unsure');
        await wakes();
        expect(await s.get(id), 'what the sleeper says is thrown away').toEqual(before);
        // what it did was done: the look finds it
        await s.goOn(server('B'), QUIET_OVER);
        expect((await s.get(id)).status).toBe('completed');
        expect(s.sent('issue_emds')).toBe(1);
        const { documents } = s.gds.seat({ traveller: '1', designator: '13A' });
        expect(documents.filter(({ live }) => live)).toHaveLength(1);
      }),
  },
  {
    n: '–',
    name: 'killed in any commit of a purchase',
    async play(parts) {
      for (const death of parts.deaths)
        for (const seats of [PAID, FREE]) for (let nth = 1; await killedIn(parts, seats, death, nth); nth++);
    },
  },
];

/** A server is killed in its nth commit of a purchase, and another goes on. False: it has no such commit. */
async function killedIn(parts: Parts, seats: Record<string, string>, death: Death, nth: number): Promise<boolean> {
  let killed = false;
  await on(parts, {}, async (s, server) => {
    const mortal = dying(parts.store(s.store), death, nth);
    const first = s.server('A', { store: mortal.store });
    const work = () => s.runDue(first).catch((error: unknown) => mortal.rethrow(error));
    const traveller = s.traveller(server('T'));
    const { transaction: id } = await traveller.start(await traveller.choose(seats));
    // killed in this, nobody ever hears whether it was heard: the tab is closed
    await s
      .traveller(first)
      .pay(1)
      .catch((error: unknown) => mortal.rethrow(error));
    const gone = mortal.dead;
    await work();
    if (mortal.dead) await s.goOn(server('B'), LEASE_OVER + QUIET_OVER);
    const payment = (await s.get(id)).payments[0]?.id;
    if (payment && !gone && s.gateway.act(payment, 'ok')) await traveller.returned(payment);
    await work();
    await s.goOn(server('B'), 3600 * SECOND);
    const { status } = await s.get(id);
    const sits = s.gds.seat({ traveller: '1', designator: seats[1]! }).seat === 'ours';
    const held = Object.values(s.gateway.objects).reduce((sum, one) => sum + s.gateway.heldMinor(one), 0);
    const where = `killed ${death} commit ${nth}`;
    expect([status, sits, takenTimes(s), held], where).toEqual(
      sits ? ['completed', true, seats === PAID ? 1 : 0, 0] : ['expired', false, 0, 0],
    );
    expect(sits || gone, where).toBe(true);
    killed = mortal.dead;
  });
  return killed;
}
