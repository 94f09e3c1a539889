import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DepartCartError } from '../../../server/domain/error.ts';
import { readBytes } from '../../../server/http/read-body.ts';

const MOST = 100_000;
let server: Server;
const heard: (string | number)[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    void readBytes(request, MOST)
      .then(
        (bytes) => heard.push(bytes.length),
        (error: unknown) => heard.push(error instanceof DepartCartError ? error.code : String(error)),
      )
      .then(() => response.end(`heard ${heard.length}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Sends pieces, each when the one before has left, and ends the connection: after the answer, or at once. */
async function send(pieces: string[], cutOff: boolean): Promise<void> {
  const before = heard.length;
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {}).on('data', () => socket.end());
  const closed = new Promise((resolve) => socket.on('close', resolve));
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (cutOff) socket.destroy();
  await closed;
  while (heard.length === before) await new Promise((resolve) => setImmediate(resolve));
}

const head = (line: string) => `POST / HTTP/1.1\r\nhost: x\r\n${line}\r\n\r\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const long = (length: number) => 'x'.repeat(length);

it.each<[string, string[], string | number]>([
  ['with its head', [`${head('content-length: 5')}12345`], 5],
  ['behind its head', [head('content-length: 5'), '12345'], 5],
  ['byte by byte', [head('content-length: 3'), '1', '2', '3'], 3],
  ['in chunks, with its head', [head('transfer-encoding: chunked') + chunk('123') + chunk('45') + chunk('')], 5],
  ['in chunks, one by one', [head('transfer-encoding: chunked'), chunk('123'), chunk('45'), chunk('')], 5],
  ['as large as it may be', [head(`content-length: ${MOST}`) + long(MOST)], MOST],
  ['empty', [head('content-length: 0')], 0],
  ['said to be too large', [head(`content-length: ${MOST + 1}`)], 'body_too_large'],
  ['too large without a word', [head('transfer-encoding: chunked') + chunk(long(MOST + 1))], 'body_too_large'],
])('a body that comes %s', async (_how, pieces, expected) => {
  await send(pieces, false);
  expect(heard.at(-1)).toBe(expected);
});

it.each([
  ['is cut off', [head('content-length: 5'), '12']],
  ['is cut off behind its head', [`${head('content-length: 5')}12`]],
  ['never comes', [head('content-length: 5')]],
])('a body that %s', async (_how, pieces) => {
  await send(pieces, true);
  expect(heard.at(-1)).toBe('invalid_json');
});
