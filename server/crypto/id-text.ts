import { looksLikeCbc } from './aes-cbc.ts';
import { looksLikeFernet } from './fernet.ts';

/** A 400-letter name, encoded twice, has 3,600; what is longer is not worth opening. */
const LENGTH_MAX = 8192;
/** A link that went through click trackers is escaped again at each. */
const UNESCAPES = 3;

/** What an id may be, by its bytes. One text can be both, so both are tried. */
export interface IdForms {
  fernet: { token: Buffer; form: 'fernet' | 'fernet-double' }[];
  cbc: Buffer[];
}

/**
 * The bytes that an id in a link stands for. Links lose and gain on their way: `+` arrives as a blank (an id may begin or end with
 * one), escapes are undone once, twice or not at all, padding is cut off, lines are wrapped, either base64 alphabet is used. Anything
 * else that is no base64 makes it no id.
 */
export function idForms(text: string): IdForms {
  // Most arrive whole.
  const once = base64(Buffer.from(text, 'utf8')) ?? base64(Buffer.from(unescaped(text), 'utf8'));
  const twice = once && base64(once);
  const fernet: IdForms['fernet'] = [];
  if (once && looksLikeFernet(once)) fernet.push({ token: once, form: 'fernet' });
  if (twice && looksLikeFernet(twice)) fernet.push({ token: twice, form: 'fernet-double' });
  return { fernet, cbc: once && looksLikeCbc(once) ? [once] : [] };
}

/** Our own way of writing one: base64url, encoded once more, padding kept, so that only letters, digits and `=` are left. */
export function idText(token: Buffer): string {
  const once = token.toString('base64url');
  const padding = '='.repeat((4 - (once.length % 4)) % 4);
  // Of such letters plain base64 makes neither `+` nor `/`.
  return Buffer.from(once + padding, 'latin1').toString('base64');
}

function unescaped(text: string): string {
  let id = text.slice(0, LENGTH_MAX + 1);
  for (let round = 0; round < UNESCAPES && /%[0-9a-f]{2}/i.test(id); round++) {
    try {
      id = decodeURIComponent(id);
    } catch {
      return '*';
    }
  }
  id = id.replace(/[\r\n\t]+/g, '');
  // A blank behind a whole number of groups or behind the padding was added; any other one was a plus.
  if (/= +$/.test(id) || (id.endsWith(' ') && (id.length - 1) % 4 === 0)) id = id.trimEnd();
  return id.replaceAll(' ', '+');
}

const PADDING = 0x3d;
/** In place of six bits where a character has none. */
const NONE = 64;
/** What the characters of both alphabets stand for, by their codes. */
const SIX_BITS = new Uint8Array(256).fill(NONE);
for (const last of ['+/', '-_']) {
  const alphabet = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  for (const [bits, code] of Buffer.from(alphabet, 'latin1').entries()) SIX_BITS[code] = bits;
}

/**
 * Node's own reading drops what is no base64 and takes several spellings of the same bytes.
 * @param text its bytes
 * @returns null for what is no base64 of either alphabet, or not the one spelling of its bytes
 */
function base64(text: Buffer): Buffer | null {
  let end = text.length;
  if (end > LENGTH_MAX) return null;
  while (end > 0 && end > text.length - 2 && text[end - 1] === PADDING) end--;
  if (end === 0 || end % 4 === 1) return null;
  const bytes = Buffer.allocUnsafe((end * 3) >> 2);
  let bits = 0;
  let count = 0;
  let filled = 0;
  for (let place = 0; place < end; place++) {
    const six = SIX_BITS[text[place]!]!;
    if (six === NONE) return null;
    bits = (bits << 6) | six;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[filled++] = bits >> count;
  }
  return bits & ((1 << count) - 1) ? null : bytes;
}
