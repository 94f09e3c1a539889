import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { parse } from 'acorn';
import { describe, expect, it, vi } from 'vitest';
import { containerScript, type ContainerSource } from '../../../demo/gtm/container.ts';
import tag from '../../../demo/gtm/tag.json';
import { templateFor } from '../../../server/http/routes/gtm-template.ts';
import { globals, scripts, smallTemplate, text, type Parts } from './small-template.ts';

const ours = readFileSync(join(import.meta.dirname, '../../../gtm-template/template.tpl'), 'utf8');
const loader = 'https://departcart.example/loader.js';

interface FakeScript {
  type: string;
  async: boolean;
  src: unknown;
  nonce?: string;
  onload: () => void;
  onerror: () => void;
}

/** As much of a browser's page as gtm.js touches, with timers run by hand. `more`: what the page has on `window` besides. */
function newPage(more: Record<string, unknown> = {}, nonce?: string) {
  const inserted: FakeScript[] = [];
  const said: Record<'log' | 'warn' | 'error', string[]> = { log: [], warn: [], error: [] };
  const timers: { work: () => void; delayMs: number }[] = [];
  const first = {
    nonce,
    parentNode: {
      insertBefore(script: FakeScript, before: unknown) {
        expect(before).toBe(first);
        inserted.push(script);
      },
    },
  };
  const makeElement = () => ({
    setAttribute(this: Record<string, unknown>, name: string, value: string) {
      this[name] = value;
    },
  });
  const window: Record<string, unknown> = createContext({
    document: {
      createElement: makeElement,
      getElementsByTagName: () => [first],
      querySelector: (selector: string) => (selector === 'script[nonce]' && nonce !== undefined ? first : null),
    },
    console: {
      log: (line: string) => said.log.push(line),
      warn: (line: string) => said.warn.push(line),
      error: (line: string) => said.error.push(line),
    },
    setTimeout: (work: () => void, delayMs: number) => timers.push({ work, delayMs }),
    URL,
    ...more,
  });
  window['window'] = window;
  const runTimers = (untilMs: number) => {
    const due = timers.filter(({ delayMs }) => delayMs <= untilMs).sort((a, b) => a.delayMs - b.delayMs);
    for (const timer of due) timers.splice(timers.indexOf(timer), 1);
    for (const { work } of due) work();
  };
  const load = (source: ContainerSource) =>
    new Script(containerScript({ warn: () => undefined, ...source })).runInContext(window);
  return { window, inserted, said, runTimers, load };
}

/** Runs a template of these parts on a page. */
function runParts(parts: Parts, more: Record<string, unknown> = {}, source: Partial<ContainerSource> = {}) {
  const page = newPage(more);
  page.load({ template: smallTemplate(parts), tag: {}, ...source });
  return page;
}

