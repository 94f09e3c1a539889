import { invalid } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { describeCharge, describeIntent, describeMethod, describeRefund } from './objects.ts';
import type { Wire } from './objects.ts';
import type { Parameters } from './parameters.ts';

export interface Paging {
  limit: number;
  startingAfter: string | undefined;
  endingBefore: string | undefined;
  created: { gt?: number; gte?: number; lt?: number; lte?: number };
}

/** The parameters that every list takes, `expand` apart. */
export function readPaging(parameters: Parameters): Paging {
  const limit = parameters.integer('limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', { param: 'limit' });
  const startingAfter = parameters.text('starting_after');
  const endingBefore = parameters.text('ending_before');
  const created =
    parameters.inner('created', (inner) => {
      const bounds: Paging['created'] = {};
      for (const bound of ['gt', 'gte', 'lt', 'lte'] as const) {
        const value = inner.integer(bound);
        if (value !== undefined) bounds[bound] = value;
      }
      return bounds;
    }) ?? {};
  return { limit, startingAfter, endingBefore, created };
}

/** One page, newest first. `all` is in the order of making. */
export function page<T extends { id: string; created: number }>(
  url: string,
  all: T[],
  { limit, startingAfter, endingBefore, created }: Paging,
  describe: (one: T) => Wire,
): Wire {
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = created;
  const fitting = all
    .toReversed()
    .filter((one) => one.created > gt && one.created >= gte && one.created < lt && one.created <= lte);
  const after = startingAfter === undefined ? 0 : fitting.findIndex(({ id }) => id === startingAfter) + 1;
  const before = endingBefore === undefined ? fitting.length : fitting.findIndex(({ id }) => id === endingBefore);
  const rest = endingBefore === undefined ? fitting.slice(after) : fitting.slice(0, Math.max(before, 0));
  const data = endingBefore === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  return { object: 'list', data: data.map(describe), has_more: rest.length > data.length, url };
}

/**
 * Puts whole objects in place of their ids.
 *
 * @param paths as in `expand[0]=latest_charge.payment_method`; in a list they begin with `data`
 * @throws Refused for what cannot be expanded
 */
export function expand(object: Wire, paths: string[], ledger: Ledger): Wire {
  return paths.reduce((whole, path) => expandPath(whole, path.split('.'), path, ledger), object);
}

function expandPath(object: Wire, [step, ...rest]: string[], whole: string, ledger: Ledger): Wire {
  if (step === undefined) return object;
  if (step === 'data' && Array.isArray(object['data'])) {
    return { ...object, data: (object['data'] as Wire[]).map((one) => expandPath(one, rest, whole, ledger)) };
  }
  const known = EXPANDABLE[step];
  if (!known || (step !== 'refunds' && !(step in object))) {
    throw invalid(`This property cannot be expanded (${whole}).`, { param: 'expand' });
  }
  const value = object[step];
  if (value === null) return object;
  const found =
    typeof value === 'object' ? (value as Wire) : known(ledger, step === 'refunds' ? object : { id: value });
  return found ? { ...object, [step]: expandPath(found, rest, whole, ledger) } : object;
}

type Find = (ledger: Ledger, of: Wire) => Wire | undefined;

const chargeById: Find = (ledger, { id }) => {
  const found = ledger.charges.find((one) => one.id === id);
  return found && describeCharge(found);
};

const EXPANDABLE: Record<string, Find> = {
  latest_charge: chargeById,
  charge: chargeById,
  payment_intent: (ledger, { id }) => {
    const found = ledger.intents.find((one) => one.id === id);
    return found && describeIntent(found);
  },
  payment_method: (ledger, { id }) => {
    const found = ledger.methods.find((one) => one.id === id);
    return found && describeMethod(found);
  },
  refunds: (ledger, { id }) => {
    const url = `/v1/charges/${String(id)}/refunds`;
    const data = ledger.refunds.filter(({ charge }) => charge.id === id).toReversed();
    return { object: 'list', data: data.map(describeRefund), has_more: false, url };
  },
};
