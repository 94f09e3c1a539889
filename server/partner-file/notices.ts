import { GDS_FORMS } from './gds-forms.ts';
import { isUnfilled, PAYMENT_FORMS } from './payment-forms.ts';
import type { Note, Path } from './problem.ts';
import type { PartnerFile } from './schema.ts';

/** What is valid and kept, and does not do what it says: by this version not at all, or not as somebody might think. */
export function noteWhatIsKeptOnly(file: PartnerFile, note: Note): void {
  noteUnused(file, note);
  noteGds(file, note);
  notePayment(file, note);
  noteWebhooks(file, note);
  noteLegacyIds(file, note);
  if (file.brand.font_url !== undefined) {
    note(
      ['brand', 'font_url'],
      "is kept, and never loaded: the panel uses the font if the page has it, and sends travellers' browsers to no font host",
    );
  }
  if (!file.legal?.terms_url || !file.legal.privacy_url) {
    note(['legal'], 'lacks terms_url or privacy_url, which travellers are shown before they pay');
  }
}

function noteUnused(file: PartnerFile, note: Note): void {
  const unused: [Path, unknown][] = [
    [['catalogue'], file.catalogue],
    [['gds', 'failover'], file.gds.failover],
    [['panel', 'layout'], file.panel?.layout],
    [['panel', 'texts'], file.panel?.texts],
  ];
  for (const [path, section] of unused) {
    if (section !== undefined) note(path, 'is kept, and not used yet by this version');
  }
}

function noteGds({ gds }: PartnerFile, note: Note): void {
  if (gds.emd && !GDS_FORMS[gds.gds_provider]?.issuesEmd) {
    note(
      ['gds', 'emd'],
      'is kept: seats are sold without electronic documents, which this version does not issue at this GDS',
    );
  }
  if (gds.network?.allowed_ips !== undefined) {
    note(
      ['gds', 'network', 'allowed_ips'],
      "is kept for your record: give your GDS the addresses of the machine that this server's calls come from",
    );
  }
  if (gds.network?.rate_limits !== undefined) {
    note(['gds', 'network', 'rate_limits'], 'is kept, and not used yet by this version');
  }
}

function notePayment({ mode, payment }: PartnerFile, note: Note): void {
  const form = payment?.provider === undefined ? undefined : PAYMENT_FORMS[payment.provider];
  if (!payment || !form) return;
  const { capture_method, payment_methods = [], fraud_rules, fraud_detection } = payment.settings ?? {};
  if (payment.provider === 'adyen' && mode === 'live' && payment.credentials?.['live_prefix'] === undefined) {
    note(['payment', 'credentials'], 'lacks live_prefix, which live calls to this gateway need');
  }
  if (!form.built) {
    note(
      ['payment'],
      'is kept, and not used: this gateway is not built yet, so only seats without a price can be sold',
    );
    return;
  }
  if (isUnfilled(payment)) {
    note(
      ['payment'],
      'is kept, and not used until its placeholders are filled in: only seats without a price can be sold',
    );
  }
  if (capture_method === 'automatic') {
    note(
      ['payment', 'settings', 'capture_method'],
      'charges before the seats are confirmed, and refunds those that are not, which takes days and costs you fees: "manual" charges only for confirmed seats',
    );
  }
  if (payment_methods.some((method) => method !== 'card')) {
    note(['payment', 'settings', 'payment_methods'], 'is kept: this version takes cards only');
  }
  if (fraud_rules ?? fraud_detection) {
    note(
      ['payment', 'settings', fraud_rules ? 'fraud_rules' : 'fraud_detection'],
      "is kept, and not used: fraud rules are set in the gateway's dashboard",
    );
  }
}

function noteWebhooks({ webhooks = [] }: PartnerFile, note: Note): void {
  for (const [index, { profile, auth, order, rate, secret }] of webhooks.entries()) {
    const path = ['webhooks', index];
    if (profile !== 'guide') {
      note([...path, 'profile'], 'is kept, and nothing is delivered there: this version knows the profile guide');
      continue;
    }
    if (secret === undefined) {
      note(path, 'has no secret: one is made when the file is first applied, and shown that once');
    }
    if (auth && auth.kind !== 'none') {
      note([...path, 'auth'], 'is kept, and not sent yet by this version: deliveries are signed, and that is all');
    }
    if (order !== undefined && order !== 'key') {
      note([...path, 'order'], 'is kept: this version keeps the order of each purchase, which is "key"');
    }
    if (rate !== undefined) note([...path, 'rate'], 'is kept, and not used yet by this version');
  }
}

function noteLegacyIds({ legacy_ids: ids }: PartnerFile, note: Note): void {
  if (ids?.formats.includes('aes-cbc')) {
    note(
      ['legacy_ids', 'formats'],
      'has aes-cbc: whoever holds such a link can change its locator unseen, and only the last name guards the booking',
    );
  }
}
