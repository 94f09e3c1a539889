import type { Purchase, ReturnedCall } from '../../server/wire/panel.ts';
import type { ApiProblem, Reply } from '../api/post.ts';
import type { Clock } from './clock.ts';
import { isMoving } from './paying-page.ts';
import { reducePaying, type PayingEvent } from './paying-state.ts';
import type { Doing, Paying, PayingPage } from './paying.ts';
import type { Asked } from './requests.ts';

/** The calls of a purchase; `PanelClient` in the product. Each press has its own key, and each try of it the same. */
export interface PurchaseCalls {
  start(selectionVersion: number, key: string): Promise<Reply<Purchase>>;
  pay(quote: number, key: string): Promise<Reply<Purchase>>;
  returned(payment: string, said: ReturnedCall['said'], key: string): Promise<Reply<Purchase>>;
  status(): Promise<Reply<Purchase>>;
  leave(key: string): Promise<Reply<Purchase>>;
}

/** What the gateway's browser SDK ended with; `words`: its own sentence, in the traveller's language. */
export interface Spoken {
  said: ReturnedCall['said'];
  words?: string;
}

/** The gateway's field on the page. One for all gateways: what differs is behind it. */
export interface PaymentField {
  /** Loads the SDK, puts the field on the page or changes its sum. @throws when the SDK can't be had */
  show(amountMinor: number, currency: string): Promise<void>;
  /** Looks over what was entered; null: nothing is wrong with it. */
  submit(): Promise<string | null>;
  /** Pays with what was entered; `data`: what the server told for the SDK. The bank may ask in a window of its own. */
  confirm(data: Record<string, unknown>): Promise<Spoken>;
  /** Takes up again what the bank asks. */
  resume(data: Record<string, unknown>): Promise<Spoken>;
  remove(): void;
}

/** What of the panel a purchase needs. */
export interface PayingHost {
  calls: PurchaseCalls;
  clock: Clock;
  field: PaymentField;
  /** One key a press. */
  newKey: () => string;
  isHidden: () => boolean;
  /** Of the selection that the server keeps. */
  selectionVersion: () => number;
  change: (paying: Paying) => void;
  /** `start` found another selection at the server, or seats that can't be had. */
  refused: (problem: ApiProblem) => void;
  /** Something is in the way of the whole panel. */
  fail: (problem: ApiProblem) => void;
  /** The traveller gave the purchase up. */
  left: () => void;
}

const POLL_MS = 1000;
const SLOW_POLL_MS = 5000;
const HIDDEN_POLL_MS = 15_000;
/** People wait so long without a word. */
const LATE_MS = 30_000;
/** Asked each second for so long, then slower. */
const QUICK_MS = 60_000;
/** A press is repeated so often by itself when its answer is lost. */
const MOST_TRIES = 4;
/** The gateway's object is there within seconds; a dead wait must not keep the button for ever. */
const OPENING_MS = 30_000;

/** No answer was heard, or the same call is still running: the same call, with the same key, may be made again. */
const unheard = new Set(['unreachable', 'offline', 'busy', 'idempotency_in_progress', 'internal']);
/** These end more than the purchase. */
const whole = new Set(['session_over', 'origin_not_allowed', 'key_unknown', 'client_outdated', 'booking_not_found']);

/**
 * One purchase, driven: a press becomes calls, the gateway's field is shown while it is the traveller's turn, and while
 * something moves at the bank or the airline the status is asked for. It starts or goes on by itself.
 */
export class PayingStore {
  private readonly life = new AbortController();
  private timer: number | undefined;
  /** When what moves began to, as seen from here. */
  private since: { page: PayingPage; at: number } | null = null;
  /** A call whose answer was lost, to be repeated under its own key. */
  private lost: { what: string; key: string } | null = null;
  private readonly waiting: (() => void)[] = [];
  /** What the field was last shown for, each time anew; null: it is not wanted. What an earlier one still answers counts no more. */
  private shown: { total: number } | null = null;

  constructor(
    public paying: Paying,
    private readonly host: PayingHost,
  ) {}

  go(): void {
    if (this.paying.page === 'starting') void this.start();
    else this.settle();
  }

