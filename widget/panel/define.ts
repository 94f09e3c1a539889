import type { Opening } from '../api/open.ts';
import type { Review } from '../state/panel-model.ts';
import { SeatLegendElement } from '../seat-legend/seat-legend.ts';
import { SEAT_MAP_TAG, SeatMapElement } from '../seat-map/seat-map.ts';
import { SegmentTabsElement } from '../segment-tabs/segment-tabs.ts';
import { TravellerBarElement } from '../traveller-bar/traveller-bar.ts';
import { SeatPanelElement } from './seat-panel.ts';

/** The panel's own tag last: when it is upgraded, what it is made of is known. */
const tags: [string, CustomElementConstructor][] = [
  ['dc-segment-tabs', SegmentTabsElement],
  ['dc-traveller-bar', TravellerBarElement],
  ['dc-seat-legend', SeatLegendElement],
  [SEAT_MAP_TAG, SeatMapElement],
  ['departcart-seat-panel', SeatPanelElement],
];

for (const [tag, element] of tags) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

export interface MountSettings {
  api: string;
  key: string;
  recordLocator?: string | undefined;
  lastName?: string | undefined;
  /** Of a link, in place of the two. On our own pages it needs no key. */
  encryptedId?: string | undefined;
  /** What was chosen before is shown first, by itself. */
  review?: Review | undefined;
  locale?: string | undefined;
  /** Level of the title, 2 to 6. */
  heading?: number | string | undefined;
  source?: string | undefined;
  /** The partner's own order number. */
  reference?: string | undefined;
  /** The opening call, where it was made already. */
  opening?: Opening | undefined;
}

export interface Mounted {
  /** Only what is named changes; another booking is opened anew. */
  update(settings: Partial<MountSettings>): void;
  destroy(): void;
}

/** Puts a panel at the end of `host`, which hears its events (`page-events.ts`). Settings become properties, not attributes: session-replay scripts read attributes. */
export function mount(host: Element, settings: MountSettings): Mounted {
  const panel = document.createElement('departcart-seat-panel');
  let current = settings;
  const wear = () => {
    const { api, key, recordLocator = '', lastName = '', encryptedId = '', review = '' } = current;
    const { locale = '', heading = 2, source = '', reference = '', opening } = current;
    Object.assign(panel, {
      api,
      publishableKey: key,
      pnr: recordLocator,
      lastName,
      encryptedId,
      review,
      locale,
      heading: Number(heading),
      source,
      reference,
      opening,
    });
    // Taken up by the panel once, with the settings that it was made with.
    current = { ...current, opening: undefined };
  };
  wear();
  host.append(panel);
  return {
    update(more) {
      current = { ...current, ...more };
      wear();
    },
    destroy: () => panel.remove(),
  };
}
