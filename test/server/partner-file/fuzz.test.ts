import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { partnerFileJsonSchema } from '../../../server/partner-file/json-schema.ts';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { schemaFor } from '../../../server/partner-file/schema.ts';
import { PATIENCE_MS, share } from '../../support/fuzz.ts';
import { accepts, type Schema } from './accepts.ts';
import { guideAdyenJson, guideGdsYaml, live, smallest, stripeTest, webhook } from './files.ts';

const SECRET = 's3cr3t-Zq9';

const examples = [...readFileSync('docs/partner-file.md', 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(
  (found) => found[1]!,
);
const files = [
  ...examples.map((text) => text.replace(/\$\{\w+\}/g, SECRET)),
  smallest + stripeTest + webhook,
  live,
  `mode: test\norigins: [https://a.example]\nbrand: {brand_name: Sky, primary_color: "#123456"}\ngds:\n${guideGdsYaml}\npayment: ${guideAdyenJson}\n`,
];
const schema = partnerFileJsonSchema() as Schema;

/** Whatever the text: it is a file or has faults that somebody can find, nothing is thrown, and no secret is repeated. */
function look(text: string): void {
  const result = readPartnerFile({ text, env: {}, loopback: false });
  const lines = text.split('\n').length;
  expect(JSON.stringify(result.notices)).not.toContain(SECRET);
  for (const { line } of result.notices) if (line !== undefined) expect(line).toBeLessThanOrEqual(lines);
  if ('problems' in result) {
    expect(result.problems.length).toBeGreaterThan(0);
    for (const { line, message, fix } of result.problems) {
      expect(line === undefined || (line >= 1 && line <= lines)).toBe(true);
      expect(message.length * fix.length).toBeGreaterThan(0);
    }
    return;
  }
  // As it is sealed, and read again by every server.
  const kept = JSON.parse(JSON.stringify(result.file)) as unknown;
  expect(schemaFor(kept).parse(kept)).toEqual(result.file);
  expect(accepts(schema, kept), 'the schema for editors refuses what is accepted').toBe(true);
}

type Edit = (text: string) => string;
const anyText = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '"',
    "'",
    '[',
    '{',
    '}',
    ': ',
    '- ',
    '\n',
    '\t',
    '#',
    '&a',
    '*a',
    '!',
    '|',
    '>',
    '---\n',
    '%',
    '${A}',
    '__proto__: ',
    '<<: ',
    '\u0000',
    '\ud800',
  ),
);
const splice: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.nat({ max: 30 }), anyText)
  .map(([at, drop, text]) => (file) => {
    const start = at % (file.length + 1);
    return file.slice(0, start) + text + file.slice(start + drop);
  });

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    'test',
    'live',
    'stripe',
    'sabre',
    'https://a.example',
    '#123456',
    0,
    -1,
    1e9,
    [],
    {},
    null,
    true,
  ),
  fc.constantFrom('constructor', '__proto__', 'toString'),
) as fc.Arbitrary<Json>;

/** Another value, or none, or one more, somewhere in the tree. */
const graft: fc.Arbitrary<(tree: Json) => Json> = fc
  .tuple(
    fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('put', 'drop', 'add'),
    fc.string({ maxLength: 12 }),
    anyValue,
  )
  .map(([steps, what, name, value]) => (tree) => {
    const whole = structuredClone(tree);
    let at: Json = whole;
    for (const [depth, step] of steps.entries()) {
      if (at === null || typeof at !== 'object') break;
      const parent = at as Record<string, Json>;
      const keys = Object.keys(parent);
      const key = keys[step % Math.max(1, keys.length)];
      if (key === undefined) break;
      if (depth < steps.length - 1 && parent[key] !== null && typeof parent[key] === 'object') at = parent[key];
      else {
        if (what === 'put') parent[key] = value;
        else if (what === 'drop' && Array.isArray(parent)) parent.splice(Number(key), 1);
        else if (what === 'drop') delete parent[key];
        else
          Object.defineProperty(parent, Array.isArray(parent) ? parent.length : name, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
          });
        break;
      }
    }
    return whole;
  });

describe('a partner file of any text', () => {
  it(
    'is read or refused with a place, when it is a file with some other letters',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...files), fc.array(splice, { minLength: 1, maxLength: 4 }), (file, edits) =>
          look(edits.reduce((text, edit) => edit(text), file)),
        ),
        share(4),
      );
    },
    PATIENCE_MS,
  );

  it(
    'is read or refused with a place, when it is a file with some other values',
    () => {
      const trees = files.slice(0, -1).map((text) => parse(text) as Json);
      fc.assert(
        fc.property(fc.constantFrom(...trees), fc.array(graft, { minLength: 1, maxLength: 3 }), (tree, grafts) =>
          look(
            JSON.stringify(
              grafts.reduce((value, one) => one(value), tree),
              null,
              1,
            ),
          ),
        ),
        share(4),
      );
    },
    PATIENCE_MS,
  );

  it.each([
    ['open brackets', '['.repeat(100_000)],
    ['open sections', '{a: '.repeat(60_000)],
    ['dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['deep JSON', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['anchors', '&a '.repeat(5_000)],
    ['quotes', '"'.repeat(5_001)],
    ['blanks', ' '.repeat(200_000)],
    ['steps', Array.from({ length: 700 }, (_, step) => `${' '.repeat(step)}a:`).join('\n')],
    ['unknown keys', Array.from({ length: 2_000 }, (_, no) => `k${no}: 1`).join('\n')],
    ['variables', `origins: [${'"${A}",'.repeat(5_000)}]`],
  ])('is refused when it is nothing but %s', (_what, text) => {
    const result = readPartnerFile({ text, env: {}, loopback: false });
    expect('problems' in result && result.problems.length).toBeGreaterThan(0);
  });

  it('takes no word of JavaScript for a variable of the environment', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const text = smallest.replace('amadeus-key', `"\${${name}}"`);
      const result = readPartnerFile({ text, env: {}, loopback: false });
      expect('problems' in result && result.problems[0]?.message).toContain('which is not set');
    }
  });
});
