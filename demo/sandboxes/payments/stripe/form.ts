import { invalid } from './errors.ts';

/** A form as nested names: `a[b][0]=x` is a → b → 0 → x. */
export type Form = Map<string, string | Form>;

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const MAX_DEPTH = 6;

/**
 * Reads `application/x-www-form-urlencoded` text, a body or a query. `a[]` counts up.
 *
 * @throws Refused for names that cannot be nested
 */
export function readForm(text: string): Form {
  const form: Form = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const parts = NAME.exec(name);
    const steps = parts && [parts[1]!, ...[...parts[2]!.matchAll(/\[([^[\]]*)\]/g)].map((step) => step[1]!)];
    if (!steps || steps.length > MAX_DEPTH) {
      throw invalid(`Received unknown parameter: ${name}`, { code: 'parameter_unknown', param: name });
    }
    place(form, steps, name, value);
  }
  return form;
}

function place(form: Form, steps: string[], name: string, value: string): void {
  let at = form;
  for (const [depth, step] of steps.entries()) {
    const key = step === '' ? String(at.size) : step;
    const next = at.get(key);
    if (depth === steps.length - 1) {
      if (next instanceof Map) throw invalid(`Invalid object: ${name}`, { param: name });
      at.set(key, value);
    } else {
      if (typeof next === 'string') throw invalid(`Invalid object: ${name}`, { param: name });
      const inner: Form = next ?? new Map();
      at.set(key, inner);
      at = inner;
    }
  }
}
