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
  const { primary, icon } = brand.logoFiles ?? {};
  return {
    name: brand.name,
    mode: brand.mode,
    tokens: given(tokens),
    links: given({
      terms: legal.termsUrl,
      privacy: legal.privacyUrl,
      refund: legal.refundUrl,
      imprint: legal.imprintUrl,
      accessibility: legal.accessibilityUrl,
    }),
    ...((primary || icon) && { logos: given({ primary: pathOf(primary), icon: pathOf(icon) }) }),
  };
}

const pathOf = (hash: string | undefined): string | undefined => hash && `/static/brand/${hash}`;

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
