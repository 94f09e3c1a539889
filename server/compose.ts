import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import template from '../gtm-template/template.tpl?raw';
import { version } from '../package.json';
import { ConfigError, type Config } from './config.ts';
import { createApiAccess } from './crypto/api-access.ts';
import { createBearerTokens } from './crypto/bearer-token.ts';
import { createEncryptedIds } from './crypto/encrypted-id.ts';
import { createKeyring } from './crypto/keyring.ts';
import { createPanelTokens } from './crypto/panel-token.ts';
import { makers } from './crypto/makers.ts';
import { newUlid } from './crypto/ulid.ts';
import { createVault } from './crypto/vault.ts';
import type { BrandSettings } from './domain/brand.ts';
import { DepartCartError } from './domain/error.ts';
import type { Clock } from './domain/ports/clock.ts';
import type { GdsPort } from './domain/ports/gds.ts';
import type { PaymentPort } from './domain/ports/payments.ts';
import type { Store } from './domain/ports/store.ts';
import { deliveriesFor } from './domain/webhook.ts';
import { gdsFactories, type GdsParts, type GdsSettings } from './gds/registry.ts';
import { createApp } from './http/app.ts';
import { callbackRoutes } from './http/routes/callbacks.ts';
import { assetRoutes } from './http/routes/assets.ts';
import { brandFileRoutes } from './http/routes/brand-files.ts';
import { gtmRoutes } from './http/routes/gtm.ts';
import { hostedRoutes } from './http/routes/hosted.ts';
import { operatorRoutes } from './http/routes/operator.ts';
import { partnerFileSchemaRoutes } from './http/routes/partner-file-schema.ts';
import { panelRoutes } from './http/routes/panel.ts';
import { tagRoutes } from './http/routes/tag.ts';
import { partnerRoutes } from './http/routes/partner.ts';
import { referenceRoutes } from './http/routes/reference.ts';
import { transactionRoutes } from './http/routes/transactions.ts';
import { createDeliveryJob } from './jobs/deliver-webhook.ts';
import { createRetentionJob } from './jobs/retain.ts';
import { createEffectJob } from './jobs/run-effect.ts';
import { createWorkLoop, type WorkLoop } from './jobs/work-loop.ts';
import { createLog, logLines } from './log-lines.ts';
import { createLogoFetcher } from './logos/fetch-logos.ts';
import { createOutbound } from './outbound/http.ts';
import { applyPartnerFile, type ApplyResult } from './partner-file/apply.ts';
import { createBrandReader } from './partner-file/brand-settings.ts';
import { partnerFileJsonSchema } from './partner-file/json-schema.ts';
import type { FixedCredentials } from './partner-file/write-version.ts';
import { gatewayCsp, paymentFactories, type PaymentParts, type PaymentSettings } from './payments/registry.ts';
import { cityOf, zoneOf } from './places/airports.ts';
import { authorisePartner } from './services/authorise-partner.ts';
import { idempotently } from './services/idempotently.ts';
import type { PartnerServices } from './services/partner-services.ts';
import { openStore } from './store/database.ts';
import { endpointsOf } from './webhooks/endpoints.ts';

export interface ComposeOptions {
  config: Config;
  /** Demo and tests only: plain http and loopback addresses are accepted. */
  loopback?: boolean;
  /** Demo and tests only: keys and secrets by brand, instead of random ones. */
  fixedCredentials?: Readonly<Record<string, FixedCredentials>>;
  clock?: Clock;
  /** Where log lines go; standard error when absent. */
  logTo?: NodeJS.WritableStream;
  /** What vite built for the browser. */
  widgetFolder?: string;
}

export interface Composed {
  app: ReturnType<typeof createApp>;
  /** For the command line, which works beside a running server. */
  services: PartnerServices;
  /** Starts carrying out effects and delivering events in this process. */
  startJobs(): void;
  /** Puts a partner file in force without asking, as the demo does. @throws when the file is refused */
  applyPartnerFile(file: { text: string; env: Record<string, string>; appliedBy: string }): Promise<ApplyResult>;
  close(): Promise<void>;
}

