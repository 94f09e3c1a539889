import type { LogoName } from './ports/logos.ts';
import type { Secret } from './secret.ts';

/** A brand's file as the server works with it: one version, validated, with the partner's words made ours. */
export interface BrandSettings {
  /** `[a-z0-9_-]{2,40}`. The tenant: everything read or written is scoped by it. */
  code: string;
  /** Of the file, 1, 2, 3 …; goes up with each `partner apply` that changed something. */
  version: number;
  mode: 'test' | 'live';
  /** Sells nothing any more: nobody gets in, and what was begun goes to its end. */
  disabled: boolean;
  /** As travellers know it. */
  name: string;
  /** `dcpub_test_…` or `dcpub_live_…`: names the brand in a page's source and is no secret. */
  publishableKey: string;
  /** Exact origins (`https://www.skylineair.com`) and wildcards of one label (`https://*.skylineair.com`). At least one. */
  origins: readonly string[];
  look: BrandColours;
  /** Where the partner's file says they lie. */
  logos: { primary?: string; icon?: string; light?: string; iconLight?: string };
  /** Those that were had when the file was applied: hashes of what we serve in their place. */
  logoFiles?: Partial<Record<LogoName, string>>;
  gds: GdsAccess;
  /** null: nothing can be charged; seats that cost nothing can be had. */
  payment: PaymentAccess | null;
  /** Where the brand is told what happens. */
  webhooks: readonly WebhookEndpoint[];
  sales: { closeHours: number };
  /** ISO 4217 codes the brand accepts, the first being that of a purchase in which nothing is priced. Empty: whatever its GDS prices in. */
  currencies: readonly string[];
  legal: { termsUrl?: string; privacyUrl?: string; refundUrl?: string; imprintUrl?: string; accessibilityUrl?: string };
  panel: PanelDefaults;
  /** Absent: links that the partner encrypted itself are not opened. */
  legacyIds?: LegacyIds;
}

/** How the links open that the partner made itself, with a password and a salt, before it had API credentials. */
export interface LegacyIds {
  /** PBKDF2 of password and salt, 32 bytes each, made when the file was applied. One for each hash that the file names. */
  keys: readonly { kdf: 'sha256' | 'sha1'; key: Secret<Uint8Array> }[];
  /** Forms that are tried: a Fernet token, one encoded once more, or base64 of IV and AES-256-CBC, which nothing authenticates. */
  formats: readonly LegacyIdFormat[];
  /** UTC milliseconds from which on no `aes-cbc` is opened; the other forms prove themselves and need no end. */
  until?: number;
  /** Of forms that carry the time they were made at. */
  maxAgeDays?: number;
}

export const LEGACY_ID_FORMATS = ['fernet', 'fernet-double', 'aes-cbc'] as const;
export type LegacyIdFormat = (typeof LEGACY_ID_FORMATS)[number];

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
  /** Why no call can be made: no adapter of ours speaks to this GDS yet, or its credentials are still the form's placeholders. */
  missing?: 'adapter' | 'credentials';
  /** By the form's own names. */
  credentials: Readonly<Record<string, Secret>>;
  /** What else the form holds and is no secret: an office's or branch's code. */
  parameters: Readonly<Record<string, string>>;
  /** Test mode only: where calls go instead of the vendor's host. No slash at the end. */
  baseUrl?: string;
  rateLimits: { requestsPerMinute?: number; burst?: number };
  /** Whether a paid seat is to have an electronic document, where the GDS can issue one. */
  emd: boolean;
}

/** The gateway account that the brand's money goes to. Names inside are those of the onboarding guide's form. */
export interface PaymentAccess {
  /** The gateway's code in the registry. */
  provider: string;
  /** manual: charged for the seats that were confirmed; automatic: charged at once, refunded for those that were not. */
  mode: 'manual' | 'automatic';
  /** By the form's own names; a list where several hold while one is replaced by the next. */
  credentials: Readonly<Record<string, Secret | readonly Secret[]>>;
  /** For the gateway's script in the browser; no secret. */
  publishableKey: string;
  /** What may be paid with, in the form's words: `card`, `apple_pay`, `google_pay`. Empty: whatever the gateway takes by itself. */
  methods: readonly string[];
  /** Test mode only: where calls go instead of the gateway's host. No slash at the end. */
  baseUrl?: string;
}

/** One address of the partner's that events are delivered to. */
export interface WebhookEndpoint {
  url: string;
  /** How a delivery looks and is signed. */
  profile: 'guide';
  /** Signs deliveries. */
  secret: Secret;
  /** Types of events told; null: all. */
  events: readonly string[] | null;
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
