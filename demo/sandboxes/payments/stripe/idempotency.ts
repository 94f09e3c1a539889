import type { Answer } from '../../answer.ts';
import { errorAnswer, Refused } from './errors.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;

interface Kept {
  fingerprint: string;
  answer: Answer;
  requestId: string;
  at: number;
}

/** An answer, and the request that it was first given to. */
export interface Once {
  answer: Answer;
  replayed?: string;
}

/** What `Idempotency-Key` promises: the same key and parameters hear the first answer again, whatever it was. */
export class IdempotencyKeys {
  private readonly kept = new Map<string, Kept>();
  private readonly running = new Set<string>();

  /** `now` answers milliseconds since the epoch. */
  constructor(private readonly now: () => number) {}

  isRunning(key: string): boolean {
    return this.running.has(key);
  }

  /** Others with this key are refused while `run` lasts. */
  async during<T>(key: string, run: () => Promise<T>): Promise<T> {
    this.running.add(key);
    try {
      return await run();
    } finally {
      this.running.delete(key);
    }
  }

  /** Does the work the first time and keeps its answer, unless it was refused before it was carried out. */
  once(key: string, fingerprint: string, requestId: string, work: () => Answer): Once {
    const before = this.kept.get(key);
    if (before && this.now() - before.at < KEPT_MS) {
      if (before.fingerprint !== fingerprint) return { answer: errorAnswer(otherParameters(key)) };
      return { answer: before.answer, replayed: before.requestId };
    }
    try {
      const answer = work();
      this.kept.set(key, { fingerprint, answer, requestId, at: this.now() });
      return { answer };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const answer = errorAnswer(error);
      if (error.carriedOut) this.kept.set(key, { fingerprint, answer, requestId, at: this.now() });
      return { answer };
    }
  }

  clear(): void {
    this.kept.clear();
  }
}

const otherParameters = (key: string): Refused =>
  new Refused(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });

export const keyInUse = (): Refused =>
  new Refused(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: 'There is currently another in-progress request using this Idempotent Key.',
  });
