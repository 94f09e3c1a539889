import type {
  Answer,
  LeaveCall,
  MapAnswer,
  MapCall,
  OpenCall,
  Opened,
  PayCall,
  Pick,
  Purchase,
  ReturnedCall,
  SelectCall,
  Selection,
  StartCall,
  StatusCall,
} from '../../server/wire/panel.ts';
import type { Opening } from './open.ts';
import { open, post, type Reply } from './post.ts';

const MAP_TIMEOUT_MS = 40_000;
const SELECT_TIMEOUT_MS = 15_000;
/** The offers are read afresh before these: as long as a map may take. */
const OFFER_TIMEOUT_MS = 40_000;
const STATUS_TIMEOUT_MS = 15_000;

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

  /** "Continue to payment". Of this and the next: the same key, where the same call is repeated because its answer was lost. */
  async start(selectionVersion: number, key: string): Promise<Reply<Purchase>> {
    const call: StartCall = { ...this.write(key), selection_version: selectionVersion };
    return this.keepToken(await post<Purchase>(this.api, 'start', call, { timeoutMs: OFFER_TIMEOUT_MS }));
  }

  /** "Pay", for the quote that the traveller saw. */
  async pay(quote: number, key: string): Promise<Reply<Purchase>> {
    const call: PayCall = { ...this.write(key), quote };
    return this.keepToken(await post<Purchase>(this.api, 'pay', call, { timeoutMs: OFFER_TIMEOUT_MS }));
  }

  /** The gateway's browser SDK has spoken. Outlives the page: the sooner the server looks, the sooner the seats are asked for. */
  async returned(payment: string, said: ReturnedCall['said'], key: string): Promise<Reply<Purchase>> {
    const call: ReturnedCall = { ...this.write(key), payment, said };
    const options = { timeoutMs: OFFER_TIMEOUT_MS, keepalive: true };
    return this.keepToken(await post<Purchase>(this.api, 'returned', call, options));
  }

  async status(): Promise<Reply<Purchase>> {
    const call: StatusCall = { v: 1, token: this.token };
    return this.keepToken(await post<Purchase>(this.api, 'status', call, { timeoutMs: STATUS_TIMEOUT_MS }));
  }

  /** Gives the purchase up. By a button only: closing a page sends nothing. */
  async leave(key: string): Promise<Reply<Purchase>> {
    const call: LeaveCall = this.write(key);
    return this.keepToken(await post<Purchase>(this.api, 'leave', call, { timeoutMs: STATUS_TIMEOUT_MS }));
  }

  private write(key: string): LeaveCall {
    return { v: 1, token: this.token, idempotency_key: key };
  }

  private keepToken<T>(reply: Reply<T>): Reply<T> {
    if (reply.ok && reply.answer.token) this.token = reply.answer.token;
    return reply;
  }
}
