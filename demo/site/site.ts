import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
// oxlint-disable-next-line import/default -- vite hands the files over as text
import airlineCss from './airline.css?raw';
// oxlint-disable-next-line import/default -- as above
import startCss from './start.css?raw';
import { airlineText, confirmationPage } from './confirmation-page.ts';
// oxlint-disable-next-line import/default -- as above
import dataLayerScript from './data-layer.js?raw';
// oxlint-disable-next-line import/default -- as above
import favicon from './favicon.svg?raw';
// oxlint-disable-next-line import/default -- as above
import inboxCss from './inbox.css?raw';
// oxlint-disable-next-line import/default -- as above
import inboxScript from './inbox.js?raw';
import { inboxRoutes } from './inbox-routes.ts';
import { LINKED_PAGES, linkFor } from './link.ts';
import { sendPage } from './page.ts';
import { confirmationPath, startPage, TEST_CARDS, type StartPageParts } from './start-page.ts';
// oxlint-disable-next-line import/default -- as above
import logoIcon from './logo-icon.svg?raw';
// oxlint-disable-next-line import/default -- as above
import logoPrimary from './logo-primary.svg?raw';
// oxlint-disable-next-line import/default -- as above
import startScript from './start.js?raw';
import { readTrip } from './trip.ts';

export interface SiteOptions extends StartPageParts {
  /** This site's own origin, and the sandboxes'; without a slash at the end. */
  site: string;
  sandboxes: string;
  /** What Google would serve as gtm.js for the airline's container. */
  containerScript(): string;
  /** UTC milliseconds; the machine's clock when absent. */
  now?: () => number;
}

const MAX_FIELD = 100;

/** The demo partner's site: the start page, and an airline's confirmation page with our tag on it. */
export function createSite(options: SiteOptions): Hono {
  const { site, api, sandboxes, brand, bookings } = options;
  const app = new Hono();

  app.get('/', (context) =>
    sendPage(context, {
      title: 'DepartCart demo',
      css: '/start.css',
      scripts: [{ src: '/start.js', async: true }],
      data: { id: 'settings', value: { sandboxes } },
      body: startPage(options),
      calls: [sandboxes],
    }),
  );

  const confirmation = async (context: Context, tag: string) => {
    const asked = (name: string) => context.req.query(name)?.trim().slice(0, MAX_FIELD);
    const [first] = bookings;
    const pnr = asked('pnr') ?? first!.pnr;
    const lastName = asked('name') ?? bookings.find((booking) => booking.pnr === pnr)?.lastName ?? '';
    const trip = await readTrip(sandboxes, pnr, lastName);
    return sendPage(context, {
      title: 'Booking confirmed, SkylineAir',
      css: '/airline.css',
      scripts: [{ src: '/data-layer.js' }, { src: tag, async: true }],
      data: { id: 'booking', value: { recordLocator: pnr, lastName, flights: trip?.flights.length ?? 0 } },
      body: confirmationPage(pnr, trip),
      // What a partner with a policy allows: our server, and the gateway's script, calls and frames.
      calls: [api, sandboxes],
      frames: [sandboxes],
      scriptsFrom: [api, sandboxes],
      strict: asked('csp') === 'strict',
    });
  };
  app.get('/confirmation', (context) => confirmation(context, '/gtm.js'));
  // As if the link in the airline's e-mail had been opened; it is made afresh each time.
  app.get('/link', async (context) => {
    const page = LINKED_PAGES.find((one) => one === context.req.query('page')) ?? 'seatmap';
    const booking = bookings.find(({ pnr }) => pnr === context.req.query('pnr')) ?? bookings[0]!;
    context.header('Cache-Control', 'no-store');
    return context.redirect(await linkFor(api, brand, booking, page));
  });
  // The same page as an airline has it that never changed the tag which the older guide printed.
  app.get('/legacy', (context) => confirmation(context, '/legacy-tag.js'));

  app.route(
    '/',
    inboxRoutes({
      site,
      brandName: 'SkylineAir',
      secret: brand.webhookSecret,
      ...(options.now && { now: options.now }),
    }),
  );

  app.get('/gtm.js', (context) => file(context, 'text/javascript', options.containerScript()));

  app.get('/legacy-tag.js', (context) => file(context, 'text/javascript', legacyTag(api)));

  app.get('/demo/info.json', (context) =>
    context.json({
      site,
      confirmation: `${site}/confirmation`,
      api,
      sandboxes,
      brands: [
        {
          code: brand.code,
          api_key: brand.apiKey,
          api_secret: brand.apiSecret,
          publishable_key: brand.publishableKey,
          webhook_secret: brand.webhookSecret,
          legacy_ids: brand.legacyIds,
        },
      ],
      bookings: bookings.map(({ pnr, lastName, shows }) => ({ pnr, last_name: lastName, shows })),
      cards: TEST_CARDS,
      inbox: `${site}/inbox`,
      faults: `${sandboxes}/faults`,
    }),
  );

  for (const [path, heading, text] of [
    ['/terms', 'Terms', 'Seats of this airline are drawn only. Choosing one binds nobody to anything.'],
    ['/privacy', 'Privacy', 'The travellers of this demo are made up, and nothing leaves this machine.'],
    ['/refunds', 'Refunds', 'No money moves in this demo, so none has to come back.'],
  ] as const) {
    app.get(path, (context) =>
      sendPage(context, { title: `${heading}, SkylineAir`, css: '/airline.css', body: airlineText(heading, text) }),
    );
  }

  for (const [path, type, text] of [
    ['/start.css', 'text/css', startCss],
    ['/start.js', 'text/javascript', startScript],
    ['/inbox.css', 'text/css', inboxCss],
    ['/inbox.js', 'text/javascript', inboxScript],
    ['/airline.css', 'text/css', airlineCss],
    ['/data-layer.js', 'text/javascript', dataLayerScript],
    ['/logo-primary.svg', 'image/svg+xml', logoPrimary],
    ['/logo-icon.svg', 'image/svg+xml', logoIcon],
    ['/favicon.svg', 'image/svg+xml', favicon],
    ['/favicon.ico', 'image/svg+xml', favicon],
  ] as const) {
    app.get(path, (context) => file(context, type, text));
  }

  app.notFound((context) =>
    sendPage(context, {
      title: 'Not here, DepartCart demo',
      css: '/start.css',
      status: 404,
      body: html`<body class="start">
        <main>
          <header class="hero">
            <p class="mark">DepartCart</p>
            <h1>There is nothing here.</h1>
            <p>
              <a href="/">The start page</a> lists what the demo has;
              <a href="${confirmationPath(bookings[0]!)}">the airline’s page</a> is the first to open.
            </p>
          </header>
        </main>
      </body>`,
    }),
  );
  return app;
}

/** What the older guide's Custom HTML tag does, with nothing but its host changed. */
const legacyTag = (host: string): string => `(function () {
  var script = document.createElement('script');
  script.setAttribute('data-gtm-source', 'true');
  script.src = ${JSON.stringify(`${host}/static/loaders-dist/seat_selection_loader.js`)};
  document.head.appendChild(script);
})();
`;

const file = (context: Context, type: string, text: string): Response =>
  context.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
