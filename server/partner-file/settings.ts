import type { BrandSettings, GdsAccess, LegacyIds, PaymentAccess, WebhookEndpoint } from '../domain/brand.ts';
import type { BrandRow } from '../domain/ports/store.ts';
import { Secret } from '../domain/secret.ts';
import { type Derived, secretOf } from './derived.ts';
import { GDS_FORMS, missingOf } from './gds-forms.ts';
import { PAYMENT_FORMS, type PaymentSection, usable } from './payment-forms.ts';
import type { PartnerFile } from './schema.ts';

/** The brand's code: as given, else made of its name. null: the name has too little to make one of. */
export function brandCode({ brand }: PartnerFile): string | null {
  if (brand.code !== undefined) return brand.code;
  const made = brand.brand_name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return made.length >= 2 ? made : null;
}

/** A brand's settings in our words, from its file, what the row adds, and what was made of the file when it was applied. */
export function settingsOf(
  file: PartnerFile,
  row: Pick<BrandRow, 'code' | 'version' | 'publishableKey' | 'state'>,
  derived: Derived = {},
): BrandSettings {
  const { brand, legal = {}, panel = {} } = file;
  return {
    code: row.code,
    version: row.version,
    mode: file.mode,
    disabled: row.state === 'disabled',
    name: brand.brand_name,
    publishableKey: row.publishableKey,
    origins: [...new Set(file.origins)],
    look: {
      primary: hex(brand.primary_color),
      accents: (brand.accent_colors ?? []).map(hex),
      ...present({
        secondary: brand.secondary_color && hex(brand.secondary_color),
        accent: brand.accent_color && hex(brand.accent_color),
        textPrimary: brand.text_primary && hex(brand.text_primary),
        textSecondary: brand.text_secondary && hex(brand.text_secondary),
        backgroundLight: brand.background_light && hex(brand.background_light),
        backgroundDark: brand.background_dark && hex(brand.background_dark),
        headingFont: brand.primary_font,
        bodyFont: brand.secondary_font,
      }),
    },
    logos: present({
      primary: brand.logo_primary,
      icon: brand.logo_icon,
      light: brand.logo_light,
      iconLight: brand.logo_icon_light,
    }),
    gds: gdsAccess(file.gds),
    payment: file.payment && usable(file.payment) ? paymentAccess(file.payment) : null,
    webhooks: endpointsOf(file, derived),
    sales: { closeHours: file.gds.sales.close_hours },
    currencies: [file.payment?.settings?.currency ?? []].flat().map((code) => code.toUpperCase()),
    legal: present({
      termsUrl: legal.terms_url,
      privacyUrl: legal.privacy_url,
      refundUrl: legal.refund_url,
      imprintUrl: legal.imprint_url,
      accessibilityUrl: legal.accessibility_url,
    }),
    panel: present({
      find: panel.find && { how: panel.find.how, ...present({ locator: panel.find.locator, name: panel.find.name }) },
      place: panel.place && present(panel.place),
      heading: panel.heading,
      locale: panel.locale,
    }),
    ...present({ logoFiles: derived.logos && present(derived.logos), legacyIds: legacyIdsOf(file, derived) }),
  };
}

/** Those that deliveries can be made to: of a profile that is built, with a secret. */
function endpointsOf({ webhooks = [] }: PartnerFile, derived: Derived): WebhookEndpoint[] {
  return webhooks.flatMap(({ url, profile, secret = secretOf(derived, url), events }) =>
    profile === 'guide' && secret !== undefined
      ? [{ url, profile, secret: new Secret(secret), events: events ?? null }]
      : [],
  );
}

const DAY_MS = 24 * 3_600_000;

function legacyIdsOf({ legacy_ids: ids }: PartnerFile, { legacyKeys }: Derived): LegacyIds | undefined {
  if (!ids || !legacyKeys) return undefined;
  return {
    keys: legacyKeys.map(({ kdf, key }) => ({ kdf, key: new Secret<Uint8Array>(Buffer.from(key, 'base64')) })),
    formats: ids.formats,
    ...present({
      // To the end of the day, in UTC.
      until: ids.until === undefined ? undefined : Date.parse(ids.until) + DAY_MS,
      maxAgeDays: ids.max_age_days,
    }),
  };
}

function gdsAccess(gds: PartnerFile['gds']): GdsAccess {
  const form = GDS_FORMS[gds.gds_provider];
  if (!form) throw new Error(`no form for the GDS ${gds.gds_provider}`);
  const credentials = Object.entries(gds[form.credentials] as Record<string, string | undefined>);
  const limits = gds.network?.rate_limits;
  return {
    provider: gds.gds_provider,
    environment: gds.environment,
    credentials: Object.fromEntries(
      credentials.flatMap(([field, text]) => (text === undefined ? [] : [[field, new Secret(text)]])),
    ),
    parameters: Object.fromEntries(
      form.parameters.flatMap((field) => (typeof gds[field] === 'string' ? [[field, gds[field]]] : [])),
    ),
    rateLimits: present({ requestsPerMinute: limits?.requests_per_minute, burst: limits?.burst_limit }),
    emd: gds.emd ?? false,
    ...present({ baseUrl: gds.base_url?.replace(/\/+$/, ''), missing: missingOf(gds) }),
  };
}

function paymentAccess({ provider = '', credentials = {}, settings, base_url }: PaymentSection): PaymentAccess {
  const form = PAYMENT_FORMS[provider];
  if (!form) throw new Error(`no form for the gateway ${provider}`);
  const sealed = (value: string | string[]) =>
    Array.isArray(value) ? value.map((one) => new Secret(one)) : new Secret(value);
  return {
    provider,
    mode: settings?.capture_method ?? 'manual',
    credentials: Object.fromEntries(form.secrets.map((field) => [field, sealed(credentials[field] ?? '')])),
    publishableKey: [credentials[form.publishable] ?? ''].flat()[0]!,
    methods: settings?.payment_methods ?? [],
    ...present({ baseUrl: base_url?.replace(/\/+$/, '') }),
  };
}

/** `#rrggbb` in lower case. */
function hex(colour: string): string {
  const digits = colour.slice(1).toLowerCase();
  return digits.length === 3 ? `#${digits.replace(/./g, '$&$&')}` : `#${digits}`;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that hold nothing. */
const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
