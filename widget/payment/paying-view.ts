import type { Purchase, PurchaseItem } from '../../server/wire/panel.ts';
import type { PaymentSpeech } from '../messages/payment-words.ts';
import type { PanelState } from '../state/panel-model.ts';
import type { Paying } from '../state/paying.ts';
import type { Asked } from '../state/requests.ts';

/** What the pages of a purchase are drawn from. */
export interface PayingView {
  state: PanelState;
  paying: Paying;
  speech: PaymentSpeech;
  /** Level of the headings below the title. */
  level: number;
  ask: (request: Asked) => void;
}

export const isConfirmed = ({ state }: PurchaseItem): boolean => state === 'confirmed';
export const isPending = ({ state }: PurchaseItem): boolean => state === 'pending';
export const sumOf = (items: readonly PurchaseItem[]): number => items.reduce((sum, { price }) => sum + price, 0);

/** What was paid in the end; an older charge that is on its way back counts as paid until it is back. */
export const chargedOf = ({ charged, total }: Purchase): number => charged ?? total;

/** "4C and 4B". */
export const seatsText = (items: readonly { designator: string }[], { list }: PaymentSpeech): string =>
  list(items.map(({ designator }) => designator));

export const picksOf = (items: readonly PurchaseItem[]) => items.map(({ pick }) => pick);

/** The purchase's end of time on the reader's clock. */
export const deadline = (purchase: Purchase | null, speech: PaymentSpeech): string | null =>
  purchase?.expires_at ? speech.time(purchase.expires_at) : null;
