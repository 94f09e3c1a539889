import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePermissions } from '../../../demo/gtm/permissions.ts';
import { scriptUrl } from '../../../demo/gtm/sandbox.js';
import { readTemplate } from '../../../demo/gtm/template-file.ts';
import { globals, scripts, smallTemplate } from './small-template.ts';

const code = `const createQueue = require('createQueue');
const injectScript = require('injectScript');
const url = 'https://cdn.example.com/loader.js';
createQueue('thing')(data.key);
injectScript(url, data.gtmOnSuccess, data.gtmOnFailure, url);`;

const compare = (permissions: Parameters<typeof smallTemplate>[0]['permissions'], text = code) =>
  comparePermissions(readTemplate(smallTemplate({ code: text, permissions: permissions! })));

const fitting = {
  access_globals: globals({ thing: 'read write' }),
  inject_script: scripts('https://cdn.example.com/loader.js'),
};

describe('comparePermissions', () => {
  it('is content when both agree', () => {
    expect(compare(fitting)).toEqual([]);
  });

  it('reports a permission that is lacking', () => {
    expect(compare({ access_globals: fitting.access_globals })).toEqual([
      'missing permission: inject_script',
      'missing permission: inject_script of https://cdn.example.com/loader.js',
    ]);
  });

  it('reports a permission that is needless', () => {
    expect(compare({ ...fitting, logging: [] })).toEqual(['needless permission: logging']);
  });

  it('reports both in one', () => {
    expect(
      compare({ ...fitting, access_globals: globals({ thing: 'read execute', 'thing.q': 'read' }), logging: [] }),
    ).toEqual([
      'missing permission: access_globals write on thing',
      'needless permission: logging',
      'needless permission: access_globals execute on thing',
      'needless permission: access_globals read on thing.q',
    ]);
  });

  it('reports an address that no pattern fits, and a pattern that fits no address', () => {
    expect(compare({ ...fitting, inject_script: scripts('https://cdn.example.com/other.js') })).toEqual([
      'missing permission: inject_script of https://cdn.example.com/loader.js',
      'needless permission: inject_script of https://cdn.example.com/other.js',
    ]);
  });

  it('wants paths and addresses as constants', () => {
    expect(compare(fitting, code.replace("'thing'", 'data.name'))).toContain(
      'missing permission: access_globals read on what is not written as a constant',
    );
  });
});

describe('scriptUrl', () => {
  it.each<[string, string[], string]>([
    ['https://cdn.test.com/loader.js', ['https://cdn.test.com/loader.js'], 'allowed'],
    ['https://cdn.test.com/loader.js?x=1', ['https://cdn.test.com/loader.js'], 'denied'],
    ['https://cdn.test.com/v10/other.js', ['https://cdn.test.com/v1/*'], 'allowed'],
    ['https://a.b.test.com/x.js', ['https://*.test.com/'], 'allowed'],
    ['https://nottest.com/x.js', ['https://*.test.com/'], 'denied'],
    ['https://cdn.test.com/Xx.js', ['https://cdn.test.com/xx.js'], 'denied'],
    ['https://cdn.test.com/a.js', ['https://cdn.test.com/?.js'], 'denied'],
    ['http://cdn.test.com/x.js', ['http://cdn.test.com/'], 'denied'],
    ['https://cdn.test.com/x.js', ['https://*/'], 'invalid-filter'],
    ['https://cdn.test.com/x.js', ['https://cdn.test.com/', 'https://bad'], 'allowed'],
    ['https://cdn.test.com/x.js', ['https://bad', 'https://cdn.test.com/'], 'invalid-filter'],
    ['not a url', ['https://cdn.test.com/'], 'denied'],
  ])('%s under %j is %s', (url, patterns, expected) => {
    expect(scriptUrl(url, patterns, false)).toBe(expected);
  });

  const local = 'http://localhost:8081/loader.js';

  it('lets loopback through only by the switch, and only for the very address', () => {
    expect(scriptUrl(local, [local], false)).toBe('denied');
    expect(scriptUrl(local, [local], true)).toBe('loopback');
    expect(scriptUrl(local, ['http://localhost:8081/*'], true)).toBe('denied');
    expect(scriptUrl('http://localhost.evil.test:80/x.js', ['http://localhost.evil.test:80/x.js'], true)).toBe(
      'denied',
    );
  });
});

const table = join(import.meta.dirname, '../../../../shared/contracts/gtm-samples/tables/inject-script-url-cases.json');

it.skipIf(!existsSync(table))('scriptUrl agrees with the shared table of cases', () => {
  const { cases } = JSON.parse(readFileSync(table, 'utf8')) as {
    cases: { url: string; patterns: string[]; expect: string }[];
  };
  expect(cases.length).toBeGreaterThan(30);
  expect(cases.map(({ url, patterns }) => ({ url, patterns, expect: scriptUrl(url, patterns, false) }))).toEqual(cases);
});
