import { describe, expect, it } from 'vitest';
import type { BrandSettings } from '../../../server/domain/brand.ts';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { settingsOf } from '../../../server/partner-file/settings.ts';
import { env, guidePaymentJson, live, smallest, stripeTest, webhook } from './files.ts';

const read = (text: string, loopback = false) => readPartnerFile({ text, env, loopback });

function settings(text: string, loopback = false): BrandSettings {
  const result = read(text, loopback);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return settingsOf(result.file, { code: 'skyline', version: 1, publishableKey: 'dcpub_test_skyline', state: 'on' });
}

const problems = (text: string, loopback = false): string[] => {
  const result = read(text, loopback);
  return 'problems' in result ? result.problems.map(({ path, message, fix }) => `${path} ${message}. ${fix}`) : [];
};

const notices = (text: string): string[] => read(text).notices.map(({ path, message }) => `${path} ${message}`);
const stripeLive = stripeTest.replaceAll('_test_', '_live_').replace('environment: test', 'environment: production');

describe('the payment section', () => {
  it('becomes what the server charges with, and manual where it does not say', () => {
    const { payment, currencies } = settings(smallest + stripeTest);
    expect(payment).toMatchObject({
      provider: 'stripe',
      mode: 'manual',
      publishableKey: 'pk_test_skyline',
      methods: [],
    });
    expect(payment!.credentials['secret_key']).toMatchObject({ reveal: expect.any(Function) });
    expect([payment!.credentials['webhook_secret']].flat().map((one) => one?.reveal())).toEqual([
      'whsec_skyline-s3cret',
    ]);
    expect(Object.keys(payment!.credentials)).toEqual(['secret_key', 'webhook_secret']);
    expect(payment).not.toHaveProperty('baseUrl');
    expect(currencies).toEqual(['EUR']);
    expect(JSON.stringify(payment)).not.toContain('s3cret');
  });

  it("takes the guide's own form once its values are filled in", () => {
    const filled = guidePaymentJson.replace(/YOUR_\w+/g, 'abc');
    expect(settings(`${live}payment: ${filled}\n`).payment).toMatchObject({
      mode: 'automatic',
      publishableKey: 'pk_live_abc',
      methods: ['card', 'apple_pay', 'google_pay'],
    });
  });

  it('charges nobody while the form still holds its placeholders', () => {
    const text = `${smallest}payment: ${guidePaymentJson}\n`;
    expect(settings(text).payment).toBeNull();
    expect(notices(text)).toContainEqual(
      expect.stringMatching(/^payment is kept, and not used until its placeholders/),
    );
    expect(problems(text.replace(smallest, live))).toContainEqual(
      expect.stringMatching(/^payment.credentials.secret_key is still the placeholder/),
    );
  });

  it('holds several webhook secrets while one replaces the other', () => {
    const text = stripeTest.replace('whsec_skyline-s3cret', '[whsec_old, whsec_new]');
    const secrets = settings(smallest + text).payment!.credentials['webhook_secret'];
    expect([secrets].flat().map((one) => one?.reveal())).toEqual(['whsec_old', 'whsec_new']);
  });

  it('keeps test keys and live keys apart', () => {
    expect(settings(live + stripeLive).payment).not.toBeNull();
    expect(problems(live + stripeTest)).toEqual([
      expect.stringMatching(/^payment.environment does not go with mode live. Write "production"/),
      expect.stringMatching(
        /^payment.credentials.publishable_key is a key of the test environment, and the mode is live/,
      ),
      expect.stringMatching(/^payment.credentials.secret_key is a key of the test environment/),
    ]);
    expect(problems(smallest + stripeLive)).toEqual([
      expect.stringMatching(/^payment.environment does not go with mode test. Write "test"/),
      expect.stringMatching(/^payment.credentials.publishable_key is a key of the live environment/),
      expect.stringMatching(/^payment.credentials.secret_key is a key of the live environment/),
    ]);
  });

  it('takes a restricted key for the secret one', () => {
    expect(problems(smallest + stripeTest.replace('sk_test', 'rk_test'))).toEqual([]);
  });

  it.each([
    [
      'keys that were swapped',
      'pk_test_skyline',
      'sk_test_skyline',
      'publishable_key is another kind of key. Write your publishable key',
    ],
    ['a webhook secret that is none', 'whsec_skyline-s3cret', 'we_skyline', 'webhook_secret'],
    [
      'a key that is missing',
      '    secret_key: sk_test_skyline-s3cret\n',
      '',
      'secret_key is missing. Add it: your secret or restricted key',
    ],
    ['a misspelling', 'secret_key', 'secretKey', 'Did you mean "secret_key"?'],
    ['another capture method', 'currency: EUR', 'capture_method: later', 'Write "manual" or "automatic"'],
    [
      'a method that is not offered',
      'currency: EUR',
      'payment_methods: [ideal]',
      'payment_methods[0] is not one of those known. Write one of card',
    ],
    [
      'an unknown gateway',
      'provider: stripe',
      'provider: stripes',
      'payment.provider is not one of those known. Did you mean "stripe"?',
    ],
    ['no gateway', '  provider: stripe\n', '', 'payment.provider is missing. Add it: one of stripe'],
  ])('refuses %s', (_what, from, to, expected) => {
    const found = problems(smallest + stripeTest.replace(from, to)).join('\n');
    expect(found).toContain(expected);
    expect(found).not.toContain('s3cret');
  });

  it('has a base_url in mode test only, and of this machine in the demo only', () => {
    const at = (url: string) => `  base_url: ${url}\n`;
    expect(settings(smallest + stripeTest + at('https://sandbox.example/stripe/')).payment!.baseUrl).toBe(
      'https://sandbox.example/stripe',
    );
    expect(settings(smallest + stripeTest + at('http://localhost:1/stripe'), true).payment!.baseUrl).toBe(
      'http://localhost:1/stripe',
    );
    expect(problems(smallest + stripeTest + at('http://localhost:1/stripe'))).toEqual([
      expect.stringMatching(/^payment.base_url is an address of this machine/),
    ]);
    expect(problems(live + stripeLive + at('https://sandbox.example'))).toEqual([
      expect.stringMatching(/^payment.base_url is for mode test only/),
    ]);
  });

  it('refuses the keys of the demo outside of it', () => {
    const text = smallest + stripeTest.replaceAll(/(?<=[ps]k_test_|whsec_)skyline/g, 'demo_skyline');
    expect(problems(text, true)).toEqual([]);
    expect(problems(text).map((problem) => problem.split(' is ')[0])).toEqual([
      'payment.credentials.publishable_key',
      'payment.credentials.secret_key',
      'payment.credentials.webhook_secret',
    ]);
  });

  it('warns of charging before the seats are confirmed', () => {
    const text = smallest + stripeTest.replace('currency: EUR', 'capture_method: automatic');
    expect(settings(text).payment!.mode).toBe('automatic');
    expect(notices(text)).toContainEqual(expect.stringMatching(/^payment.settings.capture_method charges before/));
    expect(notices(text.replace('automatic', 'manual')).join()).not.toContain('capture_method');
  });

  it.each([
    ['adyen', 'environment: test', 'api_key: a, merchant_account: b, client_key: test_c, hmac_key: d'],
    [
      'adyen',
      'environment: test',
      'api_key: a, merchant_account: b, client_key: test_c, hmac_key: d, live_prefix: 1797a841fbb37ca7-Sky, webhook_user: e, webhook_password: f',
    ],
    ['paypal', 'environment: sandbox', 'client_id: a, client_secret: b, webhook_id: c'],
    [
      'authorize-net',
      'environment: test',
      'api_login_id: a, transaction_key: b, signature_key: c, public_client_key: d',
    ],
  ])('keeps the form of %s and says that it is not built', (provider, environment, credentials) => {
    const text = `${smallest}payment: {provider: ${provider}, ${environment}, credentials: {${credentials}}, settings: {currency: [eur]}}\n`;
    expect(problems(text.replace(/(?<=credentials: \{)\w+: a, /, '')).join()).toMatch(
      /^payment.credentials.\w+ is missing/,
    );
    expect(settings(text)).toMatchObject({ payment: null, currencies: ['EUR'] });
    expect(notices(text)).toContainEqual(
      expect.stringMatching(/^payment is kept, and not used: this gateway is not built/),
    );
  });

  it('may name currencies only', () => {
    expect(settings(`${smallest}payment: {settings: {currency: [eur, USD]}}\n`)).toMatchObject({
      payment: null,
      currencies: ['EUR', 'USD'],
    });
    expect(settings(smallest)).toMatchObject({ payment: null, webhooks: [], gds: { emd: false } });
  });
});

describe('the webhooks section', () => {
  it('becomes the endpoints that are told, of every event where it names none', () => {
    const [one] = settings(smallest + webhook).webhooks;
    expect(one).toMatchObject({
      url: 'https://www.skyline.example/webhooks/departcart',
      profile: 'guide',
      events: null,
    });
    expect(one!.secret.reveal()).toBe('a-signing-s3cret-of-32-characters');
    const some = settings(`${smallest}${webhook}    profile: guide\n    events: [transaction.completed]\n`).webhooks;
    expect(some[0]!.events).toEqual(['transaction.completed']);
  });

  it.each([
    ['a short secret', /secret: .*/, 'secret: s3cret', 'webhooks[0].secret is too short'],
    ['an address without https', 'https:', 'http:', 'webhooks[0].url is not https'],
    ['an address of this machine', 'www.skyline.example', 'localhost', 'webhooks[0].url is an address of this machine'],
    [
      'a profile that there is none of',
      'secret',
      'profile: guid\n    secret',
      'webhooks[0].profile is not one of those known. Did you mean "guide"?',
    ],
    ['an event that there is none of', 'secret', 'events: [seat.sold]\n    secret', 'Write one of transaction.created'],
    ['the same address twice', /$/, webhook.replace('webhooks:\n', ''), 'webhooks[1].url is there twice'],
    ['a secret of the demo', /secret: .*/, 'secret: demo_webhook_secret', 'is a credential of the demo'],
  ])('refuses %s', (_what, from, to, expected) => {
    const found = problems(smallest + webhook.replace(from, to)).join('\n');
    expect(found).toContain(expected);
    expect(found).not.toContain('s3cret');
  });
});

it('asks for documents where the GDS section says so, and says what it does not do', () => {
  expect(settings(`${smallest}  emd: true\n`).gds.emd).toBe(true);
  expect(notices(`${smallest}  emd: true\n`)).toContainEqual(expect.stringMatching(/^gds.emd is kept/));
});
