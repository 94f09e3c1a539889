import { z } from 'zod';
import { isPlaceholder } from './placeholder.ts';
import { credential, currency, link } from './words.ts';

/** The fields of every form, as far as the server reads them. */
export interface PaymentSection {
  provider?: string | undefined;
  environment?: string | undefined;
  credentials?: Record<string, string | string[] | undefined> | undefined;
  settings?:
    | {
        currency?: string | string[] | undefined;
        capture_method?: 'automatic' | 'manual' | undefined;
        payment_methods?: string[] | undefined;
        fraud_rules?: object | undefined;
        fraud_detection?: object | undefined;
      }
    | undefined;
  base_url?: string | undefined;
}

type ByMode<T> = Readonly<Record<'test' | 'live', T>>;

interface PaymentForm {
  schema: z.ZodObject;
  built: boolean;
  /** The credential that the browser gets; the others never leave the server. */
  publishable: string;
  secrets: readonly string[];
  /** What the gateway and its users call the environment of a mode; the first is proposed. */
  environments: ByMode<readonly string[]>;
  /** Fields whose text begins with these in mode test and in mode live. */
  keys: Readonly<Record<string, ByMode<RegExp>>>;
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

interface FormParts extends Omit<PaymentForm, 'schema'> {
  credentials: z.ZodObject;
  methods: readonly string[];
  /** The form's word for what the gateway's own dashboard decides. */
  fraud: 'fraud_rules' | 'fraud_detection';
  /** Whether the guide's form has the environment, so that it must be there. */
  saysEnvironment: boolean;
}

function form(provider: string, parts: FormParts): PaymentForm {
  const { credentials, methods, fraud, saysEnvironment, ...rest } = parts;
  const { test, live } = rest.environments;
  const environment = z.enum([...test, ...live]).describe(`"${test[0]}" with mode test, "${live[0]}" with mode live`);
  const method = z.enum(methods).describe(`one of ${methods.join(', ')}`);
  const settings = {
    currency: currencies,
    capture_method: z.enum(['automatic', 'manual']).optional().describe('"manual" or "automatic"'),
    payment_methods: z
      .array(method)
      .min(1)
      .max(10)
      .optional()
      .describe(`a list out of ${methods.join(', ')}`),
    [fraud]: z.looseObject({}).optional().describe('a section'),
  };
  const schema = z.strictObject({
    provider: z.literal(provider),
    environment: saysEnvironment ? environment : environment.optional(),
    credentials: credentials.describe(Object.keys(credentials.shape).join(', ')),
    settings: z.strictObject(settings).optional().describe(Object.keys(settings).join(', ')),
    base_url: link.optional().describe('a URL that calls go to instead of the gateway, in mode test only'),
  });
  return { schema, ...rest };
}

/** By the value of `provider`. */
export const PAYMENT_FORMS: Readonly<Record<string, PaymentForm>> = {
  stripe: form('stripe', {
    credentials: z.strictObject({
      publishable_key: key(/^pk_(test|live)_/, 'your publishable key, which begins with pk_'),
      secret_key: key(/^[sr]k_(test|live)_/, 'your secret or restricted key, which begins with sk_ or rk_'),
      webhook_secret: z
        .union([webhookSecret, z.array(webhookSecret).min(1).max(3)])
        .describe(
          "your webhook endpoint's secret, which begins with whsec_, or a list of them while one replaces the other",
        ),
    }),
    methods: ['card', 'apple_pay', 'google_pay'],
    fraud: 'fraud_rules',
    saysEnvironment: true,
    built: true,
    publishable: 'publishable_key',
    secrets: ['secret_key', 'webhook_secret'],
    environments: { test: ['test'], live: ['production', 'live'] },
    keys: {
      publishable_key: { test: /^pk_test_/, live: /^pk_live_/ },
      secret_key: { test: /^[sr]k_test_/, live: /^[sr]k_live_/ },
    },
  }),
  adyen: form('adyen', {
    credentials: z.strictObject({
      api_key: credential,
      merchant_account: credential,
      client_key: credential,
      hmac_key: credential,
      live_prefix: z
        .string()
        .regex(/^[0-9a-z]+-[0-9A-Za-z]+$/)
        .optional()
        .describe('the prefix of your live addresses, like 1797a841fbb37ca7-AdyenDemo'),
      webhook_user: credential.optional(),
      webhook_password: credential.optional(),
    }),
    methods: ['scheme', 'applepay', 'googlepay'],
    fraud: 'fraud_detection',
    saysEnvironment: true,
    built: false,
    publishable: 'client_key',
    secrets: ['api_key', 'hmac_key', 'webhook_password'],
    environments: { test: ['test'], live: ['live', 'production'] },
    keys: { client_key: { test: /^test_/, live: /^live_/ } },
  }),
  paypal: form('paypal', {
    credentials: z.strictObject({ client_id: credential, client_secret: credential, webhook_id: credential }),
    methods: ['paypal', 'card'],
    fraud: 'fraud_rules',
    saysEnvironment: false,
    built: false,
    publishable: 'client_id',
    secrets: ['client_secret'],
    environments: { test: ['sandbox', 'test'], live: ['live', 'production'] },
    keys: {},
  }),
  'authorize-net': form('authorize-net', {
    credentials: z.strictObject({
      api_login_id: credential,
      transaction_key: credential,
      signature_key: credential,
      public_client_key: credential,
    }),
    methods: ['card'],
    fraud: 'fraud_rules',
    saysEnvironment: false,
    built: false,
    publishable: 'public_client_key',
    secrets: ['transaction_key', 'signature_key'],
    environments: { test: ['sandbox', 'test'], live: ['production', 'live'] },
    keys: {},
  }),
};

const CODES = Object.keys(PAYMENT_FORMS);

/** Names the currencies of a brand that charges nothing. */
export const CURRENCY_ONLY = z.strictObject({
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

/** Whether it is a form that somebody still has to fill in. */
export const isUnfilled = ({ credentials = {} }: PaymentSection): boolean =>
  Object.values(credentials)
    .flat()
    .some((text) => text !== undefined && isPlaceholder(text));

/** Whether the server charges with it. */
export const usable = (section: PaymentSection): boolean =>
  section.provider !== undefined && PAYMENT_FORMS[section.provider]?.built === true && !isUnfilled(section);
