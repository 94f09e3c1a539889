import { parseDocument } from 'yaml';
import { z } from 'zod';

/** What is wrong with a template or with a tag's values: one line each, with the line of the file where there is one. */
export class TemplateFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'TemplateFault';
    this.faults = faults;
  }
}

const condition = z.object({ paramName: z.string(), paramValue: z.unknown().optional(), type: z.string() });
const conditions = z.array(condition).default([]);
const validator = z.object({
  type: z.string(),
  args: z.array(z.unknown()).default([]),
  errorMessage: z.string().optional(),
  enablingConditions: conditions,
});
const choice = z.object({
  value: z.unknown().optional(),
  get subParams() {
    return z.array(field).default([]);
  },
});
const choices = z.array(choice).default([]);
const field = z.object({
  type: z.enum(['TEXT', 'SELECT', 'RADIO', 'CHECKBOX', 'SIMPLE_TABLE', 'PARAM_TABLE', 'GROUP', 'LABEL']),
  name: z.string(),
  defaultValue: z.unknown().optional(),
  canBeEmptyString: z.boolean().default(false),
  textAsList: z.boolean().default(false),
  macrosInSelect: z.boolean().default(false),
  valueValidators: z.array(validator).default([]),
  enablingConditions: conditions,
  radioItems: choices,
  selectItems: choices,
  get subParams() {
    return z.array(field).default([]);
  },
});
const info = z.object({ displayName: z.string(), containerContexts: z.array(z.string()) });
const parameter = z.object({ key: z.string(), value: z.unknown() });
const permission = z.object({
  instance: z.object({ key: z.object({ publicId: z.string() }), param: z.array(parameter).default([]) }),
});
const scenario = z.strictObject({ name: z.string(), code: z.string() });
const tests = z.strictObject({ setup: z.string().default(''), scenarios: z.array(scenario) });

export type Condition = z.infer<typeof condition>;
export type Field = z.infer<typeof field>;

export interface Template {
  info: z.infer<typeof info>;
  fields: Field[];
  code: string;
  /** Line of the file on which `code` begins. */
  codeLine: number;
  permissions: z.infer<typeof permission>[];
  tests: z.infer<typeof tests>;
}

interface Section {
  name: string;
  text: string;
  line: number;
}

const CODE = 'SANDBOXED_JS_FOR_WEB_TEMPLATE';
const SECTIONS = `TERMS_OF_SERVICE INFO VENDOR_DETAILS TEMPLATE_PARAMETERS ${CODE} WEB_PERMISSIONS TESTS NOTES`.split(
  ' ',
);

/**
 * Reads a web template as the template editor imports it: sections in any order, a byte order mark and CRLF accepted, JSON
 * and YAML strict.
 * @throws {TemplateFault} naming section and line
 */
export function readTemplate(file: string): Template {
  const sections = split(file.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n'));
  const section = (name: string, instead?: string): Section => {
    const found = sections.get(name) ?? (instead === undefined ? undefined : { name, text: instead, line: 1 });
    if (!found) throw new TemplateFault([`the section ___${name}___ is missing`]);
    return found;
  };
  const code = section(CODE);
  const template = {
    info: readJson(section('INFO'), info),
    fields: readJson(section('TEMPLATE_PARAMETERS'), z.array(field)),
    code: code.text,
    codeLine: code.line,
    permissions: readJson(section('WEB_PERMISSIONS', '[]'), z.array(permission)),
    tests: readYaml(section('TESTS', 'scenarios: []'), tests),
  };
  if (!template.info.containerContexts.includes('WEB'))
    throw new TemplateFault(['INFO: containerContexts does not list WEB']);
  return template;
}

function split(file: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let current: Section | undefined;
  for (const [index, line] of file.split('\n').entries()) {
    const name = /^___([A-Z0-9_]+)___$/.exec(line)?.[1];
    const at = `line ${index + 1}`;
    if (name !== undefined) {
      if (!SECTIONS.includes(name)) throw new TemplateFault([`${at}: a web template has no section ___${name}___`]);
      if (sections.has(name)) throw new TemplateFault([`${at}: the section ___${name}___ stands twice`]);
      sections.set(name, (current = { name, text: '', line: index + 2 }));
    } else if (current) current.text += `${line}\n`;
    else if (line.trim() !== '') throw new TemplateFault([`${at}: text before the first section`]);
  }
  return sections;
}

function readJson<T>(section: Section, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(section.text);
  } catch (error) {
    const { message } = error as Error;
    const line = section.line + section.text.slice(0, jsonFaultAt(section.text, message)).split('\n').length - 1;
    throw new TemplateFault([`line ${line}: ${section.name} is not strict JSON: ${message}`]);
  }
  return checked(section, schema, value);
}

/** Some of Node's messages give no position: then it is a comma or a comment that JSON does not have, or the end. */
function jsonFaultAt(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => ' '.repeat(string.length));
  const found = position === undefined ? bare.search(/,\s*[\]}]|\/[/*]/) : Number(position);
  return found < 0 ? text.length : found;
}

function readYaml<T>(section: Section, schema: z.ZodType<T>): T {
  const document = parseDocument(section.text);
  const faults = document.errors.map(
    ({ linePos, message }) => `line ${section.line + (linePos?.[0].line ?? 1) - 1}: ${message}`,
  );
  if (faults.length > 0) throw new TemplateFault(faults.map((fault) => `${section.name} is not YAML, ${fault}`));
  return checked(section, schema, document.toJS());
}

function checked<T>(section: Section, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new TemplateFault(
    result.error.issues.map(({ path, message }) => `${section.name}/${path.join('/')}: ${message}`),
  );
}
