import { html, raw } from 'hono/html';
import type { OpenApi, Operation, Schema } from '../openapi.ts';

type Html = ReturnType<typeof html>;

/** The reference of the API as one page: text and tables, no script, no other host. */
export async function referencePage(api: OpenApi, style: string): Promise<string> {
  const groups = api.tags.map((tag) => ({
    ...tag,
    operations: Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.includes(tag.name))
        .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    ),
  }));
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>DepartCart API</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <header>
          <h1>DepartCart API</h1>
          <p>${prose(api.info.description)}</p>
          <p>Base address <code>${api.servers[0]?.url}</code> · <a href="/openapi.json">OpenAPI 3.1</a></p>
        </header>
        <nav aria-label="Contents">
          ${groups.map(
            ({ name, operations }) =>
              html`<h2>${name}</h2>
                <ul>
                  ${operations.map(
                    ({ method, path }) => html`<li><a href="#${anchor(method, path)}">${method} ${path}</a></li>`,
                  )}
                </ul>`,
          )}
          <h2>Webhooks</h2>
          <ul>
            ${Object.keys(api.webhooks).map((type) => html`<li><a href="#${anchor('event', type)}">${type}</a></li>`)}
          </ul>
          <ul>
            <li><a href="#errors">Errors</a></li>
          </ul>
        </nav>
        <main>
          ${groups.map(
            ({ name, description, operations }) =>
              html`<section aria-label="${name}">
                <h2>${name}</h2>
                <p>${description}</p>
                ${operations.map((one) => operationHtml(one))}
              </section>`,
          )}
          <section aria-label="Webhooks">
            <h2>Webhooks</h2>
            <p>What we send to your endpoints. Fields may be added: ignore what you do not know.</p>
            ${Object.entries(api.webhooks).map(
              ([type, { post }]) =>
                html`<article id="${anchor('event', type)}">
                  <h3><code>${type}</code></h3>
                  ${bodyHtml(post)}
                </article>`,
            )}
          </section>
          <section aria-label="Errors" id="errors">
            <h2>Errors</h2>
            <p>Every error is a problem document (RFC 9457).</p>
            ${fieldsHtml(api.components.schemas['Problem'] ?? {})}
          </section>
        </main>
      </body>
    </html>`;
  return String(page);
}

const anchor = (...parts: string[]): string =>
  parts
    .join('-')
    .replace(/[^\w-]+/g, '-')
    .toLowerCase();

/** Backticks become code; everything else is text. */
const prose = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))}`;

function operationHtml({ method, path, operation }: { method: string; path: string; operation: Operation }): Html {
  return html`<article id="${anchor(method, path)}">
    <h3><span class="method">${method}</span> <code>${path}</code></h3>
    <p>${prose(operation.summary)}.${operation.description ? html` ${prose(operation.description)}` : ''}</p>
    ${
      operation.security
        ? html`<p class="who">Authorization: Bearer${operation.security.length > 1 ? ', token or API key' : ''}</p>`
        : ''
    }
    ${operation.parameters?.length ? parametersHtml(operation.parameters) : ''} ${bodyHtml(operation)}
    <h4>Answers</h4>
    ${Object.entries(operation.responses).map(([status, { description, content }]) => {
      const schema = status === '200' ? content?.['application/json']?.schema : undefined;
      return html`<p><code>${status}</code> ${prose(description)}</p>
        ${schema ? fieldsHtml(schema) : ''}`;
    })}
  </article>`;
}

const bodyHtml = ({ requestBody }: Operation): Html | string => {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return content
    ? html`<h4>Body <small>${type}</small></h4>
        ${fieldsHtml(content.schema)}`
    : '';
};

const parametersHtml = (parameters: NonNullable<Operation['parameters']>): Html =>
  html`<h4>Parameters</h4>
    ${table(
      parameters.map(({ name, in: place, required, description, schema }) => ({
        name: `${name}${place === 'query' ? '' : ` (${place})`}`,
        type: typeText(schema),
        required,
        text: description ?? '',
      })),
    )}`;

/** The fields of an object, those of objects inside it below their own names. */
function fieldsHtml(schema: Schema): Html | string {
  const rows = fieldsOf(schema, '');
  return rows.length ? table(rows) : '';
}

interface Field {
  name: string;
  type: string;
  required: boolean;
  text: string;
}

function fieldsOf(schema: Schema, prefix: string): Field[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, value]) => {
    const field = value as Schema;
    const inner = (field.type === 'array' ? field.items : notNull(field)) as Schema | undefined;
    const path = `${prefix}${name}${field.type === 'array' ? '[]' : ''}`;
    return [
      { name: path, type: typeText(field), required: required.includes(name), text: field.description ?? '' },
      ...(inner?.properties ? fieldsOf(inner, `${path}.`) : []),
    ];
  });
}

const notNull = (schema: Schema): Schema =>
  (schema.anyOf?.find((one) => (one as Schema).type !== 'null') as Schema | undefined) ?? schema;

function typeText(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map((one) => typeText(one as Schema)).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') return `list of ${typeText((schema.items ?? {}) as Schema)}`;
  const range = [
    schema.minimum !== undefined && Math.abs(schema.minimum) < 1e9 ? `from ${schema.minimum}` : '',
    schema.maximum !== undefined && Math.abs(schema.maximum) < 1e9 ? `to ${schema.maximum}` : '',
    schema.default !== undefined ? `default ${JSON.stringify(schema.default)}` : '',
  ].filter(Boolean);
  return [schema.type ?? 'any', ...range].join(', ');
}

const table = (rows: readonly Field[]): Html =>
  html`<div class="table" tabindex="0" role="region" aria-label="Fields">
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, type, required, text }) =>
            html`<tr>
              <th scope="row"><code>${name}</code>${required ? '' : raw(' <small>optional</small>')}</th>
              <td>${type}</td>
              <td>${prose(text)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
