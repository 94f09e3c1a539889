import type {
  LeaveCall,
  MapAnswer,
  MapCall,
  OpenCall,
  Opened,
  PayCall,
  Pick,
  Problem,
  Purchase,
  ReturnedCall,
  SelectCall,
  Selection,
  StartCall,
  StatusCall,
} from '../../../server/wire/panel.ts';
import { a320, a380, opened, problem, purchase } from '../../support/panel-samples.ts';

interface Bodies {
  open: OpenCall;
  map: MapCall;
  select: SelectCall;
  start: StartCall;
  pay: PayCall;
  returned: ReturnedCall;
  status: StatusCall;
  leave: LeaveCall;
}

interface Answers {
  open: Opened;
  map: MapAnswer;
  select: { selection: Selection };
  start: Purchase;
  pay: Purchase;
  returned: Purchase;
  status: Purchase;
  leave: Purchase;
}

export type CallName = keyof Bodies;
type Said<N extends CallName> = Answers[N] | Problem;
type Handler<N extends CallName> = (body: Bodies[N]) => Said<N> | Promise<Said<N>>;

export interface HeardCall {
  name: CallName;
  body: Bodies[CallName];
  headers: Headers;
  init: RequestInit;
}

/**
 * Speaks the panel's calls in place of `fetch`: keeps a selection by version as the server does, and answers otherwise where
 * a test says so.
 */
export class FakeServer {
  readonly calls: HeardCall[] = [];
  selection: Selection = { version: 0, picks: [], total: 0 };
  /** Seats that the airline gives to nobody any more. */
  readonly gone = new Set<string>();
  /** No call comes through. */
  isCut = false;
  /** The next answers of these are lost on their way. */
  readonly loses = new Set<CallName>();
  private renewed = 0;
  private readonly real = window.fetch;

  open: Handler<'open'> = () => opened({ selection: this.selection });
  map: Handler<'map'> = ({ segment }) => (segment === 's2' ? a380() : a320());
  select: Handler<'select'> = (body) => this.keep(body);
  start: Handler<'start'> = (body) => this.begin(body);
  pay: Handler<'pay'> = (body) => this.openPayment(body);
  returned: Handler<'returned'> = () => this.look();
  status: Handler<'status'> = () => this.goOn();
  leave: Handler<'leave'> = () =>
    this.change({ status: 'failed', items: this.items({ state: 'failed', why: 'abandoned' }) });

  purchase: Purchase | null = null;
  /** What the look at the gateway finds after its SDK has spoken. */
  bank: 'held' | 'declined' | 'working' | 'action' | 'field' = 'held';
  /** How many more times the airline is asked before it has answered. */
  patience = 0;
  private payments = 0;
  private readonly heard = new Map<string, { body: string; said: object }>();

  constructor() {
    window.fetch = (url, init) => this.answer(new URL(url as string), init ?? {});
  }

  restore(): void {
    window.fetch = this.real;
  }

  bodies<N extends CallName>(name: N): Bodies[N][] {
    return this.calls.filter((call) => call.name === name).map((call) => call.body as Bodies[N]);
  }

  /** The server's own way with a selection: an older version hears of the current one, gone seats are left out and named. */
  keep({ version, picks }: SelectCall): Said<'select'> {
    if (version !== this.selection.version) {
      return problem('selection_changed', { status: 409, selection: this.selection });
    }
    const refused = picks.filter(({ designator }) => this.gone.has(designator));
    const accepted = picks.filter((pick) => !refused.includes(pick)).map((pick) => ({ ...pick, price: priceOf(pick) }));
    this.selection = {
      version: version + 1,
      picks: accepted,
      total: accepted.reduce((sum, { price }) => sum + price, 0),
    };
    const why = refused.map((pick) => ({ ...pick, why: 'gone' as const }));
    return { selection: { ...this.selection, ...(why.length > 0 && { refused: why }) } };
  }

  /** What stands of the purchase, in a new version. */
  change(changes: Partial<Purchase>): Purchase {
    if (!this.purchase) throw new Error('there is no purchase');
    this.purchase = { ...this.purchase, ...changes, version: this.purchase.version + 1 };
    return this.purchase;
  }

  items(changes: Partial<Purchase['items'][number]>): Purchase['items'] {
    return (this.purchase?.items ?? []).map((item) => ({ ...item, ...changes }));
  }

