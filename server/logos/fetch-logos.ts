import { createHash } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { FetchLogos, LogoName } from '../domain/ports/logos.ts';
import { OutboundError, type Outbound } from '../domain/ports/outbound.ts';
import type { BrandFileRows } from '../domain/ports/store.ts';
import { cleanSvg } from './clean-svg.ts';
import { readPixels, type PixelType } from './read-pixels.ts';

const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 10_000;
/** A small file can hold a picture that takes a phone's memory. */
const MAX_PIXELS_A_SIDE = 4096;
/** The onboarding guide's smallest sizes, width and height, for what does not scale. */
const WIDE: readonly [number, number] = [300, 100];
const SQUARE: readonly [number, number] = [100, 100];
const SMALLEST: Record<LogoName, readonly [number, number]> = {
  primary: WIDE,
  light: WIDE,
  icon: SQUARE,
  iconLight: SQUARE,
};

const PIXEL_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'] satisfies PixelType[];

interface Picture {
  type: string;
  bytes: Uint8Array;
}

/** Why a logo cannot be had; the message continues a sentence that begins with its address. */
class Refusal extends Error {}

/** Fetches logos through the one guarded client, cleans them, and keeps them by their content. */
export function createLogoFetcher(parts: { outbound: Outbound; files: BrandFileRows; clock: Clock }): FetchLogos {
  const { outbound, files, clock } = parts;

  async function fetchOne(which: LogoName, url: string): Promise<string> {
    const { type, bytes } = await download(outbound, url);
    const picture = type === 'image/svg+xml' ? vector(bytes) : pixels(which, type, bytes);
    const hash = createHash('sha256').update(picture.bytes).digest('hex');
    await files.put({ hash, ...picture, storedAt: clock.now() });
    return hash;
  }

  return async (urls) => {
    const asked = (Object.entries(urls) as [LogoName, string][]).map(async ([which, url]) => {
      try {
        return { which, hash: await fetchOne(which, url) };
      } catch (error) {
        if (error instanceof Refusal) return { which, why: error.message };
        throw error;
      }
    });
    const all = await Promise.all(asked);
    return {
      found: Object.fromEntries(all.flatMap((one) => ('hash' in one ? [[one.which, one.hash]] : []))),
      failed: all.flatMap((one) => ('why' in one ? [{ which: one.which, why: one.why }] : [])),
    };
  };
}

async function download(outbound: Outbound, url: string): Promise<Picture> {
  const response = await outbound({
    method: 'GET',
    url,
    headers: { accept: ['image/svg+xml', ...PIXEL_TYPES].join(', ') },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    answer: 'bytes',
    label: 'logo',
  }).catch((error: unknown) => {
    throw new Refusal(reasonOf(error));
  });
  const { status, headers, bytes } = response;
  if (status >= 300 && status < 400) throw new Refusal('answers with a redirect, which is not followed: name its goal');
  if (status !== 200) throw new Refusal(`answers ${status}`);
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'image/svg+xml' && !PIXEL_TYPES.includes(type))
    throw new Refusal(`answers as ${type ? `"${type.slice(0, 60)}"` : 'nothing'}: a logo is SVG, PNG, JPEG or WebP`);
  return { type, bytes: bytes ?? new Uint8Array() };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof OutboundError)) return 'is no address that can be called';
  switch (error.kind) {
    case 'refused_address':
      return 'leads to a private address, or is not https';
    case 'too_large':
      return `is larger than ${MAX_BYTES / 1024} KB`;
    case 'timeout':
      return `did not answer within ${TIMEOUT_MS / 1000} s`;
    default:
      return 'could not be reached';
  }
}

function vector(bytes: Uint8Array): Picture {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('is no SVG in UTF-8');
  }
  const cleaned = cleanSvg(text);
  if ('fault' in cleaned) throw new Refusal(cleaned.fault);
  return { type: 'image/svg+xml', bytes: new TextEncoder().encode(cleaned.svg) };
}

function pixels(which: LogoName, type: string, bytes: Uint8Array): Picture {
  const size = readPixels(bytes);
  if (!size || size.type !== type) throw new Refusal(`says it is ${type} and is not`);
  const [width, height] = SMALLEST[which];
  if (size.width < width || size.height < height)
    throw new Refusal(`is ${size.width} x ${size.height} pixels: at least ${width} x ${height} are needed`);
  if (Math.max(size.width, size.height) > MAX_PIXELS_A_SIDE)
    throw new Refusal(`is ${size.width} x ${size.height} pixels: at most ${MAX_PIXELS_A_SIDE} a side`);
  return { type, bytes };
}
