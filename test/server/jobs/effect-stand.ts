import type { Store } from '../../../server/domain/ports/store.ts';
import type { Outcome } from '../../../server/domain/ports/outcome.ts';
import type { Effect, EffectKind, Transaction } from '../../../server/domain/transaction/transaction.ts';
import { createEffectJob, runEffect } from '../../../server/jobs/run-effect.ts';
import type { PurchaseServices } from '../../../server/services/purchase-services.ts';
import { openStore } from '../../../server/store/database.ts';
import { Gateway, type GatewayKind } from '../../support/world-gateway.ts';
import { Gds } from '../../support/world-gds.ts';
import { WorldTraveller, worldServices } from '../../support/world-server.ts';
import { World, type Line, type VendorCall } from '../../support/world.ts';

/** What a call meets. `hangs`: worked on when the test says so. `sleeps`: worked on at once, and heard of when the test says so. */
export type Fate =
  | 'answered'
  | 'lost before'
  | 'lost after'
  | 'late'
  | 'again'
  | 'again at noon'
  | 'throws'
  | 'hangs'
  | 'sleeps';

export const SECOND = 1000;
export const NOON_LATER = Date.UTC(2026, 5, 2, 12);

/** Waits for answers only: time stands still. */
const untilAnswered = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

export const letPass = () => new Promise((resolve) => setImmediate(resolve));

/** Servers on one store, before a world whose vendors answer as the test says. */
export class EffectStand {
  readonly world = new World();
  readonly gateway: Gateway;
  gds = new Gds(this.world, 'sabre', 'ABC123', 'SMITH');
  /** What the next calls of a kind meet; answered, where none is named. */
  fates: Partial<Record<EffectKind, Fate[]>> = {};
  readonly calls: VendorCall[] = [];
  readonly hanging: { call: VendorCall; answer: () => void }[] = [];
  /** While a call is out. */
  during: (call: VendorCall) => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly store: Store,
    gateway: GatewayKind,
    readonly emd: boolean,
  ) {
    this.gateway = new Gateway(this.world, gateway);
  }

  static async open({ gateway = 'stripe' as GatewayKind, emd = false } = {}): Promise<EffectStand> {
    return new EffectStand(await openStore('sqlite::memory:'), gateway, emd);
  }

  readonly #line: Line = async <T>(call: VendorCall, work: () => Outcome<T>): Promise<Outcome<T>> => {
    this.calls.push(call);
    await this.during(call);
    switch (this.fates[call.kind]?.shift() ?? 'answered') {
      case 'answered':
        return work();
      case 'lost before':
        return { is: 'unknown' };
      case 'lost after':
        work();
        return { is: 'unknown' };
      case 'late':
        this.world.later(90 * SECOND, () => void work());
        return { is: 'unknown' };
      case 'again':
        return { is: 'again', at: '' };
      case 'again at noon':
        return { is: 'again', at: new Date(NOON_LATER).toISOString() };
      case 'throws':
        throw new Error('a fault of our own');
      case 'hangs':
        return new Promise((resolve) => this.hanging.push({ call, answer: () => resolve(work()) }));
      case 'sleeps': {
        const answer = work();
        return new Promise((resolve) => this.hanging.push({ call, answer: () => resolve(answer) }));
      }
    }
  };

  /** A server on the store; another one has another name. */
  server(name = 'A', { gds = this.gds, store = this.store } = {}): PurchaseServices {
    return worldServices({ store, gateway: this.gateway, gds, emd: this.emd, line: this.#line, server: name });
  }

  traveller(services: PurchaseServices, gds = this.gds): WorldTraveller {
    return new WorldTraveller(services, gds);
  }

  runDue(services: PurchaseServices, slots = 8): Promise<number> {
    return createEffectJob(services, { slots, pause: untilAnswered }).runOnce();
  }

  /** Carries out the effect of that kind, as one worker would. */
  async run(services: PurchaseServices, id: string, kind: EffectKind): Promise<void> {
    return runEffect(services, id, await this.effectOf(id, kind));
  }

  /** Time goes on from one due effect to the next, for that long. */
  async goOn(services: PurchaseServices, ms: number): Promise<void> {
    const end = this.world.now + ms;
    for (;;) {
      await this.runDue(services);
      const due = (await this.store.rows.transactions.nextDue()) ?? Infinity;
      if (due > end) return this.world.pass(end - this.world.now);
      this.world.pass(Math.max(1, due - this.world.now));
    }
  }

  /** Chosen and confirmed in the panel; what costs nothing needs no more of the traveller. */
  async buy(services: PurchaseServices, seats: Record<string, string>, gds = this.gds): Promise<string> {
    const traveller = this.traveller(services, gds);
    const { transaction, quote } = await traveller.start(await traveller.choose(seats));
    await traveller.pay(quote);
    return transaction;
  }

  async get(id: string): Promise<Transaction> {
    return (await this.store.rows.transactions.get(id))!.transaction;
  }

  async effectOf(id: string, kind: EffectKind): Promise<Effect> {
    const { effects } = await this.get(id);
    const found = effects.find((one) => one.kind === kind);
    if (!found) throw new Error(`no ${kind} is asked for, but ${effects.map((one) => one.kind).join(', ')}`);
    return found;
  }

  sent(kind: EffectKind): number {
    return this.calls.filter((call) => call.kind === kind).length;
  }
}
