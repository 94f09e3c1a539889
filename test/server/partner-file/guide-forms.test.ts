import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { settingsOf } from '../../../server/partner-file/settings.ts';
import { guideAdyenJson, guideBrandJson, guideGdsYaml, guidePaymentJson, live, smallest } from './files.ts';

const read = (text: string) => readPartnerFile({ text, env: {}, loopback: false });

/** The file and its notices as `path:line message`. */
function valid(text: string) {
  const result = read(text);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  const { file, notices } = result;
  const settings = settingsOf(file, { code: 'skyline', version: 1, publishableKey: 'dcpub_test_x', state: 'on' });
  return { file, settings, notices: notices.map(({ path, line, message }) => `${path}:${line} ${message}`) };
}

const problems = (text: string): string[] => {
  const result = read(text);
  return 'problems' in result ? result.problems.map(({ path, line, message }) => `${path}:${line} ${message}`) : [];
};

const without = (section: string, text = smallest) =>
  text.replace(new RegExp(`^${section}:\\n(?: {2}.*\\n)+`, 'm'), '');

/** The four forms under the names of their sections, one below the other, as somebody pastes them. */
const pasted = (forms: { brand: string; gds: string; payment: string }, mode = 'test') =>
  `mode: ${mode}\norigins: [https://www.skyline.example]\nbrand: ${forms.brand}\ngds:\n${forms.gds}\npayment: ${forms.payment}\n`;

