import { describe, expect, it } from 'vitest';
import { describeApiSecrets } from './store/api-secrets.ts';
import { describeAtomically } from './store/atomically.ts';
import { describeBrandFiles } from './store/brand-files.ts';
import { describeBrands } from './store/brands.ts';
import { describeCounters } from './store/counters.ts';
import { describeDeliveries } from './store/deliveries.ts';
import { describeDueEffects, describeEffects } from './store/effects.ts';
import type { StoreHarness } from './store/harness.ts';
import { useStore } from './store/harness.ts';
import { describeKept } from './store/kept.ts';
import { describeKeys } from './store/keys.ts';
import { describeCallbacks, describeEvents, describeIdempotency } from './store/messages.ts';
import { describeProcesses } from './store/processes.ts';
import { describePurchaseConstraints } from './store/purchase-constraints.ts';
import { describeOpenPurchases, describeTransactionLists } from './store/purchase-lists.ts';
import { describeRetention } from './store/retention.ts';
import { describeSelections } from './store/selections.ts';
import { describeTransactions } from './store/transactions.ts';

/** What every engine behind the store port must do, by subject. An engine brings a way to get a fresh database. */
export function describeStore(engine: string, harness: StoreHarness): void {
  describe(`store on ${engine}`, () => {
    describe('ping', () => {
      const on = useStore(harness);

      it('answers while the database does, and throws when it is closed', async () => {
        await on.store.ping();
        await on.other.close();
        await expect(on.other.ping()).rejects.toThrow();
      });
    });
    describeBrands(harness);
    describeBrandFiles(harness);
    describeApiSecrets(harness);
    describeKeys(harness);
    describeCounters(harness);
    describeKept(harness);
    describeSelections(harness);
    describe('the purchase', () => {
      const on = useStore(harness);
      describeTransactions(on);
      describeOpenPurchases(on);
      describePurchaseConstraints(on);
      describeEffects(on);
      describeEvents(on);
      describeCallbacks(on);
      describeIdempotency(on);
    });
    describeTransactionLists(harness);
    describeDueEffects(harness);
    describeDeliveries(harness);
    describeRetention(harness);
    describeAtomically(harness);
    describeProcesses(harness);
  });
}