  ask({ name }: Asked): void {
    if (name === 'pay') void this.pay();
    else if (name === 'accept-price') this.accept();
    else if (name === 'leave-payment') void this.leave();
    else if (name === 'resume-payment') void this.resume();
    else if (name === 'try-again') this.again();
  }

  /** The page is looked at again: what happened meanwhile is asked for at once. */
  seen(): void {
    if (this.paying.purchase && !this.paying.doing) void this.poll();
  }

  /** The panel stands elsewhere on the page: a frame that was moved has lost what it held. */
  moved(): void {
    if (this.paying.field === 'none' || this.paying.doing) return;
    this.removeField();
  }

  end(): void {
    this.life.abort();
    this.host.clock.clearTimeout(this.timer);
    this.host.field.remove();
  }

  private get isOver(): boolean {
    return this.life.signal.aborted;
  }

  private happen(event: PayingEvent): void {
    if (this.isOver) return;
    const next = reducePaying(this.paying, event);
    if (next === this.paying) return;
    this.paying = next;
    this.host.change(next);
    this.settle();
  }

  /** What the purchase needs now and does not have: its field, the next question to the server. */
  private settle(): void {
    if (this.isOver) return;
    const { paying, host } = this;
    const { page } = paying;
    if (!isMoving(paying)) this.since = null;
    else if (this.since?.page !== page) this.since = { page, at: host.clock.now() };
    const isOpen = paying.purchase?.status === 'created' || paying.purchase === null;
    const total = paying.purchase?.total;
    if (page === 'pay' && total && this.shown?.total !== total) void this.showField();
    // The card's part is over.
    if (!isOpen && paying.field !== 'none') this.removeField();
    this.planPoll();
  }

  private planPoll(): void {
    const { clock } = this.host;
    clock.clearTimeout(this.timer);
    const waitMs = isMoving(this.paying) ? this.pace() : this.timeLeft();
    this.timer = waitMs === null ? undefined : clock.setTimeout(() => void this.poll(), waitMs);
  }

  private pace(): number {
    if (this.host.isHidden()) return HIDDEN_POLL_MS;
    if (this.paying.problem) return SLOW_POLL_MS;
    return this.movingMs > QUICK_MS ? SLOW_POLL_MS : POLL_MS;
  }

  private get movingMs(): number {
    return this.since ? this.host.clock.now() - this.since.at : 0;
  }

  /** Until the time to pay is over, when the page says so by itself; null: no such time. */
  private timeLeft(): number | null {
    const { page, purchase, doing } = this.paying;
    if (page !== 'pay' || doing || !purchase?.expires_at) return null;
    return Math.max(Date.parse(purchase.expires_at) - this.host.clock.now(), SLOW_POLL_MS);
  }

  private async poll(): Promise<void> {
    const reply = await this.host.calls.status();
    if (this.isOver) return;
    if (!reply.ok) this.failed(reply.problem, 'status', true);
    else this.happen({ type: 'heard', purchase: reply.answer, by: 'status' });
    if (this.movingMs >= LATE_MS) this.happen({ type: 'late' });
    for (const go of this.waiting.splice(0)) go();
    this.planPoll();
  }

  private async start(): Promise<void> {
    const version = this.host.selectionVersion();
    const purchase = await this.write('start', version, (key) => this.host.calls.start(version, key));
    if (purchase) this.happen({ type: 'heard', purchase, by: 'start' });
  }

  private async pay(): Promise<void> {
    const { purchase, doing, page, field } = this.paying;
    if (!purchase || doing || page !== 'pay' || (purchase.total > 0 && field !== 'ready')) return;
    this.happen({ type: 'doing', doing: 'pay' });
    // First, and in the same turn as the press: a wallet opens for a press only.
    const wrong = purchase.total > 0 ? await this.host.field.submit().catch(() => '') : null;
    if (wrong !== null) return this.happen({ type: 'idle', told: wrong });
    const answer = await this.write('pay', purchase.quote, (key) => this.host.calls.pay(purchase.quote, key));
    if (!answer) return;
    this.happen({ type: 'heard', purchase: answer, by: 'pay' });
    const data = await this.untilOpened();
    if (data) await this.speak((gateway) => gateway.confirm(data));
    else this.happen({ type: 'idle', told: '' });
  }

