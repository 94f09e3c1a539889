import type { Segment } from '../../server/wire/panel.ts';
import type { PanelState } from './panel-model.ts';

/** The next flight with a map after the shown one. */
export function nextSegment({ opened, segment }: PanelState): Segment | undefined {
  const at = opened?.segments.findIndex(({ id }) => id === segment) ?? -1;
  return opened?.segments.slice(at + 1).find(({ no_map }) => !no_map);
}