describe("the guide's forms, as they were published", () => {
  const forms = { brand: guideBrandJson, gds: guideGdsYaml, payment: guidePaymentJson };
  const sabre = {
    gds_provider: 'sabre',
    environment: 'production',
    rest_credentials: {
      client_id: 'YOUR_CLIENT_ID',
      client_secret: 'YOUR_CLIENT_SECRET',
      username: 'YOUR_REST_USERNAME',
      password: 'YOUR_REST_PASSWORD',
    },
    network: {
      allowed_ips: ['52.1.2.3', '52.4.5.6'],
      rate_limits: { requests_per_minute: 1000, burst_limit: 100 },
    },
    sales: { close_hours: 3 },
  };

  it.each([
    ['Stripe', guidePaymentJson],
    ['Adyen', guideAdyenJson],
  ])('are one valid file with %s, and every value of theirs is kept', (_name, payment) => {
    const { file } = valid(pasted({ ...forms, payment }));
    expect(file.brand).toEqual(JSON.parse(guideBrandJson));
    expect(file.gds).toEqual(sabre);
    expect(file.payment).toEqual(JSON.parse(payment));
  });

  it.skipIf(!existsSync('../shared/seeds'))('are those of the source document itself', () => {
    const seed = readFileSync('../shared/seeds/001_87b14ff618149ed8.txt', 'utf8');
    const between = (from: string, to: string) => seed.split(`${from}\n`)[1]!.split(`\n${to}`)[0]!;
    const original = {
      brand: between('Example Brand Submission', 'Step 2'),
      gds: between('GDS Credential Submission Form', 'Step 3'),
      payment: between('Example Stripe Configuration', 'Adyen'),
    };
    const { file } = valid(pasted(original));
    expect(file.brand).toEqual(JSON.parse(guideBrandJson));
    expect(file.gds).toEqual(sabre);
    const adyen = between('Example Adyen Configuration', 'Payment Flow');
    expect(valid(pasted({ ...original, payment: adyen })).file.payment).toEqual(JSON.parse(adyen));
    expect(original).toEqual(forms);
    expect(adyen).toBe(guideAdyenJson);
  });

  it('are said to be forms that somebody has to fill in, and nothing speaks with them', () => {
    const { notices, settings } = valid(pasted(forms));
    expect(notices).toEqual(
      expect.arrayContaining([
        'brand.code:3 is not given, so it is made of the name: skylineair. Write it down, or another name will be another brand',
        'gds.environment:19 does not go with mode test: "test" is what goes with it',
        expect.stringMatching(/^gds.gds_provider:18 is kept, and not spoken to yet by this version/),
        'gds.rest_credentials.client_id:22 is still the placeholder of the form',
        expect.stringMatching(/^gds.network.allowed_ips:28 is kept for your record/),
        'payment.environment:34 does not go with mode test: "test" is what goes with it',
        expect.stringMatching(/^payment:32 is kept, and not used until its placeholders are filled in/),
      ]),
    );
    expect(settings.gds.missing).toBe('adapter');
    expect(settings.payment).toBeNull();
    const adyen = valid(pasted({ ...forms, payment: guideAdyenJson })).notices;
    expect(adyen).toContainEqual(expect.stringMatching(/^payment:32 is kept, and not used: this gateway is not built/));
    expect(adyen).toContain('payment.environment:34 does not go with mode test: "test" is what goes with it');
  });

  it('are refused live for each placeholder, with its line', () => {
    expect(problems(pasted(forms, 'live'))).toEqual([
      'gds.rest_credentials.client_id:22 is still the placeholder of the form',
      'gds.rest_credentials.client_secret:23 is still the placeholder of the form',
      'gds.rest_credentials.username:24 is still the placeholder of the form',
      'gds.rest_credentials.password:25 is still the placeholder of the form',
      'payment.credentials.publishable_key:36 is still the placeholder of the form',
      'payment.credentials.secret_key:37 is still the placeholder of the form',
      'payment.credentials.webhook_secret:38 is still the placeholder of the form',
    ]);
  });

  it('are taken filled in, for the environment of the mode', () => {
    const filled = (text: string) => text.replace(/YOUR_\w+/g, 'filled-in');
    const gds = filled(guideGdsYaml);
    const stripe = filled(guidePaymentJson);
    const adyen = filled(guideAdyenJson).replace('"client_key": "', '"client_key": "live_');
    expect(valid(pasted({ brand: guideBrandJson, gds, payment: stripe }, 'live')).settings.payment?.provider).toBe(
      'stripe',
    );
    valid(pasted({ brand: guideBrandJson, gds, payment: adyen }, 'live'));
    expect(problems(pasted({ brand: guideBrandJson, gds, payment: adyen }))).toEqual([
      'gds.environment:19 does not go with mode test',
      'payment.environment:34 does not go with mode test',
      'payment.credentials.client_key:38 is a key of the live environment, and the mode is test',
    ]);
  });

  it('reads the GDS form in one column or indented, whatever follows it', () => {
    const indented = guideGdsYaml.replace(/^(?=.)/gm, '  ');
    for (const form of [guideGdsYaml, indented, `${guideGdsYaml}\npcc: "A1B2"`]) {
      const { gds } = valid(`${without('gds')}gds:   # the form\n\n${form}\nlegal: {}\n`).file;
      expect(gds).toMatchObject({ ...sabre, ...(form.includes('pcc') && { pcc: 'A1B2' }) });
    }
    expect(problems(`${without('gds')}gds:\n${guideGdsYaml.replace('username', 'user_name')}\n`).join('\n')).toMatch(
      /^user_name:\d+ is not known here/m,
    );
  });

  it('reads the form of the older reservation systems, too', () => {
    const amadeus =
      'gds_provider: "amadeus"\nenvironment: "test"\napi_credentials:\napi_key: "a"\napi_secret: "b"\noffice_id: "NCE1A0950"';
    expect(valid(`${without('gds')}gds:\n${amadeus}\n`).file.gds).toMatchObject({
      api_credentials: { api_key: 'a', api_secret: 'b' },
      office_id: 'NCE1A0950',
    });
    const travelport =
      'gds_provider: travelport\nenvironment: test\ncredentials:\nusername: a\npassword: b\ntarget_branch: P1\nprovider_code: 1G';
    expect(valid(`${without('gds')}gds:\n${travelport}\n`).settings.gds).toMatchObject({
      provider: 'travelport',
      missing: 'adapter',
      parameters: { target_branch: 'P1', provider_code: '1G' },
    });
  });

  it('says of Amadeus credentials that are placeholders what is missing', () => {
    expect(valid(smallest.replace('amadeus-key', 'YOUR_API_KEY')).settings.gds.missing).toBe('credentials');
    expect(valid(smallest).settings.gds).not.toHaveProperty('missing');
    expect(problems(live.replace('amadeus-key', 'YOUR_API_KEY'))).toEqual([
      'gds.api_credentials.api_key:11 is still the placeholder of the form',
    ]);
  });
});