/** Effects in flight at most, and the longest that rows of other processes wait to be seen. */
const EFFECT_SLOTS = 8;
const POLL_MS = 1000;

/** The one place that knows every concrete part, and puts them together. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { config, loopback = false, fixedCredentials = {} } = options;
  const clock = options.clock ?? systemClock;
  const log = createLog({ from: config.logLevel, to: options.logTo ?? logLines(), clock });
  const store = await openStore(config.databaseUrl);
  const outbound = createOutbound({ loopback, log: (line) => log.info(line, 'outgoing call') });
  const close = async () => {
    outbound.close();
    await store.close();
  };
  try {
    if (!options.fixedCredentials) await refuseDemoBrands(store);
    const keyring = createKeyring({ keys: store.rows.keys, masterKeys: config.masterKeys, clock });
    const vault = createVault(keyring);
    const brands = createBrandReader({ store, vault, clock });
    const loop: { current?: WorkLoop } = {};
    const services: PartnerServices = {
      store,
      vault,
      clock,
      log,
      tokens: createPanelTokens({ keyring, clock }),
      apiAccess: createApiAccess({ secrets: store.rows.apiSecrets, clock }),
      bearerTokens: createBearerTokens({ keyring, keys: store.rows.keys, clock }),
      encryptedIds: createEncryptedIds({ keyring, keys: store.rows.keys, clock }),
      places: { cityOf, zoneOf },
      brands,
      gdsOf: gdsByBrand({ outbound: outbound.call, clock, newId: randomUUID }),
      paymentsOf: paymentsByBrand({ outbound: outbound.call, clock, log }),
      deliveriesOf: (brand, events) => deliveriesFor(events, endpointsOf(brand)),
      newUlid: () => newUlid(clock.now()),
      wake: () => loop.current?.wake(),
      publicUrl: config.publicUrl,
    };
    const deliveries = createDeliveryJob({
      store,
      clock,
      log,
      outbound: outbound.call,
      newId: randomUUID,
      random: Math.random,
      endpointsOf: async (code) => endpointsOf((await services.brands.byCode(code)) ?? { webhooks: [] }),
    });
    const work = [createEffectJob(services, { slots: EFFECT_SLOTS }), deliveries, createRetentionJob({ store, clock })];
    loop.current = createWorkLoop({ clock, log, work, pollMs: POLL_MS });
    const widgetFolder = options.widgetFolder ?? builtWidget();
    const routes = [
      ...panelRoutes(services),
      ...tagRoutes({ brands }),
      ...partnerRoutes(services),
      ...transactionRoutes(services),
      ...callbackRoutes(services),
      ...(await assetRoutes(widgetFolder)),
      ...(await hostedRoutes({ store, brands, cspOf }, widgetFolder)),
      ...brandFileRoutes(store),
      ...gtmRoutes(template, config.publicUrl),
      ...partnerFileSchemaRoutes(partnerFileJsonSchema),
      ...operatorRoutes(store),
    ];
    return {
      services,
      startJobs: () => loop.current?.start(),
      app: createApp([...routes, ...referenceRoutes(routes, { publicUrl: config.publicUrl, version })], {
        log,
        newId: randomUUID,
        trustedProxies: config.trustedProxies,
        publicUrl: config.publicUrl,
        partner: {
          authorise: (bearer, address) => authorisePartner(services, bearer, address),
          once: ({ brand, route, key, body }, run) =>
            idempotently(services, { brand, route, owner: 'partner', key, body }, run),
        },
      }),
      async applyPartnerFile(file) {
        const result = await applyPartnerFile({
          ...file,
          loopback,
          store,
          vault,
          clock,
          make: makers,
          fetchLogos: createLogoFetcher({ outbound: outbound.call, files: store.rows.brandFiles, clock }),
          confirm: async () => true,
          fixedCredentials,
        });
        if (result.outcome === 'refused')
          throw new Error(result.problems.map((one) => `${one.path} ${one.message}. ${one.fix}`).join('\n'));
        return result;
      },
      async close() {
        await loop.current?.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where vite put the widget: beside the built server, or below the clone's root when run from source. */
