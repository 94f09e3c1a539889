import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import type { PartnerFile } from '../../../server/partner-file/schema.ts';
import { env, guideBrandJson, guidePaymentJson, live, smallest } from './files.ts';

const read = (text: string, more: { env?: Record<string, string>; loopback?: boolean } = {}) =>
  readPartnerFile({ text, env, loopback: false, ...more });

/** The problems as a person reads them: where, what, what to do. */
function problems(text: string, more: { env?: Record<string, string>; loopback?: boolean } = {}): string[] {
  const result = read(text, more);
  if (!('problems' in result)) return [];
  return result.problems.map(({ path, line, message, fix }) => `${path || 'file'}:${line ?? '-'} ${message}. ${fix}`);
}

function valid(text: string, more: { env?: Record<string, string>; loopback?: boolean } = {}): PartnerFile {
  expect(problems(text, more)).toEqual([]);
  const result = read(text, more);
  if (!('file' in result)) throw new Error('not valid');
  return result.file;
}

const changed = (from: string, to: string, file = smallest): string => {
  expect(file).toContain(from);
  return file.replace(from, to);
};

describe('a valid file', () => {
  it('may be as small as this, and gets its defaults', () => {
    expect(valid(smallest)).toMatchObject({ mode: 'test', gds: { sales: { close_hours: 3 } } });
  });

  it('may be JSON, indented with tabs', () => {
    const file = valid(smallest);
    expect(valid(JSON.stringify(file, null, '\t'))).toEqual(file);
  });

  it.each(['brand: ', 'brand:\n'])("holds the guide's brand form as it was published, pasted behind %j", (key) => {
    const rest = smallest.replace(/brand:\n(?: {2}.*\n)+/, '');
    const { brand } = valid(`${rest}${key}${guideBrandJson}\n`);
    expect(brand).toEqual(JSON.parse(guideBrandJson));
  });

  it("holds the guide's payment form as it was published, and keeps it whole", () => {
    const { payment } = valid(
      `${smallest}payment: ${guidePaymentJson}\nlegal:\n  terms_url: https://a.example/terms\n`,
    );
    expect(payment).toEqual(JSON.parse(guidePaymentJson));
  });

  it.skipIf(!existsSync('../shared/seeds'))('holds the brand form of the source document itself', () => {
    const seed = readFileSync('../shared/seeds/001_87b14ff618149ed8.txt', 'utf8');
    const form = /Example Brand Submission\s*(\{[^}]*\})/.exec(seed)![1]!;
    const rest = smallest.replace(/brand:\n(?: {2}.*\n)+/, '');
    expect(valid(`${rest}brand: ${form}\n`).brand).toEqual(JSON.parse(form));
  });

  it('says what is kept but not used yet', () => {
    const result = read(`${smallest}  emd: true\npayment: ${guidePaymentJson}\ncatalogue: []\n`);
    expect(result.notices.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^catalogue:\d+ is kept, and not used yet by this version$/),
        expect.stringMatching(/^gds.emd:14 is kept: seats are sold without electronic documents/),
        expect.stringMatching(/^payment:15 is kept, and not used until its placeholders are filled in/),
        'payment.credentials.secret_key:20 is still the placeholder of the form',
        expect.stringMatching(/^payment.settings.capture_method:\d+ charges before the seats are confirmed/),
        expect.stringMatching(/^payment.settings.payment_methods:\d+ is kept: this version takes cards only$/),
        expect.stringMatching(/^payment.settings.fraud_rules:\d+ is kept, and not used: fraud rules/),
      ]),
    );
  });
});

describe('${NAME}', () => {
  it('is taken from the environment, alone and inside a text, once', () => {
    const text = smallest.replace('amadeus-s3cret', '"${SECRET}"').replace('https://www', 'https://${SUB}');
    const file = valid(text, { env: { SECRET: 'a${SUB}b', SUB: 'shop' } });
    expect(file.origins).toEqual(['https://shop.skyline.example']);
    expect(file.gds['api_credentials']).toMatchObject({ api_secret: 'a${SUB}b' });
  });

  it.each([
    [{}, 'not set'],
    [{ SECRET: '' }, 'empty'],
  ])('is asked for when the environment is %j', (given, what) => {
    expect(problems(changed('amadeus-s3cret', '"${SECRET}"'), { env: given })).toEqual([
      `gds.api_credentials.api_secret:12 names the environment variable SECRET, which is ${what}. ` +
        'Set SECRET where this command runs, or write the value into the file.',
    ]);
  });
});

