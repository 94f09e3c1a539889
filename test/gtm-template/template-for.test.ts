import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePermissions } from '../../demo/gtm/permissions.ts';
import { readTemplate } from '../../demo/gtm/template-file.ts';
import { runTemplateTests } from '../../demo/gtm/template-tests.ts';
import { templateFor } from '../../server/http/routes/gtm-template.ts';

const template = readFileSync(join(import.meta.dirname, '../../gtm-template/template.tpl'), 'utf8');
const written = 'https://departcart.example/loader.js';

describe('templateFor', () => {
  const made = templateFor(template, 'https://seats.airline.test');

  it('writes the loader of this deployment into code and permission, and nothing else', () => {
    const lines = template.split('\n');
    const changed = made.split('\n').flatMap((line, index) => (line === lines[index] ? [] : [line.trim()]));
    expect(changed).toEqual([
      "const loader = 'https://seats.airline.test/loader.js';",
      '"string": "https://seats.airline.test/loader.js"',
    ]);
  });

  it('makes a template that fits together and passes its own tests', () => {
    expect(comparePermissions(readTemplate(made))).toEqual([]);
    expect(runTemplateTests(made).filter(({ failure }) => failure !== undefined)).toEqual([]);
  });

  it.each([
    ['https://seats.airline.test/', 'https://seats.airline.test/loader.js'],
    ['https://airline.test/seats', 'https://airline.test/seats/loader.js'],
    ['http://localhost:8081', 'http://localhost:8081/loader.js'],
    ['https://SEATS.airline.test:443', 'https://seats.airline.test/loader.js'],
  ])('takes %s', (publicUrl, loader) => {
    expect(templateFor(template, publicUrl).split(`${loader}`)).toHaveLength(3);
  });

  it.each([
    "https://a.test/x'y",
    'https://a.test/?q=1',
    'https://a.test/*',
    'https://user:secret@a.test',
    'javascript:alert(1)//',
  ])('refuses %s', (publicUrl) => {
    expect(() => templateFor(template, publicUrl)).toThrow(
      /DEPARTCART_PUBLIC_URL must be a plain http or https address/,
    );
  });

  it('gives LF without a mark, whatever the checkout made of it', () => {
    expect(templateFor(`\uFEFF${template.replaceAll('\n', '\r\n')}`, 'https://seats.airline.test')).toBe(made);
  });

  it.each([
    ['twice in the code', template.replace(written, `${written}'; const other = '${written}`)],
    ['nowhere in the permissions', template.replace(`"string": "${written}"`, '"string": "https://x.test/"')],
    ['in the notes, too', `${template}\n${written}\n`],
    ['nowhere', template.replaceAll(written, '')],
  ])('throws where the written address stands %s', (_where, text) => {
    expect(() => templateFor(text, 'https://seats.airline.test')).toThrow(
      /must hold .* once in its code and once in its permissions/,
    );
  });
});
