import { hash } from 'node:crypto';

/** Of SHA-256, in bytes. */
const BLOCK = 64;

/** A key whose two pads are made already. */
export interface HmacKey {
  inner: Buffer;
  outer: Buffer;
}

/**
 * Prepares a key for many HMAC-SHA256s (RFC 2104). Node's own makes an object of native code for each text, and what it costs to collect
 * those is more than all the hashing of a request; hashing at one stroke makes none.
 * @param key at most 64 bytes
 */
export function hmacKey(key: Uint8Array): HmacKey {
  if (key.length > BLOCK) throw new RangeError('an HMAC key has at most 64 bytes here');
  const pad = (value: number) => {
    const block = Buffer.alloc(BLOCK, value);
    for (const [at, byte] of key.entries()) block[at] = byte ^ value;
    return block;
  };
  return { inner: pad(0x36), outer: pad(0x5c) };
}

/** @returns 32 bytes */
export const hmacSha256 = ({ inner, outer }: HmacKey, text: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, text]), 'buffer')]), 'buffer');
