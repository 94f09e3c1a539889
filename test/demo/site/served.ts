import { serve, type ServerType } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { DemoBrand } from '../../../demo/site/start-page.ts';

export const demoBrand: DemoBrand = {
  code: 'skyline',
  publishableKey: 'dcpub_test_skyline',
  apiKey: 'dck_demo_skyline',
  apiSecret: 'dcs_demo_skyline',
  webhookSecret: 'demo_secret',
  legacyIds: { password: 'demo_password', salt: 'demo_salt' },
};

export interface Served {
  origin: string;
  close(): void;
}

/** An app on a free port of this machine. `make` is given the address, which pages need to know of themselves. */
export async function served(
  make: (origin: string) => { fetch: Parameters<typeof serve>[0]['fetch'] },
): Promise<Served> {
  const apps: ReturnType<typeof make>[] = [];
  const server = await new Promise<ServerType>((resolve) => {
    const fetch: Parameters<typeof serve>[0]['fetch'] = (...heard) => apps[0]!.fetch(...heard);
    const starting = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(starting));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  apps.push(make(origin));
  return { origin, close: () => void server.close() };
}
