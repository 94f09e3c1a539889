import type { Clock } from './ports/clock.ts';

/**
 * Asks for each name once, also when many ask at the same time, and keeps what was found for a while: what another process changes
 * shows after `ageMsMax`. What was not found or failed is not kept, since names come from outside and memory must not grow with what
 * somebody makes up.
 */
export function remembered<T>(
  { clock, ageMsMax }: { clock: Clock; ageMsMax: number },
  ask: (name: string) => Promise<T | null>,
): (name: string) => Promise<T | null> {
  const known = new Map<string, { askedAt: number; answer: Promise<T | null> }>();
  return (name) => {
    const before = known.get(name);
    if (before && clock.now() - before.askedAt < ageMsMax) return before.answer;
    const entry = { askedAt: clock.now(), answer: ask(name) };
    known.set(name, entry);
    const forget = () => {
      if (known.get(name) === entry) known.delete(name);
    };
    entry.answer.then((found) => found ?? forget(), forget);
    return entry.answer;
  };
}

/** How long a server works with what it read of a brand: a change made by another process shows within this. Milliseconds. */
export const BRAND_AGE_MS_MAX = 10_000;
