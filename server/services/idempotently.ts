import { DepartCartError } from '../domain/error.ts';
import type { PurchaseServices } from './purchase-services.ts';

/** A call that was left running by a dead process is taken over after this. */
const STALE_MS = 60_000;

/**
 * Runs a write once for a key: the same key and body hear the stored answer, another body under the same key is refused, and one that
 * is still running is told so. An error is not stored: its work had no effect, or resumes by itself.
 * @param scope the tenant, the route and, within it, whose key it is
 * @throws DepartCartError `idempotency_key_reused`, `idempotency_in_progress`
 */
export async function idempotently<T extends object>(
  services: PurchaseServices,
  scope: { brand: string; route: string; owner: string; key: string; body: unknown },
  work: () => Promise<T>,
): Promise<T> {
  const { brand, route } = scope;
  const key = await services.vault.digest(brand, `idempotency ${route} ${scope.owner} ${scope.key}`);
  const bodyHash = await services.vault.digest(brand, `idempotency body ${JSON.stringify(scope.body)}`);
  const place = { table: 'idempotency', row: `${route} ${key}`, brand, field: 'answer' };
  const rows = services.store.rows.idempotency;
  const row = { brand, route, key, bodyHash, answerSealed: null, status: null, startedAt: services.clock.now() };
  const begun = await rows.begin(row, STALE_MS);
  if (!begun.begun) {
    if (begun.row.bodyHash !== bodyHash) {
      throw new DepartCartError(
        'idempotency_key_reused',
        'This idempotency key was used with another body. Use a new key for a new wish.',
      );
    }
    if (!begun.row.answerSealed) {
      throw new DepartCartError('idempotency_in_progress', 'The same call is still running. Ask again in a moment.', {
        retryAfterSeconds: 1,
      });
    }
    return JSON.parse(await services.vault.open(place, begun.row.answerSealed)) as T;
  }
  try {
    const answer = await work();
    await rows.finish(brand, route, key, 200, await services.vault.seal(place, JSON.stringify(answer)));
    return answer;
  } catch (error) {
    await rows.abandon(brand, route, key);
    throw error;
  }
}
