import type { Path } from './problem.ts';
import { pathText } from './problem.ts';
import type { PartnerFile } from './schema.ts';

/** One value that a new version changes. A credential reads `[secret]`, before and after. */
export interface Change {
  path: string;
  /** Absent: it was not there. */
  before?: string;
  /** Absent: it is no longer there. */
  after?: string;
}

/** Everything is a credential but what is known to be none: a field nobody thought of is masked. */
const SHOWN = [
  /^(mode|origins|brand|legal|panel|catalogue)\b/,
  /^gds\.(gds_provider|environment|network|sales|emd|base_url|office_id|order_change_verb|pcc|target_branch|provider_code)\b/,
  /^payment\.(provider|environment|settings|base_url)\b/,
  /^webhooks\[\d+\]\.(profile|events|order|rate|auth\.kind)\b/,
  /^legacy_ids\.(kdf|formats|until|max_age_days)\b/,
];

/** What changes from one file to the next, in the order of the sections. */
export function changesBetween(before: PartnerFile | null, after: PartnerFile): Change[] {
  const old = flattened(before ?? {});
  const now = flattened(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was === is) return [];
    const show = (text: string) => (SHOWN.some((known) => known.test(path)) ? text : '[secret]');
    return [{ path, ...(was !== undefined && { before: show(was) }), ...(is !== undefined && { after: show(is) }) }];
  });
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** Path to value as JSON writes it, with what could steer a terminal or turn the reading direction written out. */
function flattened(value: unknown, path: Path = [], into = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      flattened(item, [...path, Array.isArray(value) ? Number(key) : key], into);
    }
  } else if (value !== undefined) into.set(pathText(path), JSON.stringify(value).replace(/[\p{Cc}\p{Cf}]/gu, escaped));
  return into;
}
