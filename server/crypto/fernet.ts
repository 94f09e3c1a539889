import { createCipheriv, createDecipheriv, timingSafeEqual, type Cipher, type Decipher } from 'node:crypto';
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
interface Halves {
  signing: HmacKey;
  /** Goes on from text to text: an object of native code for each would cost more than the encryption. */
  encryption: Cipher;
  decryption: Decipher;
}

const prepared = new WeakMap<Uint8Array, Halves>();

function halvesOf(key: Uint8Array): Halves {
  const before = prepared.get(key);
  if (before) return before;
  const encrypting = key.subarray(16);
  const noMatter = Buffer.alloc(BLOCK_BYTES);
  const halves = {
    signing: hmacKey(key.subarray(0, 16)),
    encryption: createCipheriv('aes-128-cbc', encrypting, noMatter).setAutoPadding(false),
    decryption: createDecipheriv('aes-128-cbc', encrypting, noMatter).setAutoPadding(false),
  };
  prepared.set(key, halves);
  return halves;
}

/** @param key 32 bytes @param at UTC milliseconds @returns the token's bytes */
export function sealFernet(key: Uint8Array, plain: Uint8Array, at: number): Buffer {
  const { signing, encryption } = halvesOf(key);
  const head = Buffer.alloc(HEAD_BYTES - BLOCK_BYTES);
  head[0] = VERSION;
  head.writeBigUInt64BE(BigInt(Math.floor(at / 1000)), 1);
  const fill = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  // In CBC a block of chance in front comes out as chance, and what follows is chained to it: it is the IV of the text behind it.
  const body = encryption.update(Buffer.concat([freshBytes(BLOCK_BYTES), plain, Buffer.alloc(fill, fill)]));
  const signed = Buffer.concat([head, body]);
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
  const { signing, decryption } = halvesOf(key);
  const signed = token.subarray(0, token.length - MAC_BYTES);
  if (!timingSafeEqual(hmacSha256(signing, signed), token.subarray(signed.length))) return null;
  // The IV's own block comes out as nothing of use; what follows is chained to it.
  const padded = decryption.update(signed.subarray(HEAD_BYTES - BLOCK_BYTES)).subarray(BLOCK_BYTES);
  const fill = padded.at(-1)!;
  const isPadded = fill >= 1 && fill <= BLOCK_BYTES && padded.subarray(-fill).every((byte) => byte === fill);
  if (!isPadded) return null;
  const at = Number(Buffer.from(token).readBigUInt64BE(1)) * 1000;
  return { plain: padded.subarray(0, -fill), at };
}
