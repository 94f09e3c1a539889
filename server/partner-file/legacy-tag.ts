import { originAllowed } from '../domain/brand.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import type { Store } from '../domain/ports/store.ts';
import { openFile } from './kept-brand.ts';
import type { Path, Problem } from './problem.ts';
import { at } from './problem.ts';
import type { PartnerFile } from './schema.ts';

/**
 * The published tag of the guide names no brand: the page's origin does, so only one brand may answer it there.
 * @returns a problem for each origin at which another brand in force does
 */
export async function legacyTagProblems(
  { store, vault }: { store: Pick<Store, 'rows'>; vault: Vault },
  file: PartnerFile,
  code: string,
  lineOf: (path: Path) => number | undefined,
): Promise<Problem[]> {
  if (!file.panel?.find) return [];
  const rows = (await store.rows.brands.list()).filter((row) => row.code !== code && row.state === 'on');
  const problems = new Map<number, Problem>();
  for (const row of rows) {
    // A brand that cannot be opened answers no tag either.
    const other = await openFile(vault, row).catch(() => null);
    if (!other?.panel?.find) continue;
    for (const [index, origin] of file.origins.entries()) {
      if (problems.has(index) || !other.origins.some((theirs) => overlap(origin, theirs))) continue;
      const path = ['origins', index];
      problems.set(index, {
        ...at(path, lineOf(path)),
        message: `is where the brand ${row.code} answers the tag that names no brand, since both files have panel.find`,
        fix: 'Take panel.find out of one of the two, or the origin; tags with a publishable key need neither.',
      });
    }
  }
  return [...problems.values()];
}

/** Whether a page could be both brands'. Two wildcards share pages only when they are the same. */
const overlap = (one: string, other: string): boolean =>
  one === other || originAllowed({ origins: [one] }, other) || originAllowed({ origins: [other] }, one);
