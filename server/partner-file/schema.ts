import { z } from 'zod';
import type { GdsSection } from './gds-forms.ts';
import { GDS_FORMS, UNKNOWN_GDS } from './gds-forms.ts';
import type { PaymentSection } from './payment-forms.ts';
import { paymentForm } from './payment-forms.ts';
import { catalogue } from './catalogue-form.ts';
import { legacyIds } from './legacy-ids-form.ts';
import { panel } from './panel-form.ts';
import { webhook } from './webhook-form.ts';
import { colour, fontFamily, link, name, origin } from './words.ts';

/**
 * The partner file. Sections and fields are the onboarding guide's own, so that what partners filled in there is valid here as it
 * stands; what the guide lacks is added beside. Unknown keys are refused: a misspelt setting must not look as if it worked.
 */
const brand = z
  .strictObject({
    brand_name: name.describe('your name as travellers know it'),
    code: z
      .string()
      .regex(/^[a-z0-9_-]{2,40}$/)
      .optional()
      .describe('2 to 40 of a-z, 0-9, _ and -, like skyline'),
    primary_color: colour,
    secondary_color: colour.optional(),
    accent_color: colour.optional(),
    accent_colors: z.array(colour).max(20).optional().describe('a list of hex colours in quotes'),
    text_primary: colour.optional(),
    text_secondary: colour.optional(),
    background_light: colour.optional(),
    background_dark: colour.optional(),
    primary_font: fontFamily.optional(),
    secondary_font: fontFamily.optional(),
    font_url: link.optional(),
    logo_primary: link.optional(),
    logo_icon: link.optional(),
    logo_light: link.optional(),
    logo_icon_light: link.optional(),
    guidelines: z.array(z.string().max(2048)).max(20).optional().describe('a list of texts or links'),
  })
  .describe("the guide's brand form");

const legal = z
  .strictObject({
    terms_url: link.optional(),
    privacy_url: link.optional(),
    refund_url: link.optional(),
    imprint_url: link.optional(),
    accessibility_url: link.optional(),
  })
  .describe('terms_url, privacy_url, refund_url, imprint_url, accessibility_url');

const sections = {
  mode: z.enum(['test', 'live']).describe('"test" or "live"'),
  origins: z.array(origin).min(1).max(100).describe('a list of at least one origin, like https://www.example.com'),
  brand,
  webhooks: z.array(webhook).max(20).optional().describe('a list of sections, each with url and secret'),
  catalogue: catalogue.optional(),
  legacy_ids: legacyIds.optional(),
  legal: legal.optional(),
  panel: panel.optional(),
};

/** The file as it is kept: valid, `${NAME}` filled in, the partner's own words. */
export type PartnerFile = z.infer<z.ZodObject<typeof sections, z.core.$strict>> & {
  gds: GdsSection;
  payment?: PaymentSection;
};

/** The schema for a file, by the GDS and the gateway that it names. */
export function schemaFor(written: unknown): z.ZodObject {
  const { gds, payment } = (written ?? {}) as { gds?: { gds_provider?: unknown }; payment?: unknown };
  const provider = gds?.gds_provider;
  const form = typeof provider === 'string' && Object.hasOwn(GDS_FORMS, provider) ? GDS_FORMS[provider] : undefined;
  return inOrder({
    gds: (form?.schema ?? UNKNOWN_GDS).describe("the guide's GDS form"),
    payment: paymentForm(payment).describe("the guide's payment form").optional(),
  });
}

/** The whole file, with its two forms where people look for them: right behind the brand. */
export function inOrder<Forms extends z.ZodRawShape>(forms: Forms) {
  const { mode, origins, brand, ...rest } = sections;
  return z.strictObject({ mode, origins, brand, ...forms, ...rest });
}
