import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { DepartCartError } from '../domain/error.ts';

const tooLarge = (most: number) =>
  new DepartCartError('body_too_large', `The body is larger than the ${most} bytes accepted here.`);

const cutOff = () => new DepartCartError('invalid_json', 'The connection ended before the body did.');

/**
 * Reads a request's body, counted on the Node stream: building a native Request or a stream of the framework's would
 * cost most of a hot route's throughput.
 * @throws DepartCartError `body_too_large`, `invalid_json` when it was cut off
 */
export async function readBytes(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  // A small body lies in one packet with its head, but is parsed after all that the head calls for at once. A turn later it is here, and
  // nothing has to be listened for: a quarter of what a hot call costs.
  if (!incoming.complete) await new Promise(setImmediate);
  if (incoming.destroyed) throw cutOff();
  const bytes = incoming.complete
    ? ((incoming.read() as Buffer | null) ?? Buffer.alloc(0))
    : await streamed(incoming, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function streamed(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    incoming
      .on('data', (part: Buffer) => {
        bytes += part.byteLength;
        if (bytes <= maxBytes) parts.push(part);
        else {
          incoming.pause();
          reject(tooLarge(maxBytes));
        }
      })
      .on('end', () => resolve(Buffer.concat(parts)))
      .on('error', () => reject(cutOff()))
      .on('close', () => void (incoming.readableEnded || reject(cutOff())));
  });
}

/**
 * JSON text checked against a schema.
 * @throws DepartCartError `invalid_json`, or `invalid_request` with a JSON pointer for each fault
 */
export function parseBody<T>(text: string, schema: z.ZodType<T>, before?: (value: unknown) => void): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DepartCartError('invalid_json', 'The body is no JSON. Send one JSON object.');
  }
  before?.(value);
  return checked(value, schema);
}

/**
 * What stands behind `?`, checked against a schema. Pointers name the parameter.
 * @throws DepartCartError `invalid_request`
 */
export const parseQuery = <T>(query: Record<string, string>, schema: z.ZodType<T>): T => checked(query, schema);

function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const errors = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: 'unknown field' }))
      : [{ pointer: pointer(issue.path), detail: issue.message }],
  );
  throw new DepartCartError('invalid_request', 'Some fields are not as this call wants them. See `errors`.', {
    errors: errors.slice(0, 20),
  });
}

/** RFC 6901; a key is the caller's own text and is cut to a length that fits an answer. */
const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
