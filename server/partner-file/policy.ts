import { GDS_FORMS } from './gds-forms.ts';
import { isPlaceholder, PAYMENT_FORMS, usable } from './payment-forms.ts';
import type { Notice, Path, Problem } from './problem.ts';
import { at } from './problem.ts';
import type { PartnerFile } from './schema.ts';

/**
 * What a valid file may still not say: test and live must not mix, and what only a demo may do is refused everywhere else.
 *
 * @param loopback true in the demo and in tests: http, addresses of this machine and demo credentials are accepted, in mode test.
 */
export function checkPolicy(
  file: PartnerFile,
  { loopback, lineOf }: { loopback: boolean; lineOf: (path: Path) => number | undefined },
): { problems: Problem[]; notices: Notice[] } {
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  const refuse = (path: Path, message: string, fix: string) => {
    problems.push({ ...at(path, lineOf(path)), message, fix });
  };
  const notice = (path: Path, message: string) => {
    notices.push({ ...at(path, lineOf(path)), message });
  };
  const live = file.mode === 'live';

  checkGds(file, refuse);
  checkPayment(file, refuse);
  checkWebhooks(file, refuse);
  for (const [path, address] of addresses(file)) {
    const { protocol, hostname } = new URL(address.replace('*.', ''));
    const here = isLoopback(hostname);
    if (here && (live || !loopback)) {
      refuse(path, 'is an address of this machine', 'Write the address under which travellers reach it.');
    } else if (protocol !== 'https:' && !(here && loopback)) {
      refuse(path, 'is not https', 'Write an address that begins with https://.');
    }
  }
  for (const [path, text] of texts(file)) {
    if (isPlaceholder(text)) {
      if (live) refuse(path, 'is still the placeholder of the form', 'Write your own value.');
      else notice(path, 'is still the placeholder of the form');
    }
    if (/^(gds|payment|webhooks)$/.test(String(path[0])) && DEMO_CREDENTIAL.test(text) && (live || !loopback)) {
      refuse(path, 'is a credential of the demo', 'Write your own value; the demo credentials work in the demo only.');
    }
  }
  noteUnused(file, notice);
  return { problems, notices };
}

/** With what a vendor puts in front of its keys. */
const DEMO_CREDENTIAL = /^(?:[psr]k_test_|whsec_)?demo_/;

type Refuse = (path: Path, message: string, fix: string) => void;

function checkGds({ mode, gds }: PartnerFile, refuse: Refuse): void {
  const environment = mode === 'live' ? 'production' : 'test';
  if (!GDS_FORMS[gds.gds_provider]?.built) {
    refuse(['gds', 'gds_provider'], 'is not built yet', `Use one that is: ${builtProviders()}.`);
  }
  if (gds.environment !== environment) {
    const fix = `Write "${environment}" with that environment's credentials; your other environment is a brand of its own.`;
    refuse(['gds', 'environment'], `does not go with mode ${mode}`, fix);
  }
  if (mode === 'live' && gds.base_url !== undefined) {
    refuse(['gds', 'base_url'], 'is for mode test only', "Take it out: live calls go to the vendor's own address.");
  }
}

function checkPayment({ mode, payment }: PartnerFile, refuse: Refuse): void {
  const form = payment?.provider === undefined ? undefined : PAYMENT_FORMS[payment.provider];
  if (!payment || !form) return;
  if (mode === 'live' && payment.base_url !== undefined) {
    refuse(
      ['payment', 'base_url'],
      'is for mode test only',
      "Take it out: live calls go to the gateway's own address.",
    );
  }
  // In mode live a placeholder is refused by itself; in mode test the form as it was published is no fault, and not used.
  if (!usable(payment)) return;
  const environment = mode === 'live' ? 'production' : 'test';
  if (payment.environment !== environment) {
    const fix = `Write "${environment}" with that environment's keys; your other environment is a brand of its own.`;
    refuse(['payment', 'environment'], `does not go with mode ${mode}`, fix);
  }
  const other = mode === 'live' ? 'test' : 'live';
  for (const [field, prefixes] of Object.entries(form.keys)) {
    if (![payment.credentials?.[field] ?? []].flat().every((text) => prefixes[mode].test(text))) {
      const fix = `Write the one of the ${mode} environment, or give mode ${other} a brand of its own.`;
      refuse(['payment', 'credentials', field], `is a key of the ${other} environment, and the mode is ${mode}`, fix);
    }
  }
}

