import { userInfo } from 'node:os';
import { compose } from '../compose.ts';
import { readConfig } from '../config.ts';
import { gds } from './gds.ts';
import { keysFromEnvironment } from './keys.ts';
import { partnerFromEnvironment } from './partner.ts';
import { transactions } from './transactions.ts';

/** How a verb family speaks: what it was asked for goes to standard output, everything else to standard error. */
const io = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  error: (text: string) => void process.stderr.write(`${text}\n`),
};

const HELP = `departcart: sell seats after booking, on your own page

  partner apply FILE [--yes] [--check]
                               check a brand's file, show what changes, put it in force
  partner list                 the brands
  partner show BRAND [--version N]
                               keys, versions and file of a brand, credentials masked
  partner rotate-secret BRAND [--grace HOURS] [--revoke-tokens] [--yes]
                               a new API secret; the old one ends after 24 hours or those given
  partner rollback BRAND [--to N] [--yes]
                               put the version before, or version N, in force again
  partner disable BRAND [--yes]
                               let nobody in any more; purchases under way go to their end
  keys rotate                  wrap the database's keys under the first of DEPARTCART_MASTER_KEYS
  transactions list|show|attention|retry|reverse|solved …
                               purchases, and what needs a person
  gds map FILE [--json]        draw a raw seat map reply of a GDS as we read it

Settings come from the environment (README, "Settings").`;

/**
 * The `departcart` command.
 * @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly
 */
export async function cli(args: readonly string[]): Promise<number> {
  const [family, ...rest] = args;
  switch (family) {
    case 'gds':
      return gds(rest, io);
    case 'keys':
      return keysFromEnvironment(rest, io, process.env);
    case 'partner':
      return partnerFromEnvironment(rest, io, process.env);
    case 'transactions':
      return transactions(rest, io, {
        open: () => compose({ config: readConfig(process.env) }),
        user: userInfo().username,
      });
    case undefined:
    case 'help':
    case '--help':
      io.out(HELP);
      return 0;
    default:
      io.error(`There is no "departcart ${family}".\n\n${HELP}`);
      return 2;
  }
}
