import { createHmac } from 'node:crypto';

/**
 * The guide's signature: `sha256=` and lower-case hex of HMAC-SHA256 over the body, keyed with the secret's text exactly as issued,
 * any prefix included. Receivers compare the whole string, so the header holds one value and nothing after it.
 */
export const guideSignature = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', Buffer.from(secret, 'utf8')).update(body, 'utf8').digest('hex')}`;

const WHSEC = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/**
 * Standard Webhooks 1.0.0, `v1`: base64 of HMAC-SHA256 over `id.timestamp.body`, keyed with the bytes that stand in base64 behind
 * `whsec_`. The same secret therefore gives another key than the guide's signature.
 *
 * @param timestamp Unix seconds of this attempt
 * @returns null for a secret of another shape: the specification has no key for it
 */
export function standardSignature(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string | null {
  const key = Buffer.from(WHSEC.exec(secret)?.[1] ?? '', 'base64');
  if (key.byteLength < 24 || key.byteLength > 64) return null;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
}
