import { createSandboxes, type FaultWord, type Vendor } from '../../demo/sandboxes/sandboxes.ts';
import {
  OutboundError,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
} from '../../server/domain/ports/outbound.ts';
import type { Outcome } from '../../server/domain/ports/outcome.ts';
import { chanceFrom, type VendorCall, type World } from '../support/world.ts';
import type { Configuration, Fault } from './configuration.ts';
import type { Mail } from './sides.ts';
import type { Passage, Wire } from './wire.ts';

const SECOND = 1000;
/** As often as the sandbox sends a callback at most. */
const TRIES = 5;
export const SANDBOXES = 'http://sandboxes.test';

export interface Answer {
  status: number;
  /** null: no JSON. */
  body: Record<string, unknown> | null;
}

/** What a worker meets at the vendor's door, in the vendor's words; what is not among them happens on the way there. */
const WORDS: Readonly<Record<Exclude<Fault, 'late'>, readonly (FaultWord | 'cut' | 'not sent')[]>> = {
  'lost before': ['lost_before', 'down', 'html', 'cut'],
  'lost after': ['lost_after', 'half'],
  again: ['throttle', 'not sent'],
};
/** A read is told `again` whatever became of it. */
const READ_WORDS = ['throttle', 'down', 'html', 'half', 'lost_before', 'not sent'] as const;

/** The sandboxes of a walk, in this process: no port, no waiting, and the walk's own clock. */
export class SandboxWorld {
  /** Goes up with everything that may have changed what stands. */
  touched = 0;
  /** By gateway reference: how often it was told that the money was taken. */
  readonly taken = new Map<string, number>();
  readonly #app: ReturnType<typeof createSandboxes>['app'];
  readonly #landing: (() => Promise<unknown>)[] = [];
  readonly #heard = new Set<string>();