const inPage = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('containerScript with our template', () => {
  const source = { template: ours, tag: { ...tag, debug: false } };

  it('is a classic script without eval', () => {
    const script = containerScript({ ...source, warn: () => undefined });
    expect(() => parse(script, { ecmaVersion: 2023, sourceType: 'script' })).not.toThrow();
    expect(script).not.toMatch(/\beval\b|new Function|^\s*(import|export)\b/m);
  });

  it('queues the settings, then loads the loader as Google Tag Manager does', () => {
    const page = newPage({ dataLayer: [] }, 'N0nce');
    page.load(source);
    expect(inPage(page.window['departcart'])).toEqual([{ type: 'init', via: 'gtm', ...tag, debug: false }]);
    expect(page.inserted).toHaveLength(1);
    expect(page.inserted[0]).toMatchObject({ type: 'text/javascript', async: true, src: loader, nonce: 'N0nce' });
    expect(inPage(page.window['dataLayer'])).toEqual([{ 'gtm.start': expect.any(Number), event: 'gtm.js' }]);
    page.inserted[0]!.onload();
    page.runTimers(10_000);
    expect(page.said.error).toEqual([]);
  });

  it('gives no nonce where the page has none', () => {
    const page = newPage();
    page.load(source);
    expect(page.inserted[0]).not.toHaveProperty('nonce');
  });

  it('passes the address through the Trusted Types policy goog#html', () => {
    const made: string[] = [];
    const createPolicy = (name: string, rules: { createScriptURL: (url: string) => string }) => {
      made.push(name);
      return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
    };
    const page = newPage({ trustedTypes: { createPolicy } });
    page.load(source);
    expect(made).toEqual(['goog#html']);
    expect(page.inserted[0]!.src).toEqual({ trusted: loader });
  });

  it('keeps the array that is there and uses the push that the loader gave it', () => {
    const pushed: unknown[] = [];
    const queue = Object.assign([] as unknown[], { push: (...entries: unknown[]) => pushed.push(...entries) });
    const page = newPage({ departcart: queue });
    page.load(source);
    expect(page.window['departcart']).toBe(queue);
    expect(pushed).toHaveLength(1);
  });

  it('makes a queue where an element with the id of the global stands', () => {
    class HTMLElement {}
    const page = newPage({ departcart: new HTMLElement() });
    page.load(source);
    expect(inPage(page.window['departcart'])).toMatchObject([{ type: 'init' }]);
  });

  it('loads once on a page that fires the tag again', () => {
    const page = newPage();
    page.load(source);
    (page.window['dataLayer'] as unknown[]).push({ event: 'gtm.js' });
    page.inserted[0]!.onload();
    (page.window['dataLayer'] as unknown[]).push({ event: 'gtm.js' });
    expect(page.inserted).toHaveLength(1);
    expect(page.window['departcart']).toHaveLength(3);
  });

  it('loads again after a failure, and says in Preview why', () => {
    const page = newPage();
    page.load({ ...source, preview: true });
    page.inserted[0]!.onerror();
    expect(page.said.log[0]).toMatch(/^DepartCart: the loader could not be loaded from https:/);
    (page.window['dataLayer'] as unknown[]).push({ event: 'gtm.js' });
    expect(page.inserted).toHaveLength(2);
    expect(inPage(page.window['departcart'])).toMatchObject([{ debug: true }, { debug: true }]);
  });

  it('fires on the event that was named, with what its variables hold then', () => {
    const dataLayer: unknown[] = [{ booking: { pnr: 'OLD111', name: 'SMITH' } }, { booking: { pnr: 'ABC123' } }];
    const page = newPage({ dataLayer });
    page.load({
      template: ours,
      tag: { key: tag.key, find: 'fields', recordLocator: '{{Locator}}', lastName: '{{Name}}', locale: '{{Nothing}}' },
      variables: { Locator: 'booking.pnr', Name: 'booking.name', Nothing: 'page.locale' },
      trigger: 'booked',
    });
    expect(page.inserted).toEqual([]);
    dataLayer.push({ event: 'booked' });
    expect(inPage(page.window['departcart'])).toMatchObject([{ recordLocator: 'ABC123', lastName: 'SMITH' }]);
    expect((page.window['departcart'] as object[])[0]).not.toHaveProperty('locale');
  });

  it('lets a local loader through by the switch, with a warning in both places', () => {
    const template = templateFor(ours, 'http://localhost:8081');
    const warn = vi.fn<(message: string) => void>();
    const page = newPage();
    page.load({ template, tag, allowLoopback: true, warn });
    expect(page.inserted[0]!.src).toBe('http://localhost:8081/loader.js');
    expect(warn.mock.calls).toEqual([
      ['GTM stand-in: scripts from http://localhost are let through, which Google Tag Manager refuses.'],
    ]);
    expect(page.said.warn[0]).toMatch(/Google Tag Manager itself refuses http:\/\/localhost:8081\/loader\.js/);

    const strict = newPage();
    strict.load({ template, tag });
    strict.runTimers(10_000);
    expect(strict.inserted).toEqual([]);
    expect(strict.said.error).toEqual([]);
  });

  it('refuses a tag that the form would not save', () => {
    expect(() => containerScript({ template: ours, tag: { key: 'pk_live_51Hxyz' } })).toThrow(/key: .*Stripe/);
  });
});

