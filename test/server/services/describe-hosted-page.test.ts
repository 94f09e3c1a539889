import { describe, expect, it } from 'vitest';
import type { BrandSettings } from '../../../server/domain/brand.ts';
import type { GatewayCsp } from '../../../server/domain/ports/payments.ts';
import type { BrandRow } from '../../../server/domain/ports/store.ts';
import { describeHostedPage, type HostedServices } from '../../../server/services/describe-hosted-page.ts';

const csp = (script: string): GatewayCsp => ({ script: [script], connect: [], frame: [], img: [], trustedTypes: true });

/** A deployment with these brands: code -> whether it is in force. */
function deployment(brands: Record<string, 'on' | 'disabled'>): HostedServices {
  const settings = (code: string) =>
    ({
      code,
      name: code,
      mode: 'test',
      publishableKey: `dcpub_test_${code}`,
      look: {},
      legal: {},
    }) as unknown as BrandSettings;
  const rows = Object.entries(brands).map(([code, state]) => ({ code, state }) as BrandRow);
  return {
    store: { rows: { brands: { list: async () => rows } } } as unknown as HostedServices['store'],
    brands: { byCode: async (code) => settings(code) },
    cspOf: ({ code }) => (code === 'free' ? null : csp(`https://${code}.example`)),
  };
}

describe('a hosted page', () => {
  it('shows the form of the brand whose key it has, of several', async () => {
    const page = await describeHostedPage(deployment({ air: 'on', sea: 'on' }), 'dcpub_test_sea');
    expect(page.brand?.key).toBe('dcpub_test_sea');
  });

  it('shows no form where it could be several brands’', async () => {
    expect((await describeHostedPage(deployment({ air: 'on', sea: 'on' }), '')).brand).toBeNull();
    expect((await describeHostedPage(deployment({}), '')).brand).toBeNull();
  });

  it('knows no disabled brand, so that the other is the only one', async () => {
    const page = await describeHostedPage(deployment({ air: 'on', sea: 'disabled' }), 'dcpub_test_sea');
    expect(page.brand?.key).toBe('dcpub_test_air');
    expect(page.gateways).toEqual([csp('https://air.example')]);
  });

  it('allows every brand’s gateway, since an id does not say whose it is', async () => {
    const { gateways } = await describeHostedPage(deployment({ air: 'on', free: 'on', sea: 'on' }), 'dcpub_test_free');
    expect(gateways.flatMap(({ script }) => script)).toEqual(['https://air.example', 'https://sea.example']);
  });
});
