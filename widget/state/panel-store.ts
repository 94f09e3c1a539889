import type { Answer, MapAnswer, OpenCall, Opened, Pick } from '../../server/wire/panel.ts';
import type { Selected } from '../api/client.ts';
import type { Opening } from '../api/open.ts';
import type { Reply } from '../api/post.ts';
import type { Clock } from './clock.ts';
import { segmentOf, start, type PanelState, type Review } from './panel-model.ts';
import { reduce, type PanelEvent } from './panel-state.ts';
import type { Asked } from './requests.ts';
import { isKept } from './selection.ts';

/** The server ends a session so long after the last act; the names leave the page by then, whoever stands before it. */
const SESSION_MS = 30 * 60_000;
/** So long the server keeps a map: an older one is read again when the traveller comes back to it. */
const MAP_MS = 15 * 60_000;

/** The calls that the store makes; `PanelClient` in the product. */
export interface PanelCalls {
  adopt(answer: Answer<Opened>): Reply<Opened>;
  open(call: BookingCall, signal: AbortSignal, started?: Opening): Promise<Reply<Opened>>;
  map(segment: string, signal: AbortSignal): Promise<Reply<MapAnswer>>;
  select(version: number, picks: Pick[]): Promise<Selected>;
}

export type BookingCall = Omit<OpenCall, 'v'>;

export type Listener = (state: PanelState, before: PanelState, event: PanelEvent) => void;

/**
 * Turns requests into calls. After every event it compares what the panel shows with what it wants and starts what is
 * missing: the booking, the shown map, the picks at the server. So a call that failed, came late or crossed another needs
 * no story of its own. One `select` is in flight at a time; when it is back, what was pressed meanwhile goes out.
 */
export class PanelStore {
  state: PanelState;
  /** Of one booking: its calls' answers are heard as long as it is not aborted. */
  private round = new AbortController();
  private isOpening = false;
  private isKeeping = false;
  private readonly reading = new Set<string>();
  private readonly readAt = new Map<string, number>();
  private ticker: number | undefined;
  private session: number | undefined;

  constructor(
    private readonly calls: PanelCalls,
    private call: BookingCall,
    private readonly clock: Clock,
    private readonly tell: Listener,
    online: boolean,
    review: Review | null = null,
  ) {
    this.state = { ...start, online, review };
  }

  /** With the opening call, which was made already, or its answer; without one the booking has first to be named. */
  go(started?: Opening | Answer<Opened>): void {
    if (started && 'success' in started) this.heardOpening(this.calls.adopt(started));
    else if (started) void this.open(started);
    else this.heardOpening({ ok: false, problem: { code: 'invalid_request', detail: 'No booking was named.' } });
  }

  ask(request: Asked): void {
    if (request.name === 'find-booking') {
      const { encrypted_id: _link, ...call } = this.call;
      const { recordLocator, lastName } = request.what;
      this.turnTo({ ...call, record_locator: recordLocator, last_name: lastName });
    }
    // The booking as it is after a purchase: what was asked before is no answer to that.
    if (request.name === 'see-seats') this.turnTo(this.call);
    this.happen({ type: 'asked', request });
    const { segment } = this.state;
    const isOld = this.clock.now() - (this.readAt.get(segment) ?? Infinity) > MAP_MS;
    if (request.name === 'show-segment' && isOld) this.happen({ type: 'map-old', segment });
  }

  /** The purchase has its own store, which tells here what became of it. */
  pays(event: Extract<PanelEvent, { type: 'paying' | 'not-started' | 'left' | 'file-missing' | 'open-failed' }>): void {
    if (event.type === 'paying' && event.paying.doing) this.acted();
    this.happen(event);
  }

  connection(online: boolean): void {
    this.happen({ type: 'connection', online });
  }

  /** Ends calls and timers; a `select` that was sent still reaches the server. */
  destroy(): void {
    this.round.abort();
    this.clock.clearTimeout(this.ticker);
    this.clock.clearTimeout(this.session);
  }

  private happen(event: PanelEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    if (this.state !== before) this.tell(this.state, before, event);
    this.settle();
  }

  private settle(): void {
    if (this.round.signal.aborted) return;
    const { opened, trouble, mapTrouble, segment, maps, stale, strain, online } = this.state;
    if (trouble?.left || mapTrouble?.left || strain?.left) this.tick();
    if (!opened) {
      if (!trouble || trouble.left === 0) void this.open();
      return;
    }
    const shown = segmentOf(this.state);
    const isRead = maps[segment] !== undefined && !stale.includes(segment);
    if (shown && !shown.no_map && !isRead && (!mapTrouble || mapTrouble.left === 0)) void this.read(segment);
    if (!isKept(this.state) && online && !strain?.left) void this.keep();
  }

  /** Another booking: what the calls of the one before still answer is not heard. */
  private turnTo(call: BookingCall): void {
    this.round.abort();
    this.round = new AbortController();
    this.isOpening = this.isKeeping = false;
    this.reading.clear();
    this.readAt.clear();
    this.call = call;
  }

  private async open(started?: Opening): Promise<void> {
    if (this.isOpening) return;
    this.isOpening = true;
    const { signal } = this.round;
    const reply = await this.calls.open(this.call, signal, started);
    if (signal.aborted) return;
    this.isOpening = false;
    this.heardOpening(reply);
  }

  private heardOpening(reply: Reply<Opened>): void {
    if (!reply.ok) return this.happen({ type: 'open-failed', problem: reply.problem });
    if (reply.answer.map) this.readAt.set(reply.answer.map.segment, this.clock.now());
    this.acted();
    this.happen({ type: 'opened', opened: reply.answer });
  }

  private async read(segment: string): Promise<void> {
    if (this.reading.has(segment)) return;
    this.reading.add(segment);
    const { signal } = this.round;
    const reply = await this.calls.map(segment, signal);
    if (signal.aborted) return;
    this.reading.delete(segment);
    if (!reply.ok) return this.happen({ type: 'map-failed', segment, problem: reply.problem });
    this.readAt.set(segment, this.clock.now());
    this.acted();
    this.happen({ type: 'map', map: reply.answer });
  }

  private async keep(): Promise<void> {
    if (this.isKeeping) return;
    this.isKeeping = true;
    const { signal } = this.round;
    const sent = this.state.picks;
    const picks = sent.map(({ traveller, segment, designator, assent }) => ({
      traveller,
      segment,
      designator,
      ...(assent && { assent }),
    }));
    const reply = await this.calls.select(this.state.kept.version, picks);
    if (signal.aborted) return;
    this.isKeeping = false;
    if (!reply.ok) return this.happen({ type: 'keep-failed', sent, problem: reply.problem });
    this.acted();
    this.happen({ type: 'kept', sent, selection: reply.answer });
  }

  /** The session is as long as the last act is young. */
  private acted(): void {
    this.clock.clearTimeout(this.session);
    this.session = this.clock.setTimeout(() => {
      if (this.state.opened) this.happen({ type: 'session-over' });
    }, SESSION_MS);
  }

  private tick(): void {
    this.ticker ??= this.clock.setTimeout(() => {
      this.ticker = undefined;
      this.happen({ type: 'second' });
    }, 1000);
  }
}
