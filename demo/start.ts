import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { compose, type Composed } from '../server/compose.ts';
import type { Config } from '../server/config.ts';
import type { Clock } from '../server/domain/ports/clock.ts';
import skyline from './partners/skyline.yaml?raw';
import tag from './gtm/tag.json';
import { containerScript } from './gtm/container.ts';
import template from '../gtm-template/template.tpl?raw';
import { templateFor } from '../server/http/routes/gtm-template.ts';
import { demoBookings } from './sandboxes/gds/amadeus.ts';
import { type OwnFile, OwnFileError, ownBrandText, withStandIns } from './own-brand.ts';
import { createSandboxes } from './sandboxes/sandboxes.ts';
import { createSite } from './site/site.ts';
import { watchParent } from './watch-parent.ts';

/** The demo's keys. Production refuses them (compose, `fixedCredentials`). */
const CREDENTIALS = {
  publishableKey: 'dcpub_test_skyline',
  apiKey: 'dck_demo_skyline',
  apiSecret: 'dcs_demo_skyline',
};
/** As they stand in demo/partners/skyline.yaml. */
const SHARED_SECRETS = {
  webhookSecret: 'demo_webhook_secret_skyline',
  legacyIds: { password: 'demo_legacy_password', salt: 'demo_legacy_salt' },
};

export interface DemoOptions {
  /** The first of three; 0: any free ones. */
  port: number;
  /** Where the database lies, beginning empty each time; in memory when absent. */
  databaseFile?: string;
  logLevel?: Config['logLevel'];
  clock?: Clock;
  /** Changes the demo brand's file before it is applied (tests of other settings). */
  partnerFile?: (text: string) => string;
  /** A partner's own, applied beside the demo brand's. */
  ownFile?: OwnFile;
  /** False: nothing is carried out or delivered by itself (tests with a clock that stands still). */
  jobs?: boolean;
  /** Where log lines go; standard error when absent. */
  log?: NodeJS.WritableStream;
}

export interface Demo {
  site: string;
  api: string;
  sandboxes: string;
  /** What there is to know of the brand of `ownFile`. */
  ownBrand?: string;
  /** The server's own, for tests of what works beside it. */
  services: Composed['services'];
  close(): Promise<void>;
}

/** Starts the demo on three origins: the partner's site, DepartCart, the sandboxes. Otherwise CORS and origin checks are never exercised. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const servers = await listenOnThree(options.port);
  const held = servers.map(holdRequests);
  // Only now that the ports are ours: another demo on them would still be using the file.
  const databaseUrl = options.databaseFile ? emptyDatabase(options.databaseFile) : 'sqlite::memory:';
  const [site, api, sandboxes] = servers.map(
    (server) => `http://localhost:${(server.address() as AddressInfo).port}`,
  ) as [string, string, string];
  const vendors = createSandboxes({
    stripeCallbackUrl: () => `${api}/callbacks/stripe/skyline`,
    ...(options.clock && { now: () => options.clock!.now() }),
  });
  const composed = await compose({
    config: {
      port: 0,
      publicUrl: api,
      databaseUrl,
      masterKeys: [{ id: 'demo', key: randomBytes(32) }],
      logLevel: options.logLevel ?? 'warn',
      trustedProxies: [],
    },
    loopback: true,
    fixedCredentials: { skyline: CREDENTIALS },
    ...(options.clock && { clock: options.clock }),
    ...(options.log && { logTo: options.log }),
  });
  const page = createSite({
    site,
    api,
    sandboxes,
    brand: { code: 'skyline', ...CREDENTIALS, ...SHARED_SECRETS },
    bookings: demoBookings,
    containerScript: () =>
      containerScript({
        template: templateFor(template, api),
        tag,
        allowLoopback: true,
        ...(options.logLevel === 'silent' && { warn: () => {} }),
      }),
  });
  for (const [index, app] of [page, composed.app, vendors.app].entries()) {
    const answer = getRequestListener(app.fetch);
    held[index]!((request, response) => void answer(request, response));
  }
  // Only now: the brand's logos are on its site.
  const env = { SITE_ORIGIN: site, SANDBOXES_URL: sandboxes };
  const close = async () => {
    await composed.close();
    await vendors.close();
    await Promise.all(servers.map(stop));
  };
  try {
    await composed.applyPartnerFile({ text: options.partnerFile?.(skyline) ?? skyline, env, appliedBy: 'demo' });
    const ownBrand = options.ownFile && (await applyOwn(composed, options.ownFile, { env, api }));
    if (options.jobs !== false) composed.startJobs();
    return { site, api, sandboxes, services: composed.services, close, ...(ownBrand && { ownBrand }) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function applyOwn(
  composed: Composed,
  file: OwnFile,
  { env, api }: { env: Record<string, string>; api: string },
): Promise<string> {
  const { text, notices } = withStandIns(file, skyline, { ...process.env, ...env });
  return ownBrandText(file.name, await composed.applyPartnerFile({ text, env, appliedBy: 'demo' }), notices, { api });
}

function emptyDatabase(file: string): string {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  return `sqlite:${file}`;
}

/** @throws the first refusal; what did listen is closed again, or the process would never end. */
async function listenOnThree(port: number): Promise<Server[]> {
  const tries = await Promise.allSettled([0, 1, 2].map((offset) => listen(port === 0 ? 0 : port + offset)));
  const servers = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = tries.find((one) => one.status === 'rejected');
  if (!refused) return servers;
  await Promise.all(servers.map(stop));
  throw refused.reason;
}

