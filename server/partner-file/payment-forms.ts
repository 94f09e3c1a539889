import { z } from 'zod';
import { credential, currency, link } from './words.ts';

/** The fields of every form, as far as the server reads them. */
export interface PaymentSection {
  provider?: string | undefined;
  environment?: string | undefined;
  credentials?: Record<string, string | string[]> | undefined;
  settings?:
    | {
        currency?: string | string[] | undefined;
        capture_method?: 'automatic' | 'manual' | undefined;
        payment_methods?: string[] | undefined;
        fraud_rules?: object | undefined;
      }
    | undefined;
  base_url?: string | undefined;
}

interface PaymentForm {
  schema: z.ZodObject;
  built: boolean;
  /** The credential that the browser gets; the others never leave the server. */
  publishable: string;
  secrets: readonly string[];
  /** Fields whose text begins with these in mode test and in mode live. */
  keys: Readonly<Record<string, { test: RegExp; live: RegExp }>>;
}

const currencies = z
  .union([currency, z.array(currency).min(1).max(50)])
  .optional()
  .describe('a currency code, like EUR, or a list of them');

const key = (prefix: RegExp, wanted: string) =>
  credential
    .regex(prefix, 'is another kind of key')
    .describe(`${wanted}, in quotes, or \${NAME} of an environment variable`);
const webhookSecret = key(/^whsec_/, "your webhook endpoint's secret, which begins with whsec_");

const stripe = z.strictObject({
  provider: z.literal('stripe'),
  environment: z.enum(['test', 'production']).describe('"test" with mode test, "production" with mode live'),
  credentials: z
    .strictObject({
      publishable_key: key(/^pk_(test|live)_/, 'your publishable key, which begins with pk_'),
      secret_key: key(/^[sr]k_(test|live)_/, 'your secret or restricted key, which begins with sk_ or rk_'),
      webhook_secret: z
        .union([webhookSecret, z.array(webhookSecret).min(1).max(3)])
        .describe(
          "your webhook endpoint's secret, which begins with whsec_, or a list of them while one replaces the other",
        ),
    })
    .describe('publishable_key, secret_key and webhook_secret'),
  settings: z
    .strictObject({
      currency: currencies,
      capture_method: z.enum(['automatic', 'manual']).optional().describe('"manual" or "automatic"'),
      payment_methods: z
        .array(z.enum(['card', 'apple_pay', 'google_pay']).describe('one of card, apple_pay, google_pay'))
        .min(1)
        .max(10)
        .optional()
        .describe('a list out of card, apple_pay, google_pay'),
      fraud_rules: z.looseObject({}).optional().describe('a section'),
    })
    .optional()
    .describe('currency, capture_method, payment_methods, fraud_rules'),
  base_url: link.optional().describe('a URL that calls go to instead of the gateway, in mode test only'),
});

/** A form that is kept whole and not read yet, but for the currency. */
const notBuilt = (provider: string): PaymentForm => ({
  schema: z.looseObject({
    provider: z.literal(provider),
    settings: z.looseObject({ currency: currencies }).optional().describe('a section'),
    base_url: link.optional().describe('a URL that calls go to instead of the gateway, in mode test only'),
  }),
  built: false,
  publishable: '',
  secrets: [],
  keys: {},
});

/** By the value of `provider`. */
export const PAYMENT_FORMS: Readonly<Record<string, PaymentForm>> = {
  stripe: {
    schema: stripe,
    built: true,
    publishable: 'publishable_key',
    secrets: ['secret_key', 'webhook_secret'],
    keys: {
      publishable_key: { test: /^pk_test_/, live: /^pk_live_/ },
      secret_key: { test: /^[sr]k_test_/, live: /^[sr]k_live_/ },
    },
  },
  adyen: notBuilt('adyen'),
  paypal: notBuilt('paypal'),
  'authorize-net': notBuilt('authorize-net'),
};

const CODES = Object.keys(PAYMENT_FORMS);

/** Names the currencies of a brand that charges nothing. */
const CURRENCY_ONLY = z.strictObject({
  settings: z.strictObject({ currency: currencies }).optional().describe('a section'),
});

/** Stands in while the section names no gateway that we know. */
const UNKNOWN_GATEWAY = z.looseObject({
  provider: z.enum(CODES).describe(`one of ${CODES.join(', ')}`),
  settings: z.looseObject({ currency: currencies }).optional().describe('a section'),
});

/** The form for a payment section, by the gateway that it names. */
export function paymentForm(written: unknown): z.ZodObject {
  const section = (written !== null && typeof written === 'object' ? written : {}) as Record<string, unknown>;
  const { provider } = section;
  if (typeof provider === 'string' && Object.hasOwn(PAYMENT_FORMS, provider)) return PAYMENT_FORMS[provider]!.schema;
  return Object.keys(section).every((field) => field === 'settings') ? CURRENCY_ONLY : UNKNOWN_GATEWAY;
}

/** The forms of the guide come filled in with these. */
export const isPlaceholder = (text: string): boolean => /YOUR_[A-Z0-9_]+/.test(text);

/** Whether the section is more than a form that somebody still has to fill in, for a gateway that is built. */
export const usable = ({ provider, credentials = {} }: PaymentSection): boolean =>
  provider !== undefined &&
  PAYMENT_FORMS[provider]?.built === true &&
  !Object.values(credentials).flat().some(isPlaceholder);
