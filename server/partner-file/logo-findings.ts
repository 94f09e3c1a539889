import type { FetchedLogos, LogoName } from '../domain/ports/logos.ts';
import type { Change } from './changes.ts';
import type { Derived } from './derived.ts';
import type { Notice, Path, Problem } from './problem.ts';
import { at } from './problem.ts';
import type { PartnerFile } from './schema.ts';

const FIELDS = {
  primary: 'logo_primary',
  icon: 'logo_icon',
  light: 'logo_light',
  iconLight: 'logo_icon_light',
} as const satisfies Record<LogoName, keyof PartnerFile['brand']>;

const FIX = 'Mend the address or take the line out; pages then show the name in place of the logo.';

/** Where the file says that the logos lie. */
export const logoAddresses = ({ brand }: PartnerFile): Partial<Record<LogoName, string>> =>
  Object.fromEntries(
    (Object.entries(FIELDS) as [LogoName, (typeof FIELDS)[LogoName]][]).flatMap(([which, field]) =>
      brand[field] === undefined ? [] : [[which, brand[field]]],
    ),
  );

/**
 * What to say of the logos that were asked for. One that cannot be had is a warning in mode test and a fault in mode live; where its
 * address is the one of the version in force, the picture from then stays.
 */
export function logoFindings(
  file: PartnerFile,
  { found, failed }: FetchedLogos,
  before: { file: PartnerFile | null; logos: Derived['logos'] },
  lineOf: (path: Path) => number | undefined,
): { problems: Problem[]; notices: Notice[]; changes: Change[]; kept: Derived['logos'] } {
  const [old, now] = [before.file ? logoAddresses(before.file) : {}, logoAddresses(file)];
  const earlier = (which: LogoName) => (old[which] === now[which] ? before.logos?.[which] : undefined);
  const refused: Problem[] = [];
  const notices: Notice[] = [];
  for (const { which, why } of failed) {
    const path = ['brand', FIELDS[which]];
    const stays = earlier(which) !== undefined;
    const message = `cannot be had: its address ${why}${stays ? '; the picture from before stays' : ''}`;
    const placed = { ...at(path, lineOf(path)), message };
    if (file.mode === 'live' && !stays) refused.push({ ...placed, fix: FIX });
    else notices.push(placed);
  }
  const kept: NonNullable<Derived['logos']> = {};
  for (const which of Object.keys(now) as LogoName[]) kept[which] = found[which] ?? earlier(which);
  const changes = (Object.keys(FIELDS) as LogoName[]).flatMap((which): Change[] => {
    const [was, is] = [before.logos?.[which], kept[which]];
    if (was === is) return [];
    const path = `brand.${FIELDS[which]}, its picture`;
    return [{ path, ...(was && { before: was.slice(0, 12) }), ...(is && { after: is.slice(0, 12) }) }];
  });
  return { problems: refused, notices, changes, kept };
}
