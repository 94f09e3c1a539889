import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, minorDigits, parseAmount } from '../../../server/domain/money.ts';

describe('money', () => {
  it.each([
    ['12.50', 'EUR', 1250],
    ['0.00', 'EUR', 0],
    ['1200', 'JPY', 1200],
    ['1200.00', 'JPY', 1200],
    ['0.5', 'KWD', 500],
    ['85.77', 'EUR', 8577],
  ])('reads %s %s as %i minor units', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    ['12.505', 'EUR'],
    ['12.5', 'JPY'],
    ['-1.00', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['1,50', 'EUR'],
    ['9999999999999', 'EUR'],
  ])('refuses %s %s: it could only be charged by guessing', (text, currency) => {
    expect(parseAmount(text, currency)).toBeNull();
  });

  it('writes what it reads, in every kind of currency', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (amountMinor, currency) => {
        const text = formatAmount({ amountMinor, currency });
        expect(parseAmount(text, currency)).toBe(amountMinor);
        expect(text.split('.')[1]?.length ?? 0).toBe(minorDigits(currency));
      }),
    );
  });
});
