import { describe, expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from '../../../../server/payments/stripe/map.ts';

describe('amounts at Stripe', () => {
  it.each([
    ['EUR', 1250, 1250, 'hundredths'],
    ['JPY', 1250, 1250, 'none, as everywhere'],
    ['ISK', 1250, 125000, 'none here, two there'],
    ['UGX', 1250, 125000, 'none here, two there'],
    ['MGA', 125000, 1250, 'two here, none there'],
    ['KWD', 1250, 1250, 'thousandths, the last being 0'],
    ['HUF', 1250, 1250, 'hundredths'],
  ])('%s: %i of ours are %i of theirs (%s)', (currency, ours, theirs) => {
    expect(toStripeAmount(ours, currency)).toBe(theirs);
    expect(fromStripeAmount(theirs, currency.toLowerCase())).toBe(ours);
  });

  it.each([
    ['KWD', 1255, 'three decimals, the last not 0'],
    ['MGA', 125050, 'a part of a unit'],
    ['LYD', 1250, 'a currency that Stripe does not take'],
    ['eur', 1250, 'no code of ours'],
    ['', 1250, 'none'],
  ])('%s: %i cannot be said: %s', (currency, ours) => {
    expect(toStripeAmount(ours, currency)).toBeNull();
  });
});
