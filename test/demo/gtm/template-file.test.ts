import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../demo/gtm/template-file.ts';
import { smallTemplate } from './small-template.ts';

const good = smallTemplate({ code: 'data.gtmOnSuccess();', fields: [{ type: 'TEXT', name: 'key' }] });

describe('readTemplate', () => {
  it('reads every section, and knows where the code stands', () => {
    const template = readTemplate(good);
    expect(template.fields.map(({ name }) => name)).toEqual(['key']);
    expect(good.split('\n')[template.codeLine]).toBe('data.gtmOnSuccess();');
    expect(template.tests.scenarios).toEqual([]);
  });

  it('takes a byte order mark, CRLF and another order of sections', () => {
    const template = readTemplate(good);
    expect(readTemplate(`\uFEFF${good}`)).toEqual(template);
    expect(readTemplate(good.replaceAll('\n', '\r\n'))).toEqual(template);
    const [info, rest] = [good.slice(0, good.indexOf('___TEMPLATE')), good.slice(good.indexOf('___TEMPLATE'))];
    expect({ ...readTemplate(rest + info), codeLine: 0 }).toEqual({ ...template, codeLine: 0 });
  });

  it.each([
    ['a comment in JSON', good.replace('{\n  "type"', '{\n  // mine\n  "type"'), /^line 4: INFO is not strict JSON/],
    ['a trailing comma', good.replace('["WEB"]\n', '["WEB"],\n'), /^line 7: INFO is not strict JSON/],
    ['a trailing comma in a list', good.replace('["WEB"]', '["WEB",]'), /^line 6: INFO is not strict JSON/],
    ['a raw control character', good.replace('"Small"', '"Sm\tall"'), /^line 5: INFO is not strict JSON/],
    [
      'a section that is missing',
      good.replace('___WEB_PERM', '___WEB_PREM'),
      /^line \d+: a web template has no section ___WEB_PREMISSIONS___/,
    ],
    [
      'no code',
      good.replace(/___SANDBOXED[^]*(?=___WEB)/, ''),
      /^the section ___SANDBOXED_JS_FOR_WEB_TEMPLATE___ is missing/,
    ],
    ['a section twice', `${good}\n___NOTES___\n`, /: the section ___NOTES___ stands twice/],
    ['text in front', `Hello\n${good}`, /^line 1: text before the first section/],
    ['a server template', good.replace('["WEB"]', '["SERVER"]'), /does not list WEB/],
    ['an unknown kind of field', good.replace('"TEXT"', '"TEXTS"'), /^TEMPLATE_PARAMETERS\/0\/type: /],
    ['a slip in YAML', good.replace('scenarios: []', 'scenarios: [\n- name: x'), /^TESTS is not YAML, line \d+: /],
    ['a scenario without code', good.replace('scenarios: []', 'scenarios:\n- name: x'), /^TESTS\/scenarios\/0\/code: /],
    [
      'a scenario with more',
      good.replace('scenarios: []', 'scenarios:\n- name: x\n  code: y\n  skip: true'),
      /Unrecognized key: "skip"/,
    ],
  ])('refuses %s, and says where', (_what, file, words) => {
    expect(() => readTemplate(file)).toThrow(words);
  });
});

const samples = join(import.meta.dirname, '../../../../shared/contracts/gtm-samples/templates');

it.skipIf(!existsSync(samples))(
  'readTemplate reads the shared sections of published templates, and refuses the broken ones',
  () => {
    const sections = { parameters: 'TEMPLATE_PARAMETERS', permissions: 'WEB_PERMISSIONS', info: 'INFO' };
    const names = readdirSync(samples).filter((name) => /\.(parameters|permissions|info)\.json/.test(name));
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const kind = /\.(parameters|permissions|info)\.json/.exec(name)![1] as keyof typeof sections;
      const section = new RegExp(`(?<=___${sections[kind]}___\n\n)[^]*?(?=\n___)`);
      const file = good.replace(section, () => readFileSync(join(samples, name), 'utf8'));
      if (name.endsWith('.invalid'))
        expect(() => readTemplate(file), name).toThrow(/^line \d+: \w+ is not strict JSON/);
      else expect(() => readTemplate(file), name).not.toThrow();
    }
  },
);
