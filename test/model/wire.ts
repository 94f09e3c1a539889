import type { Outcome } from '../../server/domain/ports/outcome.ts';
import { isWrite } from '../../server/domain/transaction/effects.ts';
import type { VendorCall, World } from '../support/world.ts';
import type { Configuration, Fault } from './configuration.ts';

const SECOND = 1000;

/** A request that went out. */
export interface Sent {
  lane: string;
  transaction: string;
  kind: string;
  key: string | undefined;
  read: boolean;
  /** Nobody has its answer, or nobody had it yet. */
  unknown: boolean;
  /** The answer was lost on its way. */
  lost: boolean;
}

/** Between workers and vendors: loses what the configuration says, and remembers what went out. */
export class Wire {
  readonly #sent: Sent[] = [];

  constructor(
    readonly world: World,
    readonly configuration: Configuration,
  ) {}

  sending(call: VendorCall, transaction: string): Sent {
    const read = !isWrite(call.kind);
    return { lane: call.lane, transaction, kind: call.kind, key: call.key, read, unknown: !read, lost: false };
  }

  /** Whether a write may go out: since the same one went out and nobody knows its end, somebody looked. */
  looked({ lane, transaction, kind, key, read }: Sent): boolean {
    if (read) return true;
    const before = this.#sent.filter((one) => one.lane === lane && one.transaction === transaction);
    for (const one of before.reverse()) {
      if (one.read) return true;
      if (one.kind === kind && one.key === key) return !one.unknown;
    }
    return true;
  }

  /** @param faulty whether something may go wrong at all */
  carry<T>(sent: Sent, work: () => Outcome<T>, faulty: boolean): { fault: Fault | null; outcome: Outcome<T> } {
    const { world } = this;
    const fault = faulty ? this.#fault(sent.read) : null;
    if (fault === 'again') {
      sent.unknown = false;
      if (!sent.read) this.#sent.push(sent);
      const seconds = world.pick([5, 30, 120]);
      const at = world.chance(0.5) ? '' : new Date(world.now + seconds * SECOND).toISOString();
      return { fault, outcome: { is: 'again', at } };
    }
    this.#sent.push(sent);
    if (fault === 'late') world.later((1 + world.below(90)) * SECOND, () => void work());
    const outcome: Outcome<T> = fault === 'lost before' || fault === 'late' ? { is: 'unknown' } : work();
    sent.lost = fault !== null || outcome.is === 'unknown';
    return { fault, outcome: sent.lost ? { is: 'unknown' } : outcome };
  }

  #fault(read: boolean): Fault | null {
    const { faults } = this.configuration;
    if (read) return this.world.chance(faults.again) ? 'again' : null;
    const draw = this.world.random();
    let upTo = 0;
    for (const fault of ['lost before', 'lost after', 'late', 'again'] as const)
      if (draw < (upTo += faults[fault])) return fault;
    return null;
  }
}
