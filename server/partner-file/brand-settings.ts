import { originAllowed, type BrandSettings } from '../domain/brand.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import type { BrandRow, Store } from '../domain/ports/store.ts';
import { remembered as everySoOften } from '../domain/remembered.ts';
import { loadBrand } from './kept-brand.ts';

/** Brands as requests need them. A change made by another process shows within ten seconds. */
export interface BrandReader {
  byKey(publishableKey: string): Promise<BrandSettings | null>;
  byCode(code: string): Promise<BrandSettings | null>;
  /** Those whose partners made links themselves and which sell. */
  withLegacyIds(): Promise<BrandSettings[]>;
  /** The one whose pages' tag names no brand: it sells, its origins allow this one, and its file says how to find a booking. */
  byOrigin(origin: string): Promise<BrandSettings | null>;
}

const AGE_MS_MAX = 10_000;
const NOBODY: Promise<null> = Promise.resolve(null);

interface Remembered {
  askedAt: number;
  settings: Promise<BrandSettings | null>;
}

export function createBrandReader(parts: { store: Pick<Store, 'rows'>; vault: Vault; clock: Clock }): BrandReader {
  const { store, vault, clock } = parts;
  const remembered = new Map<string, Remembered>();

  /** What was not found is not remembered: names come from outside, and memory must not grow with what somebody makes up. */
  function remember(name: string, find: () => Promise<BrandRow | null>): Promise<BrandSettings | null> {
    const before = remembered.get(name);
    if (before && clock.now() - before.askedAt < AGE_MS_MAX) return before.settings;
    const entry = { askedAt: clock.now(), settings: load(find, before) };
    remembered.set(name, entry);
    const forget = () => {
      if (remembered.get(name) === entry) remembered.delete(name);
    };
    entry.settings.then((found) => found ?? forget(), forget);
    return entry.settings;
  }

  /** The same version gives the same object again: it is not opened twice, and what others keep by it stays. */
  async function load(
    find: () => Promise<BrandRow | null>,
    before: Remembered | undefined,
  ): Promise<BrandSettings | null> {
    const row = await find();
    if (!row) return null;
    const known = await before?.settings.catch(() => null);
    return known && known.code === row.code && known.version === row.version ? known : loadBrand(vault, row);
  }

  const everyBrand = everySoOften({ clock, ageMsMax: AGE_MS_MAX }, async () => {
    const rows = await store.rows.brands.list();
    // One brand that cannot be read must not close the others' links.
    const brands = await Promise.all(
      rows.map((row) => load(async () => row, remembered.get(`code ${row.code}`)).catch(() => null)),
    );
    return brands.filter((brand) => brand !== null);
  });

  return {
    async withLegacyIds() {
      const brands = (await everyBrand('')) ?? [];
      return brands.filter(({ legacyIds, disabled }) => legacyIds !== undefined && !disabled);
    },
    async byOrigin(origin) {
      const brands = (await everyBrand('')) ?? [];
      return brands.find((one) => !one.disabled && one.panel.find && originAllowed(one, origin)) ?? null;
    },
    byKey(publishableKey) {
      if (!/^dcpub_(test|live)_[0-9A-Za-z]{1,64}$/.test(publishableKey)) return NOBODY;
      return remember(`key ${publishableKey}`, () => store.rows.brands.newestByPublishableKey(publishableKey));
    },
    byCode(code) {
      if (!/^[a-z0-9_-]{2,40}$/.test(code)) return NOBODY;
      return remember(`code ${code}`, () => store.rows.brands.newest(code));
    },
  };
}
