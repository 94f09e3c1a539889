import type { MoreSpeech } from '../messages/message.ts';
import { firstName } from '../state/names.ts';
import { travellerOf, type PanelState, type Saying } from '../state/panel-model.ts';
import { totalOf } from '../state/selection.ts';

/** What a screen reader hears after the traveller's own act. */
export function saidText(saying: Saying, state: PanelState, { more, sum }: MoreSpeech): string {
  const { said, card } = more;
  const name = (id: string) => travellerOf(state, id)?.name ?? '';
  const total = sum(totalOf(state));
  switch (saying.kind) {
    case 'chosen': {
      const { designator, traveller, from, next } = saying;
      const chosen = from
        ? said.moved(designator, name(traveller), name(from), total)
        : said.chosen(designator, name(traveller), total);
      return next ? `${chosen}. ${said.nowChoosing(name(next))}` : chosen;
    }
    case 'released':
      return said.released(saying.designator, total);
    case 'cannot':
      return said.cannot(saying.designator, card.reasons[saying.why]);
    case 'held': {
      const traveller = travellerOf(state, saying.traveller);
      return said.heldStays(traveller ? firstName(traveller) : '', saying.designator);
    }
    case 'assent':
      return card.exitRow;
    case 'cleared':
      return said.cleared;
  }
}
