import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { settingsOf } from '../../../server/partner-file/settings.ts';
import { env, guideBrandJson } from './files.ts';

const text = readFileSync('demo/partners/skyline.yaml', 'utf8');

describe("the demo's partner file", () => {
  it('is valid in the demo, and its brand is the one of the guide but for where its logos lie', () => {
    const result = readPartnerFile({ text, env, loopback: true });
    expect('problems' in result && result.problems).toBe(false);
    expect('file' in result && result.file.brand).toEqual({
      code: 'skyline',
      ...JSON.parse(guideBrandJson),
      logo_primary: 'http://localhost:8080/logo-primary.svg',
      logo_icon: 'http://localhost:8080/logo-icon.svg',
    });
    expect('file' in result && result.file.gds.base_url).toBe('http://localhost:8082/amadeus');
  });

  it('charges in the sandbox for confirmed seats only, and tells the site', () => {
    const result = readPartnerFile({ text, env, loopback: true });
    if ('problems' in result) throw new Error('refused');
    const brand = settingsOf(result.file, {
      code: 'skyline',
      version: 1,
      publishableKey: 'dcpub_test_skyline',
      state: 'on',
    });
    expect(brand).toMatchObject({
      currencies: ['EUR'],
      payment: { provider: 'stripe', mode: 'manual', baseUrl: 'http://localhost:8082/stripe' },
      webhooks: [{ url: 'http://localhost:8080/webhooks', profile: 'guide', events: null }],
      legal: { termsUrl: 'http://localhost:8080/terms', privacyUrl: 'http://localhost:8080/privacy' },
    });
  });

  it('is refused outside the demo', () => {
    const result = readPartnerFile({ text, env, loopback: false });
    const places = 'problems' in result ? result.problems.map(({ path }) => path) : [];
    expect(places).toEqual(expect.arrayContaining(['origins[0]', 'gds.base_url', 'gds.api_credentials.api_secret']));
    const baseUrl = 'problems' in result ? result.problems.find(({ path }) => path === 'gds.base_url') : null;
    expect(baseUrl?.fix).toContain('npm start -- FILE');
  });
});
