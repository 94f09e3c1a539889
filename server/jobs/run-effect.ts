import { completeEffect } from '../domain/transaction/complete.ts';
import { isWrite } from '../domain/transaction/effects.ts';
import { givenUpAs, repeatDelayMs, stillWanted } from '../domain/transaction/repeats.ts';
import type { Effect, Transaction } from '../domain/transaction/transaction.ts';
import { carryOut, DEADLINE_MS, isGdsWrite, unknownEvent, type Carried } from '../services/carry-out-effect.ts';
import { changePurchase } from '../services/change-purchase.ts';
import { clientPlace, type FoundPurchase } from '../services/find-purchase.ts';
import type { PurchaseServices } from '../services/purchase-services.ts';
import { tidyAfter } from '../services/tidy-after.ts';
import { realPause, type Pause, type Work } from './work-loop.ts';

/** Longer than any call: a worker that died gives its work back when this is over. */
const LEASE_MS = 180_000;
/** While effects are in flight and slots are free. */
const LOOK_AGAIN_MS = 100;

/**
 * Carries out what the machine asked for, one effect at a time a lane: claim by lease, call with no database handle held, feed the
 * word back in one commit. Killed anywhere, the lease runs out and the next claim says "unknown" instead of repeating a write.
 */
export function createEffectJob(
  services: PurchaseServices,
  options: { slots: number; pause?: Pause },
): Work & { runOnce(signal?: AbortSignal): Promise<number> } {
  const { slots, pause = realPause } = options;
  return {
    name: 'effects',
    nextDue: () => services.store.rows.transactions.nextDue(),
    /** A slow vendor holds its own slot only: what comes due meanwhile goes into the free ones. */
    async runOnce(signal) {
      const running = new Map<string, Promise<void>>();
      let taken = 0;
      for (;;) {
        const free = signal?.aborted ? 0 : slots - running.size;
        const due = free > 0 ? await services.store.rows.transactions.dueEffects(services.clock.now(), free) : [];
        for (const { transaction, effect } of due) {
          if (running.has(effect.id)) continue;
          taken += 1;
          running.set(
            effect.id,
            carriedOut(services, transaction, effect).finally(() => running.delete(effect.id)),
          );
        }
        if (!running.size) return taken;
        const over = new AbortController();
        await Promise.race([...running.values(), pause(LOOK_AGAIN_MS, over.signal)]);
        over.abort();
      }
    },
  };
}

/** Never rejects: what cannot be carried out leaves its lease to run out, and is taken up again. */
async function carriedOut(services: PurchaseServices, id: string, due: Effect): Promise<void> {
  try {
    await runEffect(services, id, due);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    services.log.error({ transaction: id, effect: due.kind, fault: name, message, stack }, 'effect not carried out');
  }
}

export async function runEffect(services: PurchaseServices, id: string, due: Effect): Promise<void> {
  const claimed = await claim(services, id, due);
  if (!claimed) return;
  const { found, effect, leaseId } = claimed;
  const brand = await services.brands.byCode(found.transaction.brand);
  if (!brand) return;
  // Enough of the lease must be left for the call's deadline, or somebody else may be calling beside us.
  const deadlineMs = isGdsWrite(effect) ? DEADLINE_MS.gdsWrite : DEADLINE_MS.other;
  if (effect.leaseUntil - services.clock.now() < deadlineMs) {
    await services.store.rows.transactions.release(effect.id, leaseId, {
      dueAt: services.clock.now(),
      inDoubt: false,
      agains: effect.agains,
    });
    return;
  }
  const carried = await carryOut(services, brand, found, effect);
  if ('again' in carried) await giveBack(services, found.transaction, effect, leaseId, carried);
  else await complete(services, found.transaction, effect, leaseId, carried);
}

interface Claimed {
  found: FoundPurchase;
  effect: Effect;
  leaseId: string;
}

/**
 * Takes the lease, and judges in the same commit: a write in doubt is reported and not repeated, one that nobody wants any more is let
 * go. A stop in between two commits would let it out.
 */
async function claim(services: PurchaseServices, id: string, due: Effect): Promise<Claimed | null> {
  const now = services.clock.now();
  const leaseId = services.newUlid();
  const claimed = await services.store.atomically(async (rows) => {
    const found = await rows.transactions.get(id);
    const effect = found?.transaction.effects.find((one) => one.id === due.id);
    if (!found || !effect) return null;
    const write = isWrite(effect.kind);
    const instead = !write
      ? null
      : effect.inDoubt
        ? unknownEvent(found.transaction, effect, now)
        : stillWanted(found.transaction, effect, now);
    const until = now + LEASE_MS;
    const lease = { id: leaseId, until, now, inDoubt: write && (effect.inDoubt || !instead) };
    if (!(await rows.transactions.lease(effect.id, lease))) return null;
    return { found, effect: { ...effect, leaseId, leaseUntil: until }, leaseId, instead };
  });
  if (!claimed?.instead) return claimed;
  await complete(services, claimed.found.transaction, claimed.effect, leaseId, { event: claimed.instead });
  return null;
}

/** Feeds the word back: the effect is closed, the machine decides, and all of it is one commit. Without our lease nothing is written. */
async function complete(
  services: PurchaseServices,
  transaction: Transaction,
  effect: Effect,
  leaseId: string,
  carried: Extract<Carried, { event: unknown }>,
): Promise<void> {
  const { client, event } = carried;
  const sealed =
    client && (await services.vault.seal(clientPlace(transaction, client.payment), JSON.stringify(client.data)));
  const change = await changePurchase(services, transaction.id, 'runner', () => event, {
    prepare: (now) => {
      const row = now.effects.find((one) => one.id === effect.id);
      return row && row.leaseId === leaseId ? completeEffect(now, effect.id) : false;
    },
    ...(sealed && { seals: (seals) => ({ ...seals, clients: { ...seals.clients, [client.payment]: sealed } }) }),
  });
  if (change) await tidyAfter(services, change);
}

/** Known not done: due again after the list of its kind, or given up as the list says. */
async function giveBack(
  services: PurchaseServices,
  transaction: Transaction,
  effect: Effect,
  leaseId: string,
  { again, alert }: Extract<Carried, { again: string }>,
): Promise<void> {
  const now = services.clock.now();
  if (alert) {
    services.log.error(
      { brand: transaction.brand, transaction: transaction.id, effect: effect.kind, detail: alert },
      'a vendor refuses our credentials or request: check the brand’s file',
    );
  }
  const delayMs = repeatDelayMs(effect.kind, effect.agains);
  if (delayMs === null) {
    await complete(services, transaction, effect, leaseId, { event: givenUpAs(transaction, effect, now) });
    return;
  }
  const asked = Date.parse(again);
  // A time that the vendor names is no failure; a time we choose counts.
  const dueAt = asked > now ? asked : now + delayMs;
  await services.store.rows.transactions.release(effect.id, leaseId, {
    dueAt,
    inDoubt: false,
    agains: asked > now + delayMs ? effect.agains : effect.agains + 1,
  });
}
