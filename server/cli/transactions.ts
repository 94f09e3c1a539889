import { parseArgs } from 'node:util';
import { formatAmount } from '../domain/money.ts';
import type { MachineEvent } from '../domain/transaction/event.ts';
import { kept } from '../domain/transaction/derived.ts';
import type { Transaction } from '../domain/transaction/transaction.ts';
import { changePurchase } from '../services/change-purchase.ts';
import type { PurchaseServices } from '../services/purchase-services.ts';

export interface TransactionsIo {
  out(text: string): void;
  error(text: string): void;
}

export interface TransactionsDeps {
  /** Opened only when the command is understood; works beside a running server. */
  open(): Promise<{ services: PurchaseServices; close(): Promise<void> }>;
  /** Who acts, for the record. */
  user: string;
}

const USAGE = `Usage:
  departcart transactions list --brand CODE [--status STATUS] [--limit N]
  departcart transactions show ID
  departcart transactions attention [--brand CODE]
  departcart transactions retry ID TARGET --why TEXT
  departcart transactions reverse ID TARGET --why TEXT
  departcart transactions solved ID TARGET --why TEXT (--took AMOUNT | --held | --gone | --made | --not-made)

TARGET stands in "attention": a payment (pay_…), an item (item:itm_…) or a refund (ref_…). AMOUNT is in minor units.`;

/**
 * The operator's verbs: what needs a person, and what the person decided. Each is an event of the machine, with who and why in the
 * audit; a running server goes on from there.
 * @returns 0 done, 1 refused, 2 called wrongly
 */
export async function transactions(
  args: readonly string[],
  io: TransactionsIo,
  deps: TransactionsDeps,
): Promise<number> {
  const wish = understand(args);
  if (!wish) {
    io.error(USAGE);
    return 2;
  }
  const { services, close } = await deps.open();
  try {
    return await wish(services, io, deps.user);
  } finally {
    await close();
  }
}

type Wish = (services: PurchaseServices, io: TransactionsIo, user: string) => Promise<number>;

function understand(args: readonly string[]): Wish | null {
  const parsed = parse(args);
  if (!parsed) return null;
  const { verb, id, target, values } = parsed;
  if (verb === 'list' && values.brand) return list(values.brand, values.status, Number(values.limit ?? 20));
  if (verb === 'show' && id) return show(id);
  if (verb === 'attention') return attention(values.brand);
  if (!id || !target || !values.why) return null;
  const decided = { type: 'operator', at: 0, target, by: '', note: values.why } as const;
  if (verb === 'retry' || verb === 'reverse') return decide(id, { ...decided, action: verb });
  if (verb !== 'solved') return null;
  if (values.took !== undefined && /^\d+$/.test(values.took))
    return decide(id, { ...decided, action: 'solved', tookMinor: Number(values.took) });
  if (values.held || values.gone) return decide(id, { ...decided, action: 'solved', held: !!values.held });
  if (values.made || values['not-made']) return decide(id, { ...decided, action: 'solved', made: !!values.made });
  return null;
}

function parse(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        brand: { type: 'string' },
        status: { type: 'string' },
        limit: { type: 'string' },
        why: { type: 'string' },
        took: { type: 'string' },
        held: { type: 'boolean' },
        gone: { type: 'boolean' },
        made: { type: 'boolean' },
        'not-made': { type: 'boolean' },
      },
    });
    const [verb, id, target] = positionals;
    return { verb, id, target, values };
  } catch {
    return null;
  }
}

const list =
  (brand: string, status: string | undefined, limit: number): Wish =>
  async (services, io) => {
    const found = await services.store.rows.transactions.list(brand, { ...(status && { status }), limit });
    for (const { transaction } of found) io.out(line(transaction));
    if (!found.length) io.error(`No transactions of ${brand}${status ? ` that are ${status}` : ''}.`);
    return 0;
  };

const show =
  (id: string): Wish =>
  async (services, io) => {
    const found = await services.store.rows.transactions.get(id);
    if (!found) return missing(io, id);
    const { transaction } = found;
    io.out(line(transaction));
    for (const item of transaction.items) {
      io.out(
        `  item:${item.id}  ${item.designator.padEnd(4)} segment ${item.segment}, ${item.want}, seat ${item.seat.state}, EMD ${item.emd.state}${item.reason ? `, ${item.reason}` : ''}`,
      );
    }
    for (const payment of transaction.payments) {
      io.out(
        `  ${payment.id}  ${payment.state}${payment.givenUp ? ', given up' : ''}, ${money(payment.amountMinor, transaction)}, captured ${money(payment.capturedMinor, transaction)}${payment.gatewayRef ? `, ${payment.gatewayRef}` : ''}`,
      );
    }
    for (const refund of transaction.refunds)
      io.out(`  ${refund.id}  ${refund.dropped ? 'dropped' : refund.state}, ${money(refund.amountMinor, transaction)}`);
    for (const one of open(transaction)) io.out(`  ! ${one.target}: ${one.reason}`);
    for (const row of await services.store.rows.transactions.audit(id)) {
      io.out(
        `  ${new Date(row.at).toISOString()}  ${String(row.version).padStart(3)}  ${row.event.padEnd(12)} ${row.actor}`,
      );
    }
    return 0;
  };

const attention =
  (brand: string | undefined): Wish =>
  async (services, io) => {
    const found = await services.store.rows.transactions.attention(brand);
    for (const transaction of found)
      for (const one of open(transaction))
        io.out(`${transaction.id}  ${one.target}  ${one.reason}  since ${new Date(one.raisedAt).toISOString()}`);
    if (!found.length) io.error('Nothing needs a person.');
    return 0;
  };

const decide =
  (id: string, event: Extract<MachineEvent, { type: 'operator' }>): Wish =>
  async (services, io, user) => {
    const at = services.clock.now();
    const found = await services.store.rows.transactions.get(id);
    if (!found) return missing(io, id);
    if (!open(found.transaction).some((one) => one.target === event.target)) {
      io.error(`${event.target} is not on the attention list of ${id}. See: departcart transactions show ${id}`);
      return 1;
    }
    const change = await changePurchase(services, id, `operator ${user}: ${event.note}`, () => ({
      ...event,
      at,
      by: user,
    }));
    io.out(change ? line(change.after) : `${id} is gone.`);
    return change ? 0 : 1;
  };

function missing(io: TransactionsIo, id: string): number {
  io.error(`There is no transaction ${id}.`);
  return 1;
}

const open = (transaction: Transaction) => transaction.attention.filter((one) => one.state === 'open');

const money = (amountMinor: number, { currency }: Transaction): string =>
  `${formatAmount({ amountMinor, currency })} ${currency}`;

const line = (one: Transaction): string =>
  `${one.id}  ${one.status.padEnd(19)} ${money(kept(one), one).padStart(12)}  ${one.items.length} items, version ${one.version}`;
