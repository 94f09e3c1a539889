import { html } from 'hono/html';
import type { Html } from './page.ts';

/** Where webhooks come in; the partner's file names it. */
export const WEBHOOK_PATH = '/webhooks';

/** How many times the switch makes the receiver fail, and how. */
export const INBOX_FAULT = { status: 503, times: 3 };

/** Every webhook as it came in. The frame only: its script fills in what came, and what comes. */
export const inboxPage = (brandName: string): Html =>
  html`<body class="inbox">
    <div class="wrap">
      <header class="top">
        <div>
          <p class="crumb"><a href="/">Demo</a> / ${brandName}</p>
          <h1>Webhook inbox</h1>
        </div>
        <div class="switches">
          <p class="live" id="live"><i aria-hidden="true"></i>Listening at <code>${WEBHOOK_PATH}</code></p>
          <button type="button" id="fault" aria-pressed="false">
            Answer ${INBOX_FAULT.status} to the next ${INBOX_FAULT.times}
          </button>
        </div>
      </header>
      <p class="said" id="said" role="status"></p>
      <main>
        <div class="empty" id="empty">
          <h2>Nothing has come in yet</h2>
          <p>
            Buy a seat on <a href="/confirmation">the airline’s page</a>. What happens to the purchase arrives here,
            while it happens.
          </p>
        </div>
        <div class="both" id="both" hidden>
          <nav class="list" aria-label="Received requests"><ol id="list"></ol></nav>
          <article class="detail" id="detail" tabindex="-1">
            <header>
              <h2 id="type"></h2>
              <p class="verdict" id="verdict"></p>
            </header>
            <p class="say" id="says"></p>
            <dl class="facts" id="facts"></dl>
            <h3 id="headers-name">Headers</h3>
            <pre id="headers" tabindex="0" role="region" aria-labelledby="headers-name"></pre>
            <h3 id="body-name">Body</h3>
            <pre id="body" tabindex="0" role="region" aria-labelledby="body-name"></pre>
            <div class="acts"><button type="button" id="curl">Copy as curl</button></div>
          </article>
        </div>
      </main>
    </div>
  </body>`;
