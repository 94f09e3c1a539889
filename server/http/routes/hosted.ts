import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { describeHostedPage, type HostedServices } from '../../services/describe-hosted-page.ts';
import { hostedPage, type HostedFiles } from '../pages/hosted-page.ts';
import { hostedPolicy } from '../pages/policy.ts';
import { reply, route, type Route } from '../route.ts';

/** Whatever else stands there is for the page's script; a link must open a page, however it was mangled. */
const address = z.object({ key: z.string().catch('').default('') });

const VIEWS = { '/seatmap': 'seats', '/cart': 'cart', '/checkout': 'checkout' } as const;

/**
 * The pages that a link in an e-mail opens: `?id=…&source=…`, or `?key=…`, with which the booking is named on the page.
 * @param folder what vite wrote for the browser
 */
export async function hostedRoutes(services: HostedServices, folder: string): Promise<Route[]> {
  const files = await builtFiles(folder);
  return Object.entries(VIEWS).map(([path, view]) =>
    route({
      method: 'GET',
      path,
      who: 'anyone',
      query: address,
      handler: async ({ query }) => {
        const { brand, gateways } = await describeHostedPage(services, query.key);
        return reply(200, 'text/html; charset=utf-8', await hostedPage({ view, files, brand }), {
          'content-security-policy': hostedPolicy(gateways),
          'cross-origin-opener-policy': 'same-origin-allow-popups',
          'cache-control': 'no-store',
          'x-robots-tag': 'noindex',
        });
      },
    }),
  );
}

interface Manifest {
  [source: string]: { file: string; isEntry?: boolean; css?: string[] };
}

async function builtFiles(folder: string): Promise<HostedFiles> {
  const entryOf = async (name: string) => {
    const manifest = JSON.parse(await readFile(join(folder, '.vite', name), 'utf8')) as Manifest;
    const entry = Object.values(manifest).find(({ isEntry }) => isEntry);
    if (!entry) throw new Error(`the build wrote no entry into ${name}: run npm run build`);
    return entry;
  };
  const [panel, hosted] = await Promise.all([entryOf('manifest.json'), entryOf('hosted.json')]);
  return { panel: `/${panel.file}`, script: `/${hosted.file}`, style: `/${hosted.css?.[0]}` };
}
