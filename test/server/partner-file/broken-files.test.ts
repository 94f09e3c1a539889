import { describe, expect, it } from 'vitest';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { live, smallest, stripeTest, webhook } from './files.ts';

/** Everything that is said of a file, as a person reads it: `path (line) what is wrong. | what to do`. */
function faults(text: string): string[] {
  const result = readPartnerFile({ text, env: {}, loopback: false });
  if (!('problems' in result)) return [];
  return result.problems.map(({ path, line, message, fix }) => `${path} (${line}) ${message} | ${fix}`);
}

const sabre = smallest.replace(
  /gds:\n(?: {2}.*\n)+/,
  `gds:
  gds_provider: sabre
  environment: test
  rest_credentials:
    client_id: a
    client_secret: b
    username: c
    password: d
`,
);
const legacy = `legacy_ids:
  password: old-s3cret
  salt: old-salt
  kdf: [sha256]
`;
const adyen = `payment:
  provider: adyen
  environment: test
  credentials: {api_key: a, merchant_account: b, client_key: test_c, hmac_key: d}
`;
const extra = `catalogue:
  - code: priority
    name: Priority boarding
    price: {amount: 12.5, currency: EUR, per: traveller}
`;

/** Name, file, what is changed in it to what, and everything that is then said. */
const BROKEN: [string, string, string | RegExp, string, string[]][] = [
  [
    'a misspelt section',
    `${smallest}legal: {}\n`,
    'legal',
    'leagl',
    ['leagl (14) is not known here | Did you mean "legal"?'],
  ],
  [
    'a field in another section',
    smallest,
    'mode: test',
    'mode: test\nbrand_name: x',
    ['brand_name (2) is not known here | It belongs in the section brand: move it there, and look at the indentation.'],
  ],
  [
    'a misspelt reservation system',
    smallest,
    'amadeus\n',
    'amadues\n',
    ['gds.gds_provider (8) is not one of those known | Did you mean "amadeus"?'],
  ],
  [
    'an office id in small letters',
    smallest,
    'NCE1A0950',
    'nce1a0950',
    [
      'gds.office_id (13) is not of the right form | Write the 9 characters of your office id in capitals, like NCE1A0950.',
    ],
  ],
  [
    "another system's credentials",
    sabre,
    'username: c\n    ',
    '',
    [
      'gds.rest_credentials.username (10) is missing | Add it: the text the vendor gave you, in quotes, or ${NAME} of an environment variable.',
    ],
  ],
  [
    'a pseudo city code that is none',
    `${sabre}  pcc: toolong\n`,
    '',
    '',
    ['gds.pcc (15) is not of the right form | Write your pseudo city code in capitals, like A1B2.'],
  ],
  [
    'an address that is none',
    `${smallest}  network: {allowed_ips: ["203.0.113.0/24", "300.1.2.3"]}\n`,
    '',
    '',
    [
      'gds.network.allowed_ips[1] (14) is no IP address | Write an IP address or a range of them, like 203.0.113.7 or 203.0.113.0/24.',
    ],
  ],
  [
    'a second account of another shape',
    `${smallest}  failover:\n    api_credentials: {api_key: a}\n    office: NCE1A0951\n`,
    '',
    '',
    [
      'gds.failover.api_credentials.api_secret (15) is missing | Add it: the text the vendor gave you, in quotes, or ${NAME} of an environment variable.',
      'gds.failover.office (16) is not known here | Did you mean "office_id"?',
    ],
  ],
  [
    'a key of the other environment',
    smallest + stripeTest,
    'sk_test_',
    'sk_live_',
    [
      'payment.credentials.secret_key (19) is a key of the live environment, and the mode is test | Write the one of the test environment, or give mode live a brand of its own.',
    ],
  ],
  [
    'two gateways in one',
    smallest + adyen,
    'hmac_key: d',
    'hmac_key: d, webhook_secret: whsec_x',
    [
      'payment.credentials.webhook_secret (17) is not known here | Take it out. Known here: api_key, merchant_account, client_key, hmac_key, live_prefix, webhook_user, webhook_password.',
    ],
  ],
  [
    "a gateway's word for the other environment",
    smallest + adyen,
    'environment: test\n  credentials',
    'environment: live\n  credentials',
    [
      'payment.environment (16) does not go with mode test | Write "test" with that environment\'s keys; your other environment is a brand of its own.',
    ],
  ],
  [
    'a placeholder, live',
    live + adyen.replaceAll('test', 'live'),
    'hmac_key: d',
    'hmac_key: YOUR_HMAC_KEY',
    ['payment.credentials.hmac_key (17) is still the placeholder of the form | Write your own value.'],
  ],
  [
    'a misspelt event',
    smallest + webhook,
    '    secret:',
    '    events: [transaction.complete]\n    secret:',
    ['webhooks[0].events[0] (16) is not one of those known | Did you mean "transaction.completed"?'],
  ],
  [
    'an authentication with half of what it needs',
    smallest + webhook,
    '    secret:',
    '    auth: {kind: basic, user: sky, token: t}\n    secret:',
    [
      'webhooks[0].auth.password (16) is missing | Add it: the kind basic needs user, password.',
      'webhooks[0].auth.token (16) does not go with the kind basic | Take it out, or write the kind that has it.',
    ],
  ],
  [
    'a header that is not theirs to set',
    smallest + webhook,
    '    secret:',
    '    auth: {kind: api_key, in: header, name: Content-Type, value: x}\n    secret:',
    ['webhooks[0].auth.name (16) is a header that deliveries set themselves | Write another, like X-Api-Key.'],
  ],
  [
    'a token server in the clear',
    smallest + webhook,
    '    secret:',
    '    auth: {kind: token_server, url: "http://a.example", user: a, password: b}\n    secret:',
    ['webhooks[0].auth.url (16) is not https | Write an address that begins with https://.'],
  ],
  [
    'a rate that is none',
    smallest + webhook,
    '    secret:',
    '    rate: {per_second: 0}\n    secret:',
    ['webhooks[0].rate.per_second (16) is not known here | Take it out. Known here: requests_per_second, concurrency.'],
  ],
  [
    'a way to find the booking that there is none of',
    `${smallest}panel:\n  find: {how: datalayer}\n`,
    '',
    '',
    ['panel.find.how (15) is not one of those known | Did you mean "data-layer"?'],
  ],
  [
    'a layout that there is none of',
    `${smallest}panel: {layout: modal}\n`,
    '',
    '',
    ['panel.layout (14) is not one of those known | Write one of inline, drawer, button.'],
  ],
  [
    'a text that is a number',
    `${smallest}panel:\n  texts: {pay: 5}\n`,
    '',
    '',
    ['panel.texts.pay (15) is a number | Put it in quotes, so that it is a text: a text of up to 500 characters.'],
  ],
  [
    "a text's name with a blank",
    `${smallest}panel:\n  texts: {"the pay button": "Pay"}\n`,
    '',
    '',
    ['panel.texts."the pay button" (15) is no name for a text | Write it with letters, digits, dots and dashes only.'],
  ],
  [
    'old links without a salt',
    smallest + legacy,
    '  salt: old-salt\n',
    '',
    ['legacy_ids.salt (14) is missing | Add it: the salt your program encrypts with, in quotes.'],
  ],
  [
    'a misspelt hash',
    smallest + legacy,
    'sha256',
    'sha-256',
    ['legacy_ids.kdf[0] (17) is not one of those known | Did you mean "sha256"?'],
  ],
  [
    'links that nothing authenticates, without an end',
    `${smallest}${legacy}  formats: [fernet, aes-cbc]\n`,
    '',
    '',
    [
      'legacy_ids.until (14) is missing, and aes-cbc is among the formats | Add the last day on which such links open, like 2027-06-30: nothing authenticates them, so they must end.',
    ],
  ],
  [
    'a day that there is none of',
    `${smallest}${legacy}  until: 2027-02-30\n`,
    '',
    '',
    ['legacy_ids.until (18) is no day | Write the last day on which aes-cbc links open, like 2027-06-30.'],
  ],
  [
    'something sold without a price',
    smallest + extra,
    /\n {4}price.*/,
    '',
    ['catalogue[0].price (15) is missing | Add it: a section with amount, currency and per.'],
  ],
  [
    'a price for nobody',
    smallest + extra,
    'per: traveller',
    'per: travelers',
    ['catalogue[0].price.per (17) is not one of those known | Did you mean "traveller"?'],
  ],
];

describe('a broken file', () => {
  it.each(BROKEN)('%s', (_name, file, from, to, expected) => {
    const broken = from === '' ? file : file.replace(from, to);
    expect(broken === file).toBe(from === '');
    expect(faults(broken)).toEqual(expected);
  });
});