  /** What the gateway's SDK needs, once the server has it; null: this press leads to no field. */
  private async untilOpened(): Promise<Record<string, unknown> | null> {
    const end = this.host.clock.now() + OPENING_MS;
    for (;;) {
      const { purchase, page } = this.paying;
      const payment = purchase?.payment;
      if (this.isOver || page !== 'pay' || !payment || this.host.clock.now() > end) return null;
      if (payment.step === 'field' && payment.field) return payment.field;
      if (payment.step !== 'wait' && payment.step !== 'field') return null;
      await this.changed();
    }
  }

  /** Resolves when the status was asked for once more. */
  private changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private async resume(): Promise<void> {
    const { page, doing, purchase } = this.paying;
    const data = purchase?.payment?.field;
    if (page !== 'bank' || doing || !data) return;
    await this.speak((gateway) => gateway.resume(data));
  }

  /** The gateway's SDK has its turn; what it says is told to the server, and nothing can be pressed before that has looked. */
  private async speak(say: (gateway: PaymentField) => Promise<Spoken>): Promise<void> {
    const payment = this.paying.purchase?.payment?.id ?? '';
    this.happen({ type: 'doing', doing: 'bank' });
    const { said, words } = await say(this.host.field);
    if (this.isOver) return;
    this.happen({ type: 'doing', doing: 'return' });
    const tell = (key: string) => this.host.calls.returned(payment, said, key);
    const purchase = await this.write('return', payment, tell, Infinity);
    if (!purchase) return;
    this.happen({ type: 'heard', purchase, by: 'return' });
    this.happen({ type: 'idle', told: said === 'submitted' ? '' : (words ?? '') });
  }

  private async leave(): Promise<void> {
    const { doing } = this.paying;
    if (doing) return;
    this.happen({ type: 'doing', doing: 'leave' });
    if (await this.write('leave', '', (key) => this.host.calls.leave(key))) this.host.left();
  }

  private accept(): void {
    const { purchase, doing } = this.paying;
    if (doing) return;
    this.happen({ type: 'accepted' });
    if (!purchase) void this.start();
  }

  private again(): void {
    const { field, problem, page } = this.paying;
    if (problem && page === 'not-started') void this.start();
    else if (problem?.doing === 'leave') void this.leave();
    else if (field === 'failed') void this.showField();
  }

  private async showField(): Promise<void> {
    const { purchase, field } = this.paying;
    if (!purchase) return;
    const shown = (this.shown = { total: purchase.total });
    if (field !== 'ready') this.happen({ type: 'field', field: 'loading' });
    const end = await this.host.field.show(purchase.total, purchase.currency).then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
    if (this.shown === shown) this.happen({ type: 'field', field: end });
  }

  private removeField(): void {
    this.shown = null;
    this.host.field.remove();
    this.happen({ type: 'field', field: 'none' });
  }

  /** A call that changes something. Whether a lost one was carried out is not known: its key makes repeating it harmless. */
  private async write(
    doing: Doing,
    about: string | number,
    call: (key: string) => Promise<Reply<Purchase>>,
    mostTries = MOST_TRIES,
  ): Promise<Purchase | null> {
    const what = `${doing} ${about}`;
    const key = this.lost?.what === what ? this.lost.key : this.host.newKey();
    this.lost = null;
    this.happen({ type: 'doing', doing });
    for (let tries = 1; !this.isOver; tries++) {
      const reply = await call(key);
      if (this.isOver) return null;
      if (reply.ok) return reply.answer;
      const isUnheard = unheard.has(reply.problem.code);
      const isTried = (isUnheard || mostTries === Infinity) && tries < mostTries && !whole.has(reply.problem.code);
      if (isUnheard) this.lost = { what, key };
      this.failed(reply.problem, doing, isTried);
      if (!isTried) return null;
      const waitMs = Math.min(1000 * 2 ** (tries - 1), 8000);
      await new Promise<void>((resolve) => this.host.clock.setTimeout(resolve, waitMs));
    }
    return null;
  }

  private failed(problem: ApiProblem, doing: Doing | 'status', isTried: boolean): void {
    if (problem.code === 'cancelled') return;
    if (whole.has(problem.code)) this.host.fail(problem);
    else if (problem.code === 'purchase_not_found') this.host.left();
    else if (doing === 'start' && problem.selection) this.host.refused(problem);
    else this.happen({ type: 'problem', problem, doing, isTried });
  }
}
