export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
}

/** As an editor checks: the words of JSON Schema that ours uses. Fails for one that it does not know. */
export function accepts(schema: Schema, value: unknown): boolean {
  const { type, properties = {}, required = [], additionalProperties, items, anyOf, pattern } = schema;
  const kind = Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : Number.isInteger(value)
        ? 'integer'
        : typeof value;
  if (type !== undefined && type !== kind && !(type === 'number' && kind === 'integer')) return false;
  if (anyOf && !anyOf.some((one) => accepts(one, value))) return false;
  if ('const' in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (typeof value === 'string' && pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false;
  if (typeof value === 'number' && (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)))
    return false;
  if (Array.isArray(value)) {
    return value.length >= (schema.minItems ?? 0) && value.every((one) => !items || accepts(items, one));
  }
  if (kind !== 'object') return true;
  const fields = Object.entries(value as object);
  return (
    required.every((name) => Object.hasOwn(value as object, name)) &&
    fields.every(([name, one]) => {
      const known = properties[name];
      if (known) return accepts(known, one);
      return typeof additionalProperties === 'object'
        ? accepts(additionalProperties, one)
        : additionalProperties !== false;
    })
  );
}
