import { basename } from 'node:path';
import { noticeLines, problemLines } from '../server/cli/partner-io.ts';
import type { ApplyResult } from '../server/partner-file/apply.ts';
import type { Notice } from '../server/partner-file/problem.ts';
import { readPartnerFile } from '../server/partner-file/read.ts';

/** A partner's own file, tried in the demo. */
export interface OwnFile {
  /** As it was given on the command line. */
  name: string;
  text: string;
}

/** The file has faults; the message lists them as `partner apply` does. */
export class OwnFileError extends Error {
  override readonly name = 'OwnFileError';
}

/**
 * A partner's own file with the demo's stand-ins in place of its reservation system, its gateway and its receivers: brand, origins, texts and links
 * are the partner's, and nothing calls a vendor with the partner's credentials. A receiver on this machine stays.
 * @param env what `${NAME}` in the files stands for
 * @param demoFile the demo brand's file
 * @throws OwnFileError
 */
export function withStandIns(
  own: OwnFile,
  demoFile: string,
  env: Record<string, string | undefined>,
): { text: string; notices: Notice[] } {
  const { file, notices } = readOwn(own, env);
  const demo = readPartnerFile({ text: demoFile, env, loopback: true });
  if ('problems' in demo) throw new Error("the demo's own file is refused");
  const { gds, payment, webhooks: [inbox] = [] } = demo.file;
  const webhooks = file.webhooks?.map((one) => (isHere(one.url) ? one : { ...inbox, events: one.events }));
  const text = JSON.stringify({ ...file, gds, ...(file.payment && { payment }), ...(webhooks && { webhooks }) });
  // What is to be said of sections that are not used here would mislead; `partner apply --check` says it.
  return { text, notices: notices.filter(({ path }) => !/^(?:gds|payment)\b/.test(path)) };
}

function readOwn({ name, text }: OwnFile, env: Record<string, string | undefined>) {
  const read = readPartnerFile({ text, env: { ...placeholders(text), ...env }, loopback: true });
  const refuse = (...lines: string[]) => new OwnFileError([`${basename(name)} was not applied:`, ...lines].join('\n'));
  if ('problems' in read) throw refuse(...problemLines(read.problems), ...noticeLines(read.notices));
  if (read.file.mode === 'live') throw refuse('  mode is live. The demo takes files of mode test.');
  if (read.file.brand.code === 'skyline')
    throw refuse("  brand.code is skyline, which is the demo's own. Take another.");
  return read;
}

/** What keys of the forms begin with. */
const PREFIXES: Readonly<Record<string, string>> = {
  publishable_key: 'pk_test_',
  secret_key: 'sk_test_',
  webhook_secret: 'whsec_',
};

/** What the file names and is not set here yet, as placeholders of the forms: stand-ins take its place. */
const placeholders = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(?:(\w+)['"]?: *\[? *['"]?)?\$\{(\w+)\}/g)].map(([, field = '', word = '']) => [
      word,
      `${PREFIXES[field] ?? ''}YOUR_${word}`,
    ]),
  );

const isHere = (url: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);

/**
 * What the terminal says of it: the credentials, where its seat map is, what to mind.
 * @param notices on the file as the partner wrote it
 */
export function ownBrandText(name: string, result: ApplyResult, notices: Notice[], { api }: { api: string }): string {
  if (result.outcome !== 'applied') throw new Error(`${name} was not applied: ${result.outcome}`);
  const { code, publishableKey, apiKey, apiSecret } = result;
  // Whether its logos can be had shows only now. The rest is about the stand-ins.
  const later = result.notices
    .filter(({ path }) => path.startsWith('brand.') && !notices.some((one) => one.path === path))
    .map(({ path, message }) => ({ path, message }));
  return [
    `  Your brand ${code}, from ${basename(name)}, with the sandboxes in place of your reservation system and gateway`,
    `    API key and secret   ${apiKey}  ${apiSecret}`,
    `    Publishable key      ${publishableKey}`,
    `    Its seat map         ${api}/seatmap?key=${publishableKey}`,
    ...noticeLines([...notices, ...later]).map((line) => `  ${line}`),
  ].join('\n');
}
