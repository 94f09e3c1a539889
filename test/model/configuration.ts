import { gateways, type GatewayKind } from '../support/world-gateway.ts';
import { systems, type GdsKind } from '../support/world-gds.ts';
import type { World } from '../support/world.ts';

/** What a walk is made under: drawn from its seed, before anything else. */
export interface Configuration {
  gateway: GatewayKind;
  gds: GdsKind;
  /** Behind which vendors the real adapter speaks to the sandbox; the others are ports of the tests. */
  sandboxes: { stripe: boolean; amadeus: boolean };
  mode: 'manual' | 'automatic';
  emd: boolean;
  callbacks: 'all' | 'lossy' | 'none';
  /** Nothing goes wrong at all. */
  calm: boolean;
  /** A vendor is away for hours. */
  outage: boolean;
  /** How often others interfere. */
  rough: number;
  captureFails: number;
  atOnce: number;
  faults: Record<Fault, number>;
}

export type Fault = 'lost before' | 'lost after' | 'late' | 'again';

export function drawConfiguration(world: World): Configuration {
  const calm = world.chance(0.15);
  const faults = calm ? 0 : world.random() * 0.25;
  const outage = !calm && world.chance(0.06);
  // Twice as often those that have both.
  const gateway = world.pick<GatewayKind>(['stripe', ...(Object.keys(gateways) as GatewayKind[])]);
  const gds = world.pick<GdsKind>(['amadeus', ...(Object.keys(systems) as GdsKind[])]);
  return {
    gateway,
    gds,
    sandboxes: {
      stripe: gateway === 'stripe' && world.chance(0.6),
      amadeus: gds === 'amadeus' && world.chance(0.6),
    },
    mode: world.chance(0.6) ? 'manual' : 'automatic',
    emd: world.chance(0.5),
    callbacks: world.pick(['all', 'all', 'lossy', 'none'] as const),
    calm,
    outage,
    rough: calm ? 0 : world.random() * world.random() * 0.12,
    captureFails: !calm && world.chance(0.2) ? 0.3 : 0,
    atOnce: world.chance(0.3) ? 0.5 : 0,
    faults: {
      'lost before': faults / 2,
      'lost after': faults,
      late: faults / 3,
      again: outage ? 0.9 - 2 * faults : faults,
    },
  };
}
