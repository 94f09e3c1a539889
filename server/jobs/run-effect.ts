import { completeEffect } from '../domain/transaction/complete.ts';
import { givenUpAs, repeatDelayMs, stillWanted } from '../domain/transaction/repeats.ts';
import type { Effect, Transaction } from '../domain/transaction/transaction.ts';
import { carryOut, DEADLINE_MS, isGdsWrite, unknownEvent, type Carried } from '../services/carry-out-effect.ts';
import { changePurchase } from '../services/change-purchase.ts';
import { clientPlace, type FoundPurchase } from '../services/find-purchase.ts';
import type { PurchaseServices } from '../services/purchase-services.ts';
import { tidyAfter } from '../services/tidy-after.ts';

/** Longer than any call: a worker that died gives its work back when this is over. */
const LEASE_MS = 180_000;

const WRITES = new Set([
  'open_payment',
  'confirm_payment',
  'capture_payment',
  'close_payment',
  'refund_payment',
  'assign_seats',
  'issue_emds',
  'remove_seats',
  'refund_emds',
]);

/**
 * Carries out what the machine asked for, one effect at a time a lane: claim by lease, call with no database handle held, feed the
 * word back in one commit. Killed anywhere, the lease runs out and the next claim says "unknown" instead of repeating a write.
 */
export function createEffectJob(services: PurchaseServices, options: { slots: number }) {
  /** Effects in the hands of this process, so that it never claims more than it has free slots. */
  const running = new Set<string>();
  return {
    name: 'effects',
    nextDue: () => services.store.rows.transactions.nextDue(),
    /** Runs what is due; answers how many effects were taken up. */
    async runOnce(): Promise<number> {
      const due = await services.store.rows.transactions.dueEffects(services.clock.now(), options.slots - running.size);
      const fresh = due.filter(({ effect }) => !running.has(effect.id));
      await Promise.all(
        fresh.map(async ({ transaction, effect }) => {
          running.add(effect.id);
          try {
            await runEffect(services, transaction, effect);
          } finally {
            running.delete(effect.id);
          }
        }),
      );
      return fresh.length;
    },
  };
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

/** Takes the lease, unless there is nothing to call: a write in doubt is reported, one that nobody wants any more is let go. */
async function claim(services: PurchaseServices, id: string, due: Effect): Promise<Claimed | null> {
  const now = services.clock.now();
  const leaseId = services.newUlid();
  const found = await services.store.rows.transactions.get(id);
  const effect = found?.transaction.effects.find((one) => one.id === due.id);
  if (!found || !effect) return null;
  const write = WRITES.has(effect.kind);
  const inDoubt = write && effect.inDoubt;
  const leased = await services.store.atomically((rows) =>
    rows.transactions.lease(effect.id, { id: leaseId, until: now + LEASE_MS, now, inDoubt: write }),
  );
  if (!leased) return null;
  const mine = { ...effect, leaseId, leaseUntil: now + LEASE_MS };
  if (inDoubt) {
    await complete(services, found.transaction, mine, leaseId, { event: unknownEvent(found.transaction, effect, now) });
    return null;
  }
  const unwanted = write ? stillWanted(found.transaction, effect, now) : null;
  if (unwanted) {
    await complete(services, found.transaction, mine, leaseId, { event: unwanted });
    return null;
  }
  return { found, effect: mine, leaseId };
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
