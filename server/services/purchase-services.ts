import type { BrandSettings } from '../domain/brand.ts';
import type { PaymentPort } from '../domain/ports/payments.ts';
import type { DeliveryRow, EventRow } from '../domain/ports/store.ts';
import type { PanelServices } from './panel-services.ts';

/** What the purchase's services work with, beside the panel's. */
export interface PurchaseServices extends PanelServices {
  /** The adapter for a brand's gateway and credentials; null: this brand takes no payment. */
  paymentsOf(brand: BrandSettings): PaymentPort | null;
  /** Which endpoints hear of these events: rows of the same commit. */
  deliveriesOf(brand: BrandSettings, events: readonly EventRow[]): DeliveryRow[];
  /** A ULID: time-ordered, unguessable. */
  newUlid(): string;
  /** Tells this process's runner that something is due now. */
  wake(): void;
  /** What absolute links start with. */
  publicUrl: string;
}
