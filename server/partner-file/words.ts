import { z } from 'zod';
import type { EventType } from '../domain/transaction/transaction.ts';

/** The kinds of value a partner file is made of. Each description says what to write, and is what an error's fix says. */

export const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'has a control character in it')
  .describe('a text of up to 100 characters');

/** Printable, since it travels in headers and forms; never trimmed, so that a stray blank is seen. */
export const credential = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'has a blank at an end or a character that cannot be sent')
  .max(4096)
  .describe('the text the vendor gave you, in quotes, or ${NAME} of an environment variable');

/** The bytes of the text itself are the key, so a short one could be guessed. */
export const signingSecret = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'has a blank or a character that cannot be typed everywhere')
  .min(16)
  .max(256)
  .describe('a long random text that your server knows too, like the output of: openssl rand -hex 32');

const EVENT_TYPES = [
  'transaction.created',
  'payment.failed',
  'payment.processed',
  'fulfillment.updated',
  'transaction.completed',
  'transaction.failed',
  'refund.processed',
  'transaction.attention',
  'dispute.opened',
  'dispute.closed',
] as const satisfies readonly EventType[];

export const eventType = z.enum(EVENT_TYPES).describe(`one of ${EVENT_TYPES.join(', ')}`);

export const colour = z
  .string()
  .regex(/^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$/)
  .describe('a hex colour in quotes, like "#1E40AF"');

/** It goes into a style sheet's value, so it has no character that could end one. */
export const fontFamily = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ,'"_-]{0,99}$/u)
  .describe('the name of a font family, like Montserrat');

export const link = z
  .string()
  .max(2048)
  .refine(isLink, 'is no web address, or has a user name in it')
  .describe('a web address that begins with https://');

function isLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && !username && !password;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
export const currency = z
  .string()
  .refine((code) => CURRENCIES.has(code.toUpperCase()), 'is no ISO 4217 currency')
  .describe('a currency code, like EUR');

export const locale = z
  .string()
  .max(35)
  .refine(isLocale, 'is no language tag')
  .describe('a language tag, like en or pt-BR');

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

export const origin = z
  .string()
  .max(255)
  .superRefine((text, context) => {
    const fault = originFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('where your pages are, like https://www.example.com, or https://*.example.com for one label in front');

/** An origin is compared letter by letter with what browsers send, so it must be written as they do. */
function originFault(text: string): string | null {
  const wildcard = text.startsWith('https://*.');
  const plain = wildcard ? text.replace('*.', 'x.') : text;
  if (plain.includes('*')) return 'may have one "*", right behind https://';
  if (!URL.canParse(plain) || !isLink(plain)) return 'is no origin';
  const { origin: asSent, hostname } = new URL(plain);
  if (asSent !== plain) return `is not as browsers send it, which is ${wildcard ? asSent.replace('x.', '*.') : asSent}`;
  if (wildcard && hostname.split('.').length < 3) return 'would let in every site of a top-level domain';
  return null;
}

/** Read by its parts, since nothing but the form of an address or a range counts. */
export const networkAddress = z
  .string()
  .refine((text) => NETWORK_ADDRESSES.some((kind) => kind.safeParse(text).success), 'is no IP address')
  .describe('an IP address or a range of them, like 203.0.113.7 or 203.0.113.0/24');

const NETWORK_ADDRESSES = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()];
