import type { Store } from '../../server/domain/ports/store.ts';
import type { Transaction } from '../../server/domain/transaction/transaction.ts';
import { afterSales, chooseAgain, interfere, operate, travellerPays } from './acts.ts';
import type { Configuration } from './configuration.ts';
import { checkAtRest, checkRecords } from './invariants.ts';
import { Scene } from './scene.ts';
import { Workers } from './workers.ts';

const SECOND = 1000;

/**
 * One walk: travellers, vendors, partner, airline, operator and two workers in any order, over the real services, runner and store; then
 * the world calms down and the books must balance. A seed gives the same walk again.
 */
export class Walk {
  commits = 0;
  readonly #scene: Scene;
  readonly #workers: Workers;

  constructor(
    readonly seed: number,
    store: Store,
  ) {
    this.#scene = new Scene(seed, store);
    this.#workers = new Workers(this.#scene);
  }

  get violations(): string[] {
    return this.#scene.violations;
  }

  get trace(): readonly string[] {
    return this.#scene.trace;
  }

  get configuration(): Configuration {
    return this.#scene.configuration;
  }

  get transactions(): readonly Transaction[] {
    return this.#scene.transactions;
  }

  get counts(): { calls: number; kills: number; commits: number } {
    return { ...this.#workers.counts, commits: this.commits };
  }

  async run(): Promise<void> {
    const scene = this.#scene;
    const { world, violations } = scene;
    const { calm, outage } = this.configuration;
    for (let tries = 0; tries < 5 && !scene.transactions.length; tries++) await chooseAgain(scene);
    // Without a purchase there is no walk.
    if (!scene.transactions.length) throw new Error(`seed ${this.seed}: no purchase was started`);
    const steps = 30 + world.below(70);
    for (let step = 0; step < steps && !violations.length; step++) await this.#step();
    if (violations.length) return;
    await this.#comeToRest(calm ? 0 : world.below(outage ? 40 : 10));
    for (let time = 0; time < 3 && scene.last.status === 'attention' && !violations.length; time++) {
      if (!world.chance(0.7)) break;
      await operate(scene);
      await this.#comeToRest(calm ? 0 : world.below(4));
    }
  }

  async #step(): Promise<void> {
    const scene = this.#scene;
    const { world } = scene;
    const { calm, rough } = this.configuration;
    const { status, payments } = scene.last;
    const paid = ['completed', 'partially_completed', 'processing'].includes(status) && payments.length > 0;
    if (!calm && paid && world.chance(status === 'processing' ? 0.01 : 0.15)) await afterSales(scene);
    const draw = world.random();
    if (draw < 0.48) await this.#workers.work();
    else if (draw < 0.52) this.#workers.killAny();
    else if (draw < 0.72) this.#pass(world.pick([1, 2, 5, 10, 20, 30, 60, world.chance(0.3) ? Infinity : 120]));
    else if (draw < 0.87) await travellerPays(scene);
    else if (draw < 0.88 && !calm) await chooseAgain(scene);
    else if (world.chance(rough * 8)) await interfere(scene);
    await this.#settle();
  }

  #pass(seconds: number): void {
    const { world } = this.#scene;
    const ms = Math.min(seconds * SECOND, this.#scene.nextAt() - world.now);
    if (ms > 0 && ms < Infinity) world.pass(ms);
  }

  async #settle(): Promise<void> {
    await this.#scene.settle();
    this.violations.push(...this.#workers.faults());
  }

  /** Nobody acts any more; some more bad luck, then none: what is there runs until nothing is left. */
  async #comeToRest(badLuck: number): Promise<void> {
    const { world, wire } = this.#scene;
    const { outage } = this.configuration;
    let left = badLuck;
    for (let step = 0; step < 3000; step++) {
      await this.#settle();
      if (this.violations.length) return;
      const hand = this.#workers.busy;
      const unlucky = left > 0 && world.chance(outage ? 0.95 : 0.35);
      wire.faulty = unlucky;
      if (unlucky) left -= 1;
      if (hand && unlucky && world.chance(outage ? 0.03 : 0.25)) this.#workers.kill(hand);
      else if (hand) await this.#workers.goOn(hand);
      else if (!(await this.#workers.claim())) {
        const at = this.#scene.nextAt();
        if (at === Infinity) return this.#atRest();
        world.pass(Math.max(1, at - world.now));
      }
    }
    this.#scene.bad(1, 'does not come to rest');
  }

  async #atRest(): Promise<void> {
    const scene = this.#scene;
    scene.wire.faulty = true;
    const bad = (invariant: number, why: string) => scene.bad(invariant, why);
    checkAtRest(scene.books(), bad);
    for (const transaction of scene.transactions) {
      this.commits += transaction.version;
      const { events, transactions } = scene.store.rows;
      const told = await events.ofTransaction(transaction.id);
      checkRecords(transaction, told, await transactions.audit(transaction.id), bad);
      if (this.configuration.calm && transaction.attention.length)
        bad(1, `attention without a cause: ${transaction.attention.map(({ reason }) => reason).join()}`);
    }
  }
}
