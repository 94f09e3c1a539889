import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** As the older guide's samples in Python, C#, Node, Java and Ruby do it. */
const ROUNDS = 100_000;
const KEY_BYTES = 32;

/** The key of ids that a partner made itself. Password and salt as UTF-8; on libuv's threads, since it costs tens of milliseconds. */
export const deriveLegacyKey = (password: string, salt: string, kdf: 'sha256' | 'sha1'): Promise<Uint8Array> =>
  derive(Buffer.from(password, 'utf8'), Buffer.from(salt, 'utf8'), ROUNDS, KEY_BYTES, kdf);
