import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDemo, type TestDemo } from '../../support/demo.ts';

const built = resolve(import.meta.dirname, '../../../dist/widget');
const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  { file: string }
>;
const panel = manifest['widget/panel/define.ts']!.file;

let demo: TestDemo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo.close());

/** `fetch` would decode the body, and asks for encodings of its own. */
async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await new Promise<IncomingMessage>((heard, failed) => {
    request(demo.api + path, { headers }, heard)
      .on('error', failed)
      .end();
  });
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

const paths = [
  ['loader.js', '/loader.js'],
  ['legacy.js', '/static/loaders-dist/seat_selection_loader.js'],
  [panel, `/${panel}`],
  [panel, `/again/${panel}`],
] as const;

it.each(paths)('%s comes in the shortest form that the browser reads', async (file, path) => {
  const source = readFileSync(join(built, file));
  const plain = await get(path);
  expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
  expect(plain.body.equals(source)).toBe(true);

  const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect([brotli.headers['content-encoding'], brotli.headers['vary']]).toEqual(['br', 'accept-encoding']);
  expect(brotli.body.equals(readFileSync(join(built, `${file}.br`)))).toBe(true);
  expect(brotliDecompressSync(brotli.body).equals(source)).toBe(true);

  for (const accepted of ['gzip, deflate', 'br;q=0, gzip']) {
    const gzip = await get(path, { 'accept-encoding': accepted });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(source)).toBe(true);
  }
});

it.each(paths)('%s is not sent again to who has it', async (_, path) => {
  const etag = (await get(path)).headers['etag']!;
  const again = await get(path, { 'if-none-match': etag, 'accept-encoding': 'br' });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

it('the compressed files have no address of their own', async () => {
  expect((await get(`/${panel}.br`)).status).toBe(404);
});
