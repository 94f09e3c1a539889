import { Refused } from './errors.ts';

/** Why a bank refuses. `code` and `declineCode` are the vendor's. */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  advice: 'try_again_later' | 'do_not_try_again' | 'confirm_card_data';
}

/** What a card does when it is charged. */
export interface CardBehaviour {
  brand: 'visa' | 'mastercard' | 'amex' | 'discover' | 'jcb';
  /** The bank asks its customer first. */
  challenge?: true;
  decline?: Decline;
  /** Its holder disputes what was captured. */
  dispute?: true;
}

export interface CardData {
  number: string;
  expMonth: number;
  expYear: number;
  cvc?: string | undefined;
}

const DECLINED = 'Your card was declined.';
const decline = (
  code: string,
  declineCode: string,
  message = DECLINED,
  advice: Decline['advice'] = 'try_again_later',
): Decline => ({ code, declineCode, message, advice });

const GENERIC = decline('card_declined', 'generic_decline');

/** The vendor's published test numbers. */
export const testCards: Record<string, CardBehaviour> = {
  '4242424242424242': { brand: 'visa' },
  '4000056655665556': { brand: 'visa' },
  '5555555555554444': { brand: 'mastercard' },
  '2223003122003222': { brand: 'mastercard' },
  '378282246310005': { brand: 'amex' },
  '6011111111111117': { brand: 'discover' },
  '3566002020360505': { brand: 'jcb' },
  '4000000000000002': { brand: 'visa', decline: GENERIC },
  '4000000000009995': {
    brand: 'visa',
    decline: decline('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  },
  '4000000000009987': { brand: 'visa', decline: decline('card_declined', 'lost_card', DECLINED, 'do_not_try_again') },
  '4000000000009979': { brand: 'visa', decline: decline('card_declined', 'stolen_card', DECLINED, 'do_not_try_again') },
  '4000000000000069': {
    brand: 'visa',
    decline: decline('expired_card', 'expired_card', 'Your card has expired.', 'confirm_card_data'),
  },
  '4000000000000127': {
    brand: 'visa',
    decline: decline('incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect.", 'confirm_card_data'),
  },
  '4000000000000119': {
    brand: 'visa',
    decline: decline(
      'processing_error',
      'processing_error',
      'An error occurred while processing your card. Try again in a little bit.',
    ),
  },
  '4000000000000341': { brand: 'visa', decline: GENERIC },
  '4000000000000259': { brand: 'visa', dispute: true },
  '4000002500003155': { brand: 'visa', challenge: true },
  '4000002760003184': { brand: 'visa', challenge: true },
  '4000008400001629': { brand: 'visa', challenge: true, decline: GENERIC },
};

/** The vendor's names for test cards, usable where no number may be sent: `pm_card_visa`. */
export const namedTestCards: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_createDispute: '4000000000000259',
};

/**
 * Looks a number up. A number that could be a real card's is declined, as the vendor's test mode does.
 *
 * @param now milliseconds since the epoch, to tell a card that has expired
 * @throws Refused for data that no card can have
 */
export function readCard({ number, expMonth, expYear, cvc }: CardData, now: number): CardBehaviour {
  const digits = number.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) {
    throw wrongCard('incorrect_number', 'number', 'Your card number is incorrect.');
  }
  if (expMonth < 1 || expMonth > 12) {
    throw wrongCard('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.");
  }
  const year = expYear < 100 ? 2000 + expYear : expYear;
  if (Date.UTC(year, expMonth) <= now || year > new Date(now).getUTCFullYear() + 50) {
    throw wrongCard('invalid_expiry_year', 'exp_year', "Your card's expiration year is invalid.");
  }
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
    throw wrongCard('invalid_cvc', 'cvc', "Your card's security code is invalid.");
  }
  const known = testCards[digits];
  if (known) return known;
  const message =
    'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.';
  return { brand: 'visa', decline: decline('card_declined', 'test_mode_live_card', message, 'do_not_try_again') };
}

function wrongCard(code: string, field: string, message: string): Refused {
  return new Refused(402, { type: 'card_error', code, param: `payment_method_data[card][${field}]`, message });
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
