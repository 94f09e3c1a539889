import { checkContrast } from './contrast.ts';
import { GDS_FORMS, missingOf } from './gds-forms.ts';
import { noteWhatIsKeptOnly } from './notices.ts';
import { isUnfilled, PAYMENT_FORMS } from './payment-forms.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Note, Notice, Path, Problem, Refuse } from './problem.ts';
import { at } from './problem.ts';
import type { PartnerFile } from './schema.ts';
import { checkWebhooks } from './webhook-policy.ts';

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
  const refuse: Refuse = (path, message, fix) => {
    problems.push({ ...at(path, lineOf(path)), message, fix });
  };
  const note: Note = (path, message) => {
    notices.push({ ...at(path, lineOf(path)), message });
  };
  checkGds(file, refuse, note);
  checkPayment(file, refuse, note);
  checkWebhooks(file, refuse);
  checkLegacyIds(file, refuse);
  checkAddresses(file, loopback, refuse);
  checkTexts(file, loopback, refuse, note);
  checkContrast(file.brand, note);
  noteWhatIsKeptOnly(file, note);
  return { problems, notices };
}

function checkGds({ mode, gds }: PartnerFile, refuse: Refuse, note: Note): void {
  const environment = mode === 'live' ? 'production' : 'test';
  if (gds.environment !== environment) {
    const message = `does not go with mode ${mode}`;
    const fix = `Write "${environment}" with that environment's credentials; your other environment is a brand of its own.`;
    if (mode === 'test' && unfilled(gds)) note(['gds', 'environment'], `${message}: "test" is what goes with it`);
    else refuse(['gds', 'environment'], message, fix);
  }
  if (mode === 'live' && gds.base_url !== undefined) {
    refuse(['gds', 'base_url'], 'is for mode test only', "Take it out: live calls go to the vendor's own address.");
  }
  if (mode === 'live' && missingOf(gds) === 'adapter') {
    note(
      ['gds', 'gds_provider'],
      `is kept, and not spoken to yet by this version, which knows ${built()}: nothing is sold`,
    );
  } else if (missingOf(gds) === 'adapter') {
    note(
      ['gds', 'gds_provider'],
      `is kept, and not spoken to yet by this version, which knows ${built()}: the panel says that seats can't be chosen`,
    );
  }
}

/** The form as it was published, with its placeholders, is no fault in mode test. */
function unfilled(gds: PartnerFile['gds']): boolean {
  const section = GDS_FORMS[gds.gds_provider]?.credentials;
  const credentials = section === undefined ? {} : (gds[section] as Record<string, string | undefined>);
  return Object.values(credentials).some((text) => text !== undefined && isPlaceholder(text));
}

const built = (): string =>
  Object.entries(GDS_FORMS)
    .filter(([, form]) => form.built)
    .map(([code]) => code)
    .join(', ');

function checkPayment({ mode, payment }: PartnerFile, refuse: Refuse, note: Note): void {
  const form = payment?.provider === undefined ? undefined : PAYMENT_FORMS[payment.provider];
  if (!payment || !form) return;
  if (mode === 'live' && payment.base_url !== undefined) {
    refuse(
      ['payment', 'base_url'],
      'is for mode test only',
      "Take it out: live calls go to the gateway's own address.",
    );
  }
  const [environment] = form.environments[mode];
  if (payment.environment !== undefined && !form.environments[mode].includes(payment.environment)) {
    const message = `does not go with mode ${mode}`;
    const fix = `Write "${environment}" with that environment's keys; your other environment is a brand of its own.`;
    if (mode === 'test' && isUnfilled(payment)) {
      note(['payment', 'environment'], `${message}: "${environment}" is what goes with it`);
    } else refuse(['payment', 'environment'], message, fix);
  }
  const other = mode === 'live' ? 'test' : 'live';
  for (const [field, prefixes] of Object.entries(form.keys)) {
    const keys = [payment.credentials?.[field] ?? []].flat();
    if (!keys.every((text) => prefixes[mode].test(text) || isPlaceholder(text))) {
      const fix = `Write the one of the ${mode} environment, or give mode ${other} a brand of its own.`;
      const message = keys.every((text) => prefixes[other].test(text))
        ? `is a key of the ${other} environment, and the mode is ${mode}`
        : 'is another kind of key';
      refuse(['payment', 'credentials', field], message, fix);
    }
  }
}

function checkLegacyIds({ legacy_ids: ids }: PartnerFile, refuse: Refuse): void {
  if (ids?.formats.includes('aes-cbc') && ids.until === undefined) {
    refuse(
      ['legacy_ids', 'until'],
      'is missing, and aes-cbc is among the formats',
      'Add the last day on which such links open, like 2027-06-30: nothing authenticates them, so they must end.',
    );
  }
}

function checkAddresses(file: PartnerFile, loopback: boolean, refuse: Refuse): void {
  for (const [path, address] of addresses(file)) {
    const { protocol, hostname } = new URL(address.replace('*.', ''));
    const here = isLoopback(hostname);
    if (here && (file.mode === 'live' || !loopback)) {
      const fix =
        path.at(-1) === 'base_url'
          ? 'Take it out: the demo alone calls stand-ins on this machine, for any file: npm start -- FILE.'
          : 'Write the address under which travellers reach it.';
      refuse(path, 'is an address of this machine', fix);
    } else if (protocol !== 'https:' && !(here && loopback)) {
      refuse(path, 'is not https', 'Write an address that begins with https://.');
    }
  }
}

/** With what a vendor puts in front of its keys. */
const DEMO_CREDENTIAL = /^(?:[psr]k_test_|whsec_)?demo_/;

function checkTexts(file: PartnerFile, loopback: boolean, refuse: Refuse, note: Note): void {
  const live = file.mode === 'live';
  for (const [path, text] of texts(file)) {
    if (isPlaceholder(text)) {
      if (live) refuse(path, 'is still the placeholder of the form', 'Write your own value.');
      else note(path, 'is still the placeholder of the form');
    }
    if (
      /^(gds|payment|webhooks|legacy_ids)$/.test(String(path[0])) &&
      DEMO_CREDENTIAL.test(text) &&
      (live || !loopback)
    ) {
      refuse(path, 'is a credential of the demo', 'Write your own value; the demo credentials work in the demo only.');
    }
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
  for (const [index, { url, auth }] of (file.webhooks ?? []).entries()) {
    yield [['webhooks', index, 'url'], url];
    if (auth?.url !== undefined) yield [['webhooks', index, 'auth', 'url'], auth.url];
  }
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
