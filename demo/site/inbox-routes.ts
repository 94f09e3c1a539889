import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { Inbox } from './inbox.ts';
import { INBOX_FAULT, inboxPage, WEBHOOK_PATH } from './inbox-page.ts';
import { sendPage } from './page.ts';

export interface InboxOptions {
  /** This site's own origin, without a slash at the end. */
  site: string;
  brandName: string;
  /** The brand's webhook secret, as its file has it. */
  secret: string;
  /** UTC milliseconds. */
  now?: () => number;
}

const MAX_BODY_BYTES = 100 * 1024;

const faultCall = z.strictObject({
  status: z.int({ error: 'an HTTP status from 400 to 599' }).min(400).max(599),
  times: z.int({ error: 'a whole number from 0 to 1000; 0 switches it off' }).min(0).max(1000),
});

/** The airline's webhook receiver and the page on which people watch it. */
export function inboxRoutes({ site, brandName, secret, now }: InboxOptions): Hono {
  const inbox = new Inbox(secret, now);
  const app = new Hono();
  app.use(WEBHOOK_PATH, bodyLimit({ maxSize: MAX_BODY_BYTES }));
  for (const path of [`${WEBHOOK_PATH}/fault`, '/inbox.json']) app.use(path, onlyFromThisMachine);

  app.post(WEBHOOK_PATH, async (context) => {
    const since = performance.now();
    const raw = new Uint8Array(await context.req.arrayBuffer());
    const status = inbox.receive(context.req.header(), raw, since);
    return new Response(status === 200 ? 'OK' : null, { status });
  });

  app.get('/inbox', (context) =>
    sendPage(context, {
      title: `Webhook inbox, ${brandName}`,
      css: '/inbox.css',
      scripts: [{ src: '/inbox.js', async: true }],
      data: { id: 'settings', value: { url: site + WEBHOOK_PATH, fault: INBOX_FAULT } },
      body: inboxPage(brandName),
    }),
  );

  app.get('/inbox.json', (context) => {
    const after = Number(context.req.query('after') ?? 0);
    const requests = inbox.list(Number.isFinite(after) ? after : 0);
    context.header('Cache-Control', 'no-store');
    return context.json({
      listening: site + WEBHOOK_PATH,
      started_at: inbox.startedAt,
      fault: inbox.fault,
      oldest: inbox.oldest,
      requests,
    });
  });

  app.delete('/inbox.json', (context) => {
    inbox.clear();
    return context.body(null, 204);
  });

  app.get(`${WEBHOOK_PATH}/fault`, (context) => context.json(inbox.fault));

  app.put(`${WEBHOOK_PATH}/fault`, async (context) => {
    const read = faultCall.safeParse(await context.req.json().catch(() => undefined));
    if (!read.success) {
      const errors = read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
      return context.json({ errors }, 400);
    }
    inbox.fault = read.data;
    return context.json(inbox.fault);
  });
  return app;
}

const THIS_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** A page from elsewhere, open in the same browser, must neither switch faults nor clear the inbox. */
const onlyFromThisMachine: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  if (origin && !THIS_MACHINE.test(origin)) return context.json({ error: 'for pages on this machine only' }, 403);
  return next();
};
