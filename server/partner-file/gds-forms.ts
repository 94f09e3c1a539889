import { z } from 'zod';
import { isPlaceholder } from './placeholder.ts';
import { credential, link, name, networkAddress } from './words.ts';

/** What each GDS's form of the onboarding guide has in common. */
const common = {
  environment: z.enum(['test', 'production']).describe('"test" with mode test, "production" with mode live'),
  network: z
    .strictObject({
      allowed_ips: z.array(networkAddress).max(100).optional().describe('a list of addresses'),
      rate_limits: z
        .strictObject({
          requests_per_minute: z.int().min(1).max(1_000_000).optional().describe('a whole number, like 1000'),
          burst_limit: z.int().min(1).max(100_000).optional().describe('a whole number, like 100'),
        })
        .optional()
        .describe('requests_per_minute and burst_limit'),
    })
    .optional()
    .describe('allowed_ips and rate_limits'),
  sales: z
    .strictObject({
      close_hours: z.number().min(0).max(168).default(3).describe('hours before departure, 0 to 168, like 3'),
    })
    .prefault({})
    .describe('close_hours'),
  emd: z.boolean().optional().describe('true or false: whether paid seats get an electronic document'),
  base_url: link.optional().describe('a URL that calls go to instead of the vendor, in mode test only'),
};

interface GdsForm {
  schema: z.ZodObject;
  /** The section that holds credentials. */
  credentials: string;
  /** Fields that are no secret, but the vendor's own. */
  parameters: readonly string[];
  built: boolean;
  /** Whether our adapter issues electronic documents there. */
  issuesEmd: boolean;
}

/** A form out of what is the vendor's own: the section of credentials, and fields beside it. */
function form<Name extends string>(
  provider: Name,
  own: { section: string; credentials: z.ZodObject; parameters: z.ZodRawShape; built: boolean },
): GdsForm {
  const { section, credentials, parameters, built } = own;
  const fields = Object.keys(credentials.shape);
  const optional = Object.fromEntries(
    Object.entries(parameters).map(([field, schema]) => [field, z.optional(schema).describe(wantedOf(schema))]),
  );
  return {
    schema: z.strictObject({
      gds_provider: z.literal(provider),
      ...common,
      [section]: credentials.describe(`a section with ${listed(fields)}`),
      ...parameters,
      failover: z
        .strictObject({ [section]: credentials.describe(`a section with ${listed(fields)}`), ...optional })
        .optional()
        .describe(`a section with ${section} of another account`),
    }),
    credentials: section,
    parameters: Object.keys(parameters),
    built,
    issuesEmd: false,
  };
}

const wantedOf = (schema: z.core.$ZodType): string => z.globalRegistry.get(schema)?.description ?? 'a text';

const listed = (fields: readonly string[]): string =>
  fields.length < 2 ? fields.join() : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`;

/** By the value of `gds_provider`. */
export const GDS_FORMS: Readonly<Record<string, GdsForm>> = {
  amadeus: form('amadeus', {
    section: 'api_credentials',
    credentials: z.strictObject({ api_key: credential, api_secret: credential, client_id: credential.optional() }),
    parameters: {
      office_id: z
        .string()
        .regex(/^[A-Z]{3}[A-Z0-9]{6}$/)
        .describe('the 9 characters of your office id in capitals, like NCE1A0950'),
      order_change_verb: z
        .enum(['PATCH', 'POST'])
        .optional()
        .describe(
          'one of PATCH, POST: the verb that your Amadeus contract changes an order with; PATCH where it is left out',
        ),
    },
    built: true,
  }),
  sabre: form('sabre', {
    section: 'rest_credentials',
    credentials: z.strictObject({
      client_id: credential,
      client_secret: credential,
      username: credential,
      password: credential,
    }),
    parameters: {
      pcc: z
        .string()
        .regex(/^[A-Z0-9]{3,4}$/)
        .optional()
        .describe('your pseudo city code in capitals, like A1B2'),
    },
    built: false,
  }),
  travelport: form('travelport', {
    section: 'credentials',
    credentials: z.strictObject({ username: credential, password: credential }),
    parameters: {
      target_branch: name.optional().describe('your target branch, like P123456'),
      provider_code: z.enum(['1G', '1V', '1P']).optional().describe('one of 1G, 1V, 1P'),
    },
    built: false,
  }),
};

/** Stands in while the file names no GDS that we know: everything else of the file can still be checked. */
export const UNKNOWN_GDS = z.looseObject({
  gds_provider: z.enum(Object.keys(GDS_FORMS)).describe(`one of ${Object.keys(GDS_FORMS).join(', ')}`),
});

/** The fields of every form, as far as the server reads them. */
export type GdsSection = { gds_provider: string } & z.infer<z.ZodObject<typeof common>> & Record<string, unknown>;

/** Why no call can be made with this section. */
export function missingOf(gds: GdsSection): 'adapter' | 'credentials' | undefined {
  const known = GDS_FORMS[gds.gds_provider];
  if (!known?.built) return 'adapter';
  const credentials = Object.values(gds[known.credentials] as Record<string, string | undefined>);
  return credentials.some((text) => text !== undefined && isPlaceholder(text)) ? 'credentials' : undefined;
}
