import { invalid } from './errors.ts';
import type { Form } from './form.ts';

const MAX_TEXT = 5_000;
const MAX_METADATA = { pairs: 50, name: 40, value: 500 };

/**
 * Reads a form by name, strictly as the vendor does: what is malformed is refused, and so is whatever nobody asked for.
 *
 * @throws Refused
 */
export function readParameters<T>(form: Form, read: (parameters: Parameters) => T): T {
  const parameters = new Parameters(form);
  const result = read(parameters);
  parameters.refuseTheRest();
  return result;
}

export class Parameters {
  private readonly asked = new Set<string>();

  constructor(
    private readonly form: Form,
    private readonly path = '',
  ) {}

  text(name: string, maxLength = MAX_TEXT): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const param = this.full(name);
    if (typeof value !== 'string') throw invalid(`Invalid string: ${param} must be a string`, { param });
    if (value === '') {
      const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
      throw invalid(message, { code: 'parameter_invalid_empty', param });
    }
    if (value.length > maxLength) {
      throw invalid(`Invalid string: ${param}; must be at most ${maxLength} characters`, { param });
    }
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) {
      const param = this.full(name);
      throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param });
    }
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') {
      throw invalid(`Invalid boolean: ${value}`, { param: this.full(name) });
    }
    return value === 'true';
  }

  oneOf<const T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const choice = choices.find((one) => one === value);
    if (choice === undefined) {
      const param = this.full(name);
      throw invalid(`Invalid ${param}: must be one of ${choices.join(', ')}`, { param });
    }
    return choice;
  }

  list(name: string): string[] | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const param = this.full(name);
    if (typeof value === 'string') throw invalid('Invalid array', { param });
    return [...value.entries()].map(([index, item]) => {
      if (!/^\d+$/.test(index) || typeof item !== 'string') throw invalid('Invalid array', { param });
      return item;
    });
  }

  /** Names to values; an empty value removes its name, an empty `metadata` all of them. */
  metadata(): Record<string, string> | '' | undefined {
    const value = this.take('metadata');
    if (value === undefined || value === '') return value;
    if (typeof value === 'string') throw invalid('Invalid object', { param: 'metadata' });
    if (value.size > MAX_METADATA.pairs) {
      throw invalid(`Metadata can have at most ${MAX_METADATA.pairs} keys`, { param: 'metadata' });
    }
    const pairs = [...value].map(([key, item]): [string, string] => {
      const param = `metadata[${key}]`;
      if (typeof item !== 'string') throw invalid('Metadata values must be strings', { param });
      if (key.length > MAX_METADATA.name) throw invalid('Metadata keys must be at most 40 characters', { param });
      if (item.length > MAX_METADATA.value) throw invalid('Metadata values must be at most 500 characters', { param });
      return [key, item];
    });
    return Object.fromEntries(pairs);
  }

  inner<T>(name: string, read: (parameters: Parameters) => T): T | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const param = this.full(name);
    if (typeof value === 'string') throw invalid('Invalid object', { param });
    const parameters = new Parameters(value, param);
    const result = read(parameters);
    parameters.refuseTheRest();
    return result;
  }

  /** For what is neither read nor refused. */
  ignore(...names: string[]): void {
    for (const name of names) this.take(name);
  }

  need<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    const param = this.full(name);
    throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }

  refuseTheRest(): void {
    const unknown = [...this.form.keys()].find((name) => !this.asked.has(name));
    if (unknown === undefined) return;
    const param = this.full(unknown);
    throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }

  private take(name: string): string | Form | undefined {
    this.asked.add(name);
    return this.form.get(name);
  }

  private full(name: string): string {
    return this.path ? `${this.path}[${name}]` : name;
  }
}
