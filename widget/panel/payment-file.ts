import type * as paymentStep from '../payment/payment-step.ts';
import { fetchFile } from './fetch-file.ts';

export type PaymentStep = typeof paymentStep;

/** The file's address for another try; put in by vite.config.ts. */
declare const __PAYMENT_STEP_AGAIN__: string;

let step: PaymentStep | null = null;
let wasAsked = false;

/** The panel's third file, once it is there. */
export const paymentFile = (): PaymentStep | null => step;

/** Fetches it; null: it did not come. Asked again it tries again. */
export async function fetchPaymentFile(signal: AbortSignal): Promise<PaymentStep | null> {
  const isFirst = !wasAsked;
  wasAsked = true;
  const file = await fetchFile<PaymentStep>(
    () => import('../payment/payment-step.ts'),
    (address) => import(/* @vite-ignore */ address),
    () => __PAYMENT_STEP_AGAIN__,
    signal,
    isFirst,
  );
  // Another panel's may have come meanwhile, though this one did not.
  return (step ??= file);
}
