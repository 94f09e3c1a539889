import type { Clock } from '../domain/ports/clock.ts';

/** Answers that tell a stranger nothing leave at whole multiples of this after the call came in. */
const FLOOR_MS = 600;

/** Waits until the time that a refusal takes is over, so that what was looked at shows in no time. */
export async function waitForFloor(clock: Clock, startedAt: number): Promise<void> {
  const spent = clock.now() - startedAt;
  await clock.sleep(Math.max(1, Math.ceil(spent / FLOOR_MS)) * FLOOR_MS - spent);
}