function checkWebhooks({ webhooks = [] }: PartnerFile, refuse: Refuse): void {
  for (const [index, { url }] of webhooks.entries()) {
    if (webhooks.findIndex((other) => other.url === url) < index) {
      refuse(['webhooks', index, 'url'], 'is there twice', 'Keep one of the two, with the events of both.');
    }
  }
}

const builtProviders = (): string =>
  Object.entries(GDS_FORMS)
    .filter(([, form]) => form.built)
    .map(([code]) => code)
    .join(', ');

function noteUnused(file: PartnerFile, notice: (path: Path, message: string) => void): void {
  const unused: [Path, unknown][] = [
    [['catalogue'], file.catalogue],
    [['legacy_ids'], file.legacy_ids],
    [['gds', 'failover'], file.gds.failover],
  ];
  for (const [path, section] of unused) {
    if (section !== undefined) notice(path, 'is kept, and not used yet by this version');
  }
  if (file.gds.emd && !GDS_FORMS[file.gds.gds_provider]?.issuesEmd) {
    notice(
      ['gds', 'emd'],
      'is kept: seats are sold without electronic documents, which this version does not issue at this GDS',
    );
  }
  notePayment(file, notice);
  if (file.brand.font_url !== undefined) {
    notice(
      ['brand', 'font_url'],
      "is kept, and never loaded: the panel uses the font if the page has it, and sends travellers' browsers to no font host",
    );
  }
  if (!file.legal?.terms_url || !file.legal.privacy_url) {
    notice(['legal'], 'lacks terms_url or privacy_url, which travellers are shown before they pay');
  }
}

function notePayment({ payment }: PartnerFile, notice: (path: Path, message: string) => void): void {
  if (!payment || payment.provider === undefined) return;
  const { capture_method, payment_methods = [], fraud_rules } = payment.settings ?? {};
  if (!PAYMENT_FORMS[payment.provider]?.built) {
    notice(
      ['payment'],
      'is kept, and not used: this gateway is not built yet, so only seats without a price can be sold',
    );
    return;
  }
  if (!usable(payment)) {
    notice(
      ['payment'],
      'is kept, and not used until its placeholders are filled in: only seats without a price can be sold',
    );
  }
  if (capture_method === 'automatic') {
    notice(
      ['payment', 'settings', 'capture_method'],
      'charges before the seats are confirmed, and refunds those that are not, which takes days and costs you fees: "manual" charges only for confirmed seats',
    );
  }
  if (payment_methods.some((method) => method !== 'card')) {
    notice(['payment', 'settings', 'payment_methods'], 'is kept: this version takes cards only');
  }
  if (fraud_rules !== undefined) {
    notice(
      ['payment', 'settings', 'fraud_rules'],
      "is kept, and not used: fraud rules are set in the gateway's dashboard",
    );
  }
}

/** Every address a browser or this server may go to. */
function* addresses(file: PartnerFile): Generator<[Path, string]> {
  for (const [index, origin] of file.origins.entries()) yield [['origins', index], origin];
  const sections = {
    brand: file.brand,
    legal: file.legal ?? {},
    gds: { base_url: file.gds.base_url },
    payment: { base_url: file.payment?.base_url },
  };
  for (const [section, fields] of Object.entries(sections)) {
    for (const [field, value] of Object.entries(fields)) {
      if (typeof value === 'string' && /_url$|^logo_/.test(field)) yield [[section, field], value];
    }
  }
  for (const [index, { url }] of (file.webhooks ?? []).entries()) yield [['webhooks', index, 'url'], url];
}

function* texts(value: unknown, path: Path = []): Generator<[Path, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* texts(item, [...path, index]);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
  }
}

const isLoopback = (hostname: string): boolean =>
  /^(?:(?:.*\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\])$/.test(hostname);
