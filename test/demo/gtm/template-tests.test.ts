import { describe, expect, it } from 'vitest';
import { runTemplateTests } from '../../../demo/gtm/template-tests.ts';
import { globals, smallTemplate } from './small-template.ts';

const code = `const copyFromWindow = require('copyFromWindow');
const callLater = require('callLater');
const found = copyFromWindow('thing');
if (data.later) callLater(data.gtmOnSuccess);
else if (found) data.gtmOnSuccess(); else data.gtmOnFailure();
return found;`;

function failures(scenario: string, permissions = { access_globals: globals({ thing: 'read' }) }) {
  const tests = `setup: |-
  const value = 7;
scenarios:
- name: It
  code: |-
${scenario.replace(/^/gm, '    ')}
`;
  return runTemplateTests(smallTemplate({ code, permissions, tests })).map(({ failure }) => failure);
}

describe('runTemplateTests', () => {
  it.each([
    "mock('copyFromWindow', 5);\nassertThat(runCode({})).isEqualTo(5);\nassertApi('gtmOnSuccess').wasCalled();",
    "mock('copyFromWindow', function(key) { return {key: key, value: value}; });\nassertThat(runCode({})).isEqualTo({key: 'thing', value: 7});",
    "runCode({});\nassertApi('gtmOnFailure').wasCalled().wasNotCalledWith(1);\nassertApi('gtmOnSuccess').wasNotCalled();",
    "mock('copyFromWindow', 1);\nrunCode({});\nassertApi('copyFromWindow').wasCalledWith('thing');",
    "assertThat([1, {a: 2}]).contains({a: 2}).hasLength(2).isNotEmpty();\nassertThat('abc').contains('b').isString();",
    "mock('callLater', function(work) { work(); });\nrunCode({later: true});\nassertApi('gtmOnSuccess').wasCalled();",
  ])('passes: %s', (scenario) => {
    expect(failures(scenario)).toEqual([undefined]);
  });

  it.each([
    ["runCode({});\nassertApi('gtmOnSuccess').wasCalled();", 'gtmOnSuccess wasCalled(): it had []'],
    [
      "runCode({});\nassertApi('copyFromWindow').wasCalledWith('other');",
      'copyFromWindow wasCalledWith("other"): it had [["thing"]]',
    ],
    ['assertThat(value).isEqualTo(8);', '7 isEqualTo(8)'],
    ["assertThat(value, 'not eight').isEqualTo(8);", 'not eight'],
    ['assertThat(value).isEqalTo(7);', 'Attempting to execute non-function assertThat(value).isEqalTo.'],
    ["fail('no way');", 'no way'],
    ['const a = 1;\nnew A();', 'line 2: sandboxed JavaScript has no NewExpression: new A()'],
  ])('fails: %s', (scenario, words) => {
    expect(failures(scenario)).toEqual([words]);
  });

  it('holds what is not mocked to the permissions', () => {
    expect(failures('runCode({});', { access_globals: globals({}) })).toEqual([
      'Prohibited read on global variable: thing.',
    ]);
  });

  it('starts each scenario anew', () => {
    const tests = `scenarios:
- name: First
  code: |-
    mock('copyFromWindow', 5);
    runCode({});
- name: Second
  code: |-
    assertThat(runCode({})).isUndefined();
    assertApi('gtmOnSuccess').wasNotCalled();
`;
    const template = smallTemplate({ code, permissions: { access_globals: globals({ thing: 'read' }) }, tests });
    expect(runTemplateTests(template)).toEqual([{ name: 'First' }, { name: 'Second' }]);
  });
});