function builtWidget(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'dist/widget/loader.js'))) {
    if (folder === dirname(folder)) throw new ConfigError(['The widget is not built. Run: npm run build']);
    folder = dirname(folder);
  }
  return join(folder, 'dist/widget');
}

/** The demo's keys are printed in its documentation: a server that met them outside the demo would let anybody in as that brand. */
const DEMO_KEYS = new Set(['dcpub_test_skyline']);
const DEMO_API_KEYS = ['dck_demo_skyline'];

async function refuseDemoBrands({ rows }: Store): Promise<void> {
  const brand = (await rows.brands.list()).find((one) => DEMO_KEYS.has(one.publishableKey))?.code;
  const secrets = (await Promise.all(DEMO_API_KEYS.map((key) => rows.apiSecrets.byApiKey(key)))).flat();
  const code = brand ?? secrets[0]?.brand;
  if (code !== undefined)
    throw new ConfigError([
      `The database holds the demo's brand "${code}". Point DEPARTCART_DATABASE_URL at a database of your own.`,
    ]);
}

/** One adapter for each version of a brand's file, since an adapter keeps its sign-in. */
function gdsByBrand(parts: Omit<GdsParts<never>, 'settings'>): (brand: BrandSettings) => GdsPort {
  const made = new Map<string, { version: number; port: GdsPort }>();
  return (brand) => {
    const before = made.get(brand.code);
    if (before?.version === brand.version) return before.port;
    const port = makeGds(brand, parts);
    made.set(brand.code, { version: brand.version, port });
    return port;
  };
}

function makeGds({ gds }: BrandSettings, parts: Omit<GdsParts<never>, 'settings'>): GdsPort {
  const credential = (name: string) => gds.credentials[name]?.reveal() ?? '';
  if (gds.missing || gds.provider !== 'amadeus') {
    throw new DepartCartError(
      'gds_not_ready',
      gds.missing === 'credentials'
        ? 'The brand’s file holds placeholders in place of its GDS credentials. Fill them in and apply it.'
        : 'This version speaks no language of the brand’s GDS yet. Another GDS in the brand’s file, or a later version, ends this.',
    );
  }
  const settings: GdsSettings['amadeus'] = {
    apiKey: credential('api_key'),
    apiSecret: credential('api_secret'),
    officeId: gds.parameters['office_id'] ?? '',
    ...(gds.parameters['order_change_verb'] === 'POST' && { orderChangeVerb: 'POST' }),
    environment: gds.environment === 'production' ? 'live' : 'test',
    ...(credential('client_id') && { clientRef: credential('client_id') }),
    ...(gds.baseUrl && { baseUrl: gds.baseUrl }),
  };
  return gdsFactories.amadeus({ ...parts, settings });
}

/** One adapter for each version of a brand's file, as for the GDS; null where the brand charges nothing. */
function paymentsByBrand(parts: Omit<PaymentParts<never>, 'settings'>): (brand: BrandSettings) => PaymentPort | null {
  const made = new Map<string, { version: number; port: PaymentPort | null }>();
  return (brand) => {
    const before = made.get(brand.code);
    if (before?.version === brand.version) return before.port;
    const port = makePayments(brand, parts);
    made.set(brand.code, { version: brand.version, port });
    return port;
  };
}

/** What a page has to allow for the brand's gateway: in its place a test brand's stand-in, where it has one. */
const cspOf = ({ payment, mode }: BrandSettings) =>
  payment && gatewayCsp(payment.provider, mode === 'test' ? payment.baseUrl : undefined);

function makePayments(
  { payment, mode }: BrandSettings,
  parts: Omit<PaymentParts<never>, 'settings'>,
): PaymentPort | null {
  if (payment?.provider !== 'stripe') return null;
  const revealed = (name: string) => [payment.credentials[name] ?? []].flat().map((one) => one.reveal());
  const settings: PaymentSettings['stripe'] = {
    secretKey: revealed('secret_key')[0] ?? '',
    webhookSecrets: revealed('webhook_secret'),
    mode,
    ...(payment.baseUrl && { baseUrl: payment.baseUrl }),
  };
  return paymentFactories.stripe({ ...parts, settings });
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      const stop = () => {
        clearTimeout(timer);
        reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
