import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { partnerFileJsonSchema } from '../../../server/partner-file/json-schema.ts';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { accepts, type Schema } from './accepts.ts';
import { guideAdyenJson, guideBrandJson, guidePaymentJson, live, smallest, stripeTest, webhook } from './files.ts';

const schema = partnerFileJsonSchema() as Schema;
const accepted = (text: string): boolean => accepts(schema, parse(text) as unknown);

describe('the JSON Schema of the partner file', () => {
  it('is of the draft that editors know, with a word on every field', () => {
    expect(partnerFileJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'DepartCart partner file',
      type: 'object',
      additionalProperties: false,
      required: expect.arrayContaining(['mode', 'origins', 'brand', 'gds']),
    });
    const mute: string[] = [];
    const look = (one: Schema & { description?: string }, path: string): void => {
      for (const [name, field] of Object.entries(one.properties ?? {})) {
        if (!('description' in field) && !('const' in field)) mute.push(`${path}.${name}`);
        look(field, `${path}.${name}`);
      }
      for (const part of [...(one.anyOf ?? []), ...(one.items ? [one.items] : [])]) look(part, path);
    };
    look(schema, '');
    expect(mute).toEqual([]);
  });

  it("accepts the demo's file, with its variables, and the guide's forms", () => {
    expect(accepted(readFileSync('demo/partners/skyline.yaml', 'utf8'))).toBe(true);
    const files = [smallest, live, smallest + stripeTest + webhook];
    for (const payment of [guidePaymentJson, guideAdyenJson]) {
      const brand = JSON.parse(guideBrandJson) as object;
      files.push(JSON.stringify({ ...parse(smallest), brand, payment: JSON.parse(payment), $schema: 'x' }));
    }
    for (const file of files) {
      expect(readPartnerFile({ text: file, env: {}, loopback: false })).toHaveProperty('file');
      expect(accepted(file)).toBe(true);
    }
    expect(accepted(smallest.replace('NCE1A0950', '${OFFICE}'))).toBe(true);
  });

  it.each([
    ['a misspelt field', 'office_id', 'ofice_id'],
    ['a misspelt word', 'amadeus\n', 'amadues\n'],
    ['a colour by name', '"#1E40AF"', 'navy'],
    ['a missing section', /gds:\n(?: {2}.*\n)+/, ''],
    ['no origin', '\n  - https://www.skyline.example', ' []'],
    ["another system's credentials", 'api_credentials', 'rest_credentials'],
  ])('refuses %s', (_what, from, to) => {
    const broken = smallest.replace(from, to);
    expect(broken).not.toBe(smallest);
    expect(accepted(broken)).toBe(false);
  });
});
