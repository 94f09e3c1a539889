import type { Outcome } from '../../server/domain/ports/outcome.ts';
import { isWrite } from '../../server/domain/transaction/effects.ts';
import type { VendorCall, World } from '../support/world.ts';
import type { Configuration, Fault } from './configuration.ts';

const SECOND = 1000;

/** A call that went out. */
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

/** How a worker's calls go out: with stops, at which it can be left alone or killed. */
export interface Passage {
  /** Around one call of a port. */
  call<T>(call: VendorCall, work: (sent: Sent) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** Between two requests of one call. */
  stop(): Promise<void>;
}

/** Between workers and vendors: loses what the configuration says, and remembers what went out. */
export class Wire {
  /** Whether something may go wrong now. */
  faulty = true;
  readonly #sent: Sent[] = [];

  constructor(
    readonly world: World,
    readonly configuration: Configuration,
    /** Hears how each call went. */
    readonly say: (kind: string, how: string) => void,
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

  /** A call of a port of the tests, which is one request. */
  carry<T>(sent: Sent, work: () => Outcome<T>): Outcome<T> {
    const { world } = this;
    const fault = this.fault(sent.read);
    this.say(sent.kind, fault ?? 'ok');
    if (fault === 'again') {
      sent.unknown = false;
      if (!sent.read) this.#sent.push(sent);
      const seconds = world.pick([5, 30, 120]);
      const at = world.chance(0.5) ? '' : new Date(world.now + seconds * SECOND).toISOString();
      return { is: 'again', at };
    }
    this.#sent.push(sent);
    if (fault === 'late') world.later(this.latenessMs(), () => void work());
    const outcome: Outcome<T> = fault === 'lost before' || fault === 'late' ? { is: 'unknown' } : work();
    sent.lost = fault !== null || outcome.is === 'unknown';
    return sent.lost ? { is: 'unknown' } : outcome;
  }

  /** A call of an adapter, which meets its faults request by request. */
  async follow<T>(sent: Sent, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (!sent.read) this.#sent.push(sent);
    const outcome = await work();
    this.say(sent.kind, outcome.is);
    if (outcome.is === 'again') sent.unknown = false;
    else if (!sent.read) sent.lost = outcome.is === 'unknown' || (outcome.is === 'done' && saysUnknown(outcome.value));
    else if (outcome.is === 'done') this.#sent.push(sent);
    return outcome;
  }

  /** What the next request meets. */
  fault(read: boolean): Fault | null {
    if (!this.faulty) return null;
    const { faults } = this.configuration;
    if (read) return this.world.chance(faults.again) ? 'again' : null;
    const draw = this.world.random();
    let upTo = 0;
    for (const fault of ['lost before', 'lost after', 'late', 'again'] as const)
      if (draw < (upTo += faults[fault])) return fault;
    return null;
  }

  /** Nothing lands later: the machine's quiet time rests on it. */
  latenessMs(): number {
    return (1 + this.world.below(90)) * SECOND;
  }
}

const saysUnknown = (value: unknown): boolean =>
  Array.isArray(value) && value.some((one: { word?: string }) => one.word === 'unknown');
