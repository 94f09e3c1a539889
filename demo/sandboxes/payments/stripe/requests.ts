import { namedTestCards, readCard, testCards } from './cards.ts';
import { invalid, Refused } from './errors.ts';
import type { Caller } from './keys.ts';
import type { Ledger, NewIntent } from './ledger.ts';
import type { Parameters } from './parameters.ts';
import type { PaymentMethod } from './records.ts';

const CAPTURE_METHODS = ['automatic', 'automatic_async', 'manual'] as const;
const SECURE = ['any', 'automatic', 'challenge'] as const;
const REFUND_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;
const CANCEL_REASONS = [...REFUND_REASONS, 'abandoned'] as const;
const SUFFIX_LENGTH = 22;
const MIN_AMOUNT = 50;
const MAX_AMOUNT = 99_999_999;

const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** `POST /v1/payment_intents` */
export function readNewIntent(parameters: Parameters): NewIntent {
  const amount = readAmount(parameters.need('amount', parameters.integer('amount')));
  const currency = readCurrency(parameters.need('currency', parameters.text('currency')));
  const automaticMethods = parameters.inner('automatic_payment_methods', (inner) => ({
    enabled: inner.need('enabled', inner.flag('enabled')),
    allow_redirects: inner.oneOf('allow_redirects', ['always', 'never']) ?? 'always',
  }));
  const allowedTypes = readTypes(parameters, 'allowed_payment_method_types');
  if (allowedTypes && automaticMethods?.enabled) {
    const message =
      'You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types.';
    throw invalid(message, { param: 'automatic_payment_methods' });
  }
  const metadata = parameters.metadata() || {};
  return {
    amount,
    currency,
    captureMethod: parameters.oneOf('capture_method', CAPTURE_METHODS) ?? 'automatic_async',
    allowedTypes: allowedTypes ?? null,
    excludedTypes: readTypes(parameters, 'excluded_payment_method_types') ?? null,
    automaticMethods: automaticMethods ?? (allowedTypes ? null : { enabled: true, allow_redirects: 'always' }),
    threeDSecure: readThreeDSecure(parameters),
    metadata: withoutEmpty(metadata),
    ...readTexts(parameters),
  };
}

/** `POST /v1/payment_intents/{id}` */
export function readIntentChanges(parameters: Parameters, standing: Record<string, string>): Partial<NewIntent> {
  const amount = parameters.integer('amount');
  const metadata = parameters.metadata();
  const { description, receiptEmail, statementSuffix, transferGroup } = readTexts(parameters);
  return {
    ...(amount !== undefined && { amount: readAmount(amount) }),
    ...(metadata !== undefined && { metadata: metadata === '' ? {} : withoutEmpty({ ...standing, ...metadata }) }),
    ...(description !== null && { description }),
    ...(receiptEmail !== null && { receiptEmail }),
    ...(statementSuffix !== null && { statementSuffix }),
    ...(transferGroup !== null && { transferGroup }),
  };
}

/**
 * `POST /v1/payment_intents/{id}/confirm`: with which card. Only the vendor's own field may send a card's number.
 *
 * @param now milliseconds since the epoch
 */
export function readConfirmation(
  parameters: Parameters,
  caller: Caller,
  ledger: Ledger,
  now: number,
): () => PaymentMethod {
  parameters.ignore('use_stripe_sdk', 'return_url');
  const named = parameters.text('payment_method');
  const card = parameters.inner('payment_method_data', (data) => {
    const type = data.need('type', data.oneOf('type', ['card']));
    return data.need(
      type,
      data.inner('card', (inner) => ({
        number: inner.need('number', inner.text('number', 40)),
        expMonth: inner.need('exp_month', inner.integer('exp_month')),
        expYear: inner.need('exp_year', inner.integer('exp_year')),
        cvc: inner.text('cvc', 10),
      })),
    );
  });
  if (card && caller === 'server') {
    const message =
      'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing.';
    throw new Refused(402, { type: 'card_error', message });
  }
  if (card) {
    return () => {
      const { expMonth, expYear } = card;
      const last4 = card.number.replaceAll(/\D/g, '').slice(-4);
      return ledger.keepMethod(readCard(card, now), last4, expMonth, expYear < 100 ? 2000 + expYear : expYear);
    };
  }
  if (named === undefined) {
    const message =
      'You cannot confirm this PaymentIntent because it’s missing a payment method. Provide a `payment_method` or `payment_method_data`.';
    throw invalid(message, { code: 'parameter_missing', param: 'payment_method' });
  }
  const number = namedTestCards[named];
  if (number === undefined) {
    throw invalid(`No such PaymentMethod: '${named}'`, { code: 'resource_missing', param: 'payment_method' });
  }
  return () => ledger.keepMethod(testCards[number]!, number.slice(-4), 12, new Date(now).getUTCFullYear() + 4);
}

