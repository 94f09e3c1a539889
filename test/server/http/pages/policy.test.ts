import { describe, expect, it } from 'vitest';
import { hostedPolicy, sourcesFor } from '../../../../server/http/pages/policy.ts';
import { gatewayCsp } from '../../../../server/payments/registry.ts';

const stripe = gatewayCsp('stripe')!;
const standIn = gatewayCsp('stripe', 'http://localhost:8082/stripe')!;

describe('the policy of a hosted page', () => {
  it('allows Stripe’s hosts, and asks for no Trusted Types where Stripe’s loader stands', () => {
    const policy = hostedPolicy([stripe, stripe]);
    expect(policy).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
    expect(policy).toContain('frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;');
    expect(policy).toContain("connect-src 'self' https://api.stripe.com;");
    expect(policy).not.toMatch(/trusted-types|unsafe|http:|\*[ ;]/);
  });

  it('allows a stand-in in its place, not beside it', () => {
    const policy = hostedPolicy([standIn]);
    expect(policy).not.toContain('stripe.com');
    expect(policy).toContain("script-src 'self' http://localhost:8082;");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types departcart");
  });

  it('allows both where brands have both', () => {
    expect(sourcesFor("'self'", [stripe, standIn])['connect-src']).toEqual([
      "'self'",
      'https://api.stripe.com',
      'http://localhost:8082',
    ]);
  });

  it('frames nothing where nothing is charged', () => {
    expect(hostedPolicy([])).not.toContain('frame-src');
    expect(hostedPolicy([])).toContain("default-src 'none'");
  });

  it('is made of what a partner pastes, with our origin in place of its own', () => {
    expect(sourcesFor('https://seats.example.com', [stripe])).toEqual({
      'script-src': ['https://seats.example.com', 'https://js.stripe.com', 'https://*.js.stripe.com'],
      'connect-src': ['https://seats.example.com', 'https://api.stripe.com'],
      'img-src': ['https://seats.example.com', 'data:', 'https://*.stripe.com'],
      'frame-src': ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
    });
  });
});

describe('a gateway without an adapter', () => {
  it('needs nothing', () => expect(gatewayCsp('constructor')).toBeNull());
});
