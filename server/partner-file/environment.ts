import type { Path, Problem } from './problem.ts';
import { at } from './problem.ts';

/** Nobody mends more at once; and each is looked for in the text. */
const FAULTS_MAX = 100;

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Puts the environment's values where the file says `${NAME}`, alone or inside a text, so that a file can be kept with the code and
 * its secrets elsewhere. What is put in is not looked through again.
 */
export function fillIn(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  lineOf: (path: Path) => number | undefined,
): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  const filled = (part: unknown, path: Path): unknown => {
    if (typeof part === 'string') {
      return part.replace(REFERENCE, (reference, name: string) => {
        const found = Object.hasOwn(env, name) ? env[name] : undefined;
        if (found) return found;
        if (problems.length < FAULTS_MAX)
          problems.push({
            ...at(path, lineOf(path)),
            message: `names the environment variable ${name}, which is ${found === undefined ? 'not set' : 'empty'}`,
            fix: `Set ${name} where this command runs, or write the value into the file.`,
          });
        return reference;
      });
    }
    if (Array.isArray(part)) return part.map((item, index) => filled(item, [...path, index]));
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, filled(item, [...path, key])]));
    }
    return part;
  };
  return { value: filled(value, []), problems };
}
