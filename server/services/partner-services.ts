import type { BrandSettings } from '../domain/brand.ts';
import type { ApiAccess, BearerTokens, EncryptedIds } from '../domain/ports/crypto.ts';
import type { PurchaseServices } from './purchase-services.ts';

/** What the partner's API works with, beside the panel's and the purchase's. */
export interface PartnerServices extends PurchaseServices {
  apiAccess: ApiAccess;
  bearerTokens: BearerTokens;
  encryptedIds: EncryptedIds;
  brands: PurchaseServices['brands'] & {
    /** Those whose partners made links themselves. */
    withLegacyIds(): Promise<BrandSettings[]>;
  };
}
