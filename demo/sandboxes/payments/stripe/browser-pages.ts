import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { SandboxEnv } from '../../serve-call.ts';
// oxlint-disable-next-line import/default -- vite hands the files over as text
import challengeCss from './browser/challenge.css?raw';
// oxlint-disable-next-line import/default -- as above
import challengeScript from './browser/challenge.js?raw';
// oxlint-disable-next-line import/default -- as above
import fieldCss from './browser/field.css?raw';
// oxlint-disable-next-line import/default -- as above
import fieldScript from './browser/field.js?raw';
// oxlint-disable-next-line import/default -- as above
import stripeScript from './browser/stripe.js?raw';
import type { Ledger } from './ledger.ts';
import { describeIntent, forBrowser } from './objects.ts';
import type { Intent } from './records.ts';

/** Only pages of this machine may frame them; nothing inline runs or styles, and they speak with their own origin alone. */
const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  'frame-ancestors http://localhost:* http://127.0.0.1:*',
].join('; ');

const MAX_SOURCE = 100;

/**
 * What a browser loads: the stand-in for Stripe.js, the card field that it frames, the bank's page of a 3-D Secure challenge
 * with its answer.
 */
export function createBrowserPages({ ledger }: { ledger(): Ledger }): Hono<SandboxEnv> {
  const pages = new Hono<SandboxEnv>();
  for (const [path, type, text] of [
    ['/stripe.js', 'text/javascript', stripeScript],
    ['/field.js', 'text/javascript', fieldScript],
    ['/field.css', 'text/css', fieldCss],
    ['/challenge.js', 'text/javascript', challengeScript],
    ['/challenge.css', 'text/css', challengeCss],
  ] as const) {
    pages.get(path, (context) =>
      context.body(text, 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Cache-Control': 'no-cache',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'X-Content-Type-Options': 'nosniff',
      }),
    );
  }
  pages.get('/field', (context) => sendPage(context, 'Card', 'field', FIELD));
  pages.get('/challenge', (context) => {
    const intent = ledger().challenged(context.req.query('source')?.slice(0, MAX_SOURCE) ?? '');
    return sendPage(context, 'Demo Bank', 'challenge', intent ? challengeOf(intent) : OVER, intent ? 200 : 404);
  });
  // A page from elsewhere cannot send JSON here without asking first, and nobody answers that.
  pages.post('/challenge/:source', async (context) => {
    const intent = ledger().challenged(context.req.param('source'));
    if (!intent) return context.json({ error: 'over' }, 404);
    const isJson = context.req.header('content-type') === 'application/json';
    const approved = isJson ? await readApproval(context) : undefined;
    if (typeof approved !== 'boolean') return context.json({ error: '{ "approved": true | false }' }, 400);
    ledger().answerChallenge(intent, approved);
    return context.json(forBrowser(describeIntent(intent)));
  });
  return pages;
}

async function readApproval(context: Context<SandboxEnv>): Promise<unknown> {
  const said: unknown = await context.req.json().catch(() => null);
  return typeof said === 'object' && said !== null && 'approved' in said ? said.approved : undefined;
}

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

async function sendPage(
  context: Context<SandboxEnv>,
  title: string,
  files: 'field' | 'challenge',
  body: Html,
  status: 200 | 404 = 200,
): Promise<Response> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="${files}.css" />
        <script src="${files}.js" defer></script>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
  return context.html(page.toString(), status, {
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}

const FIELD = html`<form id="card" novalidate>
  <div class="wide">
    <label class="Label" for="number">Card number</label>
    <span class="number">
      <input
        class="Input"
        id="number"
        name="cardnumber"
        autocomplete="cc-number"
        inputmode="numeric"
        placeholder="1234 1234 1234 1234"
        aria-describedby="brand number-error"
        aria-required="true"
      />
      <span class="brand" id="brand"></span>
    </span>
    <p class="Error" id="number-error" role="alert"></p>
  </div>
  <div>
    <label class="Label" for="expiry">Expiration date</label>
    <input
      class="Input"
      id="expiry"
      name="exp-date"
      autocomplete="cc-exp"
      inputmode="numeric"
      placeholder="MM / YY"
      aria-describedby="expiry-error"
      aria-required="true"
    />
    <p class="Error" id="expiry-error" role="alert"></p>
  </div>
  <div>
    <label class="Label" for="cvc">Security code</label>
    <input
      class="Input"
      id="cvc"
      name="cvc"
      autocomplete="cc-csc"
      inputmode="numeric"
      placeholder="CVC"
      aria-describedby="cvc-error"
      aria-required="true"
    />
    <p class="Error" id="cvc-error" role="alert"></p>
  </div>
  <p class="hint wide">A demo: no money moves. 4242 4242 4242 4242 pays, with any later date and any code.</p>
</form>`;

function challengeOf({ amount, currency, method }: Intent): Html {
  return html`<p class="bank">Demo Bank · 3-D Secure</p>
    <h1 tabindex="-1">Is this you?</h1>
    <p>
      SkylineAir asks for <strong>${money(amount, currency)}</strong> from your card ending in ${method?.last4 ?? ''}.
    </p>
    <p id="said" role="alert"></p>
    <div class="choices">
      <button id="approve" type="button" disabled>Approve</button>
      <button id="refuse" type="button" disabled>Refuse</button>
      <button id="close" type="button" disabled>Close</button>
    </div>`;
}

const OVER = html`<p class="bank">Demo Bank · 3-D Secure</p>
  <h1 tabindex="-1">This has ended</h1>
  <p>There is nothing to confirm any more.</p>
  <p id="said" role="alert"></p>
  <div class="choices"><button id="close" type="button" disabled>Close</button></div>`;

function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
