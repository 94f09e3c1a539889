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
    await this.#act(30 + world.below(70));
    // Most purchases are paid late in their walk: some of them are to see what comes afterwards, too.
    if (!calm && world.chance(0.5)) {
      await this.#carryOn(world.below(4), () => isPaid(scene.last));
      if (isPaid(scene.last) && !violations.length) await afterSales(scene);
      await this.#act(world.below(20));
    }
    await this.#comeToRest(calm ? 0 : world.below(outage ? 40 : 10));
    for (let time = 0; time < 3 && scene.last.status === 'attention' && !violations.length; time++) {
      if (!world.chance(0.7)) break;
      await operate(scene);
      await this.#comeToRest(calm ? 0 : world.below(4));
    }
  }

  async #act(steps: number): Promise<void> {
    for (let step = 0; step < steps && !this.violations.length; step++) await this.#step();
  }

  async #step(): Promise<void> {
    const scene = this.#scene;
    const { world } = scene;
    const { calm, rough } = this.configuration;
    const { last } = scene;
    const likely = isPaid(last) ? 0.15 : last.status === 'processing' && last.payments.length > 0 ? 0.01 : 0;
    if (!calm && world.chance(likely)) await afterSales(scene);
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

  /** Nobody acts any more, and what is there runs until nothing is left; then everything must hold. */
  async #comeToRest(badLuck: number): Promise<void> {
    await this.#carryOn(badLuck, () => false);
    if (this.violations.length) return;
    if (this.#scene.nextAt() < Infinity) this.#scene.bad(1, 'does not come to rest');
    else await this.#atRest();
  }

  /** The workers go on by themselves, with some more bad luck and then with none, until it is enough or nothing is left. */
  async #carryOn(badLuck: number, enough: () => boolean): Promise<void> {
    const { world, wire } = this.#scene;
    const { outage } = this.configuration;
    let left = badLuck;
    for (let step = 0; step < 3000; step++) {
      await this.#settle();
      if (this.violations.length || enough()) break;
      const hand = this.#workers.busy;
      const unlucky = left > 0 && world.chance(outage ? 0.95 : 0.35);
      wire.faulty = unlucky;
      if (unlucky) left -= 1;
      if (hand && unlucky && world.chance(outage ? 0.03 : 0.25)) this.#workers.kill(hand);
      else if (hand) await this.#workers.goOn(hand);
      else if (!(await this.#workers.claim())) {
        const at = this.#scene.nextAt();
        if (at === Infinity) break;
        world.pass(Math.max(1, at - world.now));
      }
    }
    wire.faulty = true;
  }

  async #atRest(): Promise<void> {
    const scene = this.#scene;
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

const isPaid = ({ status, payments }: Transaction): boolean =>
  ['completed', 'partially_completed'].includes(status) && payments.length > 0;
