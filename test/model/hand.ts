import type { PurchaseServices } from '../../server/services/purchase-services.ts';
import { runEffect } from '../../server/jobs/run-effect.ts';
import type { Effect } from '../../server/domain/transaction/transaction.ts';
import type { VendorCall } from '../support/world.ts';
import type { Passage, Sent } from './wire.ts';

/** Thrown inside a commit: nothing of it stands, and the worker is no more. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** What the walk wants to know of a worker's work, and decides about it. */
export interface HandWatch {
  /** The lease was taken; whether a call follows is not known yet. */
  claimed(): Promise<void>;
  /** The call goes out now. */
  calling(call: VendorCall): Promise<Sent>;
  /** The word was fed back, or the effect was let go. */
  ended(): void;
  /** The worker was killed, or a fault of ours ended it. */
  lost(): void;
}

/**
 * The real runner, one step at a time: it stops after the claim, before the call and after the answer, and goes on when told. Killing
 * it is to throw away the rest.
 */
export class Hand {
  /** The next commit of this worker is torn: it dies in it. */
  diesInCommit = false;
  readonly #services: PurchaseServices;
  #run: Promise<void> | null = null;
  #resume: (() => void) | null = null;
  #arrived: () => void = () => {};
  #claimed = false;
  #life = 0;
  faults: string[] = [];

  constructor(
    services: (passage: Passage) => PurchaseServices,
    readonly watch: HandWatch,
  ) {
    const base = services({
      call: async (call, work) => {
        await this.#stop();
        const outcome = await work(await watch.calling(call));
        await this.#stop();
        return outcome;
      },
      stop: () => this.#stop(),
    });
    const { store, brands } = base;
    this.#services = {
      ...base,
      store: {
        ...store,
        atomically: (work) =>
          store.atomically(async (rows) => {
            const done = await work(rows);
            if (this.diesInCommit) throw new Killed();
            return done;
          }),
      },
      brands: {
        ...brands,
        byCode: async (code) => {
          if (!this.#claimed) {
            this.#claimed = true;
            await watch.claimed();
            await this.#stop();
          }
          return brands.byCode(code);
        },
      },
    };
  }

  get busy(): boolean {
    return this.#run !== null;
  }

  /** Takes an effect up, as far as the first stop. */
  async take(transaction: string, effect: Effect): Promise<void> {
    this.#claimed = false;
    const life = ++this.#life;
    const end = (error?: unknown) => {
      if (life !== this.#life) return;
      this.#run = null;
      if (error === undefined) this.watch.ended();
      else this.watch.lost();
      if (error !== undefined && !(error instanceof Killed))
        this.faults.push(error instanceof Error ? (error.stack ?? error.message) : 'no error');
    };
    const arrived = this.#nextStop();
    this.#run = runEffect(this.#services, transaction, effect).then(() => end(), end);
    await Promise.race([this.#run, arrived]);
    this.diesInCommit = false;
  }

  /** Goes on to the next stop, or to the end. */
  async goOn(): Promise<void> {
    const resume = this.#resume;
    if (!this.#run || !resume) return;
    const arrived = this.#nextStop();
    const run = this.#run;
    this.#resume = null;
    resume();
    await Promise.race([run, arrived]);
    this.diesInCommit = false;
  }

  kill(): void {
    if (!this.#run) return;
    this.#life += 1;
    this.#run = null;
    this.#resume = null;
    this.watch.lost();
  }

  #nextStop(): Promise<void> {
    return new Promise((resolve) => (this.#arrived = resolve));
  }

  #stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#arrived();
    });
  }
}
