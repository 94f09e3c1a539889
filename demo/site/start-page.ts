import { html } from 'hono/html';
import type { Html } from './page.ts';

export interface DemoBooking {
  pnr: string;
  lastName: string;
  shows: string;
}

/** The demo's partner, with everything that it alone would know. */
export interface DemoBrand {
  code: string;
  publishableKey: string;
  apiKey: string;
  apiSecret: string;
  webhookSecret: string;
  /** With which its own programs made links, after the older guide. */
  legacyIds: { password: string; salt: string };
}

export interface StartPageParts {
  /** DepartCart's origin. */
  api: string;
  brand: DemoBrand;
  bookings: DemoBooking[];
}

/** What the payment gateway's stand-in does with a card; any later date and any code will do. */
export const TEST_CARDS: { number: string; shows: string }[] = [
  { number: '4242 4242 4242 4242', shows: 'Paid' },
  { number: '4000 0000 0000 0002', shows: 'Declined' },
  { number: '4000 0000 0000 9995', shows: 'Not enough money' },
  { number: '4000 0027 6000 3184', shows: 'Your bank asks first' },
];

interface FaultSwitch {
  vendor: 'amadeus' | 'stripe';
  call: string;
  fault: string;
  says: string;
  times: number;
}

/** What can go wrong, in the words of `{sandboxes}/faults`, and how many calls each switch lasts. */
const FAULTS: FaultSwitch[] = [
  { vendor: 'amadeus', call: '*', fault: 'slow', says: 'The airline answers after 5 seconds', times: 3 },
  { vendor: 'amadeus', call: '*', fault: 'down', says: 'It is down', times: 6 },
  { vendor: 'amadeus', call: '*', fault: 'throttle', says: 'It has had too many requests', times: 3 },
  { vendor: 'amadeus', call: '*', fault: 'html', says: 'It answers with a web page', times: 3 },
  { vendor: 'amadeus', call: '*', fault: 'half', says: 'It stops in the middle of its answer', times: 3 },
  { vendor: 'amadeus', call: 'seatmaps', fault: 'dearer', says: 'Every seat costs 5.00 more', times: 2 },
  {
    vendor: 'amadeus',
    call: 'assign',
    fault: 'taken',
    says: 'It gives a seat that was chosen to somebody else',
    times: 1,
  },
  { vendor: 'amadeus', call: 'assign', fault: 'refuse', says: 'It refuses one of the seats', times: 1 },
  {
    vendor: 'amadeus',
    call: 'assign',
    fault: 'lost_after',
    says: 'It assigns a seat, and the answer is lost',
    times: 1,
  },
  { vendor: 'stripe', call: 'capture', fault: 'lost_after', says: 'Stripe captures, and the answer is lost', times: 1 },
  { vendor: 'stripe', call: 'callbacks', fault: 'down', says: 'Stripe’s callbacks do not come', times: 20 },
];

/** The first page that anybody sees: what to open, with which booking, and what to break. */
export const startPage = ({ api, brand, bookings }: StartPageParts): Html =>
  html`<body class="start">
    <main>
      <header class="hero">
        <p class="mark">DepartCart</p>
        <h1>It’s running. Pick some seats.</h1>
        <p>
          A made-up airline and its reservation system, all on this machine. Nothing here reaches the outside and no
          real card works.
        </p>
      </header>
      <ul class="doors">
        <li>
          <a href="${confirmationPath(bookings[0]!)}">
            <span class="number">1</span><b>The airline’s page</b>
            <span>A booking confirmation with the tag on it. Choose seats and pay with ${TEST_CARDS[0]!.number}.</span>
          </a>
        </li>
        <li>
          <a href="/link">
            <span class="number">2</span><b>The link in an e-mail</b>
            <span>Made by the airline’s back end. It opens DepartCart’s own page, in the airline’s colours.</span>
          </a>
        </li>
        <li>
          <a href="/inbox">
            <span class="number">3</span><b>The airline’s inbox</b>
            <span>Every webhook as it arrives, with its signature checked.</span>
          </a>
        </li>
      </ul>
      <section>
        <h2 id="bookings">Bookings to try</h2>
        <div class="wide" tabindex="0" role="region" aria-labelledby="bookings">
          <table>
            <thead>
              <tr>
                <th>Reference</th>
                <th>Last name</th>
                <th>What it shows</th>
              </tr>
            </thead>
            <tbody>
              ${bookings.map(
                (booking) =>
                  html`<tr>
                    <td>
                      <a href="${confirmationPath(booking)}"><code>${booking.pnr}</code></a>
                    </td>
                    <td>${booking.lastName}</td>
                    <td>${booking.shows}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </section>
      <section class="two">
        <div>
          <h2>Make something go wrong</h2>
          <ul class="faults" id="faults">
            ${FAULTS.map(
              ({ vendor, call, fault, says, times }, index) =>
                html`<li>
                  <span id="fault-${index}">${says}</span>
                  <button
                    type="button"
                    id="switch-${index}"
                    aria-pressed="false"
                    aria-labelledby="fault-${index} switch-${index}"
                    data-vendor="${vendor}"
                    data-call="${call}"
                    data-fault="${fault}"
                    data-times="${times}"
                  >
                    next ${times} ${times === 1 ? 'call' : 'calls'}
                  </button>
                </li>`,
            )}
          </ul>
          <p id="said" role="status"></p>
          <button type="button" id="reset">Start over: every booking as it was</button>
        </div>
        <div>
          <h2 id="cards">Test cards</h2>
          <table class="cards" aria-labelledby="cards">
            <thead>
              <tr>
                <th>Number</th>
                <th>What it does</th>
              </tr>
            </thead>
            <tbody>
              ${TEST_CARDS.map(
                ({ number, shows }) =>
                  html`<tr>
                    <td><code>${number}</code></td>
                    <td>${shows}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <h2>Demo credentials</h2>
          <dl>
            <div>
              <dt>Publishable key</dt>
              <dd><code>${brand.publishableKey}</code></dd>
            </div>
            <div>
              <dt>Brand</dt>
              <dd><code>${brand.code}</code></dd>
            </div>
            <div>
              <dt>API key</dt>
              <dd><code>${brand.apiKey}</code></dd>
            </div>
            <div>
              <dt>API secret</dt>
              <dd><code>${brand.apiSecret}</code></dd>
            </div>
            <div>
              <dt>Webhook secret</dt>
              <dd><code>${brand.webhookSecret}</code></dd>
            </div>
            <div>
              <dt>DepartCart</dt>
              <dd><code>${api}</code></dd>
            </div>
          </dl>
        </div>
      </section>
    </main>
    <footer>
      Also here: <a href="${api}/gtm/template.tpl">Tag Manager template</a>
      <a href="/legacy">The airline’s page with the older tag</a>
      <a href="/confirmation?csp=strict">The airline’s page under a strict content security policy</a>
      <a href="${api}/docs">The API</a>
      <a href="/demo/info.json">All of this as JSON</a>
    </footer>
  </body>`;

export function confirmationPath({ pnr, lastName }: DemoBooking): string {
  return `/confirmation?${new URLSearchParams({ pnr, name: lastName }).toString()}`;
}
