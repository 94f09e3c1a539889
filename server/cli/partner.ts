import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { createKeyring } from '../crypto/keyring.ts';
import { newPublishableKey } from '../crypto/publishable-key.ts';
import { createVault } from '../crypto/vault.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ApplyPlan, ApplyResult } from '../partner-file/apply.ts';
import { applyPartnerFile } from '../partner-file/apply.ts';
import type { Change } from '../partner-file/changes.ts';
import type { Notice, Problem } from '../partner-file/problem.ts';
import { readPartnerFile } from '../partner-file/read.ts';
import { openStore } from '../store/database.ts';

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
  /** Who is recorded as having applied. */
  user: string;
  newKey(mode: 'test' | 'live'): string;
  /** Opened only when the file is valid. @throws ConfigError, or Error with what to do about it. */
  open(): Promise<{ store: Store; vault: Vault; clock: Clock }>;
}

const USAGE = 'Usage: departcart partner apply FILE [--yes]';

/** `departcart partner …` with the settings and files of this machine. @returns the exit code, as `partner`. */
export function partnerFromEnvironment(
  args: readonly string[],
  io: PartnerIo,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const clock: Clock = { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
  return partner(args, io, {
    readFile: (path) => readFile(path, 'utf8'),
    env,
    ask: process.stdin.isTTY ? askTerminal : null,
    user: userInfo().username,
    newKey: newPublishableKey,
    async open() {
      const { databaseUrl, masterKeys } = readConfig(env);
      const store = await openStore(databaseUrl);
      return { store, vault: createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock })), clock };
    },
  });
}

async function askTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/**
 * The `partner` verbs.
 * @returns the exit code: 0 in force, 1 refused, declined or failed, 2 called wrongly
 */
export async function partner(args: readonly string[], io: PartnerIo, deps: PartnerDeps): Promise<number> {
  const called = readArgs(args);
  if (!called) {
    io.error(USAGE);
    return 2;
  }
  let text: string;
  try {
    text = await deps.readFile(called.file);
  } catch (error) {
    io.error(`${called.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  return apply({ ...called, text }, io, deps);
}

function readArgs(args: readonly string[]): { file: string; yes: boolean } | null {
  try {
    const options = { yes: { type: 'boolean', short: 'y', default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, file, ...more] = positionals;
    return verb === 'apply' && file !== undefined && more.length === 0 ? { file, yes: values.yes } : null;
  } catch {
    return null;
  }
}

interface Called {
  file: string;
  text: string;
  yes: boolean;
}

async function apply({ file, text, yes }: Called, io: PartnerIo, deps: PartnerDeps): Promise<number> {
  const { env, ask, user: appliedBy, newKey } = deps;
  const read = readPartnerFile({ text, env, loopback: false });
  if ('problems' in read) return say(file, { outcome: 'refused', ...read }, io);
  const confirm = async (plan: ApplyPlan): Promise<boolean> => {
    io.out(planText(plan));
    if (yes) return true;
    if (ask) return /^y(es)?$/i.test((await ask('Apply? [y/N] ')).trim());
    io.error('Nobody is at the terminal to say yes: run it with --yes to apply this.');
    return false;
  };
  try {
    const { store, vault, clock } = await deps.open();
    try {
      const request = { text, env, loopback: false, store, vault, clock, newKey, appliedBy, confirm };
      return say(file, await applyPartnerFile(request), io);
    } finally {
      await store.close();
    }
  } catch (error) {
    io.error(faultText(error));
    return 1;
  }
}

/** An operator reads this, so the cause is told too. */
function faultText(error: unknown): string {
  if (error instanceof DepartCartError) {
    return error.cause instanceof Error ? `${error.detail} ${error.cause.message}` : error.detail;
  }
  return error instanceof Error ? error.message : String(error);
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
    case 'unchanged':
      io.out(`${result.code} is as the file says already, version ${result.version}.`);
      break;
    case 'applied':
      io.out(
        `Applied: ${result.code}, version ${result.version}, mode ${result.mode}. Running servers take it within 10 s.`,
      );
      break;
  }
  io.out(`Publishable key: ${result.publishableKey}`);
  return 0;
}

function refusalText(file: string, problems: readonly Problem[], notices: readonly Notice[]): string {
  const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
  const listed = problems.map((problem) => `  ${whereText(problem)} ${problem.message}\n      ${problem.fix}`);
  return [`${basename(file)} was not applied, it has ${count}:`, ...listed, ...noticeLines(notices)].join('\n');
}

function planText({ code, mode, version, changes, notices }: ApplyPlan): string {
  const title =
    version === 1 ? `${code} is a new brand, mode ${mode}:` : `${code}, mode ${mode}, version ${version} changes:`;
  return [title, ...changes.map((change) => `  ${changeText(change)}`), ...noticeLines(notices)].join('\n');
}

function changeText({ path, before, after }: Change): string {
  if (before === undefined) return `+ ${path}: ${after}`;
  if (after === undefined) return `- ${path}: ${before}`;
  return `~ ${path}: ${before} → ${after}`;
}

const noticeLines = (notices: readonly Notice[]): string[] =>
  notices.map((notice) => `  Note: ${whereText(notice)} ${notice.message}`);

const whereText = ({ path, line }: Notice): string =>
  `${path || 'The file'}${line === undefined ? '' : ` (line ${line})`}`;
