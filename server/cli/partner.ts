import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { replaceKey } from '../crypto/key-changes.ts';
import { createKeyring } from '../crypto/keyring.ts';
import { makers } from '../crypto/makers.ts';
import { createVault } from '../crypto/vault.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { BrandFileRows, Store } from '../domain/ports/store.ts';
import { createLogoFetcher } from '../logos/fetch-logos.ts';
import { createOutbound } from '../outbound/http.ts';
import { openStore } from '../store/database.ts';
import { apply } from './partner-apply.ts';
import { disable, list, rollback, rotate, show } from './partner-brand.ts';
import type { OpenPartners, PartnerDeps, PartnerIo } from './partner-io.ts';

const USAGE = `Usage:
  departcart partner apply FILE [--yes] [--check]
  departcart partner list
  departcart partner show BRAND [--version N]
  departcart partner rotate-secret BRAND [--grace HOURS] [--revoke-tokens] [--yes]
  departcart partner rollback BRAND [--to N] [--yes]
  departcart partner disable BRAND [--yes]`;

/** `departcart partner …` with the settings and files of this machine. @returns the exit code, as `partner`. */
export function partnerFromEnvironment(
  args: readonly string[],
  io: PartnerIo,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return partner(args, io, {
    readFile: (path) => readFile(path, 'utf8'),
    env,
    ask: process.stdin.isTTY ? askTerminal : null,
    user: userInfo().username,
    make: makers,
    open: () => openPartners(env),
  });
}

async function openPartners(env: Readonly<Record<string, string | undefined>>): Promise<OpenPartners> {
  const clock: Clock = { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
  const { databaseUrl, masterKeys } = readConfig(env);
  const store = await openStore(databaseUrl);
  const outbound = createOutbound({ loopback: false, log: () => {} });
  const close = async () => {
    outbound.close();
    await store.close();
  };
  return {
    store: { ...store, close } satisfies Store,
    vault: createVault(createKeyring({ keys: store.rows.keys, masterKeys, clock })),
    clock,
    fetchLogos: createLogoFetcher({ outbound: outbound.call, files: store.rows.brandFiles, clock }),
    lookAtLogos: createLogoFetcher({ outbound: outbound.call, files: nowhere, clock }),
    revokeTokens: (brand) => replaceKey({ store, masterKeys, clock }, brand, 'bearer_token'),
  };
}

const nowhere: BrandFileRows = { put: () => Promise.resolve(), get: () => Promise.resolve(null) };

async function askTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/**
 * The `partner` verbs. What changes a brand is shown and asked first, but with `--yes`, and recorded with who did it.
 * @returns the exit code: 0 done, 1 refused, declined or failed, 2 called wrongly
 */
export async function partner(args: readonly string[], io: PartnerIo, deps: PartnerDeps): Promise<number> {
  const wish = understand(args);
  if (!wish) {
    io.error(USAGE);
    return 2;
  }
  return wish(io, deps);
}

type Wish = (io: PartnerIo, deps: PartnerDeps) => Promise<number>;

const OPTIONS = {
  yes: { type: 'boolean', short: 'y' },
  check: { type: 'boolean' },
  version: { type: 'string' },
  to: { type: 'string' },
  grace: { type: 'string' },
  'revoke-tokens': { type: 'boolean' },
} as const;

/** Each verb's own options: one that a verb does not know must not look as if it worked. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  apply: ['yes', 'check'],
  list: [],
  show: ['version'],
  'rotate-secret': ['yes', 'grace', 'revoke-tokens'],
  rollback: ['yes', 'to'],
  disable: ['yes'],
};

function understand(args: readonly string[]): Wish | null {
  const parsed = parse(args);
  if (!parsed) return null;
  const { verb, what, values } = parsed;
  const { yes = false, check = false } = values;
  if (verb === 'list') return what === undefined ? list : null;
  if (what === undefined) return null;
  switch (verb) {
    case 'apply':
      return (io, deps) => apply({ file: what, yes, check }, io, deps);
    case 'show':
      return (io, deps) => show(what, numberOf(values.version), io, deps);
    case 'rollback':
      return (io, deps) => rollback(what, { to: numberOf(values.to), yes }, io, deps);
    case 'disable':
      return (io, deps) => disable(what, yes, io, deps);
    default: {
      const options = {
        graceHours: numberOf(values.grace) ?? DEFAULT_GRACE_HOURS,
        revokeTokens: values['revoke-tokens'] ?? false,
        yes,
      };
      return (io, deps) => rotate(what, options, io, deps);
    }
  }
}

const DEFAULT_GRACE_HOURS = 24;

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [verb = '', what, ...more] = positionals;
    const known = Object.hasOwn(KNOWN, verb) ? KNOWN[verb]! : null;
    const numbers = [values.version, values.to, values.grace].filter((text) => text !== undefined);
    if (!known || more.length > 0 || !Object.keys(values).every((name) => known.includes(name))) return null;
    return numbers.every((text) => /^\d{1,6}$/.test(text)) ? { verb, what, values } : null;
  } catch {
    return null;
  }
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
