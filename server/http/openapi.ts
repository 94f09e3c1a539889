import { z } from 'zod';
import type { ErrorCode } from '../domain/error.ts';
import { webhookBody } from '../wire/webhook.ts';
import { errorStatuses } from './problem.ts';
import type { Route } from './route.ts';

/** As much of OpenAPI 3.1 as we write and the reference page reads. */
export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Operation }>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> };
}

export interface Operation {
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: {
    name: string;
    in: 'query' | 'path' | 'header';
    required: boolean;
    description?: string;
    schema: Schema;
  }[];
  requestBody?: { required: true; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}

export type Schema = z.core.JSONSchema.BaseSchema;

const PROBLEM = { $ref: '#/components/schemas/Problem' } as Schema;
/** What any call may hear. */
const ALWAYS: readonly ErrorCode[] = ['invalid_request', 'internal'];
const OF_PARTNERS: readonly ErrorCode[] = ['token_not_valid', 'brand_disabled', 'too_many_requests'];
const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'For 24 hours the same key and body hear the same answer, and the call is carried out once.',
  schema: { type: 'string', minLength: 8, maxLength: 100 } as Schema,
};

const TAGS = {
  Tokens: 'Exchange an API key and its secret for a bearer token.',
  Links: 'Links to the hosted pages of a booking.',
  Transactions: 'What was bought.',
  Panel: "The panel's own calls, for a page that a partner builds itself (option B).",
};

/** The API's description, made of the table of routes that also validates and answers: the two cannot differ. */
export function openApi(
  routes: readonly Route[],
  { publicUrl, version }: { publicUrl: string; version: string },
): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const line of routes) {
    if (!line.doc) continue;
    const path = line.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [line.method.toLowerCase()]: operationOf(line) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'DepartCart',
      version,
      description:
        'Seats sold after booking, on your own page. Amounts are integers of the minor unit; where a number in major units stands, `amount_minor` stands beside it.',
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: webhooks(),
    components: {
      schemas: { Problem: problemSchema() },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of `POST /generate-bearer-token`.' },
        api_key: {
          type: 'http',
          scheme: 'bearer',
          description: 'The API key itself, in the two calls of the older guide.',
        },
      },
    },
  };
}

function operationOf(line: Route): Operation {
  const { summary, description, answer, codes = [] } = line.doc!;
  const partner = line.who === 'partner';
  const type = line.who === 'page' ? 'text/plain' : 'application/json';
  const parameters = [
    ...[...line.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
      name,
      in: 'path' as const,
      required: true,
      schema: { type: 'string' } as Schema,
    })),
    ...queryParameters(line),
    ...(partner && line.method === 'POST' ? [IDEMPOTENCY] : []),
  ];
  const heard = [...new Set([...ALWAYS, ...(partner ? OF_PARTNERS : []), ...codes])];
  return {
    tags: [tagOf(line.path)],
    summary,
    ...(description && { description }),
    ...securityOf(line),
    ...(parameters.length > 0 && { parameters }),
    ...(line.body &&
      line.body !== 'raw' && {
        requestBody: { required: true, content: { [type]: { schema: schemaOf(line.body, 'input') } } },
      }),
    responses: {
      200: {
        description: 'Done',
        ...(answer && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }),
      },
      ...refusals(heard),
    },
  };
}

/** By status, with the codes that come with it. */
function refusals(codes: readonly ErrorCode[]): Operation['responses'] {
  const statuses = [...new Set(codes.map((code) => errorStatuses[code]))].toSorted((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes.filter((code) => errorStatuses[code] === status).join(', '),
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    ]),
  );
}

function securityOf({ who, path }: Route): Pick<Operation, 'security'> {
  if (who === 'partner') return { security: [{ bearer: [] }] };
  if (who === 'backend' && path !== '/generate-bearer-token') return { security: [{ bearer: [] }, { api_key: [] }] };
  return {};
}

function queryParameters(line: Route): NonNullable<Operation['parameters']> {
  if (!line.query) return [];
  const { properties = {}, required = [] } = schemaOf(line.query, 'input');
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Schema;
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(description && { description }),
      schema: rest as Schema,
    };
  });
}

const tagOf = (path: string): keyof typeof TAGS => {
  if (path.startsWith('/api/panel/')) return 'Panel';
  if (path.startsWith('/api/transactions')) return 'Transactions';
  return path === '/generate-bearer-token' ? 'Tokens' : 'Links';
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
}

function webhooks(): OpenApi['webhooks'] {
  return Object.fromEntries(
    webhookBody.options.map((event) => {
      const [type = ''] = [...event.shape.type.values];
      const post: Operation = {
        tags: ['Webhooks'],
        summary: type,
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(event, 'output') } } },
        responses: { 200: { description: 'Any 2xx within 10 seconds: it was received' } },
      };
      return [type, { post }];
    }),
  );
}

function problemSchema(): Schema {
  return schemaOf(
    z.object({
      success: z.literal(false),
      type: z.string(),
      title: z.string(),
      status: z.int(),
      code: z.enum(Object.keys(errorStatuses)).describe('stable: programs act on it'),
      detail: z.string().describe('for people: says what to do'),
      request_id: z.string().describe('also in our log'),
      errors: z.array(z.object({ pointer: z.string().describe('RFC 6901'), detail: z.string() })).optional(),
    }),
    'output',
  );
}
