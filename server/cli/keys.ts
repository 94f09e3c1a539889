import { readConfig } from '../config.ts';
import { type Rewrapped, rewrapKeys } from '../crypto/key-changes.ts';
import type { MasterKey } from '../crypto/keyring.ts';
import type { Store } from '../domain/ports/store.ts';
import { openStore } from '../store/database.ts';
import { faultText, type PartnerIo } from './partner-io.ts';

export interface KeysDeps {
  /** Opened only when the command is understood. @throws ConfigError, or Error with what to do about it. */
  open(): Promise<{ store: Store; masterKeys: readonly MasterKey[] }>;
}

const USAGE = 'Usage: departcart keys rotate';

/** `departcart keys …` with the settings of this machine. @returns the exit code, as `keys`. */
export const keysFromEnvironment = (
  args: readonly string[],
  io: PartnerIo,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> =>
  keys(args, io, {
    async open() {
      const { databaseUrl, masterKeys } = readConfig(env);
      return { store: await openStore(databaseUrl), masterKeys };
    },
  });

/**
 * `keys rotate`: wraps every key in the database anew under the first master key, beside running servers.
 * @returns the exit code: 0 everything is under the first master key, 1 something is not, 2 called wrongly
 */
export async function keys(args: readonly string[], io: PartnerIo, deps: KeysDeps): Promise<number> {
  if (args.length !== 1 || args[0] !== 'rotate') {
    io.error(USAGE);
    return 2;
  }
  try {
    const { store, masterKeys } = await deps.open();
    try {
      const result = await rewrapKeys({ keys: store.rows.keys, masterKeys });
      io.out(countText(result));
      return adviceOf(result, masterKeys, io);
    } finally {
      await store.close();
    }
  } catch (error) {
    io.error(faultText(error));
    return 1;
  }
}

const countText = ({ under, changed, same }: Rewrapped): string =>
  `${changed + same} keys are wrapped by master key ${under}: ${changed} anew, ${same} were before.`;

function adviceOf({ left, damaged }: Rewrapped, masterKeys: readonly MasterKey[], io: PartnerIo): number {
  const others = Object.entries(left);
  for (const [id, count] of others) {
    io.error(
      `${count} keys are wrapped by master key ${id || '(none)'}, which is not in DEPARTCART_MASTER_KEYS: put it back behind the first, and run this again.`,
    );
  }
  for (const fault of damaged) io.error(`Not wrapped anew: ${fault}.`);
  if (others.length > 0 || damaged.length > 0) return 1;
  const old = masterKeys.slice(1).map(({ id }) => id);
  if (old.length === 0) io.out('There is no other master key to take out.');
  else {
    io.out(
      `Once every running server has ${masterKeys[0]!.id} first, run this once more; when it says "0 anew", take ${old.join(', ')} out of DEPARTCART_MASTER_KEYS and restart them.`,
    );
  }
  return 0;
}
