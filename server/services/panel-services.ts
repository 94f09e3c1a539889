import type { BrandSettings } from '../domain/brand.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { PanelTokens, Vault } from '../domain/ports/crypto.ts';
import type { GdsPort } from '../domain/ports/gds.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Places } from '../domain/ports/places.ts';
import type { Store } from '../domain/ports/store.ts';

/** What the panel's services work with; compose.ts makes it once. */
export interface PanelServices {
  store: Store;
  vault: Vault;
  tokens: PanelTokens;
  clock: Clock;
  log: Log;
  places: Places;
  brands: {
    byKey(publishableKey: string): Promise<BrandSettings | null>;
    byCode(code: string): Promise<BrandSettings | null>;
  };
  /** The adapter for a brand's GDS and credentials; one per brand version, since it holds a token. */
  gdsOf(brand: BrandSettings): GdsPort;
}
