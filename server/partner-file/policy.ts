import { GDS_FORMS } from './gds-forms.ts';
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
    if (/YOUR_[A-Z0-9_]+/.test(text)) {
      if (live) refuse(path, 'is still the placeholder of the form', 'Write your own value.');
      else notice(path, 'is still the placeholder of the form');
    }
    if (/^(gds|payment|webhooks)$/.test(String(path[0])) && text.startsWith('demo_') && (live || !loopback)) {
      refuse(path, 'is a credential of the demo', 'Write your own value; the demo credentials work in the demo only.');
    }
  }
  noteUnused(file, notice);
  return { problems, notices };
}

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

const builtProviders = (): string =>
  Object.entries(GDS_FORMS)
    .filter(([, form]) => form.built)
    .map(([code]) => code)
    .join(', ');

function noteUnused(file: PartnerFile, notice: (path: Path, message: string) => void): void {
  const unused: [Path, unknown][] = [
    [['payment'], file.payment],
    [['webhooks'], file.webhooks],
    [['catalogue'], file.catalogue],
    [['legacy_ids'], file.legacy_ids],
    [['gds', 'failover'], file.gds.failover],
    [['gds', 'emd'], file.gds.emd],
  ];
  for (const [path, section] of unused) {
    if (section !== undefined) notice(path, 'is kept, and not used yet by this version');
  }
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

/** Every address a browser or this server may go to. */
function* addresses(file: PartnerFile): Generator<[Path, string]> {
  for (const [index, origin] of file.origins.entries()) yield [['origins', index], origin];
  const sections = { brand: file.brand, legal: file.legal ?? {}, gds: { base_url: file.gds.base_url } };
  for (const [section, fields] of Object.entries(sections)) {
    for (const [field, value] of Object.entries(fields)) {
      if (typeof value === 'string' && /_url$|^logo_/.test(field)) yield [[section, field], value];
    }
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
