import { createDecipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/** An IV and at least one block. */
export const looksLikeCbc = (bytes: Uint8Array): boolean =>
  bytes.length >= 2 * BLOCK_BYTES && bytes.length % BLOCK_BYTES === 0;

/**
 * AES-256-CBC with PKCS #7 padding, the IV in front, as the older guide's samples write it. Nothing authenticates it: whoever holds one
 * can bend it. The padding is checked without branching on its bytes; still, a caller must answer every failure alike.
 * @returns the plain bytes, or null
 */
export function openCbc(key: Uint8Array, bytes: Uint8Array): Buffer | null {
  if (!looksLikeCbc(bytes)) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, BLOCK_BYTES)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(BLOCK_BYTES)), decipher.final()]);
  const last = padded[padded.length - 1]!;
  let wrong = Number(last === 0) | Number(last > BLOCK_BYTES);
  for (let back = 1; back <= BLOCK_BYTES; back++) {
    wrong |= Number(back <= last) & Number(padded[padded.length - back] !== last);
  }
  return wrong ? null : padded.subarray(0, padded.length - last);
}
