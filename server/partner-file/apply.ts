import type { FetchLogos } from '../domain/ports/logos.ts';
import type { BrandRow } from '../domain/ports/store.ts';
import type { Change } from './changes.ts';
import { changesBetween } from './changes.ts';
import type { Derived } from './derived.ts';
import { openDerived, openFile } from './kept-brand.ts';
import { legacyTagProblems } from './legacy-tag.ts';
import { logoAddresses, logoFindings } from './logo-findings.ts';
import type { Notice, Path, Problem } from './problem.ts';
import { at } from './problem.ts';
import type { ReadOptions } from './read.ts';
import { readPartnerFile } from './read.ts';
import type { PartnerFile } from './schema.ts';
import { brandCode } from './settings.ts';
import { type ApiCredentials, type BrandParts, ensureApiSecret, type Written, writeVersion } from './write-version.ts';

export interface ApplyRequest extends ReadOptions, BrandParts {
  /** Who did it, for the record. */
  appliedBy: string;
  /** Asked once, when there is something to change. */
  confirm: (plan: ApplyPlan) => Promise<boolean>;
  /** Absent: the logos' addresses are kept, and no picture is had. */
  fetchLogos?: FetchLogos;
  /** True: nothing is asked, and nothing written. `fetchLogos` must keep nothing then. */
  lookOnly?: boolean;
}

/** What is about to be put in force. */
export interface ApplyPlan {
  code: string;
  mode: 'test' | 'live';
  /** The version that it will be; 1: the brand is new. */
  version: number;
  changes: Change[];
  notices: Notice[];
}

export type ApplyResult =
  | { outcome: 'refused'; problems: Problem[]; notices: Notice[] }
  /** The file says what is in force already. No API key: the brand has none yet, and nothing was to be written. */
  | ({
      outcome: 'unchanged';
      code: string;
      version: number;
      publishableKey: string;
      notices: Notice[];
    } & Partial<ApiCredentials>)
  | ({ outcome: 'looked' } & ApplyPlan)
  | { outcome: 'declined'; code: string }
  /** Somebody else applied a version meanwhile; what was confirmed is no longer what would change. */
  | { outcome: 'overtaken'; code: string }
  | ({ outcome: 'applied' } & ApplyPlan & Written);

/**
 * Puts a partner file in force: checks it, shows what changes, and writes the brand's next version, sealed. Versions before it stay.
 * @throws DepartCartError `internal` when the version in force cannot be opened.
 */
export async function applyPartnerFile(request: ApplyRequest): Promise<ApplyResult> {
  const { store, vault, lookOnly = false } = request;
  const read = readPartnerFile(request);
  if ('problems' in read) return { outcome: 'refused', ...read };
  const { file, lineOf } = read;
  const code = brandCode(file)!;

  const current = await store.rows.brands.newest(code);
  const before = current && (await openFile(vault, current));
  const logos = await logosOf(request, file, { current, file: before }, lineOf);
  const notices = [...read.notices, ...logos.notices];
  const problems = [
    ...(before && before.mode !== file.mode ? [modeProblem(before.mode, code, lineOf)] : []),
    ...(await legacyTagProblems(request, file, code, lineOf)),
    ...logos.problems,
  ];
  if (problems.length > 0) return { outcome: 'refused', problems, notices };

  const changes = [...stateChange(current), ...changesBetween(before, file), ...logos.changes];
  if (current && changes.length === 0) {
    const { version, publishableKey } = current;
    const api = lookOnly
      ? {}
      : await store.atomically((rows) => ensureApiSecret(request, rows, code, request.appliedBy));
    return { outcome: 'unchanged', code, version, publishableKey, notices, ...api };
  }

  const plan: ApplyPlan = { code, mode: file.mode, version: (current?.version ?? 0) + 1, changes, notices };
  if (lookOnly) return { outcome: 'looked', ...plan };
  if (!(await request.confirm(plan))) return { outcome: 'declined', code };
  const written = await writeVersion(request, {
    code,
    version: plan.version,
    state: 'on',
    appliedBy: request.appliedBy,
    file,
    current,
    logos: logos.kept,
  });
  return written ? { outcome: 'applied', ...plan, ...written } : { outcome: 'overtaken', code };
}

type LineOf = (path: Path) => number | undefined;

const modeProblem = (inForce: 'test' | 'live', code: string, lineOf: LineOf): Problem => ({
  ...at(['mode'], lineOf(['mode'])),
  message: `is ${inForce} for the brand ${code} in force, and stays so, since its keys and transactions are ${inForce} ones`,
  fix: 'Give the other mode a brand of its own: another brand.code.',
});

const stateChange = (current: BrandRow | null): Change[] =>
  current?.state === 'disabled' ? [{ path: 'state', before: 'disabled', after: 'on' }] : [];

interface Logos {
  problems: Problem[];
  notices: Notice[];
  changes: Change[];
  kept: Derived['logos'];
}

/** The pictures of the file's logos, and what to say of those that cannot be had: a warning in mode test, a fault in mode live. */
async function logosOf(
  { vault, fetchLogos }: ApplyRequest,
  file: PartnerFile,
  before: { current: BrandRow | null; file: PartnerFile | null },
  lineOf: LineOf,
): Promise<Logos> {
  const logos = before.current ? (await openDerived(vault, before.current)).logos : undefined;
  const addresses = logoAddresses(file);
  const fetched =
    fetchLogos && Object.keys(addresses).length > 0 ? await fetchLogos(addresses) : { found: {}, failed: [] };
  return logoFindings(file, fetched, { file: before.file, logos }, lineOf);
}
