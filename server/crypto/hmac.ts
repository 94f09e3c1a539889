import { hash } from 'node:crypto';

/** Of SHA-256, in bytes. */
const BLOCK = 64;
const DIGEST = 32;

/** A key whose two pads are made already. */
export interface HmacKey {
  inner: Buffer;
  /** With room for the inner digest behind it. */
  outer: Buffer;
}

/**
 * Prepares a key for many HMAC-SHA256s (RFC 2104). Node's own makes an object of native code for each text, and what it costs to collect
 * those is more than all the hashing of a request. Hashing at one stroke makes none, nor does a digest that comes as text.
 * @param key at most 64 bytes
 */
export function hmacKey(key: Uint8Array): HmacKey {
  if (key.length > BLOCK) throw new RangeError('an HMAC key has at most 64 bytes here');
  const pad = (value: number, room: number) => {
    const block = Buffer.alloc(BLOCK + room);
    block.fill(value, 0, BLOCK);
    for (const [at, byte] of key.entries()) block[at] = byte ^ value;
    return block;
  };
  return { inner: pad(0x36, 0), outer: pad(0x5c, DIGEST) };
}

/** @returns hexadecimal, 64 digits */
export function hmacSha256({ inner, outer }: HmacKey, text: Uint8Array): string {
  outer.write(hash('sha256', Buffer.concat([inner, text])), BLOCK, 'hex');
  return hash('sha256', outer);
}
