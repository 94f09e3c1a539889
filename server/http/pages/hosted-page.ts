import { html } from 'hono/html';
import type { BrandLook } from '../../wire/panel.ts';

/** What vite built for the hosted pages, as paths of this server. */
export interface HostedFiles {
  script: string;
  style: string;
  /** Fetched beside the script, which will ask for it. */
  panel: string;
}

export interface HostedPageParts {
  view: 'seats' | 'cart' | 'checkout';
  files: HostedFiles;
  /** The brand whose form this page can show, where the address or the deployment names one. */
  brand: { key: string; look: BrandLook } | null;
}

/**
 * The shell of the hosted pages. It is the same for every id, since nothing is opened to make it: what it is told about the brand
 * and the booking, its script is told by the opening call.
 */
export async function hostedPage({ view, files, brand }: HostedPageParts): Promise<string> {
  const name = brand?.look.name;
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${name ? `Your seats, ${name}` : 'Your seats'}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${files.style}" />
        <link rel="modulepreload" href="${files.panel}" />
        <script type="module" src="${files.script}"></script>
      </head>
      <body data-view="${view}" data-key="${brand?.key ?? ''}" data-brand="${brand ? JSON.stringify(brand.look) : ''}">
        <header class="top">
          <p class="brand"></p>
          <p class="reference" hidden><span>Booking</span> <b></b></p>
        </header>
        <main>
          <h1 class="unseen">${name ? `Your seats, ${name}` : 'Your seats'}</h1>
          <noscript><p class="note">Choosing seats needs JavaScript. Your booking is safe without it.</p></noscript>
          <p class="note old">
            Choosing seats needs a newer browser. Your booking is safe: open this page in another one, or choose at
            check-in.
          </p>
          <div id="panel"></div>
        </main>
        <footer class="foot">
          <p><span class="seller" hidden></span> Seats by DepartCart.</p>
          <nav aria-label="Legal" hidden></nav>
        </footer>
      </body>
    </html>`;
  return page.toString();
}
