import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../demo/gtm/language.ts';
import { operations } from '../../../demo/gtm/sandbox.js';
import type { TemplateFault } from '../../../demo/gtm/template-file.ts';

/** Runs code as a template would be, on a page that has globals; the value of its `return`. */
function run(code: string, data: unknown = {}): unknown {
  const made = runInNewContext(`(${compile(code, ['data'], 1)})`, { secret: 1 }) as (...given: unknown[]) => unknown;
  const result = made(operations, data);
  return typeof result === 'object' && result !== null ? JSON.parse(JSON.stringify(result)) : result;
}

function faults(code: string): readonly string[] {
  try {
    compile(code, ['data'], 10);
  } catch (error) {
    return (error as TemplateFault).faults;
  }
  return [];
}

describe('compile: what is refused, with its line', () => {
  it.each([
    'new Date();',
    'this.x;',
    'class A {}',
    'async function f() {}',
    'const f = async () => 1;',
    'function* f() {}',
    'try { data.x(); } catch (e) {}',
    'throw data;',
    'do { data.x(); } while (false);',
    'outer: for (;;) { break outer; }',
    'data.x, data.y;',
    "'a' in data;",
    'data instanceof data;',
    'delete data.x;',
    'void 0;',
    '+data;',
    '~data;',
    'data | 1;',
    'data >> 1;',
    'data ** 2;',
    'data ?? 1;',
    'data?.x;',
    'data.x ??= 1;',
    'const t = `x`;',
    'data`x`;',
    'const r = /x/;',
    'const b = 1n;',
    'data.f(...data.list);',
    'const c = [...data.list];',
    'function f(...rest) {}',
    'const {x} = data;',
    'const [y] = data.list;',
    'function f(a = 1) {}',
    'const o = {data};',
    "const o = {['a']: 1};",
    'const o = {f() {}};',
    'const o = {get x() { return 1; }};',
    'const o = {__proto__: data};',
    "const o = {'__proto__': data};",
    "import('x');",
    'with (data) {}',
    'debugger;',
    'const a = 1; const a = 2;',
    'const a = ;',
    'for (data.x in data) {}',
  ])('%s', (line) => {
    const found = faults(`const before = 1;\n${line}\n`);
    expect(found).not.toEqual([]);
    for (const fault of found) expect(fault).toMatch(/^line 11: /);
  });

  it('writes to names that are not declared', () => {
    expect(faults('x = 1;\ny += 1;\nz++;\nfor (i in data) {}')).toEqual(
      ['x', 'y', 'z', 'i'].map(
        (name, index) => `line ${10 + index}: writes to \`${name}\`, which is not declared: there are no globals`,
      ),
    );
  });

  it('names every place, not the first only', () => {
    expect(faults('new A();\n\nthrow 1;')).toEqual([
      'line 10: sandboxed JavaScript has no NewExpression: new A()',
      'line 12: sandboxed JavaScript has no ThrowStatement: throw 1;',
    ]);
  });

  it('names that the stand-in uses itself', () => {
    expect(faults('const __gtm = 1;')).not.toEqual([]);
  });
});

describe('compile: what runs, as it does in the sandbox', () => {
  it.each<[string, unknown]>([
    ['const a = 2; let b = 3; var c; c = a * b - 1; return c % 4;', 1],
    ['let n = 0; for (let i = 0; i < 4; i++) { if (i === 1) continue; if (i > 2) break; n += i; } return n;', 2],
    ["const keys = []; for (const key in {a: 1, b: 2}) { keys.push(key); } return keys.join('-');", 'a-b'],
    ['let n = 0; for (const x of [1, 2, 3]) n += x; return n;', 6],
    ["switch (data.kind) { case 'a': return 1; case 'b': { const x = 2; return x; } default: return 0; }", 2],
    ['let n = 3; while (n > 0) { n--; } return -n === 0 && !n && typeof n;', 'number'],
    ['const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }; return f(5);', 120],
    ['return later(2); function later(x) { return x + 1; }', 3],
    [
      'const o = {a: {b: 1}, "c-d": 2}; o.a.b += 4; o.a.b++; const old = o["c-d"]--; return [o.a.b, old, o["c-d"], ++o.a.b];',
      [6, 2, 1, 7],
    ],
    [
      'const list = [3, 1, 2]; list[5] = 9; return [list.length, list.sort()[0], list.map((x, i) => i).length];',
      [6, 1, 6],
    ],
    ['if (true) { var seen = 1; function inner() { return 7; } } return [seen, inner()];', [1, 7]],
    ['const f = (a, b) => ({sum: a + b}); return f(1, 2).sum;', 3],
    ['return (() => [1, 2])()[1];', 2],
    [
      "const s = 'Hello'; return [s.length, s[1], s.toUpperCase(), s.replace('l', 'L'), (5).toString() + true.toString()];",
      [5, 'e', 'HELLO', 'HeLlo', '5true'],
    ],
    ["function f() { 'use strict'; return 1; } return f();", 1],
  ])('%s', (code, expected) => {
    expect(run(code, { kind: 'b' })).toEqual(expected);
  });

  it('gives every function its arguments as a true array, arrows too', () => {
    expect(run('const f = (a) => arguments.map((x) => x + a); return f(1, 2, 3);')).toEqual([2, 3, 4]);
    expect(
      run('function f(a) { const g = () => arguments.length; return [arguments.length, g(1, 2)]; } return f(0);'),
    ).toEqual([1, 2]);
    expect(run('return typeof arguments;')).toBe('undefined');
  });

  it.each(['window', 'document', 'console', 'Date', 'parseInt', 'globalThis', 'secret', 'undefined', 'require'])(
    'has no %s',
    (name) => {
      expect(run(`return typeof ${name};`)).toBe('undefined');
      expect(() => run(`${name}.x;`)).toThrow(`Cannot read property x of undefined.`);
      expect(() => run(`${name}('x');`)).toThrow(`Attempting to execute non-function ${name}.`);
    },
  );

  it('has no way out through the properties of a value', () => {
    const hidden = [
      "''.constructor",
      '[].constructor',
      '({}).constructor',
      '(() => 1).constructor',
      "({})['__pro' + 'to__']",
      '[].map.constructor',
    ];
    for (const way of hidden) expect(run(`return ${way};`), way).toBeUndefined();
    expect(run("const o = {}; o['__pro' + 'to__'] = {leak: 1}; return o.leak;")).toBeUndefined();
    expect(() => run('return (function() {}).call({});')).toThrow(
      'Attempting to execute non-function (function() {}).call.',
    );
  });

  it.each([
    "'abc'.includes('a')",
    "'abc'.startsWith('a')",
    '[1].find((x) => x)',
    '[1].flat()',
    "'a'.repeat(2)",
    "'a'.charCodeAt(0)",
  ])('has no method that the sandbox lacks: %s', (code) => {
    expect(() => run(`return ${code};`)).toThrow(/Attempting to execute non-function/);
  });

  it('lets a field have the name of such a method', () => {
    expect(run('return data.find;', { find: 'auto' })).toBe('auto');
  });

  it('throws at null and undefined, and reads nothing from a number', () => {
    expect(() => run('return null.x;')).toThrow('Cannot read property x of null.');
    expect(() => run('data.missing.x = 1;')).toThrow('Cannot set property x of undefined.');
    expect(run('return (5).x;')).toBeUndefined();
  });

  it('keeps line breaks, so that a stack trace names the right line', () => {
    expect(compile('const a = 1;\n\ndata.x(\n  a);', ['data'], 1).split('\n').length).toBeGreaterThanOrEqual(4);
  });
});
