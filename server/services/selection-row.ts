import type { BookingKey } from '../domain/ports/store.ts';
import type * as wire from '../wire/panel.ts';
import { plainPick } from './judge-picks.ts';
import type { PanelServices } from './panel-services.ts';

const placeOf = (key: BookingKey) => ({ table: 'selections', row: key.booking, brand: key.brand, field: 'picks' });

/** The picks kept for a booking; version 0 and none where nothing was kept yet. */
export async function readSelection(
  services: PanelServices,
  key: BookingKey,
): Promise<{ version: number; picks: wire.Pick[] }> {
  const row = await services.store.rows.selections.get(key);
  if (!row) return { version: 0, picks: [] };
  return {
    version: row.version,
    picks: JSON.parse(await services.vault.open(placeOf(key), row.sealed)) as wire.Pick[],
  };
}

/** Writes the version after `expected`. False when another stands: nothing was written. */
export async function writeSelection(
  services: PanelServices,
  key: BookingKey,
  expected: number,
  picks: readonly wire.Pick[],
): Promise<boolean> {
  const sealed = await services.vault.seal(placeOf(key), JSON.stringify(picks.map(plainPick)));
  return services.store.rows.selections.replace(key, expected, { sealed, changedAt: services.clock.now() });
}
