import type { Clock } from '../domain/ports/clock.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Outbound } from '../domain/ports/outbound.ts';
import type { PaymentPort } from '../domain/ports/payments.ts';
import { createStripe } from './stripe/adapter.ts';
import type { StripeSettings } from './stripe/client.ts';

/** The settings of each gateway that there is an adapter for. A new one is a line here and one below. */
export interface PaymentSettings {
  stripe: StripeSettings;
}

export type PaymentCode = keyof PaymentSettings;

/** What every adapter is given. */
export interface PaymentParts<Settings> {
  outbound: Outbound;
  clock: Clock;
  log?: Log;
  settings: Settings;
}

/** Gateway code → factory. An adapter keeps its client, so one is made per version of a brand and kept. */
export const paymentFactories: {
  readonly [Code in PaymentCode]: (parts: PaymentParts<PaymentSettings[Code]>) => PaymentPort;
} = {
  stripe: createStripe,
};
