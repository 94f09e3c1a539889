import { describe, expect, it } from 'vitest';
import { runDemo } from '../../demo/start.ts';
import { TestBackend } from '../support/partner.ts';
import { TestDemo } from '../support/demo.ts';

const file = `
mode: test
origins: [https://www.fjordair.example, http://localhost:3000]
brand:
  brand_name: Fjord Air
  code: fjord
  primary_color: '#0B7285'
  logo_icon: http://localhost:1/icon.svg
gds:
  gds_provider: amadeus
  environment: test
  api_credentials: { api_key: YOUR_API_KEY, api_secret: '\${AMADEUS_SECRET_OF_NOBODY}', client_id: YOUR_CLIENT_ID }
  office_id: NCE1A0000
payment:
  provider: stripe
  environment: test
  credentials: { publishable_key: pk_test_mine, secret_key: sk_test_mine, webhook_secret: '\${STRIPE_SECRET_OF_NOBODY}' }
  settings: { currency: USD, capture_method: manual }
webhooks:
  - { url: https://api.fjordair.example/hooks, secret: '\${HOOK_SECRET}', events: [transaction.completed] }
  - { url: http://localhost:3000/hooks, secret: a_secret_of_their_own }
`;
const run = (text: string) => runDemo({ port: 0, logLevel: 'silent', ownFile: { name: 'some/fjord.yaml', text } });

describe('a partner’s own file in the demo', () => {
  it('is a brand beside the demo’s, with the stand-ins, whose link opens with seats to choose', async () => {
    process.env['HOOK_SECRET'] = 'from_the_environment';
    const demo = await run(file);
    try {
      const said = demo.ownBrand!;
      expect(said).toContain('Your brand fjord, from fjord.yaml');
      expect(said).toContain('Note: legal (line 2) lacks');
      const [apiKey, apiSecret] = /(dck_\w+) {2}(dcs_\w+)/.exec(said)!.slice(1) as [string, string];
      const backend = new TestBackend(new TestDemo(demo), apiKey, apiSecret);
      const made = await backend.post(
        '/api/generate-encrypted-seatmap-url',
        { pnr: 'ABC123', last_name: 'SMITH' },
        await backend.bearer(),
      );
      const opened = await backend.post(
        '/api/panel/open',
        { v: 1, encrypted_id: made.body['encrypted_id'] },
        { origin: demo.api },
      );
      expect(opened.body).toMatchObject({
        brand: { name: 'Fjord Air', mode: 'test' },
        currency: 'EUR',
        payment: { gateway: 'stripe', script: `${demo.sandboxes}/stripe/stripe.js` },
      });
      expect(opened.body['map']).not.toBeNull();
      const brand = await demo.services.brands.byCode('fjord');
      expect(brand!.webhooks).toMatchObject([
        { url: `${demo.site}/webhooks`, events: ['transaction.completed'] },
        { url: 'http://localhost:3000/hooks' },
      ]);
      expect(said).toMatch(/Note: brand\.logo_icon cannot be had/);
      expect(said).not.toMatch(/gds|payment|sk_test_mine|from_the_environment/);
    } finally {
      await demo.close();
    }
  });

  it.each([
    [
      'a fault',
      file.replace('brand_name', 'brand_nmae'),
      /fjord\.yaml was not applied:\n[^]* brand\.brand_nmae \(line 5\) .*\n +Did you mean/,
    ],
    [
      'mode live',
      file
        .replace('mode: test', 'mode: live')
        .replaceAll('environment: test', 'environment: production')
        .replaceAll('_test_', '_live_')
        .replaceAll(/YOUR_\w+|\$\{AMADEUS\w+\}/g, 'abcdefgh12345678')
        .replace(/\$\{STRIPE\w+\}/, 'whsec_mine')
        .replace(', http://localhost:3000', '')
        .replace(/^.*localhost.*\n/gm, ''),
      /mode is live/,
    ],
    ['the demo’s own code', file.replace('fjord\n', 'skyline\n'), /brand\.code is skyline/],
  ])('is refused with %s', async (_, text, words) => {
    await expect(run(text)).rejects.toThrow(words);
  });
});
