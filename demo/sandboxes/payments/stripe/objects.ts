import type { Charge, Dispute, Intent, IntentError, PaymentMethod, Refund } from './records.ts';
import { goodCharge, refundedOf } from './records.ts';

/** The API version that this stand-in speaks. */
export const API_VERSION = '2026-10-28.endive';

export type Wire = Record<string, unknown>;

export function describeIntent(intent: Intent): Wire {
  const charge = goodCharge(intent);
  const { status, allowedTypes, challenge } = intent;
  return {
    id: intent.id,
    object: 'payment_intent',
    allowed_payment_method_types: allowedTypes,
    amount: intent.amount,
    amount_capturable: status === 'requires_capture' ? intent.amount : 0,
    amount_details: { tip: {} },
    amount_received: charge?.captured ?? 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: intent.automaticMethods,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancellationReason,
    capture_method: intent.captureMethod,
    client_secret: intent.clientSecret,
    confirmation_method: 'automatic',
    created: intent.created,
    currency: intent.currency,
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: intent.excludedTypes,
    last_payment_error: intent.lastError ? describeIntentError(intent.lastError) : null,
    latest_charge: intent.charges.at(-1)?.id ?? null,
    livemode: false,
    managed_payments: null,
    metadata: { ...intent.metadata },
    next_action:
      status === 'requires_action' && challenge
        ? {
            type: 'use_stripe_sdk',
            // The bank's page, seen from the browser script.
            use_stripe_sdk: {
              type: 'three_d_secure_redirect',
              source: challenge,
              stripe_js: `challenge?source=${challenge}`,
            },
          }
        : null,
    on_behalf_of: null,
    payment_method: intent.method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: intent.threeDSecure,
      },
    },
    payment_method_types: allowedTypes ?? ['card'],
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statementSuffix,
    status,
    transfer_data: null,
    transfer_group: intent.transferGroup,
  };
}

const FOR_BROWSERS =
  `id object amount automatic_payment_methods canceled_at cancellation_reason capture_method client_secret
  confirmation_method created currency description last_payment_error livemode next_action payment_method payment_method_types
  processing receipt_email setup_future_usage shipping source status`.split(/\s+/);

/** What a publishable key may see: no metadata, no charge. */
export function forBrowser(intent: Wire): Wire {
  return Object.fromEntries(FOR_BROWSERS.map((name) => [name, intent[name]]));
}

export function describeIntentError(error: IntentError): Wire {
  return {
    type: error.type,
    code: error.code,
    message: error.message,
    doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`,
    ...(error.declineCode && { decline_code: error.declineCode }),
    ...(error.advice && { advice_code: error.advice }),
    ...(error.charge && { charge: error.charge }),
    ...(error.method && { payment_method: describeMethod(error.method) }),
  };
}

export function describeMethod({ id, created, behaviour, last4, expMonth, expYear }: PaymentMethod): Wire {
  return {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: NO_BILLING,
    card: {
      brand: behaviour.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: behaviour.brand,
      exp_month: expMonth,
      exp_year: expYear,
      fingerprint: `sandbox${last4}`,
      funding: 'credit',
      last4,
      networks: { available: [behaviour.brand], preferred: null },
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

export function describeCharge(charge: Charge): Wire {
  const { intent, method, decline } = charge;
  const refunded = refundedOf(charge);
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: charge.captured,
    amount_refunded: refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: charge.captured > 0 ? charge.id.replace('ch_', 'txn_') : null,
    billing_details: NO_BILLING,
    calculated_statement_descriptor: 'SKYLINEAIR',
    captured: charge.captured > 0,
    created: charge.created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: charge.dispute !== undefined,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: describeOutcome(charge),
    paid: charge.status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: describeCardOfCharge(charge), type: 'card' },
    receipt_email: intent.receiptEmail,
    receipt_number: null,
    receipt_url: null,
    refunded: charge.captured > 0 && refunded === charge.captured,
    review: null,
    shipping: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statementSuffix,
    status: charge.status,
    transfer_data: null,
    transfer_group: intent.transferGroup,
  };
}

function describeOutcome({ decline }: Charge): Wire {
  return {
    advice_code: decline?.advice ?? null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: decline ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  };
}

function describeCardOfCharge({ amount, method, captureBefore, captured, status, authenticated }: Charge): Wire {
  const { behaviour, last4, expMonth, expYear } = method;
  return {
    amount_authorized: status === 'succeeded' ? amount : 0,
    authorization_code: null,
    brand: behaviour.brand,
    ...(status === 'succeeded' && captured === 0 && { capture_before: captureBefore }),
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    exp_month: expMonth,
    exp_year: expYear,
    extended_authorization: { status: 'disabled' },
    fingerprint: `sandbox${last4}`,
    funding: 'credit',
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: behaviour.brand,
    network_token: { used: false },
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: authenticated
      ? { authentication_flow: 'challenge', result: 'authenticated', result_reason: null, version: '2.2.0' }
      : null,
    wallet: null,
  };
}

export function describeRefund({ id, charge, created, amount, reason, metadata }: Refund): Wire {
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: id.replace('re_', 'txn_'),
    charge: charge.id,
    created,
    currency: charge.intent.currency,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: { ...metadata },
    payment_intent: charge.intent.id,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

export function describeDispute({ id, charge, created, amount, dueBy }: Dispute): Wire {
  const { brand } = charge.method.behaviour;
  return {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.intent.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.intent.id,
    payment_method_details: {
      card: { brand, case_type: 'chargeback', network: brand, network_reason_code: '10.4' },
      type: 'card',
    },
    reason: 'fraudulent',
    status: 'needs_response',
  };
}

const NO_BILLING = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};
