import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Place } from '../domain/ports/crypto.ts';

/**
 * How a sealed value looks, byte by byte:
 *
 *     version (1) | length of key id (1) | key id | nonce (12) | AES-256-GCM ciphertext | tag (16)
 *
 * Everything before the nonce and the value's place are associated data, so neither can be exchanged. The nonce is random: with a
 * key per brand and purpose the 2^32 values at which that becomes a question are out of reach.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface EnvelopeKey {
  id: string;
  /** 32 bytes. */
  secret: Buffer;
}

export function sealEnvelope(key: EnvelopeKey, place: Place, plain: Uint8Array): Buffer {
  const id = Buffer.from(key.id, 'utf8');
  if (id.length === 0 || id.length > 255) throw new RangeError('a key id has 1 to 255 bytes');
  const header = Buffer.concat([Buffer.from([VERSION, id.length]), id]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(header, place));
  return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @returns the id of the key that a value says it was sealed with, or null when it is no envelope. Unproven until it opens. */
export function envelopeKeyId(sealed: Uint8Array): string | null {
  const idBytes = sealed[0] === VERSION ? (sealed[1] ?? 0) : 0;
  if (idBytes === 0 || sealed.length < 2 + idBytes + NONCE_BYTES + TAG_BYTES) return null;
  const id = Buffer.from(sealed.subarray(2, 2 + idBytes));
  const text = id.toString('utf8');
  return Buffer.from(text, 'utf8').equals(id) ? text : null;
}

/** @returns the plain bytes, or null when the value was changed, belongs elsewhere, or was sealed with another key. */
export function openEnvelope(key: EnvelopeKey, place: Place, sealed: Uint8Array): Buffer | null {
  if (envelopeKeyId(sealed) !== key.id) return null;
  const start = 2 + (sealed[1] ?? 0);
  const header = sealed.subarray(0, start);
  const nonce = sealed.subarray(start, start + NONCE_BYTES);
  const ciphertext = sealed.subarray(start + NONCE_BYTES, sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(header, place));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return null;
  }
}

/** Each part behind its length, so that no two places read alike. */
function associatedData(header: Uint8Array, { table, row, brand, field }: Place): Buffer {
  const parts = [header, ...[table, row, brand, field].map((part) => Buffer.from(part, 'utf8'))];
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}
