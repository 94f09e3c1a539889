import type { ReadMaps } from '../domain/flight-map.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { GdsPort } from '../domain/ports/gds.ts';
import type { Outbound } from '../domain/ports/outbound.ts';
import { createAmadeus } from './amadeus/adapter.ts';
import type { AmadeusSettings } from './amadeus/client.ts';
import { readMapFile } from './amadeus/map.ts';

/** The settings of each reservation system that there is an adapter for. A new one is a line here and two below. */
export interface GdsSettings {
  amadeus: AmadeusSettings;
}

export type GdsCode = keyof GdsSettings;

/** What every adapter is given. */
export interface GdsParts<Settings> {
  outbound: Outbound;
  clock: Clock;
  newId: () => string;
  settings: Settings;
}

/** GDS code → factory. An adapter keeps its sign-in, so one is made per brand and kept. */
export const gdsFactories: { readonly [Code in GdsCode]: (parts: GdsParts<GdsSettings[Code]>) => GdsPort } = {
  amadeus: createAmadeus,
};

/** GDS code → what reads a raw seat map reply of that system's, for a partner's engineer. Never throws. */
export const mapReaders: { readonly [Code in GdsCode]: (value: unknown, fetchedAt: string) => ReadMaps } = {
  amadeus: readMapFile,
};
