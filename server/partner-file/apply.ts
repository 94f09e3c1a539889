import type { Clock } from '../domain/ports/clock.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import type { BrandRow, Store } from '../domain/ports/store.ts';
import type { Change } from './changes.ts';
import { changesBetween } from './changes.ts';
import { openFile, sealFile } from './kept-brand.ts';
import type { Notice, Problem } from './problem.ts';
import type { ReadOptions } from './read.ts';
import { readPartnerFile } from './read.ts';
import type { PartnerFile } from './schema.ts';
import { brandCode } from './settings.ts';

export interface ApplyRequest extends ReadOptions {
  store: Pick<Store, 'rows'>;
  vault: Vault;
  clock: Clock;
  /** Makes a publishable key. */
  newKey: (mode: 'test' | 'live') => string;
  /** Who did it, for the record. */
  appliedBy: string;
  /** Asked once, when there is something to change. */
  confirm: (plan: ApplyPlan) => Promise<boolean>;
  /** Keys by brand code that are used instead of random ones. The demo's only. */
  fixedCredentials?: Readonly<Record<string, { publishableKey: string }>>;
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
  /** The file says what is in force already. */
  | { outcome: 'unchanged'; code: string; version: number; publishableKey: string; notices: Notice[] }
  | { outcome: 'declined'; code: string }
  /** Somebody else applied a version meanwhile; what was confirmed is no longer what would change. */
  | { outcome: 'overtaken'; code: string }
  | ({ outcome: 'applied'; publishableKey: string } & ApplyPlan);

/**
 * Puts a partner file in force: checks it, shows what changes, and writes the brand's next version, sealed. Versions before it stay.
 * @throws DepartCartError `internal` when the version in force cannot be opened.
 */
export async function applyPartnerFile(request: ApplyRequest): Promise<ApplyResult> {
  const { store, vault, clock } = request;
  const read = readPartnerFile(request);
  if ('problems' in read) return { outcome: 'refused', ...read };
  const { file, notices } = read;
  const code = brandCode(file)!;

  const current = await store.rows.brands.newest(code);
  const before = current && (await openFile(vault, current));
  const otherMode = before && before.mode !== file.mode ? modeProblem(before.mode, code) : null;
  if (otherMode) return { outcome: 'refused', problems: [otherMode], notices };
  const changes = changesBetween(before, file);
  if (current && changes.length === 0) {
    return { outcome: 'unchanged', code, version: current.version, publishableKey: current.publishableKey, notices };
  }

  const plan: ApplyPlan = { code, mode: file.mode, version: (current?.version ?? 0) + 1, changes, notices };
  if (!(await request.confirm(plan))) return { outcome: 'declined', code };
  const fixed = request.fixedCredentials;
  const fixedKey = fixed && Object.hasOwn(fixed, code) ? fixed[code]?.publishableKey : undefined;
  const publishableKey = fixedKey ?? current?.publishableKey ?? request.newKey(file.mode);
  const row = {
    code,
    version: plan.version,
    publishableKey,
    state: 'on' as const,
    derivedSealed: null,
    appliedAt: clock.now(),
    appliedBy: request.appliedBy,
  };
  const added = await store.rows.brands.add(await sealed(vault, row, file));
  return added ? { outcome: 'applied', publishableKey, ...plan } : { outcome: 'overtaken', code };
}

const sealed = async (vault: Vault, row: Omit<BrandRow, 'settingsSealed'>, file: PartnerFile): Promise<BrandRow> => ({
  ...row,
  settingsSealed: await sealFile(vault, row, file),
});

const modeProblem = (inForce: 'test' | 'live', code: string): Problem => ({
  path: 'mode',
  message: `is ${inForce} for the brand ${code} in force, and stays so, since its keys and transactions are ${inForce} ones`,
  fix: 'Give the other mode a brand of its own: another brand.code.',
});