describe('a fault is told with its place, its line and what to do', () => {
  it.each([
    [
      'a misspelt key',
      'primary_color',
      'primary_colour',
      'brand.primary_colour:6 is not known here. Did you mean "primary_color"?',
    ],
    [
      'a key in another spelling',
      'office_id',
      'officeId',
      'gds.officeId:13 is not known here. Did you mean "office_id"?',
    ],
    [
      'a strange key',
      'mode: test',
      'mode: test\ncolour_of_sky: blue',
      'colour_of_sky:2 is not known here. Take it out. Known here: mode, origins',
    ],
    [
      'a key of another section',
      'mode: test',
      'mode: test\noffice_id: X',
      'office_id:2 is not known here. It belongs in the section gds: move it there',
    ],
    [
      'a key one section too high',
      '  api_credentials:\n    api_key: amadeus-key\n',
      '  api_key: x\n  api_credentials:\n',
      'gds.api_key:10 is not known here. It belongs in the section gds.api_credentials',
    ],
    [
      'an unquoted colour',
      '"#1E40AF"',
      '#1E40AF',
      'brand.primary_color:6 is empty. A # outside quotes begins a comment in YAML. Write a hex colour in quotes',
    ],
    [
      'a colour by name',
      '"#1E40AF"',
      'navy',
      'brand.primary_color:6 is not of the right form. Write a hex colour in quotes, like "#1E40AF".',
    ],
    [
      'an unquoted number',
      'amadeus-s3cret',
      '12345',
      'gds.api_credentials.api_secret:12 is a number. Put it in quotes, so that it is a text:',
    ],
    [
      'a credential with a blank at its end',
      'amadeus-s3cret',
      '"amadeus-s3cret "',
      'gds.api_credentials.api_secret:12 has a blank at an end',
    ],
    [
      'a missing field',
      '  office_id: NCE1A0950\n',
      '',
      'gds.office_id:7 is missing. Add it: the 9 characters of your office id in capitals, like NCE1A0950.',
    ],
    ['a strange mode', 'mode: test', 'mode: staging', 'mode:1 is not one of those known. Write "test" or "live".'],
    ['no mode', 'mode: test\n', '', 'mode:1 is missing. Add it: "test" or "live".'],
    [
      'a strange GDS',
      'amadeus\n',
      'galileo\n',
      'gds.gds_provider:8 is not one of those known. Write one of amadeus, sabre, travelport.',
    ],
    [
      'no origin',
      '  - https://www.skyline.example',
      '  []',
      'origins:2 is too short. Write a list of at least one origin',
    ],
    [
      'one origin that is no list',
      '\n  - https://www.skyline.example',
      ' https://www.skyline.example',
      'origins:2 is a text. Write a list',
    ],
    [
      'an origin with a path',
      'https://www.skyline.example',
      'https://www.Skyline.example/shop',
      'origins[0]:3 is not as browsers send it, which is https://www.skyline.example.',
    ],
    [
      'an origin with a usual port',
      'https://www.skyline.example',
      'https://www.skyline.example:443',
      'which is https://www.skyline.example.',
    ],
    [
      'an origin without scheme',
      'https://www.skyline.example',
      'www.skyline.example',
      'origins[0]:3 is no origin. Write where your pages are',
    ],
    [
      'an origin of another scheme',
      'https://www.skyline.example',
      'ftp://www.skyline.example',
      'origins[0]:3 is no origin',
    ],
    [
      'every site of a top-level domain',
      'https://www.skyline.example',
      'https://*.example',
      'origins[0]:3 would let in every site',
    ],
    [
      'a star elsewhere',
      'https://www.skyline.example',
      'https://www.*.example',
      'origins[0]:3 may have one "*", right behind https://',
    ],
    ['every origin', 'https://www.skyline.example', '"*"', 'origins[0]:3 may have one "*"'],
    [
      'a link with a user name',
      'mode: test',
      'mode: test\nlegal:\n  terms_url: https://a:b@c.example',
      'legal.terms_url:3 is no web address, or has a user name in it',
    ],
    [
      'a script as a link',
      'mode: test',
      'mode: test\nlegal:\n  terms_url: "javascript:alert(1)"',
      'legal.terms_url:3 is no web address',
    ],
    [
      'a code with capitals',
      'brand:',
      'brand:\n  code: SkyLine',
      'brand.code:5 is not of the right form. Write 2 to 40 of a-z, 0-9, _ and -, like skyline.',
    ],
  ])('%s', (_what, from, to, expected) => {
    const found = problems(changed(from, to));
    expect(found.join('\n')).toContain(expected);
  });

  it.each([
    [
      'primary_font: "x; } body { display: none"',
      'brand.primary_font:5 is not of the right form. Write the name of a font family',
    ],
    ['accent_colors: ["#fff", "red"]', 'brand.accent_colors[1]:5 is not of the right form'],
    ['brand_nam: x', 'brand.brand_nam:5 is not known here. Did you mean "brand_name"?'],
  ])('brand: %s', (line, expected) => {
    expect(problems(changed('brand:', `brand:\n  ${line}`)).join('\n')).toContain(expected);
  });

  it.each([
    [
      'sales:\n    close_hours: 1000',
      'gds.sales.close_hours:15 is too large. Write hours before departure, 0 to 168, like 3.',
    ],
    ['sales:\n    close_hours: soon', 'gds.sales.close_hours:15 is a text'],
    [
      'network:\n    rate_limits:\n      requests_per_minute: 0',
      'gds.network.rate_limits.requests_per_minute:16 is too small',
    ],
    ['network:\n    rate_limit: {}', 'gds.network.rate_limit:15 is not known here. Did you mean "rate_limits"?'],
  ])('gds: %s', (lines, expected) => {
    expect(problems(`${smallest}  ${lines}\n`).join('\n')).toContain(expected);
  });

  it.each([
    ['panel:\n  locale: english please', 'panel.locale:15 is no language tag. Write a language tag, like en or pt-BR.'],
    ['panel:\n  heading: 7', 'panel.heading:15 is too large. Write the level of the heading, 1 to 6.'],
    ['panel:\n  find:\n    how: magic', 'panel.find.how:16 is not one of those known. Write one of auto,'],
    ['payment:\n  settings:\n    currency: EURO', 'payment.settings.currency:16'],
    ['payment: stripe', 'payment:14 is a text'],
    ['webhooks: https://a.example', 'webhooks:14 is a text. Write a list of sections, each with url and secret.'],
  ])('%s', (lines, expected) => {
    expect(problems(`${smallest}${lines}\n`).join('\n')).toContain(expected);
  });

  it('names every fault at once, in the order of the lines', () => {
    const found = problems(
      smallest
        .replace('mode: test', 'mode: staging')
        .replace('https://www.skyline.example', 'nowhere')
        .replace('"#1E40AF"', 'navy')
        .replace('office_id', 'ofice_id'),
    );
    expect(found.map((problem) => problem.split(' ')[0])).toEqual([
      'mode:1',
      'origins[0]:3',
      'brand.primary_color:6',
      'gds.office_id:7',
      'gds.ofice_id:13',
    ]);
  });

  it('asks for a code when none can be made of the name', () => {
    expect(problems(changed('SkylineAir', '"航空"'))).toEqual([
      'brand.code:4 is missing, and none can be made of the name. Add it: 2 to 40 of a-z, 0-9, _ and -.',
    ]);
  });
});

