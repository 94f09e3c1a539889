import { z } from 'zod';
import type { Path, Problem } from './problem.ts';
import { at, pathText } from './problem.ts';

/**
 * Says each fault of a file in the words of somebody who fills in a form: where it is, what is wrong, what to write. Values are
 * never quoted, since any of them may be a credential.
 */
export function explain(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodObject,
  value: unknown,
  lineOf: (path: Path) => number | undefined,
): Problem[] {
  return issues.slice(0, FAULTS_MAX).flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, FAULTS_MAX).map((key) => ({
        ...at([...path, key], lineOf([...path, key])),
        message: 'is not known here',
        fix: unknownKeyFix(schema, path, key),
      }));
    }
    if (issue.code === 'invalid_key') {
      const fix = 'Write it with letters, digits, dots and dashes only.';
      return [{ ...at(path, lineOf(path)), message: 'is no name for a text', fix }];
    }
    const found = valueAt(value, path);
    const fix = nearValueFix(issue, found) ?? fixOf(found, wantedAt(schema, path));
    return [{ ...at(path, lineOf(path)), message: messageOf(issue, found), fix }];
  });
}

/** Nobody mends more at once; and each is looked for in the text. */
const FAULTS_MAX = 100;

function messageOf(issue: z.core.$ZodIssue, found: unknown): string {
  if (found === undefined) return 'is missing';
  if (found === null) return 'is empty';
  switch (issue.code) {
    case 'invalid_type':
      return `is ${kindOf(found)}`;
    case 'custom':
      return issue.message;
    case 'invalid_format':
      // A pattern's own message says more than that it did not match.
      return issue.message.startsWith('Invalid') ? 'is not of the right form' : issue.message;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string' ? 'is too short' : 'is too small';
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string' ? 'is too long' : 'is too large';
    default:
      return 'is not one of those known';
  }
}

function fixOf(found: unknown, wanted = 'something else'): string {
  if (found === undefined) return `Add it: ${wanted}.`;
  if (found === null && wanted.includes('"#')) return `A # outside quotes begins a comment in YAML. Write ${wanted}.`;
  if (typeof found === 'number' && wanted.includes('text')) return `Put it in quotes, so that it is a text: ${wanted}.`;
  return `Write ${wanted}.`;
}

/** A misspelt word of a closed list. What is proposed comes from the list, never from the file. */
function nearValueFix(issue: z.core.$ZodIssue, found: unknown): string | null {
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return null;
  const near = nearest(found, issue.values.map(String));
  return near === undefined ? null : `Did you mean "${near}"?`;
}

function kindOf(found: unknown): string {
  if (Array.isArray(found)) return 'a list';
  return (
    { object: 'a section', string: 'a text', number: 'a number', boolean: 'true or false' }[typeof found as string] ??
    'of a wrong kind'
  );
}

/** A misspelling, a key that stands one section too high or in another one, or none of ours. */
function unknownKeyFix(root: z.ZodObject, path: Path, key: string): string {
  const section = schemaAt(root, path);
  const here = section && unwrap(section);
  const known = here instanceof z.ZodObject ? Object.keys(here.shape) : [];
  const near = nearest(key, known);
  if (near) return `Did you mean "${near}"?`;
  const homes = sectionsWith(root, key);
  const elsewhere = homes.find((home) => pathText(home).startsWith(pathText(path))) ?? homes[0];
  if (elsewhere) return `It belongs in the section ${pathText(elsewhere)}: move it there, and look at the indentation.`;
  return `Take it out. Known here: ${known.join(', ')}.`;
}

function nearest(key: string, known: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .replace(/[-\s]/g, '_')
      .toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(plain(key), plain(candidate)) }))
    .toSorted((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(3, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}

/** Letters added, dropped, changed, or two neighbours exchanged (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let k = 1; k <= other.length; k++) {
      const same = one[i - 1] === other[k - 1] ? 0 : 1;
      const least = Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + same);
      const isExchanged = i > 1 && k > 1 && one[i - 1] === other[k - 2] && one[i - 2] === other[k - 1];
      next.push(isExchanged ? Math.min(least, before[k - 2]! + 1) : least);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}

/** Every section of the file that has such a field. */
function sectionsWith(schema: z.ZodType, key: string, path: Path = []): Path[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  const below = Object.entries(inner.shape).flatMap(([name, field]) =>
    sectionsWith(field as z.ZodType, key, [...path, name]),
  );
  return path.length > 0 && Object.hasOwn(inner.shape, key) ? [path, ...below] : below;
}

/** What the file should hold at a place. */
function schemaAt(root: z.ZodType, path: Path): z.ZodType | undefined {
  let schema: z.ZodType | undefined = root;
  for (const step of path) {
    const inner: z.ZodType | undefined = schema && unwrap(schema);
    if (inner instanceof z.ZodObject) schema = inner.shape[String(step)] as z.ZodType | undefined;
    else if (inner instanceof z.ZodArray) schema = inner.element as z.ZodType;
    else if (inner instanceof z.ZodRecord) schema = inner.valueType as z.ZodType;
    else return undefined;
  }
  return schema;
}

/** Said of the field itself, or of the kind of value in it. */
const wantedAt = (root: z.ZodType, path: Path): string | undefined => {
  const schema = schemaAt(root, path);
  return schema && (schema.description ?? unwrap(schema).description);
};

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      inner !== null && typeof inner === 'object' && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}
