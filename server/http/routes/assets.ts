import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { DepartCartError } from '../../domain/error.ts';
import { reply, route, type Call, type Reply, type Route } from '../route.ts';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Immutable by hash; every site may read them, and a page with cross-origin isolation may load them. */
const ASSET_HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};
/** The loader's URL is fixed for ever, so it is asked for again within minutes. */
const LOADER_HEADERS = { ...ASSET_HEADERS, 'cache-control': 'public, max-age=300, stale-while-revalidate=86400' };

interface Asset {
  type: string;
  body: Uint8Array<ArrayBuffer>;
  etag: string;
  compressed: Map<keyof typeof compressors, Promise<Uint8Array<ArrayBuffer>>>;
}

/** The older guide's tag names it so; partners change its host and nothing else. */
const LEGACY_PATH = '/static/loaders-dist/seat_selection_loader.js';

const TYPES: Record<string, string> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/**
 * The built widget: `/loader.js`, its older form and `/assets/…`, read once; what the build did not compress is compressed on first use.
 * @param folder what vite wrote for the browser
 */
export async function assetRoutes(folder: string): Promise<Route[]> {
  const loader = await load(join(folder, 'loader.js'));
  const legacy = await load(join(folder, 'legacy.js'));
  const names = (await readdir(join(folder, 'assets'))).filter((name) => extname(name) in TYPES);
  const assets = new Map(
    await Promise.all(names.map(async (name) => [name, await load(join(folder, 'assets', name))] as const)),
  );
  return [
    route({ method: 'GET', path: '/loader.js', who: 'anyone', handler: (call) => serve(loader, LOADER_HEADERS, call) }),
    route({ method: 'GET', path: LEGACY_PATH, who: 'anyone', handler: (call) => serve(legacy, LOADER_HEADERS, call) }),
    // A browser that failed to load the panel remembers that address, so the loader's second try is in another folder; there the
    // panel's other files find it beside them.
    ...(['/assets/:name', '/again/assets/:name'] as const).map((path) =>
      route({
        method: 'GET',
        path,
        who: 'anyone',
        handler: (call) => {
          const asset = assets.get(call.params['name'] ?? '');
          if (!asset) throw new DepartCartError('not_found', 'There is no such asset.');
          return serve(asset, ASSET_HEADERS, call);
        },
      }),
    ),
  ];
}

async function load(path: string): Promise<Asset> {
  const body = new Uint8Array(await readFile(path));
  // The build leaves it beside the file.
  const brotli = await readFile(`${path}.br`).catch(() => null);
  return {
    type: TYPES[extname(path)]!,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    compressed: new Map(brotli && [['br', Promise.resolve(new Uint8Array(brotli))]]),
  };
}

async function serve(asset: Asset, headers: Record<string, string>, call: Call<unknown>): Promise<Reply> {
  const all = { ...headers, etag: asset.etag, vary: 'accept-encoding' };
  if (call.headers['if-none-match'] === asset.etag) return { status: 304, headers: all, body: '' };
  const accepted = String(call.headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find((name) =>
    new RegExp(`\\b${name}\\b(?!;q=0(?![.\\d]))`).test(accepted),
  );
  if (!encoding) return reply(200, asset.type, asset.body, all);
  let body = asset.compressed.get(encoding);
  if (!body)
    asset.compressed.set(encoding, (body = compressors[encoding](asset.body).then((bytes) => new Uint8Array(bytes))));
  return reply(200, asset.type, await body, { ...all, 'content-encoding': encoding });
}
