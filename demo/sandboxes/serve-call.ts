import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { wireText } from './answer.ts';
import type { Answer, Heard } from './answer.ts';
import type { Faults, OwnFaultWord, Vendor } from './faults.ts';

/** Node's own request and response where the sandboxes listen on a port; nothing behind `app.request()`. */
export interface SandboxEnv {
  Bindings: Partial<HttpBindings>;
}

/** Milliseconds of `slow` and of `late`. */
const SLOW_MS = 5_000;
const LATE_MS = 90_000;

/** One call of a vendor, ready to be carried out. `work` may change what stands; the two others never do. */
export interface Call {
  vendor: Vendor;
  name: string;
  work(): Answer;
  refusal(): Answer;
  throttled(): Answer;
  /** The work as it goes under a fault that only this call knows. */
  under?: Partial<Record<OwnFaultWord, () => Answer>>;
}

export interface Surroundings {
  faults: Faults;
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

/** Reads the request once. */
export async function hear(context: Context<SandboxEnv>): Promise<Heard> {
  return {
    url: new URL(context.req.url),
    params: context.req.param(),
    header: (name) => context.req.header(name),
    text: await context.req.text(),
  };
}

/** Carries a call out and answers it, or does with both what a standing fault says. */
export async function serveCall(context: Context<SandboxEnv>, call: Call, around: Surroundings): Promise<Response> {
  const fault = around.faults.take(call.vendor, call.name);
  switch (fault?.word) {
    case undefined:
      return send(call.work());
    case 'slow':
      await around.wait(SLOW_MS);
      return send(call.work());
    case 'down':
      return fault.turn % 2 === 1 ? send(page(503, 'Service Unavailable')) : cut(context);
    case 'html':
      return send(page(200, 'Scheduled maintenance'));
    case 'half':
      return half(context, call.work());
    case 'refuse':
      return send(call.refusal());
    case 'throttle':
      return send(call.throttled());
    case 'lost_before':
      return cut(context);
    case 'lost_after':
      call.work();
      return cut(context);
    case 'taken':
    case 'dearer':
      return send((call.under?.[fault.word] ?? call.work)());
    case 'late':
      around.faults.later(around.now() + LATE_MS, () => void call.work());
      return cut(context);
  }
}

export function send(answer: Answer): Response {
  const empty = answer.body === null;
  return new Response(empty ? null : wireText(answer), {
    status: answer.status,
    headers: empty ? {} : { 'content-type': answer.type, 'cache-control': 'no-store' },
  });
}

/** What a load balancer says in place of the service behind it. */
function page(status: number, title: string): Answer {
  const body = `<!doctype html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, type: 'text/html; charset=utf-8', body };
}

/** Ends the connection without a word. */
function cut(context: Context<SandboxEnv>): Response {
  const socket = context.env?.incoming?.socket;
  if (!socket) return broken('');
  socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Announces the whole answer, sends half of it, ends the connection. */
function half(context: Context<SandboxEnv>, answer: Answer): Response {
  const whole = Buffer.from(wireText(answer));
  const first = whole.subarray(0, Math.ceil(whole.byteLength / 2));
  const outgoing = context.env?.outgoing;
  if (!outgoing) return broken(first.toString());
  outgoing.writeHead(answer.status, { 'content-type': answer.type, 'content-length': whole.byteLength });
  outgoing.write(first, () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

/** The nearest thing to a cut connection where there is none: a body that fails while it is read. */
function broken(text: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      if (text) stream.enqueue(new TextEncoder().encode(text));
    },
    pull(stream) {
      stream.error(new TypeError('terminated'));
    },
  });
  return new Response(body);
}
