import { z } from 'zod';
import { credential, link, name } from './words.ts';

/** What each GDS's form of the onboarding guide has in common. */
const common = {
  environment: z.enum(['test', 'production']).describe('"test" with mode test, "production" with mode live'),
  network: z
    .strictObject({
      allowed_ips: z.array(z.string().max(64)).max(100).optional().describe('a list of addresses'),
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
  failover: z.looseObject({}).optional().describe('a section'),
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

/** By the value of `gds_provider`. */
export const GDS_FORMS: Readonly<Record<string, GdsForm>> = {
  amadeus: {
    schema: z.strictObject({
      gds_provider: z.literal('amadeus'),
      ...common,
      api_credentials: z
        .strictObject({ api_key: credential, api_secret: credential, client_id: credential.optional() })
        .describe('a section with api_key and api_secret'),
      office_id: z
        .string()
        .regex(/^[A-Z]{3}[A-Z0-9]{6}$/)
        .describe('the 9 characters of your office id in capitals, like NCE1A0950'),
    }),
    credentials: 'api_credentials',
    parameters: ['office_id'],
    built: true,
    issuesEmd: false,
  },
  sabre: {
    schema: z.strictObject({
      gds_provider: z.literal('sabre'),
      ...common,
      rest_credentials: z
        .strictObject({ client_id: credential, client_secret: credential, username: credential, password: credential })
        .describe('a section with client_id, client_secret, username and password'),
      pcc: name.optional().describe('your pseudo city code, like A1B2'),
    }),
    credentials: 'rest_credentials',
    parameters: ['pcc'],
    built: false,
    issuesEmd: false,
  },
  travelport: {
    schema: z.strictObject({
      gds_provider: z.literal('travelport'),
      ...common,
      credentials: z
        .strictObject({ username: credential, password: credential })
        .describe('a section with username and password'),
      target_branch: name.optional().describe('your target branch, like P123456'),
      provider_code: name.optional().describe('1G, 1V or 1P'),
    }),
    credentials: 'credentials',
    parameters: ['target_branch', 'provider_code'],
    built: false,
    issuesEmd: false,
  },
};

/** Stands in while the file names no GDS that we know: everything else of the file can still be checked. */
export const UNKNOWN_GDS = z.looseObject({
  gds_provider: z.enum(Object.keys(GDS_FORMS)).describe(`one of ${Object.keys(GDS_FORMS).join(', ')}`),
});

/** The fields of every form, as far as the server reads them. */
export type GdsSection = { gds_provider: string } & z.infer<z.ZodObject<typeof common>> & Record<string, unknown>;