describe('a file that is no YAML', () => {
  it.each([
    ['a tab', 'mode: test\norigins:\n\t- x\n', 'file:3 is indented with a tab. YAML wants spaces.'],
    ['a key twice', 'mode: test\nmode: live\n', 'file:2 has a key twice in one section. Keep one of the two.'],
    ['two colons', 'mode: test: live\n', 'file:1 has two ": " on one line. Put the value in quotes.'],
    ['an open quote', 'mode: "test\n', 'misses a closing quote, bracket or comma'],
    ['a reserved character', 'mode: `test\n', 'file:1 has a value that begins with a character of YAML'],
    ['two documents', 'mode: test\n---\nmode: live\n', 'One file is one brand'],
    ['an alias to nowhere', 'mode: *test\n', 'Put a value that begins with "*" in quotes'],
    ['nothing', '', 'file:- holds no sections. Begin with mode, origins, brand and gds'],
    ['a list', '- mode\n', 'holds no sections'],
    ['a letter', 'Dear support, here are our settings', 'holds no sections'],
    ['too much', `mode: ${'x'.repeat(300_000)}`, 'is longer than 256 KB'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      'too many of them',
    ],
  ])('%s', (_what, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
  });
});

describe('test and live', () => {
  it('keeps the environments apart', () => {
    expect(valid(live).mode).toBe('live');
    expect(problems(changed('environment: test', 'environment: production'))).toEqual([
      expect.stringMatching(
        /^gds.environment:9 does not go with mode test. Write "test" with that environment's credentials/,
      ),
    ]);
    expect(problems(changed('environment: production', 'environment: test', live))[0]).toMatch(/Write "production"/);
  });

  it('has a base_url in mode test only, and https', () => {
    expect(valid(`${smallest}  base_url: https://sandbox.example/amadeus\n`).gds.base_url).toBe(
      'https://sandbox.example/amadeus',
    );
    expect(problems(`${live}  base_url: https://sandbox.example\n`)[0]).toMatch(
      /gds.base_url:14 is for mode test only. Take it out/,
    );
    expect(problems(`${smallest}  base_url: http://sandbox.example\n`)[0]).toMatch(/gds.base_url:14 is not https/);
  });

  it('warns of placeholders in test and refuses them live', () => {
    const notices = read(changed('amadeus-s3cret', 'YOUR_API_SECRET')).notices;
    expect(notices).toContainEqual({
      path: 'gds.api_credentials.api_secret',
      line: 12,
      message: 'is still the placeholder of the form',
    });
    expect(problems(changed('amadeus-s3cret', 'YOUR_API_SECRET', live))).toEqual([
      'gds.api_credentials.api_secret:12 is still the placeholder of the form. Write your own value.',
    ]);
  });

  it.each([
    'http://localhost:8080',
    'http://127.0.0.1',
    'https://localhost',
    'http://[::1]:3000',
    'http://shop.localhost',
  ])('lets %s in where loopback is allowed, in mode test, and nowhere else', (origin) => {
    const file = (text: string) => changed('https://www.skyline.example', `"${origin}"`, text);
    expect(problems(file(smallest), { loopback: true })).toEqual([]);
    expect(problems(file(smallest))[0]).toMatch(/origins\[0\]:3 is an address of this machine/);
    expect(problems(file(live), { loopback: true })[0]).toMatch(/origins\[0\]:3 is an address of this machine/);
  });

  it('wants https of every other address, loopback or not', () => {
    for (const loopback of [true, false]) {
      expect(problems(changed('https://www', 'http://www'), { loopback })[0]).toMatch(/origins\[0\]:3 is not https/);
      expect(problems(`${smallest}legal:\n  terms_url: http://a.example\n`, { loopback })[0]).toMatch(
        /legal.terms_url:15 is not https/,
      );
    }
  });

  it('knows the demo by its credentials and refuses them outside', () => {
    const demo = changed('amadeus-s3cret', 'demo_amadeus_secret');
    expect(problems(demo, { loopback: true })).toEqual([]);
    expect(problems(demo)).toEqual([
      expect.stringMatching(/^gds.api_credentials.api_secret:12 is a credential of the demo/),
    ]);
  });

  it.each(['sabre', 'travelport'])('says of %s that it is not built yet', (provider) => {
    const credentials =
      provider === 'sabre'
        ? 'rest_credentials: {client_id: a, client_secret: b, username: c, password: d}'
        : 'credentials: {username: c, password: d}';
    const gds = `gds:\n  gds_provider: ${provider}\n  environment: test\n  ${credentials}\n`;
    const file = smallest.replace(/gds:\n(?: {2}.*\n)+/, gds);
    valid(file);
    expect(read(file).notices).toContainEqual({
      path: 'gds.gds_provider',
      line: 8,
      message: expect.stringMatching(/^is kept, and not spoken to yet by this version, which knows amadeus/),
    });
    expect(problems(file.replace('username', 'user_name')).join('\n')).toContain('Did you mean "username"?');
  });
});

describe('what is said about a file', () => {
  it('never shows a value of it', () => {
    const secret = 's3cr3t-Zq9';
    const broken = [
      changed('amadeus-s3cret', `"${secret} "`),
      changed('amadeus-s3cret', `*${secret}`),
      changed('amadeus-s3cret', `\`${secret}`),
      changed('amadeus-s3cret', `a: ${secret}`),
      changed('amadeus-s3cret', `"${secret}`),
      changed('amadeus-s3cret', `%${secret}`),
      changed('amadeus-s3cret', `[${secret}`),
      changed('amadeus-s3cret', `{${secret}: 1}`),
      changed('amadeus-s3cret', `!${secret} x`),
      changed('NCE1A0950', secret),
      changed('mode: test', `mode: ${secret}`),
      changed('amadeus-key', `demo_${secret}`),
      `${live}payment:\n  secret_key: YOUR_KEY_${secret}\n`,
      `${smallest}payment: ${secret}\n`,
    ];
    for (const text of broken) {
      const result = read(text);
      expect(result).toHaveProperty('problems');
      expect(JSON.stringify(result)).not.toContain(secret);
    }
  });
});
