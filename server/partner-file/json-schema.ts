import { z } from 'zod';
import { GDS_FORMS } from './gds-forms.ts';
import { CURRENCY_ONLY, PAYMENT_FORMS } from './payment-forms.ts';
import { inOrder } from './schema.ts';

const formsOf = (forms: Readonly<Record<string, { schema: z.ZodObject }>>) =>
  Object.values(forms).map(({ schema }) => schema) as [z.ZodObject, ...z.ZodObject[]];

/**
 * The partner file as a JSON Schema (draft 2020-12), so that editors complete and check it. `partner apply` checks more: what this
 * accepts may still be refused, nothing that it refuses is accepted.
 */
export function partnerFileJsonSchema(): Record<string, unknown> {
  const file = inOrder({
    $schema: z.string().optional().describe('where this schema is, for editors'),
    gds: z.union(formsOf(GDS_FORMS)).describe('the reservation system, and how to sign in to it'),
    payment: z
      .union([...formsOf(PAYMENT_FORMS), CURRENCY_ONLY])
      .optional()
      .describe('the gateway that the money goes to; without it only seats without a price are sold'),
  });
  const schema = z.toJSONSchema(file, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'string') acceptReferences(jsonSchema);
    },
  });
  return { ...schema, title: 'DepartCart partner file' };
}

/** `${NAME}` of an environment variable may stand wherever a text of a certain form does. */
function acceptReferences(schema: z.core.JSONSchema.BaseSchema): void {
  const { pattern, format, enum: values, allOf } = schema;
  if (pattern === undefined && format === undefined && values === undefined && allOf === undefined) return;
  for (const key of ['pattern', 'format', 'enum', 'allOf', 'minLength', 'maxLength'] as const) {
    if (key in schema) delete schema[key];
  }
  const rest = { pattern, format, enum: values, allOf };
  schema.anyOf = [
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    { pattern: REFERENCE },
  ];
}

const REFERENCE = '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}';
