import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partnerFileJsonSchema } from '../../../server/partner-file/json-schema.ts';
import { readPartnerFile } from '../../../server/partner-file/read.ts';

const text = readFileSync('docs/partner-file.md', 'utf8');
const files = [...text.matchAll(/```yaml\n([^]*?)```/g)].map((found) => found[1]!);

/** What the variables of the examples stand for. */
const env = {
  ...Object.fromEntries([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name!, 'x'.repeat(16)])),
  STRIPE_PUBLISHABLE_KEY: 'pk_live_x',
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
};

describe('docs/partner-file.md', () => {
  it('holds files that are valid: the smallest, and one with every section', () => {
    expect(files).toHaveLength(2);
    for (const file of files) {
      const result = readPartnerFile({ text: file, env, loopback: false });
      expect('problems' in result && result.problems).toBe(false);
    }
  });

  it('names every field that a file may have', () => {
    const names = new Set<string>();
    const look = (schema: Record<string, unknown>): void => {
      for (const [name, field] of Object.entries((schema['properties'] ?? {}) as Record<string, object>)) {
        names.add(name);
        look(field as Record<string, unknown>);
      }
      for (const part of [...((schema['anyOf'] as object[] | undefined) ?? []), schema['items']]) {
        if (part) look(part as Record<string, unknown>);
      }
    };
    look(partnerFileJsonSchema());
    expect(names.size).toBeGreaterThan(90);
    expect(
      [...names].filter((name) => !new RegExp(`(?<![\\w-])${name.replace('$', '\\$')}(?![\\w-])`).test(text)),
    ).toEqual([]);
  });
});
