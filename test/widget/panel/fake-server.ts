import type {
  MapAnswer,
  MapCall,
  OpenCall,
  Opened,
  Pick,
  Problem,
  SelectCall,
  Selection,
} from '../../../server/wire/panel.ts';
import { a320, a380, opened, problem } from '../../support/panel-samples.ts';

interface Bodies {
  open: OpenCall;
  map: MapCall;
  select: SelectCall;
}

interface Answers {
  open: Opened;
  map: MapAnswer;
  select: { selection: Selection };
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
  private renewed = 0;
  private readonly real = window.fetch;

  open: Handler<'open'> = () => opened({ selection: this.selection });
  map: Handler<'map'> = ({ segment }) => (segment === 's2' ? a380() : a320());
  select: Handler<'select'> = (body) => this.keep(body);

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

  private async answer(url: URL, init: RequestInit): Promise<Response> {
    const name = url.pathname.split('/').at(-1) as CallName;
    const body = JSON.parse(init.body as string) as Bodies[CallName];
    this.calls.push({ name, body, headers: new Request(url, init).headers, init });
    if (this.isCut) throw new TypeError('Failed to fetch');
    const said = await (this[name] as Handler<CallName>)(body);
    if ('success' in said) return new Response(JSON.stringify(said), { status: said.status });
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
