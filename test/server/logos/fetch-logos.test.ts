import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { BrandFileRow } from '../../../server/domain/ports/store.ts';
import { createLogoFetcher } from '../../../server/logos/fetch-logos.ts';
import { createOutbound } from '../../../server/outbound/http.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const png = (width: number, height: number, more = 0) => {
  const bytes = Buffer.alloc(33 + more);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const jpeg = (width: number, height: number) => {
  const bytes = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800000000030122000211010311', 'hex');
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  return bytes;
};
const webp = (width: number, height: number) => {
  const bytes = Buffer.alloc(30);
  bytes.write('RIFF\0\0\0\0WEBPVP8X', 'latin1');
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
};
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>';

interface Served {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** An asset host that answers each path with what stands here. */
async function host(files: Record<string, Served>, loopback = true) {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, headers = {}, body = '' } = files[request.url ?? ''] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const outbound = createOutbound({ loopback });
  closing.push(() => {
    outbound.close();
    server.closeAllConnections();
    server.close();
  });
  const kept = new Map<string, BrandFileRow>();
  const files_ = { put: async (row: BrandFileRow) => void kept.set(row.hash, row), get: async () => null };
  const clock = { now: () => 7, sleep: async () => {} };
  const fetchLogos = createLogoFetcher({ outbound: outbound.call, files: files_, clock });
  return {
    fetchLogos,
    kept,
    asked,
    at: (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
  };
}

describe('the logos of a file', () => {
  it('are fetched, cleaned and kept by their content', async () => {
    const big = png(600, 200);
    const { fetchLogos, kept, at } = await host({
      '/a.svg': {
        headers: { 'content-type': 'image/svg+xml; charset=utf-8' },
        body: SVG.replace('<path', '<script/><path'),
      },
      '/b.png': { headers: { 'content-type': 'image/png' }, body: big },
      '/c.jpg': { headers: { 'content-type': 'image/jpeg' }, body: jpeg(300, 100) },
      '/d.webp': { headers: { 'content-type': 'image/webp' }, body: webp(100, 100) },
    });
    const { found, failed } = await fetchLogos({
      primary: at('/a.svg'),
      icon: at('/b.png'),
      light: at('/c.jpg'),
      iconLight: at('/d.webp'),
    });
    expect(failed).toEqual([]);
    expect(kept.get(found.primary!)).toEqual({
      hash: createHash('sha256').update(SVG).digest('hex'),
      type: 'image/svg+xml',
      bytes: new TextEncoder().encode(SVG),
      storedAt: 7,
    });
    expect(Buffer.from(kept.get(found.icon!)!.bytes)).toEqual(big);
    expect([found.icon, found.light, found.iconLight].map((hash) => kept.get(hash!)?.type)).toEqual([
      'image/png',
      'image/jpeg',
      'image/webp',
    ]);
  });

  it.each<[string, Served, RegExp]>([
    ['is missing', { status: 404 }, /^answers 404$/],
    ['is a page', { headers: { 'content-type': 'text/html' }, body: SVG }, /^answers as "text\/html": a logo is SVG/],
    ['has no type', { body: SVG }, /^answers as nothing/],
    [
      'is too large',
      { headers: { 'content-type': 'image/png' }, body: png(600, 200, 256 * 1024) },
      /^is larger than 256 KB$/,
    ],
    [
      'is too small',
      { headers: { 'content-type': 'image/png' }, body: png(299, 100) },
      /^is 299 x 100 pixels: at least 300 x 100/,
    ],
    ['is a bomb', { headers: { 'content-type': 'image/png' }, body: png(60_000, 60_000) }, /at most 4096 a side/],
    [
      'is not what it says',
      { headers: { 'content-type': 'image/png' }, body: jpeg(600, 200) },
      /^says it is image\/png and is not/,
    ],
    ['is cut off', { headers: { 'content-type': 'image/webp' }, body: webp(600, 200).subarray(0, 20) }, /and is not$/],
    ['is no SVG', { headers: { 'content-type': 'image/svg+xml' }, body: '<html/>' }, /^is no SVG/],
    [
      'is SVG in another alphabet',
      { headers: { 'content-type': 'image/svg+xml' }, body: Buffer.from([0xff, 0xfe]) },
      /UTF-8/,
    ],
  ])('are refused where one %s', async (_, served, why) => {
    const { fetchLogos, kept, at } = await host({ '/x': served });
    expect(await fetchLogos({ primary: at('/x') })).toEqual({
      found: {},
      failed: [{ which: 'primary', why: expect.stringMatching(why) }],
    });
    expect(kept.size).toBe(0);
  });

  it('are not followed to another address, least of all into our own network', async () => {
    const { fetchLogos, asked, at } = await host({
      '/moved': { status: 302, headers: { location: '/inside' } },
      '/inside': { headers: { 'content-type': 'image/svg+xml' }, body: SVG },
    });
    const { failed } = await fetchLogos({ primary: at('/moved') });
    expect(failed[0]?.why).toMatch(/redirect, which is not followed/);
    expect(asked).toEqual(['/moved']);
  });

  it('are not asked for at a private address', async () => {
    const { fetchLogos, asked, at } = await host({ '/x': { body: SVG } }, false);
    const { failed } = await fetchLogos({
      primary: at('/x'),
      icon: 'https://169.254.169.254/latest/meta-data',
      light: 'https://localhost:1/logo.svg',
    });
    expect(failed.map(({ why }) => why)).toEqual(Array(3).fill('leads to a private address, or is not https'));
    expect(asked).toEqual([]);
  });

  it('fail one by one: what was had is kept', async () => {
    const { fetchLogos, at } = await host({ '/a.svg': { headers: { 'content-type': 'image/svg+xml' }, body: SVG } });
    const result = await fetchLogos({ primary: at('/a.svg'), icon: at('/none.svg') });
    expect(Object.keys(result.found)).toEqual(['primary']);
    expect(result.failed).toEqual([{ which: 'icon', why: 'answers 404' }]);
  });
});
