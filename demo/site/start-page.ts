import { html } from 'hono/html';
import type { Html } from './page.ts';

export interface DemoBooking {
  pnr: string;
  lastName: string;
  shows: string;
}

export interface StartPageParts {
  /** DepartCart's origin. */
  api: string;
  brand: { code: string; publishableKey: string };
  bookings: DemoBooking[];
}

/** What can go wrong, in the words of `{sandboxes}/faults`, and how many calls each switch lasts. */
const FAULTS: { fault: string; says: string; times: number }[] = [
  { fault: 'slow', says: 'The reservation system answers after 5 seconds', times: 3 },
  { fault: 'down', says: 'It is down', times: 6 },
  { fault: 'throttle', says: 'It has had too many requests', times: 3 },
  { fault: 'html', says: 'It answers with a web page', times: 3 },
  { fault: 'half', says: 'It stops in the middle of its answer', times: 3 },
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
          seat is real.
        </p>
      </header>
      <ul class="doors">
        <li>
          <a href="${confirmationPath(bookings[0]!)}">
            <span class="number">1</span><b>The airline’s page</b>
            <span
              >A booking confirmation with the tag on it. Choose seats for everybody, then come back and break it.</span
            >
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
              ({ fault, says, times }) =>
                html`<li>
                  <span id="fault-${fault}">${says}</span>
                  <button
                    type="button"
                    id="switch-${fault}"
                    aria-pressed="false"
                    aria-labelledby="fault-${fault} switch-${fault}"
                    data-fault="${fault}"
                    data-times="${times}"
                  >
                    next ${times} calls
                  </button>
                </li>`,
            )}
          </ul>
          <p id="said" role="status"></p>
          <button type="button" id="reset">Start over: every booking as it was</button>
        </div>
        <div>
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
              <dt>DepartCart</dt>
              <dd><code>${api}</code></dd>
            </div>
          </dl>
        </div>
      </section>
    </main>
    <footer>
      Also here: <a href="${api}/gtm/template.tpl">Tag Manager template</a>
      <a href="/confirmation?csp=strict">The airline’s page under a strict content security policy</a>
      <a href="/demo/info.json">All of this as JSON</a>
    </footer>
  </body>`;

export function confirmationPath({ pnr, lastName }: DemoBooking): string {
  return `/confirmation?${new URLSearchParams({ pnr, name: lastName }).toString()}`;
}
