import type { Purchase, PurchaseItem } from '../../server/wire/panel.ts';
import type { ApiProblem } from '../api/post.ts';
import { pageOf } from './paying-page.ts';
import type { Doing, LostPick, Paying } from './paying.ts';

export type PayingEvent =
  | { type: 'doing'; doing: Doing }
  /** Nothing is under way any more; `told`: the gateway's sentence why. */
  | { type: 'idle'; told: string }
  | { type: 'heard'; purchase: Purchase; by: Doing | 'status' }
  | { type: 'problem'; problem: ApiProblem; doing: Doing | 'status'; isTried: boolean }
  | { type: 'field'; field: Paying['field'] }
  | { type: 'accepted' }
  | { type: 'late' };

/** A purchase and what happened to it, to the purchase after it. Pure. */
export function reducePaying(paying: Paying, event: PayingEvent): Paying {
  const next = step(paying, event);
  if (next === paying) return paying;
  const page = pageOf(next);
  return { ...next, page, isLate: next.isLate && page === 'confirming' };
}

function step(paying: Paying, event: PayingEvent): Paying {
  switch (event.type) {
    case 'doing':
      return { ...paying, doing: event.doing, problem: null, told: '' };
    case 'idle':
      return { ...paying, doing: null, told: event.told };
    case 'heard':
      return heard(paying, event.purchase, event.by);
    case 'problem': {
      const { doing, isTried, problem } = event;
      const isOver = !isTried && doing !== 'status';
      return { ...paying, problem: { code: problem.code, doing, isTried }, doing: isOver ? null : paying.doing };
    }
    case 'field':
      return paying.field === event.field ? paying : { ...paying, field: event.field };
    case 'accepted':
      return { ...paying, isMoved: false, lost: [] };
    case 'late':
      return paying.isLate ? paying : { ...paying, isLate: true };
  }
}

function heard(paying: Paying, purchase: Purchase, by: Doing | 'status'): Paying {
  const before = paying.purchase;
  const isSame = before?.transaction === purchase.transaction;
  // Answers may overtake each other.
  if (isSame && purchase.version < before.version) return paying;
  if (isSame && by === 'status' && purchase.version === before.version && !paying.problem) return paying;
  const next = { ...paying, purchase, problem: null, doing: by === 'start' ? null : paying.doing };
  if (by !== 'start' && purchase.answer !== 'reconfirm') return next;
  const lost = lostOf(before, purchase);
  const isMoved =
    purchase.items.some(({ was, price }) => was !== undefined && was !== price) ||
    (purchase.answer === 'reconfirm' && !lost.length);
  return { ...next, isMoved: paying.isMoved || isMoved, lost };
}

/**
 * The seats of the list before that are not on the new one. A list with seats that were not on the one before was made in
 * another window: nothing is lost then.
 */
function lostOf(before: Purchase | null, { items }: Purchase): LostPick[] {
  const key = ({ pick }: PurchaseItem) => `${pick.segment} ${pick.traveller} ${pick.designator}`;
  const then = new Set(before?.items.map(key));
  const now = new Set(items.map(key));
  if (!before || items.some((item) => !then.has(key(item)))) return [];
  return before.items
    .filter((item) => item.state === 'pending' && !now.has(key(item)))
    .map(({ pick, price }) => ({ ...pick, price, why: 'gone' }));
}
