import type { Clock } from '../../server/domain/ports/clock.ts';
import type { EffectKind } from '../../server/domain/transaction/transaction.ts';
import type { Outcome } from '../../server/domain/ports/outcome.ts';

/** Numbers from 0 to 1 that one seed always gives again (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One call at a vendor, as the world sees it. */
export interface VendorCall {
  kind: EffectKind;
  /** Of a payment its id, else `gds`. */
  lane: string;
  key?: string;
  amountMinor?: number;
}

/** Everything that stands between the server and a vendor: carries `work` out now, later or never, and says what the server hears. */
export type Line = <T>(call: VendorCall, work: () => Outcome<T>) => Promise<Outcome<T>>;

/** A line on which nothing is lost. */
export const goodLine: Line = (_call, work) => Promise.resolve(work());

/** When the worlds of tests begin. */
export const WORLD_START = Date.UTC(2026, 5, 1, 12);

/** Time and chance of one small world, and what happens in it by itself. */
export class World {
  now = WORLD_START;
  #timeline: { at: number; no: number; happen: () => void }[] = [];
  #no = 0;

  constructor(readonly random: () => number = chanceFrom(1)) {}

  chance(likelihood: number): boolean {
    return this.random() < likelihood;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  later(ms: number, happen: () => void): void {
    this.#timeline.push({ at: this.now + ms, no: ++this.#no, happen });
  }

  /** When the next thing happens by itself; Infinity: never. */
  get nextAt(): number {
    return Math.min(Infinity, ...this.#timeline.map(({ at }) => at));
  }

  /** Moves time on; what was to happen until then happens in its order and at its time. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = this.#timeline.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.no - b.no);
      if (!next) break;
      this.#timeline = this.#timeline.filter((one) => one !== next);
      this.now = Math.max(this.now, next.at);
      next.happen();
    }
    this.now = end;
  }

  /** For the server. A sleeper sleeps long: whoever waits for something by polling does not see it come in small steps. */
  readonly clock: Clock = {
    now: () => this.now,
    sleep: (ms) => {
      this.pass(Math.max(ms, 8000));
      return Promise.resolve();
    },
  };
}
