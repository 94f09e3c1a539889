import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { comparePermissions, declaredPermissions } from '../../demo/gtm/permissions.ts';
import { tagData } from '../../demo/gtm/tag-data.ts';
import { readTemplate, type Field } from '../../demo/gtm/template-file.ts';
import { runTemplateTests } from '../../demo/gtm/template-tests.ts';

const folder = join(import.meta.dirname, '../../gtm-template');
const text = readFileSync(join(folder, 'template.tpl'), 'utf8');
const template = readTemplate(text);

const flat = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => [
    field,
    ...flat(field.subParams),
    ...field.radioItems.flatMap((item) => flat(item.subParams)),
  ]);
const fields = flat(template.fields);

describe('gtm-template: its own tests', () => {
  const results = runTemplateTests(text);

  it('has several scenarios', () => {
    expect(results.length).toBeGreaterThanOrEqual(10);
  });

  it.each(results)('$name', ({ failure }) => {
    expect(failure).toBeUndefined();
  });

  it.each(template.tests.scenarios)('is named as the editor takes it: $name', ({ name }) => {
    expect(name).toMatch(/^[A-Za-z0-9 _-]+$/);
  });

  it('fails when the code breaks', () => {
    const broken = text.replace("{type: 'init', via: 'gtm'}", "{type: 'init'}");
    expect(runTemplateTests(broken).filter(({ failure }) => failure !== undefined)).not.toEqual([]);
  });
});

describe('gtm-template: permissions', () => {
  it('are what the code needs, no more and no less', () => {
    expect(comparePermissions(template)).toEqual([]);
  });

  it('name one script and one global, which is not executed', () => {
    expect(declaredPermissions(template)).toEqual({
      access_globals: { keys: [{ key: 'departcart', read: true, write: true, execute: false }] },
      inject_script: { urls: ['https://departcart.example/loader.js'] },
      logging: { environments: 'debug' },
      read_container_data: {},
    });
  });
});

describe('gtm-template: fields', () => {
  it('are the loader settings that work now', () => {
    const names = fields.filter(({ type }) => type !== 'GROUP').map(({ name }) => name);
    expect(names).toEqual([
      'key',
      'find',
      'recordLocator',
      'lastName',
      'encryptedId',
      'findLocator',
      'findName',
      'anchor',
      'where',
      'heading',
      'locale',
      'events',
      'eventPrefix',
      'dataLayer',
      'debug',
    ]);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  });

  it('all reach the loader', () => {
    for (const { name, type } of fields) if (type !== 'GROUP') expect(template.code).toContain(name);
  });

  const key = 'dcpub_test_skyline';

  it('fill in what a marketer leaves alone', () => {
    expect(tagData(template.fields, { key }, [])).toEqual({
      key,
      find: 'auto',
      where: 'append',
      heading: '2',
      events: true,
      eventPrefix: 'departcart_',
      dataLayer: 'dataLayer',
      debug: false,
    });
  });

  it.each([
    [{}, 'Please enter your publishable key'],
    [{ key: 'pk_live_51HxyzABC' }, 'is Stripe’s'],
    [{ key: 'dck_demo_skyline' }, 'This is not a publishable key'],
    [{ key: `${key} ` }, 'This is not a publishable key'],
    [{ key, find: 'selector' }, 'Please enter the CSS selector of the element that shows the record locator'],
    [{ key, find: 'fields' }, 'Please choose the variable that holds the record locator'],
    [{ key, find: 'encrypted-id' }, 'Please choose the variable that holds the encrypted id'],
    [{ key, locale: 'English' }, 'Please enter a language'],
  ])('refuse %j in the form, and say why', (tag, words) => {
    expect(() => tagData(template.fields, tag, [])).toThrow(words);
  });

  it.each([
    [{ key: '{{Key}}' }],
    [{ key, find: 'data-layer' }],
    [{ key, find: 'url', findLocator: 'pnr', findName: 'name' }],
    [{ key, find: 'fields', recordLocator: '{{Key}}', lastName: '{{Key}}' }],
    [{ key, locale: 'de-DE', events: false }],
  ])('take %j', (tag) => {
    expect(() => tagData(template.fields, tag, ['Key'])).not.toThrow();
  });

  it('tell which locator is meant', () => {
    for (const name of ['recordLocator', 'findLocator']) {
      const help = text.slice(text.indexOf(`"name": "${name}"`));
      expect(help.slice(0, 900)).toMatch(
        /record locator \(PNR\) that the reservation system uses: Amadeus, Sabre or Travelport/,
      );
    }
  });
});

describe('gtm-template: the gallery', () => {
  it('is written without a mark, with LF, and with no construct that older containers lack', () => {
    expect(text).not.toMatch(/\r|\uFEFF/);
    expect(template.code).not.toMatch(/\bfor\b.*\bof\b/);
  });

  it('has its files', () => {
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toMatch(/^\s+Apache License\s+Version 2\.0, January 2004/);
    const metadata = parseYaml(readFileSync(join(folder, 'metadata.yaml'), 'utf8')) as { versions: { sha: string }[] };
    expect(Object.keys(metadata)).toEqual(['homepage', 'documentation', 'versions']);
    for (const { sha } of metadata.versions) expect(sha).toMatch(/^[0-9a-f]{40}$/);
  });
});
