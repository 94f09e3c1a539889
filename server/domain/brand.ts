import type { Secret } from './secret.ts';

/** A brand's file as the server works with it: one version, validated, with the partner's words made ours. */
export interface BrandSettings {
  /** `[a-z0-9_-]{2,40}`. The tenant: everything read or written is scoped by it. */
  code: string;
  /** Of the file, 1, 2, 3 …; goes up with each `partner apply` that changed something. */
  version: number;
  mode: 'test' | 'live';
  /** As travellers know it. */
  name: string;
  /** `dcpub_test_…` or `dcpub_live_…`: names the brand in a page's source and is no secret. */
  publishableKey: string;
  /** Exact origins (`https://www.skylineair.com`) and wildcards of one label (`https://*.skylineair.com`). At least one. */
  origins: readonly string[];
  look: BrandColours;
  logos: { primary?: string; icon?: string; light?: string; iconLight?: string };
  gds: GdsAccess;
  sales: { closeHours: number };
  /** ISO 4217 codes the brand accepts, the first being that of a purchase in which nothing is priced. Empty: whatever its GDS prices in. */
  currencies: readonly string[];
  legal: { termsUrl?: string; privacyUrl?: string; refundUrl?: string; imprintUrl?: string; accessibilityUrl?: string };
  panel: PanelDefaults;
}

/** Colours are `#rrggbb` in lower case; fonts are family names, never addresses. */
export interface BrandColours {
  primary: string;
  secondary?: string;
  accent?: string;
  accents: readonly string[];
  textPrimary?: string;
  textSecondary?: string;
  backgroundLight?: string;
  backgroundDark?: string;
  headingFont?: string;
  bodyFont?: string;
}

/** What an adapter needs to speak as this brand. Names inside are those of the onboarding guide's form. */
export interface GdsAccess {
  /** The adapter's code in the registry. */
  provider: string;
  environment: 'test' | 'production';
  /** By the form's own names. */
  credentials: Readonly<Record<string, Secret>>;
  /** What else the form holds and is no secret: an office's or branch's code. */
  parameters: Readonly<Record<string, string>>;
  /** Test mode only: where calls go instead of the vendor's host. No slash at the end. */
  baseUrl?: string;
  rateLimits: { requestsPerMinute?: number; burst?: number };
}

/** What a tag that says nothing else gets. */
export interface PanelDefaults {
  find?: { how: 'auto' | 'data-layer' | 'selector' | 'url' | 'json-ld'; locator?: string; name?: string };
  place?: { anchor?: string; where?: 'before' | 'after' | 'append' | 'prepend' | 'replace' };
  /** Level of the panel's heading. */
  heading?: number;
  /** BCP 47. */
  locale?: string;
}

const WILDCARD = 'https://*.';

/**
 * Whether a page of this origin may show the brand's panel. Compared exactly, but for `https://*.host`, whose star stands for one
 * label: `https://shop.host`, neither `https://a.shop.host` nor `https://host`.
 */
export function originAllowed({ origins }: Pick<BrandSettings, 'origins'>, origin: string): boolean {
  return origins.some((allowed) => {
    if (!allowed.startsWith(WILDCARD)) return allowed === origin;
    const host = allowed.slice(WILDCARD.length - 1);
    const label = origin.slice('https://'.length, -host.length);
    return /^[a-z0-9-]+$/.test(label) && origin === `https://${label}${host}`;
  });
}