describe('containerScript: permissions', () => {
  const required = (api: string, call: string) => ({
    code: `const api = require('${api}');\n${call}\ndata.gtmOnSuccess();`,
  });
  const inject = required('injectScript', "api('https://cdn.example.com/x.js');");

  it.each<[string, Parts, string]>([
    ['a permission that is not declared', inject, 'The requested permission inject_script is not configured.'],
    [
      'another address',
      { ...inject, permissions: { inject_script: scripts('https://cdn.example.com/y.js') } },
      'Prohibited script URL: https://cdn.example.com/x.js',
    ],
    [
      'a pattern that is none',
      { ...inject, permissions: { inject_script: scripts('https://bad') } },
      'Invalid script URL filter.',
    ],
    [
      'another global',
      { ...required('copyFromWindow', "api('a.b');"), permissions: { access_globals: globals({ a: 'read' }) } },
      'Prohibited read on global variable: a.b.',
    ],
    [
      'a global that is only read',
      { ...required('setInWindow', "api('a', 1, true);"), permissions: { access_globals: globals({ a: 'read' }) } },
      'Prohibited write on global variable: a.',
    ],
    ['an API that is none', required('fetch', "api('x');"), 'fetch is not a valid API name.'],
  ])('refuses %s in the words of Google Tag Manager', (_what, parts, words) => {
    const page = runParts(parts);
    expect(page.inserted).toEqual([]);
    expect(page.said.error).toEqual([`[GTM stand-in] The tag "Small" ended with an exception: ${words}`]);
  });

  it('tells the terminal what does not fit together, and runs', () => {
    const warn = vi.fn<(message: string) => void>();
    const parts = { ...required('logToConsole', "api('x');"), permissions: { access_globals: globals({ a: 'read' }) } };
    runParts(parts, {}, { warn });
    expect(warn.mock.calls.flat()).toEqual([
      'GTM stand-in: missing permission: logging',
      'GTM stand-in: needless permission: access_globals',
      'GTM stand-in: needless permission: access_globals read on a',
    ]);
  });

  it('answers queryPermission without throwing', () => {
    const code = `const query = require('queryPermission');
const copy = require('setInWindow');
copy('out', [query('inject_script', 'https://cdn.example.com/x.js'), query('inject_script', 'https://x.test/'), query('logging')], true);
data.gtmOnSuccess();`;
    const permissions = {
      access_globals: globals({ out: 'read write' }),
      inject_script: scripts('https://cdn.example.com/*'),
    };
    expect(inPage(runParts({ code, permissions }).window['out'])).toEqual([true, false, false]);
  });

  it('logs in Preview only, unless the permission says all', () => {
    const log = required('logToConsole', "api('heard');");
    const logging = (environments: string) => ({ logging: [{ key: 'environments', value: text(environments) }] });
    expect(runParts({ ...log, permissions: logging('debug') }).said.log).toEqual([]);
    expect(runParts({ ...log, permissions: logging('debug') }, {}, { preview: true }).said.log).toEqual(['heard']);
    expect(runParts({ ...log, permissions: logging('all') }).said.log).toEqual(['heard']);
  });
});

