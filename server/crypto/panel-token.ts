import type { Clock } from '../domain/ports/clock.ts';
import type { Attribution, PanelSession, PanelTokens, Place } from '../domain/ports/crypto.ts';
import { envelopeKeyId, openEnvelope, sealEnvelope } from './envelope.ts';
import type { Keyring } from './keyring.ts';

/** Plain text is filled up to a multiple of this, so that a token's length tells nothing of the name inside. */
const BLOCK_BYTES = 256;
/** What the wire contract lets through; longer is not worth opening. */
const TOKEN_LENGTH_MAX = 4096;

type Content = [
  brand: string,
  recordLocator: string,
  lastName: string,
  origin: string | null,
  endsAt: number,
  attribution?: Attribution,
];

/** Panel tokens: an envelope under the brand's own key, in base64url. Nothing about them is stored. */
export function createPanelTokens({ keyring, clock }: { keyring: Keyring; clock: Clock }): PanelTokens {
  return {
    async mint({ brand, recordLocator, lastName, origin, endsAt, attribution }) {
      const content: Content = [
        brand,
        recordLocator,
        lastName,
        origin,
        endsAt,
        ...(attribution ? [attribution] : []),
      ] as Content;
      const key = await keyring.current(brand, 'panel_token');
      const token = sealEnvelope(key, place(brand), padded(JSON.stringify(content))).toString('base64url');
      if (token.length > TOKEN_LENGTH_MAX) throw new RangeError('a panel token got too long to be sent');
      return token;
    },

    async read(token, origin) {
      const sealed = decoded(token);
      const id = sealed && envelopeKeyId(sealed);
      const key = id ? await keyring.byId(id) : null;
      if (!sealed || key?.purpose !== 'panel_token') return null;
      const plain = openEnvelope(key, place(key.brand), sealed);
      if (!plain) return null;
      const session = read(plain.toString('utf8'));
      // Both are looked at always: which of them failed shows neither in the answer nor in its time.
      const wrong = Number(session.origin !== origin) | Number(session.endsAt <= clock.now());
      return wrong ? null : session;
    },
  };
}

const place = (brand: string): Place => ({ table: 'panel_token', row: '', brand, field: 'session' });

/** JSON ignores white space at its end. */
function padded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const fill = (BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES;
  return Buffer.concat([bytes, Buffer.alloc(fill, ' ')]);
}

function read(json: string): PanelSession {
  const [brand, recordLocator, lastName, origin, endsAt, attribution] = JSON.parse(json) as Content;
  return { brand, recordLocator, lastName, origin, endsAt, ...(attribution && { attribution }) };
}

/** One spelling a token: Node's decoder would skip strange characters and unused bits. */
function decoded(token: string): Buffer | null {
  if (token.length > TOKEN_LENGTH_MAX) return null;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token ? bytes : null;
}
