import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageParts {
  title: string;
  /** The page's own style sheet, `/start.css`. */
  css: string;
  /** The page's own scripts, in order; the page waits for one that is not `async`. */
  scripts?: { src: string; async?: true }[];
  /** What a script on the page reads: an element's id and what it holds. */
  data?: { id: string; value: unknown };
  body: Html;
  /** Origins that scripts of this page may call. */
  calls?: string[];
  /** Origins whose frames the page may hold: the gateway's card field. */
  frames?: string[];
  /** Origins that scripts may come from beside the page's own, which carry a nonce. */
  scriptsFrom?: string[];
  /** Nonce and nothing else, and no text becomes script: the strictest page that a partner may have. */
  strict?: boolean;
  status?: 200 | 404;
}

/** Answers with a page. What is put into a template is escaped; nothing inline runs or styles. */
export async function sendPage(context: Context, parts: PageParts): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const { title, css, scripts = [], data, body } = parts;
  const page = await html`<!doctype html>
    <html lang="en-IE">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${css}" />
        ${
          data
            ? html`<script type="application/json" id="${data.id}">
                ${raw(jsonForHtml(data.value))}
              </script>`
            : ''
        }
        ${scripts.map(({ src, async }) => html`<script ${async ? 'async' : ''} src="${src}" nonce="${nonce}"></script>`)}
      </head>
      ${body}
    </html>`;
  return context.html(page.toString(), parts.status ?? 200, {
    'Content-Security-Policy': policy(nonce, parts),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  });
}

function policy(nonce: string, { calls = [], frames = [], scriptsFrom = [], strict = false }: PageParts): string {
  const scripts = strict ? [] : scriptsFrom;
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'${scripts.map((from) => ` ${from}`).join('')}`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'${calls.map((to) => ` ${to}`).join('')}`,
    ...(frames.length ? [`frame-src ${frames.join(' ')}`] : []),
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(strict ? [`require-trusted-types-for 'script'`, 'trusted-types goog#html departcart'] : []),
  ].join('; ');
}

/** JSON in which nothing can end the element that holds it. */
const jsonForHtml = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
