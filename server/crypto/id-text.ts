import { looksLikeCbc } from './aes-cbc.ts';
import { looksLikeFernet } from './fernet.ts';

/** A 400-letter name, encoded twice, has 3,600; what is longer is not worth opening. */
const LENGTH_MAX = 8192;
/** A link that went through click trackers is escaped again at each. */
const UNESCAPES = 3;

/** What an id may be, by its bytes. One text can be both, so both are tried. */
export interface IdForms {
  fernet: { token: Uint8Array; form: 'fernet' | 'fernet-double' }[];
  cbc: Uint8Array[];
}

/**
 * The bytes that an id in a link stands for. Links lose and gain on their way: `+` arrives as a blank (an id may begin or end with
 * one), escapes are undone once, twice or not at all, padding is cut off, lines are wrapped, either base64 alphabet is used. Anything
 * else that is no base64 makes it no id: Node's decoder would drop it.
 */
export function idForms(text: string): IdForms {
  const once = base64(unescaped(text));
  const twice = once && base64(Buffer.from(once).toString('latin1'));
  return {
    fernet: [
      ...(once && looksLikeFernet(once) ? [{ token: once, form: 'fernet' as const }] : []),
      ...(twice && looksLikeFernet(twice) ? [{ token: twice, form: 'fernet-double' as const }] : []),
    ],
    cbc: once && looksLikeCbc(once) ? [once] : [],
  };
}

/** Our own way of writing one: base64url, encoded once more, padding kept, so that only letters, digits and `=` are left. */
export function idText(token: Buffer): string {
  const padded = (text: string) => text + '='.repeat((4 - (text.length % 4)) % 4);
  const once = padded(token.toString('base64url'));
  return padded(Buffer.from(once, 'latin1').toString('base64url'));
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

/** @returns null for what is no base64 of either alphabet, or not the one spelling of its bytes */
function base64(text: string): Buffer | null {
  if (text.length > LENGTH_MAX || !/^[\w+/-]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  const plain = text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  return bytes.toString('base64url') === plain ? bytes : null;
}
