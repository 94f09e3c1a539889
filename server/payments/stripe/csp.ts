import type { GatewayCsp } from '../../domain/ports/payments.ts';

/**
 * Stripe's security guide. Not for Trusted Types: the loader of its script writes the address as plain text.
 * @param standIn mode test only: where `base_url` of the brand's file leads, whose script and field are in Stripe's place
 */
export function stripeCsp(standIn?: string): GatewayCsp {
  if (standIn) {
    const origin = new URL(standIn).origin;
    return { script: [origin], connect: [origin], frame: [origin], img: [], trustedTypes: true };
  }
  return {
    script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
    connect: ['https://api.stripe.com'],
    frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
    img: ['https://*.stripe.com'],
    trustedTypes: false,
  };
}
