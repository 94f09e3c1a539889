import { basename } from 'node:path';
import type { Notice, Problem } from '../partner-file/problem.ts';
import type { ApplyPlan, ApplyResult } from '../partner-file/apply.ts';
import { applyPartnerFile } from '../partner-file/apply.ts';
import { readPartnerFile } from '../partner-file/read.ts';
import {
  agreed,
  changeText,
  credentialLines,
  faultText,
  noticeLines,
  type OpenPartners,
  type PartnerDeps,
  type PartnerIo,
  problemLines,
  SHOWN_ONCE,
  withPartners,
} from './partner-io.ts';

export interface ApplyOptions {
  file: string;
  yes: boolean;
  /** Only look: nothing is asked and nothing written. */
  check: boolean;
}

/** `partner apply FILE`. @returns 0 in force, or valid where only looked; 1 refused, declined or failed */
export async function apply(options: ApplyOptions, io: PartnerIo, deps: PartnerDeps): Promise<number> {
  const { file, check } = options;
  let text: string;
  try {
    text = await deps.readFile(file);
  } catch (error) {
    io.error(`${file} cannot be read: ${faultText(error)}`);
    return 1;
  }
  const read = readPartnerFile({ text, env: deps.env, loopback: false });
  if ('problems' in read) return say(file, { outcome: 'refused', ...read }, io);
  if (!check) return withPartners(io, deps, (open) => applyTo(open, text, options, io, deps));
  let open: OpenPartners;
  try {
    open = await deps.open();
  } catch (error) {
    io.out([`${basename(file)} is valid.`, ...noticeLines(read.notices)].join('\n'));
    io.error(`It was not compared with what is in force. ${faultText(error)}`);
    return 0;
  }
  return withPartners(io, { ...deps, open: () => Promise.resolve(open) }, () => applyTo(open, text, options, io, deps));
}

async function applyTo(
  open: OpenPartners,
  text: string,
  { file, yes, check }: ApplyOptions,
  io: PartnerIo,
  deps: PartnerDeps,
): Promise<number> {
  const { env, make, user: appliedBy } = deps;
  const { store, vault, clock } = open;
  const fetchLogos = check ? open.lookAtLogos : open.fetchLogos;
  const confirm = (plan: ApplyPlan): Promise<boolean> => {
    io.out(planText(plan));
    return agreed(io, deps, yes, 'Apply?');
  };
  const request = {
    store,
    vault,
    clock,
    text,
    env,
    make,
    appliedBy,
    confirm,
    loopback: false,
    lookOnly: check,
    ...(fetchLogos && { fetchLogos }),
  };
  return say(file, await applyPartnerFile(request), io);
}

function say(file: string, result: ApplyResult, io: PartnerIo): number {
  switch (result.outcome) {
    case 'refused':
      io.error(refusalText(file, result.problems, result.notices));
      return 1;
    case 'declined':
      io.error(`Nothing was changed for ${result.code}.`);
      return 1;
    case 'overtaken':
      io.error(
        `Somebody else applied a file for ${result.code} meanwhile. Nothing was changed: run the command again.`,
      );
      return 1;
    case 'looked':
      io.out(planText(result));
      io.out('Only looked: nothing was changed.');
      return 0;
    case 'unchanged':
      io.out(
        [
          `${result.code} is as the file says already, version ${result.version}.`,
          ...noticeLines(result.notices),
          `Publishable key: ${result.publishableKey}`,
          ...credentialLines(result),
        ].join('\n'),
      );
      return 0;
    case 'applied':
      io.out(
        [
          `Applied: ${result.code}, version ${result.version}, mode ${result.mode}. Running servers take it within 10 s.`,
          `Publishable key: ${result.publishableKey}`,
          ...credentialLines(result),
          ...result.signingSecrets.flatMap(({ url, secret }) => [`Signing secret of ${url}: ${secret}`, SHOWN_ONCE]),
        ].join('\n'),
      );
      return 0;
  }
}

function refusalText(file: string, problems: readonly Problem[], notices: readonly Notice[]): string {
  const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
  return [
    `${basename(file)} was not applied, it has ${count}:`,
    ...problemLines(problems),
    ...noticeLines(notices),
  ].join('\n');
}

function planText({ code, mode, version, changes, notices }: ApplyPlan): string {
  const title =
    version === 1 ? `${code} is a new brand, mode ${mode}:` : `${code}, mode ${mode}, version ${version} changes:`;
  return [title, ...changes.map((change) => `  ${changeText(change)}`), ...noticeLines(notices)].join('\n');
}