/** `POST /v1/payment_intents/{id}/capture` */
export function readCapture(parameters: Parameters): number | undefined {
  const amount = parameters.integer('amount_to_capture');
  if (amount !== undefined && amount < 1) {
    const param = 'amount_to_capture';
    throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param });
  }
  parameters.flag('final_capture');
  return amount;
}

/** `POST /v1/payment_intents/{id}/cancel` */
export const readCancellation = (parameters: Parameters): string | null =>
  parameters.oneOf('cancellation_reason', CANCEL_REASONS) ?? null;

/** `POST /v1/refunds`: of a payment intent or a charge. */
export function readRefund(parameters: Parameters) {
  const intent = parameters.text('payment_intent');
  const charge = parameters.text('charge');
  const amount = parameters.integer('amount');
  if (intent === undefined && charge === undefined) {
    const message = 'One of the following params should be provided for this request: payment_intent or charge.';
    throw invalid(message, { code: 'parameter_missing' });
  }
  if (amount !== undefined && amount < 1) {
    throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  }
  const reason = parameters.oneOf('reason', REFUND_REASONS) ?? null;
  return { intent, charge, amount, reason, metadata: withoutEmpty(parameters.metadata() || {}) };
}

function readAmount(amount: number): number {
  if (amount < 0) throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param: 'amount' });
  if (amount < MIN_AMOUNT) {
    const message =
      'Amount must convert to at least 50 cents. The minimum for a payment depends on its currency: see https://stripe.com/docs/currencies#minimum-and-maximum-charge-amounts.';
    throw invalid(message, { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > MAX_AMOUNT) {
    throw invalid('Amount must be no more than 999,999.99', { code: 'amount_too_large', param: 'amount' });
  }
  return amount;
}

function readCurrency(text: string): string {
  const currency = text.toLowerCase();
  if (currencies.has(currency)) return currency;
  throw invalid(`Invalid currency: ${text}.`, { param: 'currency' });
}

function readTypes(parameters: Parameters, name: string): string[] | undefined {
  const types = parameters.list(name);
  const strange = types?.find((type) => type !== 'card');
  if (strange === undefined) return types;
  const message = `The payment method type "${strange}" is invalid. Please ensure the provided type is activated in your dashboard and your account is enabled for any preview features that you are trying to use.`;
  throw invalid(message, { code: 'payment_intent_invalid_parameter', param: name });
}

function readThreeDSecure(parameters: Parameters): NewIntent['threeDSecure'] {
  const options = parameters.inner('payment_method_options', (inner) =>
    inner.inner('card', (card) => card.oneOf('request_three_d_secure', SECURE)),
  );
  return options ?? 'automatic';
}

function readTexts(parameters: Parameters) {
  if (parameters.text('statement_descriptor') !== undefined) {
    const message =
      'The `statement_descriptor` parameter is not supported for cards. Please use `statement_descriptor_suffix` instead.';
    throw invalid(message, { param: 'statement_descriptor' });
  }
  return {
    description: parameters.text('description', 1000) ?? null,
    receiptEmail: parameters.text('receipt_email', 512) ?? null,
    statementSuffix: parameters.text('statement_descriptor_suffix', SUFFIX_LENGTH) ?? null,
    transferGroup: parameters.text('transfer_group', 100) ?? null,
  };
}

const withoutEmpty = (metadata: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== ''));
