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
const TIME_END = 9;
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
  const fill = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  // In CBC a block of chance in front comes out as chance, and what follows is chained to it: it is the IV of the text behind it.
  const blocks = Buffer.allocUnsafe(BLOCK_BYTES + plain.length + fill);
  blocks.set(freshBytes(BLOCK_BYTES));
  blocks.set(plain, BLOCK_BYTES);
  blocks.fill(fill, blocks.length - fill);
  const token = Buffer.allocUnsafe(TIME_END + blocks.length + MAC_BYTES);
  token[0] = VERSION;
  token[1] = token[2] = 0;
  token.writeUIntBE(Math.floor(at / 1000), 3, 6);
  token.set(encryption.update(blocks), TIME_END);
  const macAt = token.length - MAC_BYTES;
  token.write(hmacSha256(signing, token.subarray(0, macAt)), macAt, 'hex');
  return token;
}

/** Whether these bytes can be a token at all. What is not is no Fernet token under any key. */
export const looksLikeFernet = (token: Uint8Array): boolean =>
  token[0] === VERSION &&
  token.length >= TIME_END + 2 * BLOCK_BYTES + MAC_BYTES &&
  (token.length - TIME_END - MAC_BYTES) % BLOCK_BYTES === 0;

/**
 * The MAC is compared before anything is decrypted.
 * @returns the plain bytes and when the token was made (UTC milliseconds); null: another key's, or changed
 */
export function openFernet(key: Uint8Array, token: Buffer): { plain: Buffer; at: number } | null {
  if (!looksLikeFernet(token)) return null;
  const { signing, decryption } = halvesOf(key);
  const signed = token.subarray(0, token.length - MAC_BYTES);
  const mac = Buffer.from(hmacSha256(signing, signed), 'hex');
  if (!timingSafeEqual(mac, token.subarray(signed.length))) return null;
  // The IV's own block comes out as nothing of use; what follows is chained to it.
  const padded = decryption.update(signed.subarray(TIME_END));
  const fill = padded[padded.length - 1]!;
  if (fill < 1 || fill > BLOCK_BYTES) return null;
  for (let back = 2; back <= fill; back++) if (padded[padded.length - back] !== fill) return null;
  return { plain: padded.subarray(BLOCK_BYTES, padded.length - fill), at: Number(token.readBigUInt64BE(1)) * 1000 };
}
