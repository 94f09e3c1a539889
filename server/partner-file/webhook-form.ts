import { z } from 'zod';
import { credential, eventType, link, signingSecret } from './words.ts';

/** How a delivery looks and is signed. The first is built. */
const PROFILES = ['guide', 'standard', 'gateway', 'steadfast', 'etg'] as const;
const AUTHS = ['none', 'api_key', 'basic', 'bearer', 'token_server'] as const;
const ORDERS = ['none', 'key', 'strict'] as const;
const STYLES = ['json', 'form', 'basic'] as const;

const one = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values).describe(`one of ${values.join(', ')}`);

/** What the receiver asks for beside the signature. Which fields belong to which kind is checked in policy.ts. */
const auth = z
  .strictObject({
    kind: one(AUTHS),
    in: z.enum(['header', 'query']).optional().describe('"header" or "query"'),
    name: z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/)
      .optional()
      .describe('the name of the header or of the query parameter, like X-Api-Key'),
    value: credential.optional(),
    user: z
      .string()
      .regex(/^[^:\p{Cc}]{1,200}$/u)
      .optional()
      .describe('the user name, without a colon'),
    password: credential.optional(),
    token: credential.optional(),
    url: link.optional(),
    style: one(STYLES).optional(),
  })
  .describe('kind, and what the kind needs');

export const webhook = z
  .strictObject({
    url: link,
    profile: one(PROFILES).default('guide'),
    secret: signingSecret.optional(),
    events: z.array(eventType).min(1).max(50).optional().describe('a list of event types; all of them without it'),
    auth: auth.optional(),
    order: one(ORDERS).optional(),
    rate: z
      .strictObject({
        requests_per_second: z.int().min(1).max(1000).optional().describe('a whole number, like 50'),
        concurrency: z.int().min(1).max(50).optional().describe('a whole number, like 4'),
      })
      .optional()
      .describe('requests_per_second and concurrency'),
  })
  .describe('url, secret, and where it needs them profile, events, auth, order, rate');

export type WebhookSection = z.infer<typeof webhook>;

/** The fields that each kind of authentication needs. */
export const AUTH_NEEDS: Readonly<Record<(typeof AUTHS)[number], readonly (keyof z.infer<typeof auth>)[]>> = {
  none: [],
  api_key: ['in', 'name', 'value'],
  basic: ['user', 'password'],
  bearer: ['token'],
  token_server: ['url', 'user', 'password'],
};
