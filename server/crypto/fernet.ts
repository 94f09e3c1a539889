import { createCipheriv, createDecipheriv, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { hmacKey, hmacSha256, type HmacKey } from './hmac.ts';
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

/** What is made of a key once, as long as somebody holds the key. */
const prepared = new WeakMap<Uint8Array, { signing: HmacKey; encryption: KeyObject }>();

function halvesOf(key: Uint8Array): { signing: HmacKey; encryption: KeyObject } {
  const before = prepared.get(key);
  if (before) return before;
  const halves = { signing: hmacKey(key.subarray(0, 16)), encryption: createSecretKey(key.subarray(16)) };
  prepared.set(key, halves);
  return halves;
}

/** @param key 32 bytes @param at UTC milliseconds @returns the token's bytes */
export function sealFernet(key: Uint8Array, plain: Uint8Array, at: number): Buffer {
  const { signing, encryption } = halvesOf(key);
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = VERSION;
  head.writeBigUInt64BE(BigInt(Math.floor(at / 1000)), 1);
  const iv = freshBytes(BLOCK_BYTES);
  head.set(iv, HEAD_BYTES - BLOCK_BYTES);
  const cipher = createCipheriv('aes-128-cbc', encryption, iv);
  const signed = Buffer.concat([head, cipher.update(plain), cipher.final()]);
  return Buffer.concat([signed, hmacSha256(signing, signed)]);
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
  const { signing, encryption } = halvesOf(key);
  const signed = token.subarray(0, token.length - MAC_BYTES);
  if (!timingSafeEqual(hmacSha256(signing, signed), token.subarray(signed.length))) return null;
  const decipher = createDecipheriv('aes-128-cbc', encryption, token.subarray(9, HEAD_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(signed.subarray(HEAD_BYTES)), decipher.final()]);
    return { plain, at: Number(Buffer.from(token).readBigUInt64BE(1)) * 1000 };
  } catch {
    return null;
  }
}