  /** As the server does: the kept selection, or what of it can still be had under a new version. */
  begin({ selection_version }: StartCall): Said<'start'> {
    const { version, picks } = this.selection;
    const lost = picks.filter(({ designator }) => this.gone.has(designator));
    if (selection_version !== version) return problem('selection_changed', { selection: this.selection });
    if (lost.length) {
      const said = this.keep({ v: 1, token: '', version, picks }) as { selection: Selection };
      return problem('selection_changed', { status: 409, selection: said.selection });
    }
    const items = picks.map(({ price, ...pick }) => ({ pick, price, state: 'pending' as const }));
    const { total } = this.selection;
    const quote = (this.purchase?.quote ?? 0) + 1;
    this.purchase = purchase({ items, total, quote, version: (this.purchase?.version ?? 0) + 1 });
    return this.purchase;
  }

  openPayment({ quote }: PayCall): Said<'pay'> {
    if (!this.purchase) return problem('purchase_not_found');
    if (quote !== this.purchase.quote) return { ...this.purchase, answer: 'reconfirm' };
    if (this.purchase.total === 0) return this.change({ status: 'processing' });
    const open = this.purchase.payment;
    if (open?.step === 'field') return { ...this.purchase, answer: 'joined' };
    const id = `pay_${++this.payments}`;
    return this.change({ payment: { id, step: 'field', field: { client_secret: `${id}_secret` } } });
  }

  private look(): Purchase {
    const id = `pay_${this.payments}`;
    const means = { brand: 'visa', last4: '4242' };
    const field = { client_secret: `${id}_secret` };
    if (this.bank === 'held') return this.change({ status: 'processing', payment: { id, step: 'held', means } });
    return this.change({ payment: { id, step: this.bank, ...(this.bank !== 'declined' && { field }) } });
  }

  private goOn(): Said<'status'> {
    if (!this.purchase) return problem('purchase_not_found');
    if (this.purchase.status !== 'processing' || this.patience-- > 0) return this.purchase;
    const { total, payment } = this.purchase;
    return this.change({
      status: 'completed',
      items: this.items({ state: 'confirmed' }),
      ...(total && { charged: total }),
      payment: payment && { ...payment, step: 'taken' },
    });
  }

  /** A write under a key that was heard: the same answer, or a refusal if it is another call. */
  private async once(name: CallName, body: Bodies[CallName]): Promise<object> {
    const handle = this[name] as Handler<CallName>;
    if (!('idempotency_key' in body)) return handle(body);
    const text = JSON.stringify({ ...body, token: '' });
    const before = this.heard.get(body.idempotency_key);
    if (before) return before.body === text ? before.said : problem('idempotency_key_reused', { status: 422 });
    const said = await handle(body);
    if (!('success' in said)) this.heard.set(body.idempotency_key, { body: text, said });
    return said;
  }

  private async answer(url: URL, init: RequestInit): Promise<Response> {
    const name = url.pathname.split('/').at(-1) as CallName;
    const body = JSON.parse(init.body as string) as Bodies[CallName];
    this.calls.push({ name, body, headers: new Request(url, init).headers, init });
    if (this.isCut) throw new TypeError('Failed to fetch');
    const said = await this.once(name, body);
    if (this.loses.delete(name)) throw new TypeError('Failed to fetch');
    if ('success' in said) return new Response(JSON.stringify(said), { status: (said as Problem).status });
    return new Response(JSON.stringify({ success: true, token: `token-${++this.renewed}`, ...said }));
  }
}

function priceOf({ segment, designator }: Pick): number {
  const n = Number.parseInt(designator, 10);
  const map = segment === 's2' ? a380() : a320();
  for (const { columns, rows } of map.decks.flatMap(({ cabins }) => cabins)) {
    const seat = rows.find((row) => row.n === n)?.seats[columns.replaceAll(' ', '').indexOf(designator.slice(-1))];
    if (seat && typeof seat.p === 'number') return seat.p;
  }
  return 0;
}

/** An answer that a test gives when it wants to. */
export function later<T>(): { promise: Promise<T>; say: (answer: T) => void } {
  let say!: (answer: T) => void;
  const promise = new Promise<T>((resolve) => (say = resolve));
  return { promise, say };
}
