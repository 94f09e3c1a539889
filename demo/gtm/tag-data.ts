import { TemplateFault, type Condition, type Field } from './template-file.ts';

/** A tag's values by field name, as a marketer entered them: texts, check marks, rows of a table. */
export type TagValues = Record<string, unknown>;

/**
 * What the template's code finds in `data`: defaults filled in, disabled fields absent, an empty text `undefined`. Texts may
 * hold `{{variables}}`; the page resolves them.
 * @throws {TemplateFault} for values that the form of Google Tag Manager would not save, in the form's own words
 */
export function tagData(
  fields: readonly Field[],
  tag: TagValues,
  variables: readonly string[],
): Record<string, unknown> {
  const all = fields.flatMap(function deep(field): Field[] {
    const choices = [...field.radioItems, ...field.selectItems];
    return [field, ...[...field.subParams, ...choices.flatMap((choice) => choice.subParams)].flatMap(deep)];
  });
  const entered = (name: string) => tag[name] ?? all.find((field) => field.name === name)?.defaultValue;
  const faults = Object.keys(tag)
    .filter((name) => !all.some((field) => field.name === name))
    .map((name) => `${name}: the template has no such field`);
  const data: Record<string, unknown> = {};

  function fill(field: Field): void {
    if (!holds(field.enablingConditions, entered)) return;
    const value = entered(field.name);
    const said = fault(field, value, variables) ?? invalid(field, value, entered);
    if (said) faults.push(`${field.name}: ${said}`);
    if (field.type !== 'GROUP' && field.type !== 'LABEL') data[field.name] = read(field, value);
    const chosen = [...field.radioItems, ...field.selectItems].filter((choice) => choice.value === value);
    const shown = field.type === 'CHECKBOX' && value !== true ? [] : field.subParams;
    for (const below of [...shown, ...chosen.flatMap((choice) => choice.subParams)]) fill(below);
  }
  for (const field of fields) fill(field);
  if (faults.length > 0) throw new TemplateFault(faults);
  return data;
}

/** One condition that holds is enough. */
function holds(conditions: readonly Condition[], entered: (name: string) => unknown): boolean {
  if (conditions.length === 0) return true;
  return conditions.some(({ paramName, paramValue, type }) => {
    const value = entered(paramName);
    if (type === 'PRESENT') return value !== undefined && value !== '';
    return type === 'EQUALS' ? value === paramValue : value !== paramValue;
  });
}

function read(field: Field, value: unknown): unknown {
  if (field.type === 'CHECKBOX') return value === true;
  if (field.type === 'SELECT') return value ?? '';
  if (field.type !== 'TEXT') return Array.isArray(value) && value.length === 0 ? undefined : value;
  if (value === undefined || value === '') return field.canBeEmptyString ? '' : undefined;
  return field.textAsList && typeof value === 'string' ? value.split('\n') : value;
}

/** What could not have been entered at all. */
function fault(field: Field, value: unknown, variables: readonly string[]): string | undefined {
  const missing =
    typeof value === 'string' &&
    [...value.matchAll(/\{\{([^{}]+)\}\}/g)].find(([, name]) => !variables.includes(name!));
  if (missing) return `there is no variable ${missing[0]}`;
  if (value === undefined) return undefined;
  if (field.type === 'CHECKBOX') return typeof value === 'boolean' ? undefined : 'a check box is true or false';
  if (field.type === 'TEXT') return typeof value === 'string' ? undefined : 'a text field holds a text';
  if (field.type.endsWith('TABLE')) return Array.isArray(value) ? undefined : 'a table is a list of rows';
  const choices = [...field.radioItems, ...field.selectItems].map((choice) => choice.value);
  if (choices.length === 0 || choices.includes(value) || (field.macrosInSelect && hasVariable(value))) return undefined;
  return `is none of ${choices.join(', ')}`;
}

/** What the field's validators say. A value that is a variable is not looked at. */
function invalid(field: Field, value: unknown, entered: (name: string) => unknown): string | undefined {
  if (hasVariable(value)) return undefined;
  const text = typeof value === 'string' ? value : '';
  const broken = field.valueValidators.find(({ type, args, enablingConditions }) => {
    if (!holds(enablingConditions, entered)) return false;
    if (type === 'NON_EMPTY') return text === '';
    if (type === 'REGEX') return !new RegExp(`^(?:${String(args[0])})$`).test(text);
    throw new TemplateFault([`${field.name}: this stand-in does not know the validator ${type}`]);
  });
  return broken && (broken.errorMessage ?? `is refused by ${broken.type}`);
}

function hasVariable(value: unknown): boolean {
  return typeof value === 'string' && /\{\{[^{}]+\}\}/.test(value);
}
