import type {
  Answer,
  MapAnswer,
  MapCall,
  OpenCall,
  Opened,
  Pick,
  SelectCall,
  Selection,
} from '../../server/wire/panel.ts';
import type { Opening } from './open.ts';
import { open, post, type Reply } from './post.ts';

const MAP_TIMEOUT_MS = 40_000;
const SELECT_TIMEOUT_MS = 15_000;

/** Of `select` only what is in it. */
export type Selected = { ok: true; answer: Selection } | Extract<Reply<Selection>, { ok: false }>;

/** The panel's calls, with the token kept out of everyone's sight: each answer may renew it, the next call uses the newest. */
export class PanelClient {
  private token = '';

  constructor(private readonly api: string) {}

  /** Goes on from an opening that was heard elsewhere. */
  adopt(answer: Answer<Opened>): Reply<Opened> {
    return this.keepToken({ ok: true, answer });
  }

  /** `started`: an opening call that was made already and had its time. */
  async open(call: Omit<OpenCall, 'v'>, signal: AbortSignal, started?: Opening): Promise<Reply<Opened>> {
    return this.keepToken(await open(this.api, call, signal, started));
  }

  async map(segment: string, signal: AbortSignal): Promise<Reply<MapAnswer>> {
    const call: MapCall = { v: 1, token: this.token, segment };
    return this.keepToken(await post<MapAnswer>(this.api, 'map', call, { timeoutMs: MAP_TIMEOUT_MS, signal }));
  }

  /** The whole selection, on top of the version it was made from. Outlives the page, which may be left right after a press. */
  async select(version: number, picks: Pick[]): Promise<Selected> {
    const call: SelectCall = { v: 1, token: this.token, version, picks };
    const options = { timeoutMs: SELECT_TIMEOUT_MS, keepalive: true };
    const reply = this.keepToken(await post<{ selection: Selection }>(this.api, 'select', call, options));
    return reply.ok ? { ok: true, answer: reply.answer.selection } : reply;
  }

  private keepToken<T>(reply: Reply<T>): Reply<T> {
    if (reply.ok && reply.answer.token) this.token = reply.answer.token;
    return reply;
  }
}
