import type { Clock } from '../domain/ports/clock.ts';
import type { Log } from '../domain/ports/log.ts';
import type { Outbound } from '../domain/ports/outbound.ts';
import type { GatewayCsp, PaymentPort } from '../domain/ports/payments.ts';
import { createStripe } from './stripe/adapter.ts';
import type { StripeSettings } from './stripe/client.ts';
import { stripeCsp } from './stripe/csp.ts';

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

const policies: { readonly [Code in PaymentCode]: (standIn?: string) => GatewayCsp } = { stripe: stripeCsp };

/**
 * What a page must allow for a gateway; null: there is no adapter for it.
 * @param standIn of a test brand whose gateway is one: its `base_url`
 */
export const gatewayCsp = (gateway: string, standIn?: string): GatewayCsp | null =>
  Object.hasOwn(policies, gateway) ? policies[gateway as PaymentCode](standIn) : null;
