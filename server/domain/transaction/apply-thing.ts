import { drop, raiseAttention } from './changes.ts';
import { itemTarget } from './derived.ts';
import type { ThingFact } from './event.ts';
import { emdTable, seatTable } from './tables.ts';
import { mostTries } from './times.ts';
import type { Item, Transaction } from './transaction.ts';

/** A GDS's word about one item's seat or EMD. */
export function applyThing(transaction: Transaction, item: Item, fact: ThingFact, at: number): void {
  const thing = item[fact.thing];
  const was = thing.state;
  const cell = (fact.thing === 'seat' ? seatTable : emdTable)[was][fact.word];
  if (cell.next) thing.state = cell.next;
  if (cell.drop) drop(item, fact.reason ?? 'refused');
  if (thing.state === 'absent' && was !== 'absent' && item.want === 'keep' && thing.tries >= mostTries)
    drop(item, 'gave_up');
  if (cell.attention) raiseAttention(transaction, itemTarget(item), cell.attention, at);
  // what came and is to go again keeps its count, so that a removal that never works ends
  if (thing.state === 'present' && was !== 'present' && was !== 'removing' && item.want === 'keep') thing.tries = 0;
  if (fact.thing === 'emd' && thing.state === 'present' && fact.number !== undefined) item.document = fact.number;
}
