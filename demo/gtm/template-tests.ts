import { isDeepStrictEqual } from 'node:util';
import { runInThisContext } from 'node:vm';
import { compile } from './language.ts';
import { declaredPermissions } from './permissions.ts';
import { createRequire, operations } from './sandbox.js';
import { readTemplate } from './template-file.ts';

export interface ScenarioResult {
  name: string;
  /** Why it failed; absent when it passed. */
  failure?: string;
}

type Callable = (...given: unknown[]) => unknown;

const TEST_API = ['require', 'runCode', 'mock', 'assertApi', 'assertThat', 'fail'];

/**
 * Runs the TESTS section of a template, each scenario by itself with the section's `setup` before it. What is not mocked runs
 * for real, permissions included, on an empty page.
 * @throws {TemplateFault} for a template that could not be imported
 */
export function runTemplateTests(file: string): ScenarioResult[] {
  const template = readTemplate(file);
  const code = load(compile(template.code, ['data', 'require'], template.codeLine));
  const permissions = declaredPermissions(template);
  return template.tests.scenarios.map((scenario) => {
    const setupLines = template.tests.setup.split('\n').length;
    try {
      const test = load(compile(`${template.tests.setup}\n${scenario.code}`, TEST_API, 1 - setupLines));
      const api = testApi(
        code,
        createRequire({ page: {}, permissions, preview: false, allowLoopback: false, inject: () => {} }),
      );
      test(operations, ...TEST_API.map((name) => api[name]));
      return { name: scenario.name };
    } catch (error) {
      return { name: scenario.name, failure: (error as Error).message };
    }
  });
}

function load(source: string): Callable {
  return runInThisContext(`(${source})`) as Callable;
}

function testApi(code: Callable, requireReal: (name: string) => unknown): Record<string, Callable> {
  const mocks = new Map<string, unknown>();
  const calls = new Map<string, unknown[][]>();
  const recorded =
    (name: string, act: Callable) =>
    (...given: unknown[]) => {
      calls.set(name, [...(calls.get(name) ?? []), given]);
      return act(...given);
    };
  const requireApi = (name: string) => {
    const act = mocks.has(name) ? mocks.get(name) : requireReal(name);
    if (typeof act === 'object' && !mocks.has(name)) return act;
    return recorded(name, (...given) => (typeof act === 'function' ? (act as Callable)(...given) : act));
  };
  return {
    require: (name) => requireReal(name as string),
    runCode: (data) => {
      const callbacks = ['gtmOnSuccess', 'gtmOnFailure'].map((name) => [name, recorded(name, () => undefined)]);
      return code(operations, { ...(data as object), ...Object.fromEntries(callbacks) }, requireApi);
    },
    mock: (name, value) => void mocks.set(name as string, value),
    assertApi: (name) => assertApi(name as string, () => calls.get(name as string) ?? []),
    assertThat: (actual, message) => assertThat(actual, message as string | undefined),
    fail: (message) => {
      throw new Error((message as string | undefined) ?? 'failed');
    },
  };
}

function assertApi(name: string, calls: () => unknown[][]): Record<string, Callable> {
  const chain: Record<string, Callable> = {};
  const claim = (what: string, holds: (given: unknown[]) => boolean) => {
    chain[what] = (...given) => {
      if (!holds(given)) throw new Error(`${name} ${what}(${given.map(show).join(', ')}): it had ${show(calls())}`);
      return chain;
    };
  };
  claim('wasCalled', () => calls().length > 0);
  claim('wasNotCalled', () => calls().length === 0);
  claim('wasCalledWith', (given) => calls().some((one) => isDeepStrictEqual(one, given)));
  claim('wasNotCalledWith', (given) => !calls().some((one) => isDeepStrictEqual(one, given)));
  return chain;
}

const sizeOf = (value: unknown) => (value as { length: number }).length;
const has = (value: unknown, one: unknown) =>
  typeof value === 'string'
    ? value.includes(String(one))
    : (value as unknown[]).some((item) => isDeepStrictEqual(item, one));

const CLAIMS: Record<string, (actual: unknown, given: never) => boolean> = {
  isEqualTo: (actual, other) => isDeepStrictEqual(actual, other),
  isNotEqualTo: (actual, other) => !isDeepStrictEqual(actual, other),
  isStrictlyEqualTo: (actual, other) => actual === other,
  isNotStrictlyEqualTo: (actual, other) => actual !== other,
  isTrue: (actual) => actual === true,
  isFalse: (actual) => actual === false,
  isTruthy: Boolean,
  isFalsy: (actual) => !actual,
  isNull: (actual) => actual === null,
  isUndefined: (actual) => actual === undefined,
  isDefined: (actual) => actual !== undefined,
  isString: (actual) => typeof actual === 'string',
  isFunction: (actual) => typeof actual === 'function',
  isArray: Array.isArray,
  contains: has,
  doesNotContain: (actual, one) => !has(actual, one),
  hasLength: (actual, length) => sizeOf(actual) === length,
  isEmpty: (actual) => sizeOf(actual) === 0,
  isNotEmpty: (actual) => sizeOf(actual) > 0,
};

function assertThat(actual: unknown, message?: string): Record<string, Callable> {
  const chain: Record<string, Callable> = {};
  for (const [what, holds] of Object.entries(CLAIMS)) {
    chain[what] = (other) => {
      if (holds(actual, other as never)) return chain;
      throw new Error(message ?? `${show(actual)} ${what}(${other === undefined ? '' : show(other)})`);
    };
  }
  return chain;
}

function show(value: unknown): string {
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'undefined');
}
