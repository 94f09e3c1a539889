import type { ApiSecretRow, BrandRow } from '../domain/ports/store.ts';
import type { Change } from './changes.ts';
import { changesBetween } from './changes.ts';
import type { Derived } from './derived.ts';
import { openDerived, openFile } from './kept-brand.ts';
import { legacyTagProblems } from './legacy-tag.ts';
import type { Problem } from './problem.ts';
import { type ApiCredentials, type BrandParts, ensureApiSecret, secretRow, writeVersion } from './write-version.ts';

/** What is about to become of a brand that is there. */
export interface BrandPlan {
  code: string;
  /** The version that it will be; that in force, where only its secrets change. */
  version: number;
  changes: Change[];
}

export interface ChangeRequest extends BrandParts {
  code: string;
  by: string;
  confirm: (plan: BrandPlan) => Promise<boolean>;
}

export type ChangeResult<Done> =
  | { outcome: 'unknown' }
  | { outcome: 'refused'; problems: Problem[] }
  | { outcome: 'nothing_to_do'; why: string }
  | { outcome: 'declined' }
  /** Somebody else changed the brand meanwhile. */
  | { outcome: 'overtaken' }
  | ({ outcome: 'done' } & Done);

/**
 * Puts an older version's content in force again, as a new version, and a disabled brand with it.
 * @param to the version whose content it is; absent: the one before that in force
 */
export async function rollbackBrand(
  request: ChangeRequest & { to?: number },
): Promise<ChangeResult<{ version: number; of: number } & ApiCredentials>> {
  const { store, vault, code } = request;
  const versions = await store.rows.brands.versions(code);
  const [current] = versions;
  if (!current) return { outcome: 'unknown' };
  const of = request.to ?? current.version - 1;
  const target = versions.find(({ version }) => version === of);
  if (!target) return nothing(of === 0 ? 'there is no version before this one' : `there is no version ${of}`);
  const file = await openFile(vault, target);
  const problems = await legacyTagProblems(request, file, code, () => undefined);
  if (problems.length > 0) return { outcome: 'refused', problems };
  const changes = [...stateChange(current, 'on'), ...changesBetween(await openFile(vault, current), file)];
  if (changes.length === 0) return nothing(`version ${of} says what is in force`);
  const { logos } = await openDerived(vault, target);
  const written = await writeNext(request, current, { state: 'on', file, logos, changes });
  return written.outcome === 'done' ? { ...written, of } : written;
}

/** Takes a brand out of service: nobody gets in, and what was begun goes to its end. `apply` and `rollback` put it back. */
export async function disableBrand(request: ChangeRequest): Promise<ChangeResult<{ version: number }>> {
  const { store, vault, code } = request;
  const current = await store.rows.brands.newest(code);
  if (!current) return { outcome: 'unknown' };
  const changes = stateChange(current, 'disabled');
  if (changes.length === 0) return nothing('it is disabled');
  const file = await openFile(vault, current);
  const { logos } = await openDerived(vault, current);
  return writeNext(request, current, { state: 'disabled', file, logos, changes });
}

/**
 * Gives the brand's API key a new secret. Those before it end after the grace, or when they were to end before: of two changes in a
 * row, the first must not shut out who still works with the oldest.
 * @param revokeTokens ends the bearer tokens that were given out; false: there were none
 */
export async function rotateSecret(
  request: ChangeRequest & { graceMs: number; revokeTokens?: (brand: string) => Promise<boolean> },
): Promise<ChangeResult<Required<ApiCredentials> & { endsAt: number | null; tokensRevoked: boolean }>> {
  const { store, clock, make, code, by, graceMs } = request;
  const current = await store.rows.brands.newest(code);
  if (!current) return { outcome: 'unknown' };
  if (!(await request.confirm({ code, version: current.version, changes: [] }))) return { outcome: 'declined' };
  const apiSecret = make.newApiSecret();
  const changed = await store.atomically(async (rows) => {
    const { apiKey, apiSecret: first } = await ensureApiSecret(request, rows, code, by);
    if (first !== undefined) return { apiKey, apiSecret: first, endsAt: null };
    const endsAt = clock.now() + graceMs;
    const before = (await rows.apiSecrets.ofBrand(code)).filter((row) => isLive(row, clock.now()));
    await rows.apiSecrets.add(secretRow(request, { apiKey, apiSecret, brand: code, createdBy: by }));
    for (const { hash } of before) await rows.apiSecrets.end(apiKey, hash, endsAt);
    return { apiKey, apiSecret, endsAt: before.length > 0 ? endsAt : null };
  });
  const tokensRevoked = (await request.revokeTokens?.(code)) ?? false;
  return { outcome: 'done', ...changed, tokensRevoked };
}

export const isLive = ({ endsAt }: Pick<ApiSecretRow, 'endsAt'>, now: number): boolean =>
  endsAt === null || endsAt > now;

const nothing = (why: string) => ({ outcome: 'nothing_to_do', why }) as const;

const stateChange = ({ state }: BrandRow, next: BrandRow['state']): Change[] =>
  state === next ? [] : [{ path: 'state', before: state, after: next }];

async function writeNext(
  request: ChangeRequest,
  current: BrandRow,
  next: {
    state: BrandRow['state'];
    file: Awaited<ReturnType<typeof openFile>>;
    logos: Derived['logos'];
    changes: Change[];
  },
): Promise<ChangeResult<{ version: number } & ApiCredentials>> {
  const { code, by } = request;
  const { changes, ...content } = next;
  const version = current.version + 1;
  if (!(await request.confirm({ code, version, changes }))) return { outcome: 'declined' };
  const written = await writeVersion(request, { code, version, current, appliedBy: by, ...content });
  if (!written) return { outcome: 'overtaken' };
  const { apiKey, apiSecret } = written;
  return { outcome: 'done', version, apiKey, ...(apiSecret !== undefined && { apiSecret }) };
}
