import type { BrandSettings } from '../domain/brand.ts';
import type * as wire from '../wire/panel.ts';

/** What the panel needs to wear the brand: colours and fonts by the names of its custom properties. */
export function describeBrand(brand: BrandSettings): wire.BrandLook {
  const { look, legal } = brand;
  const tokens = {
    '--departcart-primary': look.primary,
    '--departcart-secondary': look.secondary,
    '--departcart-accent': look.accent,
    '--departcart-text': look.textPrimary,
    '--departcart-text-muted': look.textSecondary,
    '--departcart-background': look.backgroundLight,
    '--departcart-background-dark': look.backgroundDark,
    '--departcart-font-heading': look.headingFont,
    '--departcart-font': look.bodyFont,
  };
  return {
    name: brand.name,
    mode: brand.mode,
    tokens: Object.fromEntries(
      Object.entries(tokens).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    links: { ...(legal.termsUrl && { terms: legal.termsUrl }), ...(legal.privacyUrl && { privacy: legal.privacyUrl }) },
  };
}
