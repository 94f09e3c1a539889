import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** A few random bytes, for what every request needs: asking the system for each costs more than a signature does. @param size up to 64 */
export function freshBytes(size: number): Buffer {
  if (used + size > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; at++, used++) {
    bytes[at] = pool[used]!;
    // Nothing that was handed out stays to be found or given twice.
    pool[used] = 0;
  }
  return bytes;
}
