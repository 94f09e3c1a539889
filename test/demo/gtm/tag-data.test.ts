import { describe, expect, it } from 'vitest';
import { tagData, type TagValues } from '../../../demo/gtm/tag-data.ts';
import { readTemplate } from '../../../demo/gtm/template-file.ts';
import { smallTemplate } from './small-template.ts';

const when = (paramName: string, type: string, paramValue: unknown = '') => ({ paramName, type, paramValue });

const fields = [
  { type: 'LABEL', name: 'label' },
  { type: 'TEXT', name: 'plain' },
  { type: 'TEXT', name: 'kept', canBeEmptyString: true },
  { type: 'TEXT', name: 'lines', textAsList: true },
  { type: 'SELECT', name: 'size', selectItems: [{ value: 'S' }, { value: 'L' }], macrosInSelect: true },
  {
    type: 'RADIO',
    name: 'source',
    defaultValue: 'page',
    radioItems: [
      { value: 'page' },
      { value: 'fields', subParams: [{ type: 'TEXT', name: 'below', defaultValue: 'b' }] },
    ],
  },
  {
    type: 'GROUP',
    name: 'group',
    subParams: [
      {
        type: 'CHECKBOX',
        name: 'box',
        subParams: [{ type: 'TEXT', name: 'inBox', defaultValue: 'i' }],
      },
    ],
  },
  {
    type: 'TEXT',
    name: 'either',
    defaultValue: 'e',
    enablingConditions: [when('size', 'EQUALS', 'S'), when('plain', 'PRESENT')],
  },
  { type: 'TEXT', name: 'unless', defaultValue: 'u', enablingConditions: [when('size', 'NOT_EQUALS', 'S')] },
  { type: 'SIMPLE_TABLE', name: 'rows' },
  {
    type: 'TEXT',
    name: 'code',
    valueValidators: [{ type: 'REGEX', args: ['[a-z]+|'], errorMessage: 'Small letters, please' }],
  },
];
const template = readTemplate(smallTemplate({ code: '', fields }));
const dataOf = (tag: TagValues) => tagData(template.fields, tag, ['Var']);

describe('tagData', () => {
  it('fills in defaults, leaves disabled fields out and makes empty texts undefined', () => {
    expect(dataOf({})).toStrictEqual({
      plain: undefined,
      kept: '',
      lines: undefined,
      size: '',
      source: 'page',
      box: false,
      unless: 'u',
      rows: undefined,
      code: undefined,
    });
  });

  it('takes what was entered', () => {
    expect(
      dataOf({ plain: 'p', lines: 'a\nb', size: 'S', source: 'fields', box: true, rows: [{ key: 'k' }], code: 'abc' }),
    ).toStrictEqual({
      plain: 'p',
      kept: '',
      lines: ['a', 'b'],
      size: 'S',
      source: 'fields',
      below: 'b',
      box: true,
      inBox: 'i',
      either: 'e',
      rows: [{ key: 'k' }],
      code: 'abc',
    });
  });

  it('needs one condition of several', () => {
    expect(dataOf({ plain: 'p' })).toHaveProperty('either', 'e');
    expect(dataOf({ size: 'S' })).toHaveProperty('either', 'e');
    expect(dataOf({})).not.toHaveProperty('either');
  });

  it.each<[TagValues, string]>([
    [{ colour: 'red' }, 'colour: the template has no such field'],
    [{ plain: 5 }, 'plain: a text field holds a text'],
    [{ box: 'true' }, 'box: a check box is true or false'],
    [{ size: 'M' }, 'size: is none of S, L'],
    [{ rows: 'k' }, 'rows: a table is a list of rows'],
    [{ code: 'ab1' }, 'code: Small letters, please'],
    [{ plain: '{{Other}}' }, 'plain: there is no variable {{Other}}'],
  ])('refuses %j', (tag, words) => {
    expect(() => dataOf(tag)).toThrow(words);
  });

  it('leaves variables for the page, unchecked', () => {
    expect(dataOf({ code: '{{Var}} 1', size: '{{Var}}' })).toMatchObject({ code: '{{Var}} 1', size: '{{Var}}' });
  });
});