/** Whoever asks before there is anything to answer, as a page that is loaded again and again does, waits for it. */
function holdRequests(server: Server): (answer: RequestListener) => void {
  const early: Parameters<RequestListener>[] = [];
  const hold: RequestListener = (...one) => void early.push(one);
  server.on('request', hold);
  return (answer) => {
    server.off('request', hold).on('request', answer);
    for (const one of early) answer(...one);
  };
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * `npm start`: the demo on PORT, PORT+1 and PORT+2, until Ctrl-C.
 * @param own the path of a partner's own file, which is tried beside the demo's
 */
export async function startDemo(own?: string): Promise<void> {
  const port = Number(process.env['PORT'] ?? 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_533)
    return complain(`PORT must be a number between 1 and 65533; it is "${process.env['PORT']}".`);
  let ownFile: OwnFile | null;
  try {
    // npm leaves the folder it was called in.
    const path = own && resolve(process.env['INIT_CWD'] ?? '.', own);
    ownFile = path ? { name: path, text: readFileSync(path, 'utf8') } : null;
  } catch (error) {
    return complain(`Your partner file cannot be read: ${(error as Error).message}`);
  }
  let demo: Demo;
  try {
    demo = await runDemo({ port, databaseFile: join('data', `demo-${port}.sqlite`), ...(ownFile && { ownFile }) });
  } catch (error) {
    if (error instanceof OwnFileError) return complain(error.message);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const taken = (error as NodeJS.ErrnoException & { port?: number }).port ?? port;
    return complain(
      `Port ${taken} is taken. The demo needs ${port}, ${port + 1} and ${port + 2}: end what runs there, or start with PORT=${port + 100} npm start`,
    );
  }
  closeOnSignal(demo);
  console.log(greeting(demo));
}

function complain(text: string): void {
  console.error(text);
  process.exitCode = 1;
}

function closeOnSignal(demo: Demo): void {
  const watch = process.env['npm_lifecycle_event'] ? watchParent() : null;
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      watch?.stop();
      // A second signal means "now".
      if (closing) process.exit(signal === 'SIGINT' ? 130 : 143);
      closing = true;
      void demo.close();
    });
  }
}

const greeting = ({ site, api, sandboxes, ownBrand }: Demo): string => `
DepartCart is running.

  Open this first      ${site}
  The airline's page   ${site}/confirmation
  DepartCart itself    ${api}
  The sandboxes        ${sandboxes}

  Bookings to try
${demoBookings.map(({ pnr, lastName, shows }) => `    ${pnr}  ${lastName.padEnd(12)} ${shows}`).join('\n')}

  For a partner's backend
    ${CREDENTIALS.apiKey}  ${CREDENTIALS.apiSecret}  API key and secret, see docs/api.md
${ownBrand ? `\n${ownBrand}\n` : ''}
Press Ctrl-C to stop.`;
