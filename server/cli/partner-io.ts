import { DepartCartError } from '../domain/error.ts';
import type { FetchLogos } from '../domain/ports/logos.ts';
import type { Change } from '../partner-file/changes.ts';
import type { Makers } from '../partner-file/makers.ts';
import type { Notice, Problem } from '../partner-file/problem.ts';
import type { BrandParts } from '../partner-file/write-version.ts';
import type { Store } from '../domain/ports/store.ts';

/** Where a command speaks: what it was asked for goes out, everything else is an error. Each call is one or more whole lines. */
export interface PartnerIo {
  out(text: string): void;
  error(text: string): void;
}

export interface PartnerDeps {
  readFile(path: string): Promise<string>;
  /** What `${NAME}` in a file stands for. */
  env: Readonly<Record<string, string | undefined>>;
  /** Asks the person at the terminal; null when nobody sits there. */
  ask: ((question: string) => Promise<string>) | null;
  /** Who is recorded as having changed a brand. */
  user: string;
  make: Makers;
  /** Opened only when the command is understood and its file valid. @throws ConfigError, or Error with what to do about it. */
  open(): Promise<OpenPartners>;
}

export interface OpenPartners extends Pick<BrandParts, 'vault' | 'clock'> {
  store: Store;
  /** Fetches logos and keeps them; `lookAtLogos` only says what can be had. */
  fetchLogos?: FetchLogos;
  lookAtLogos?: FetchLogos;
  /** Ends the brand's bearer tokens; false: none can have been given out. */
  revokeTokens(brand: string): Promise<boolean>;
}

/** Opens the store for the length of a piece of work; what goes wrong is said, not thrown. @returns the work's exit code, or 1 */
export async function withPartners(
  io: PartnerIo,
  deps: PartnerDeps,
  work: (open: OpenPartners) => Promise<number>,
): Promise<number> {
  try {
    const open = await deps.open();
    try {
      return await work(open);
    } finally {
      await open.store.close();
    }
  } catch (error) {
    io.error(faultText(error));
    return 1;
  }
}

/** Yes by flag or by the person at the terminal. */
export async function agreed(io: PartnerIo, { ask }: PartnerDeps, yes: boolean, question: string): Promise<boolean> {
  if (yes) return true;
  if (ask) return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
  io.error('Nobody is at the terminal to say yes: run it with --yes to do this.');
  return false;
}

/** An operator reads this, so the cause is told too. */
export function faultText(error: unknown): string {
  if (error instanceof DepartCartError) {
    return error.cause instanceof Error ? `${error.detail} ${error.cause.message}` : error.detail;
  }
  return error instanceof Error ? error.message : String(error);
}

export function changeText({ path, before, after }: Change): string {
  if (before === undefined) return `+ ${path}: ${after}`;
  if (after === undefined) return `- ${path}: ${before}`;
  return `~ ${path}: ${before} → ${after}`;
}

export const problemLines = (problems: readonly Problem[]): string[] =>
  problems.map((problem) => `  ${whereText(problem)} ${problem.message}\n      ${problem.fix}`);

export const noticeLines = (notices: readonly Notice[]): string[] =>
  notices.map((notice) => `  Note: ${whereText(notice)} ${notice.message}`);

const whereText = ({ path, line }: Notice): string =>
  `${path || 'The file'}${line === undefined ? '' : ` (line ${line})`}`;

/** A brand's key and, where it was just made, its secret, which nobody can show again. */
export const credentialLines = ({ apiKey, apiSecret }: { apiKey?: string; apiSecret?: string }): string[] => [
  ...(apiKey === undefined ? [] : [`API key: ${apiKey}`]),
  ...(apiSecret === undefined ? [] : [`API secret: ${apiSecret}`, SHOWN_ONCE]),
];

export const SHOWN_ONCE = '  Shown this once and stored nowhere: keep it where your server finds it.';

/** A minute, in UTC. */
export const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
