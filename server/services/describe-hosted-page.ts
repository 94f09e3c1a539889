import type { BrandSettings } from '../domain/brand.ts';
import type { GatewayCsp } from '../domain/ports/payments.ts';
import type { Store } from '../domain/ports/store.ts';
import type { BrandLook } from '../wire/panel.ts';
import { describeBrand } from './describe-brand.ts';

export interface HostedServices {
  store: Pick<Store, 'rows'>;
  brands: {
    byCode(code: string): Promise<BrandSettings | null>;
  };
  /** What a page must allow for the gateway that a brand charges by; null where it charges nothing. */
  cspOf(brand: BrandSettings): GatewayCsp | null;
}

export interface HostedPage {
  /** Whose form the page may show: the key's brand, else the only one there is. */
  brand: { key: string; look: BrandLook } | null;
  /** Of every brand, since an id does not say whose it is before it is opened. */
  gateways: GatewayCsp[];
}

/** What a hosted page is made of. It opens no id and asks no GDS: a mail scanner may fetch every link there is. */
export async function describeHostedPage(services: HostedServices, key: string): Promise<HostedPage> {
  const { store, brands, cspOf } = services;
  const rows = (await store.rows.brands.list()).filter(({ state }) => state === 'on');
  const all = (await Promise.all(rows.map(({ code }) => brands.byCode(code)))).filter((one) => one !== null);
  const asked = all.find(({ publishableKey }) => publishableKey === key) ?? (all.length === 1 ? all[0]! : null);
  return {
    brand: asked && { key: asked.publishableKey, look: describeBrand(asked) },
    gateways: all.map(cspOf).filter((one) => one !== null),
  };
}