  constructor(
    readonly world: World,
    readonly wire: Wire,
    configuration: Configuration,
    post: (mail: Mail) => void,
  ) {
    // Callbacks are sent beside the walk's steps: their luck is their own, so that they shift nothing of it.
    const luck = chanceFrom(world.below(2 ** 31));
    const chance = (likelihood: number) => luck() < likelihood;
    const { callbacks } = configuration;
    const lost = new Map<string, boolean>();
    const tries = new Map<string, number>();
    this.#app = createSandboxes({
      now: () => world.now,
      wait: () => new Promise((resolve) => world.later(Math.floor(luck() * 400) * SECOND, resolve)),
      stripeCallbackUrl: () => 'http://departcart.test/callbacks/stripe/walk',
      post: (_url, { body, headers }) => {
        const event = JSON.parse(body) as { id: string; type: string; data: { object: { id: string } } };
        const { id } = event.data.object;
        if (event.type === 'payment_intent.succeeded' && !this.#heard.has(event.id))
          this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
        this.#heard.add(event.id);
        if (!lost.has(event.id)) lost.set(event.id, callbacks === 'none' || (callbacks === 'lossy' && chance(0.3)));
        if (lost.get(event.id)) return Promise.resolve(new Response(null, { status: 200 }));
        const tried = (tries.get(event.id) ?? 0) + 1;
        tries.set(event.id, tried);
        // Not reached: it is sent again, later and signed anew. Reached and not believed: it comes twice.
        if (tried < TRIES && chance(0.5)) return Promise.resolve(new Response(null, { status: 503 }));
        post({ from: 'gateway', about: event.type, arrive: (to) => to.callbackSent(Buffer.from(body), headers) });
        return Promise.resolve(new Response(null, { status: chance(0.2) ? 503 : 200 }));
      },
    }).app;
  }

  /** Somebody else's call: a browser's, the airline's, a dashboard's. */
  async ask(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    sent?: URLSearchParams | object,
    key?: string,
  ): Promise<Answer> {
    const form = sent instanceof URLSearchParams;
    const { status, text } = await this.#fetch({
      method,
      url: SANDBOXES + path,
      ...(sent && { body: form ? sent.toString() : JSON.stringify(sent) }),
      headers: {
        ...(sent && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...(key && { authorization: `Bearer ${key}` }),
      },
    });
    return { status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null };
  }

  /** At its time, and before anything else is asked of the sandboxes. */
  later(ms: number, what: () => Promise<unknown>): void {
    this.world.later(ms, () => this.#landing.push(what));
  }

  /** Ends when all that was under way by itself has arrived. */
  async land(): Promise<void> {
    for (let next = this.#landing.shift(); next; next = this.#landing.shift()) await next();
  }

  /** A callback is sent when its cause has been answered. */
  async settle(): Promise<void> {
    await this.land();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** @param delivered hears what reached the vendor, whether or not its answer comes back */
  door(passage: Passage | undefined, delivered: (request: OutboundRequest) => void = () => {}): Door {
    const { world, wire } = this;
    let endsAt = Infinity;
    const over = () => world.now >= endsAt;
    const deliver = (request: OutboundRequest) => {
      delivered(request);
      return this.#fetch(request);
    };
    return {
      outbound: async (request) => {
        await this.land();
        if (!passage) return deliver(request);
        const read = request.method === 'GET' || request.label === 'amadeus.token';
        if (!read && world.chance(0.25)) await passage.stop();
        if (over()) throw new OutboundError('aborted', false, 'the worker was away for too long');
        const answer = await this.#underFault(request, read, deliver);
        if (!read && world.chance(0.25)) await passage.stop();
        if (over()) throw new OutboundError('timeout', true, 'the worker was away for too long');
        return answer;
      },
      call: (call, limitMs, work) => {
        if (!passage) return work();
        endsAt = world.now + limitMs;
        return passage.call(call, (sent) => wire.follow(sent, work));
      },
    };
  }

  async #underFault(
    request: OutboundRequest,
    read: boolean,
    deliver: (request: OutboundRequest) => Promise<OutboundResponse>,
  ): Promise<OutboundResponse> {
    const { world, wire } = this;
    const fault = wire.fault(read);
    if (!fault) return deliver(request);
    if (fault === 'late') {
      wire.say(request.label, 'late');
      this.later(wire.latenessMs(), () => deliver(request));
      throw new OutboundError('broken', true, 'the connection was cut');
    }
    const word = world.pick<FaultWord | 'cut' | 'not sent'>(read ? READ_WORDS : WORDS[fault]);
    wire.say(request.label, word);
    if (word === 'not sent') throw new OutboundError('connect', false, 'no connection');
    if (word === 'cut') throw new OutboundError('broken', true, 'the connection was cut');
    await this.stand(request.label.startsWith('stripe') ? 'stripe' : 'amadeus', '*', word, 1);
    return deliver(request);
  }

  /** Puts a fault before those that stand. */
  async stand(vendor: Vendor, call: string, fault: string, times: number): Promise<void> {
    const { body } = await this.ask('GET', '/faults');
    const { status } = await this.ask('PUT', '/faults', [
      { vendor, call, fault, times },
      ...(body as unknown as object[]),
    ]);
    if (status !== 200) throw new Error(`the sandboxes know no fault ${fault} of ${call}`);
  }

  async #fetch({
    method,
    url,
    headers,
    body,
  }: Omit<OutboundRequest, 'timeoutMs' | 'label'>): Promise<OutboundResponse> {
    if (method !== 'GET') this.touched += 1;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const response = await this.#app.fetch(
      new Request(url, { method, headers: { ...headers, ...length }, ...(body !== undefined && { body }) }),
    );
    try {
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    } catch {
      throw new OutboundError('broken', true, 'the answer broke off');
    }
  }
}

/** How an adapter speaks to its sandbox. */
export interface Door {
  outbound: Outbound;
  /** Around one call of the adapter's port; the machine gives it that long. */
  call<T>(call: VendorCall, limitMs: number, work: () => Promise<Outcome<T>>): Promise<Outcome<T>>;
}
