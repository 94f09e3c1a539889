import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { freshBytes } from './random-pool.ts';

/**
 * Fernet, as its specification (github.com/fernet/spec) says:
 *
 *     version 0x80 (1) | Unix seconds, big-endian (8) | IV (16) | AES-128-CBC ciphertext | HMAC-SHA256 of everything before (32)
 *
 * The key's first 16 bytes sign, the last 16 encrypt.
 */
const VERSION = 0x80;
const HEAD_BYTES = 25;
const BLOCK_BYTES = 16;
const MAC_BYTES = 32;

/** @param key 32 bytes @param at UTC milliseconds @returns the token's bytes */
export function sealFernet(key: Uint8Array, plain: Uint8Array, at: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(at / 1000)));
  const iv = freshBytes(BLOCK_BYTES);
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const signed = Buffer.concat([Buffer.from([VERSION]), time, iv, cipher.update(plain), cipher.final()]);
  return Buffer.concat([signed, macOf(key, signed)]);
}

/** Whether these bytes can be a token at all. What is not is no Fernet token under any key. */
export const looksLikeFernet = (token: Uint8Array): boolean =>
  token[0] === VERSION &&
  token.length >= HEAD_BYTES + BLOCK_BYTES + MAC_BYTES &&
  (token.length - HEAD_BYTES - MAC_BYTES) % BLOCK_BYTES === 0;

/**
 * The MAC is compared before anything is decrypted.
 * @returns the plain bytes and when the token was made (UTC milliseconds); null: another key's, or changed
 */
export function openFernet(key: Uint8Array, token: Uint8Array): { plain: Buffer; at: number } | null {
  if (!looksLikeFernet(token)) return null;
  const signed = token.subarray(0, token.length - MAC_BYTES);
  if (!timingSafeEqual(macOf(key, signed), token.subarray(signed.length))) return null;
  const decipher = createDecipheriv('aes-128-cbc', key.subarray(16), token.subarray(9, HEAD_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(signed.subarray(HEAD_BYTES)), decipher.final()]);
    return { plain, at: Number(Buffer.from(token).readBigUInt64BE(1)) * 1000 };
  } catch {
    return null;
  }
}

const macOf = (key: Uint8Array, signed: Uint8Array): Buffer =>
  createHmac('sha256', key.subarray(0, 16)).update(signed).digest();
