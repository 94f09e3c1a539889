import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import skyline from '../../../demo/partners/skyline.yaml?raw';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { mutated, PATIENCE_MS, share } from '../../support/fuzz.ts';

const env = {
  SITE_ORIGIN: 'http://localhost:1',
  API_ORIGIN: 'http://localhost:2',
  SANDBOXES_URL: 'http://localhost:3',
};
/** Of the file above; what a problem says is shown on screens and kept in logs of pipelines. */
const SECRETS = [
  'demo_amadeus_secret',
  'sk_test_demo_skyline',
  'whsec_demo_skyline',
  'demo_webhook_secret_skyline',
  'demo_legacy_password',
];
/** Reads, and checks all that holds whatever was written. */
function read(text: string) {
  const result = readPartnerFile({ text, env, loopback: true });
  if ('file' in result) {
    expect(result.file.brand.brand_name).toEqual(expect.any(String));
    expect(['test', 'live']).toContain(result.file.mode);
    return result;
  }
  expect(result.problems.length).toBeGreaterThan(0);
  for (const problem of [...result.problems, ...result.notices]) {
    expect(problem).toMatchObject({ path: expect.any(String) as string, message: expect.any(String) as string });
    if (problem.line !== undefined) expect(problem.line).toBeGreaterThan(0);
    // A bare word that became a key is named as one; whatever stands behind a key is not.
    const told = JSON.stringify({ ...problem, path: problem.path.replace(/(^|\.)\w+(?=$|\.)/g, '') });
    for (const secret of SECRETS) expect(told).not.toContain(secret);
  }
  return result;
}

const lines = skyline.split('\n');
const moved = fc
  .array(
    fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1), fc.constantFrom('drop', 'double', 'move', 'indent')),
    { maxLength: 4 },
  )
  .map((edits) =>
    edits
      .reduce((now, [from, to, how]) => {
        const next = [...now];
        const line = next[from] ?? '';
        if (how === 'indent') next[from] = `  ${line}`;
        else if (how === 'double') next.splice(to, 0, line);
        else next.splice(from, 1);
        if (how === 'move') next.splice(to, 0, line);
        return next;
      }, lines)
      .join('\n'),
  );

/** Sections by their right names with anything in them. */
const shuffledSections = fc
  .dictionary(
    fc.constantFrom(
      'mode',
      'origins',
      'brand',
      'gds',
      'payment',
      'webhooks',
      'legal',
      'panel',
      'catalogue',
      'legacy_ids',
      '__proto__',
      'constructor',
      'x',
    ),
    fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'code',
          'brand_name',
          'password',
          'salt',
          'kdf',
          'until',
          'url',
          'secret',
          'credentials',
          '${SITE_ORIGIN}',
        ),
        fc.jsonValue(),
      ),
    ),
  )
  .chain((value) => fc.constantFrom(JSON.stringify(value), stringify(value)));

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefghi')
  .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join()}]`)
  .join('\n')}\nmode: *i\n`;

describe('a partner file', { timeout: PATIENCE_MS }, () => {
  it('is read as it stands', () => expect(read(skyline)).toHaveProperty('file'));

  it.each([
    ['nothing', ''],
    ['aliases of aliases', bomb],
    ['a section that holds itself', 'brand: &b\n  brand: *b\nmode: test\n'],
    ['ten thousand brackets', '['.repeat(10_000)],
    ['many keys', Array.from({ length: 5000 }, (_, n) => `k${n}: 1`).join('\n')],
    ['two documents', `${skyline}\n---\n${skyline}`],
    ['tags', 'mode: !!js/function "x"\nbrand: !!binary "AAAA"\n'],
    ['a name of many letters', `mode: test\nbrand: { brand_name: "${'a'.repeat(200_000)}" }`],
    ['a name that fills itself in', `mode: '${'${SITE_ORIGIN}'.repeat(2000)}'`],
    [
      'a secret behind a colon without a space',
      skyline.replace("api_secret: 'demo", "{ api_secret:'demo").replace("amadeus_secret'", "amadeus_secret': 1 }"),
    ],
    [
      'a key with a secret in it',
      skyline.replace("api_secret: 'demo_amadeus_secret'", "'api_secret:demo_amadeus_secret': 1"),
    ],
    [
      'a key with an escaped secret in it',
      skyline.replace("api_secret: 'demo_amadeus_secret'", '"api_secret%3A%20\'demo_amadeus_secret": 1'),
    ],
  ])('of %s is refused in good time', (_what, text) => {
    expect(read(text)).toHaveProperty('problems');
  });

  it('with letters changed is read or refused', () => {
    fc.assert(
      fc.property(mutated([skyline]), (text) => void read(text)),
      share(8),
    );
  });

  it('with lines dropped, doubled, moved and indented is read or refused', () => {
    fc.assert(
      fc.property(moved, (text) => void read(text)),
      share(4),
    );
  });

  it('of any sections is read or refused', () => {
    fc.assert(
      fc.property(shuffledSections, (text) => void read(text)),
      share(8),
    );
  });
});