describe('containerScript: the border', () => {
  const permissions = { access_globals: globals({ shared: 'read write', queue: 'read write', call: 'execute' }) };
  const run = (code: string, more: Record<string, unknown>) => {
    const apis = ['copyFromWindow', 'setInWindow', 'createQueue', 'callInWindow', 'getType'];
    const requires = apis.map((api) => `const ${api} = require('${api}');`).join('\n');
    return runParts({ code: `${requires}\n${code}\ndata.gtmOnSuccess();`, permissions }, more);
  };

  it('copies what comes in: the page does not see it change', () => {
    const shared = { list: [1], deep: { a: 1 } };
    const page = run(
      `const copy = copyFromWindow('shared'); copy.list.push(2); copy.deep.a = 2; createQueue('queue')(copy);`,
      { shared },
    );
    expect(shared).toEqual({ list: [1], deep: { a: 1 } });
    expect(inPage(page.window['queue'])).toEqual([{ list: [1, 2], deep: { a: 2 } }]);
  });

  it('copies what goes out: the template does not reach what the page has', () => {
    const page = run(`const entry = {list: [1]}; createQueue('queue')(entry); entry.list.push(2);`, {});
    expect(inPage(page.window['queue'])).toEqual([{ list: [1] }]);
  });

  it('makes arguments objects arrays, lets functions through as wrappers, and keeps the rest out', () => {
    const seen: unknown[] = [];
    const add = Object.assign((a: { n: number }, b: number) => ((a.n += b), a), { label: 'add' });
    const given = {
      args: (function (..._all: number[]) {
        return arguments;
      })(1, 2),
      add,
      date: new Date(0),
      map: new Map(),
    };
    run(
      `const copy = copyFromWindow('shared'); const n = {n: 1};
callInWindow('call', getType(copy.args), copy.args.length, copy.add(n, 2).n, n.n, copy.add.label, copy.date, copy.map);`,
      { shared: given, call: (...all: unknown[]) => void seen.push(...all) },
    );
    expect(seen).toEqual(['array', 2, 3, 1, 'add', undefined, undefined]);
  });

  it('survives a value that contains itself', () => {
    const shared: Record<string, unknown> = { name: 'loop' };
    shared['self'] = shared;
    const page = run(`createQueue('queue')(copyFromWindow('shared').self.self.name);`, { shared });
    expect(page.said.error).toEqual([]);
    expect(inPage(page.window['queue'])).toEqual(['loop']);
  });

  it('says so when the queue is no array', () => {
    const page = run(`createQueue('queue')(1);`, { queue: {} });
    expect(page.said.error[0]).toContain('Object at queue in window is not an array.');
  });
});

describe('containerScript: APIs that need no permission', () => {
  it.each([
    [
      'getType',
      "[api(null), api([]), api({}), api('x'), api(undefined)]",
      ['null', 'array', 'object', 'string', 'undefined'],
    ],
    ['makeInteger', "[api('4.6'), api('x')]", [5, 0]],
    ['makeNumber', "api('4.5') + 1", 5.5],
    ['makeString', "api(4) + ''", '4'],
    ['JSON', `[api.parse('{"a":1}').a, api.parse('{') === undefined, api.stringify({b: 2})]`, [1, true, '{"b":2}']],
    ['Object', '[api.keys({a: 1}), api.values({a: 1}), api.entries({a: 1})]', [['a'], [1], [['a', 1]]]],
  ])('%s: %s', (api, expression, expected) => {
    const code = `const api = require('${api}');\nrequire('setInWindow')('out', ${expression});\ndata.gtmOnSuccess();`;
    const page = runParts({ code, permissions: { access_globals: globals({ out: 'read write' }) } });
    expect(inPage(page.window['out'])).toEqual(expected);
  });
});

describe('containerScript: the two callbacks', () => {
  it('reports a tag that calls neither', () => {
    const page = runParts({ code: 'const a = 1;' });
    page.runTimers(0);
    expect(page.said.error).toEqual([]);
    page.runTimers(10_000);
    expect(page.said.error).toEqual([
      '[GTM stand-in] The tag "Small" is still running: it called neither gtmOnSuccess nor gtmOnFailure.',
    ]);
  });

  it.each([
    ['both', 'data.gtmOnSuccess(); data.gtmOnFailure();', 'called gtmOnFailure after gtmOnSuccess.'],
    ['one twice', 'data.gtmOnSuccess(); data.gtmOnSuccess();', 'called gtmOnSuccess after gtmOnSuccess.'],
  ])('reports a tag that calls %s', (_what, code, words) => {
    const page = runParts({ code });
    expect(page.said.error).toEqual([]);
    page.runTimers(0);
    expect(page.said.error).toEqual([`[GTM stand-in] The tag "Small" ${words} A tag calls one of the two, once.`]);
  });
});

describe('containerScript: what is not served', () => {
  it.each([
    [
      'code outside the subset',
      smallTemplate({ code: 'const a = 1;\nnew Date();' }),
      /^line 18: sandboxed JavaScript has no NewExpression/,
    ],
    ['broken JSON', smallTemplate({ code: '' }).replace('["WEB"]', '["WEB"],'), /^line 7: INFO is not strict JSON/],
  ])('%s', (_what, template, words) => {
    expect(() => containerScript({ template, tag: {} })).toThrow(words);
  });
});
