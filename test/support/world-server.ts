import { createKeyring } from '../../server/crypto/keyring.ts';
import { createPanelTokens } from '../../server/crypto/panel-token.ts';
import { createVault } from '../../server/crypto/vault.ts';
import type { BrandSettings } from '../../server/domain/brand.ts';
import type { Clock } from '../../server/domain/ports/clock.ts';
import type { GdsPort } from '../../server/domain/ports/gds.ts';
import type { Log } from '../../server/domain/ports/log.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { deliveriesFor } from '../../server/domain/webhook.ts';
import { bookingKey } from '../../server/services/read-booking.ts';
import { confirmPayment } from '../../server/services/confirm-payment.ts';
import { hearReturn, leavePurchase, showPurchase } from '../../server/services/follow-purchase.ts';
import { keepSelection } from '../../server/services/keep-selection.ts';
import { mintToken } from '../../server/services/panel-session.ts';
import type { PurchaseServices } from '../../server/services/purchase-services.ts';
import { receiveCallback } from '../../server/services/receive-callback.ts';
import { readSelection } from '../../server/services/selection-row.ts';
import { startPurchase } from '../../server/services/start-purchase.ts';
import type { GatewayCallback, PaymentPort } from '../../server/domain/ports/payments.ts';
import type * as wire from '../../server/wire/panel.ts';
import { gatewayPort, objectRef, type Gateway } from './world-gateway.ts';
import { gdsPort, SEGMENT, type Gds } from './world-gds.ts';
import { goodLine, type Line } from './world.ts';

export const masterKeys = [{ id: 'test', key: Buffer.alloc(32, 7) }];

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface WorldServerOptions {
  store: Store;
  gateway: Gateway;
  gds: Gds;
  line?: Line;
  brand?: string;
  mode?: 'manual' | 'automatic';
  /** Paid seats are to have a document. */
  emd?: boolean;
  log?: Log;
  /** Tells the ids of two servers on one database apart. */
  server?: string;
}

/** The real services over a small world: everything but the vendors is what the server runs. */
export function worldServices(options: WorldServerOptions): PurchaseServices {
  const { gateway, gds, line = goodLine } = options;
  return servicesOver({
    ...options,
    clock: gateway.world.clock,
    ids: `${gds.locator}${options.server ?? 'A'}`,
    gds: gdsPort(gds, line),
    payments: gatewayPort(gateway, line),
  });
}

export interface ServicesOptions extends Pick<WorldServerOptions, 'store' | 'brand' | 'mode' | 'emd' | 'log'> {
  clock: Clock;
  /** What this server's ids begin with. */
  ids: string;
  gds: GdsPort;
  payments: PaymentPort;
}

/** The real services over any vendors. */
export function servicesOver(options: ServicesOptions): PurchaseServices {
  const { store, clock, ids, gds, payments } = options;
  const brand = brandOf(options);
  const keyring = createKeyring({ keys: store.rows.keys, masterKeys, clock });
  let ulids = 0;
  return {
    store,
    vault: createVault(keyring),
    tokens: createPanelTokens({ keyring, clock }),
    clock,
    log: options.log ?? silent,
    places: { cityOf: () => undefined, zoneOf: () => 'Europe/London' },
    brands: { byKey: () => Promise.resolve(brand), byCode: () => Promise.resolve(brand) },
    gdsOf: () => gds,
    paymentsOf: () => payments,
    deliveriesOf: (_brand, events) => deliveriesFor(events, [{ id: 'endpoint', events: null }]),
    newUlid: () => `${ids}${String(++ulids).padStart(26 - ids.length, '0')}`,
    wake: () => {},
    publicUrl: 'https://departcart.test',
  };
}

const brandOf = (options: Pick<WorldServerOptions, 'brand' | 'mode' | 'emd'>): BrandSettings => ({
  code: options.brand ?? 'skyline',
  version: 1,
  mode: 'test',
  disabled: false,
  name: 'Skyline',
  publishableKey: 'dcpub_test_world',
  origins: ['https://www.skyline.test'],
  look: { primary: '#000000', accents: [] },
  logos: {},
  gds: {
    provider: 'amadeus',
    environment: 'test',
    credentials: {},
    parameters: {},
    rateLimits: {},
    emd: options.emd ?? false,
  },
  payment: { provider: 'stripe', mode: options.mode ?? 'manual', credentials: {}, publishableKey: '', methods: [] },
  webhooks: [],
  sales: { closeHours: 1 },
  currencies: ['EUR'],
  legal: {},
  panel: {},
});

/** A traveller with the panel open. */
export class WorldTraveller {
  constructor(
    readonly services: PurchaseServices,
    readonly gds: Pick<Gds, 'locator' | 'lastName'>,
    readonly brand = 'skyline',
  ) {}

  async #session(): Promise<{ token: string; origin: null }> {
    const { locator: recordLocator, lastName } = this.gds;
    return {
      token: await mintToken(this.services, { brand: this.brand, recordLocator, lastName, origin: null }),
      origin: null,
    };
  }

  async key() {
    return bookingKey(this.services, (await this.services.brands.byCode(this.brand))!, this.gds.locator);
  }

  /** @param seats by traveller: the designator */
  async choose(seats: Readonly<Record<string, string>>): Promise<number> {
    return this.choosePicks(
      Object.entries(seats).map(([traveller, designator]) => ({ traveller, segment: SEGMENT, designator })),
    );
  }

  async choosePicks(picks: wire.Pick[]): Promise<number> {
    const { version } = await readSelection(this.services, await this.key());
    return (await keepSelection(this.services, { ...(await this.#session()), version, picks })).selection.version;
  }

  async show(): Promise<wire.Purchase> {
    return showPurchase(this.services, await this.#session());
  }

  async start(selectionVersion: number): Promise<wire.Purchase> {
    return startPurchase(this.services, { ...(await this.#session()), selectionVersion });
  }

  async pay(quote: number): Promise<wire.Purchase> {
    return confirmPayment(this.services, { ...(await this.#session()), quote });
  }

  async returned(payment: string): Promise<wire.Purchase> {
    return hearReturn(this.services, { ...(await this.#session()), payment, said: 'submitted' });
  }

  async leave(): Promise<wire.Purchase> {
    return leavePurchase(this.services, await this.#session());
  }

  /** Not the traveller: the gateway tells that a payment changed. */
  async callback(payment: string, eventId: string): Promise<void> {
    const said: GatewayCallback = { eventId, gatewayRef: objectRef(payment), live: false };
    await this.callbackSent(Buffer.from(JSON.stringify(said)), {});
  }

  /** The same, as it comes over the wire. */
  async callbackSent(raw: Uint8Array, headers: Record<string, string>): Promise<void> {
    await receiveCallback(this.services, { gateway: 'stripe', brand: this.brand, raw, headers });
  }
}
