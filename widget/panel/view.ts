import type { LitElement } from 'lit';
import type { Speech } from '../messages/message.ts';
import type { PanelState } from '../state/panel-model.ts';
import type { Clock } from '../state/clock.ts';
import type { Asked } from '../state/requests.ts';

export interface BookingReference {
  recordLocator: string;
  lastName: string;
}

/** What stands over the panel. */
export interface Head {
  title: string;
  line: string;
  /** Which of the three steps, from 0. */
  at: number;
}

/** What the parts of the panel are drawn from. */
export interface PanelView {
  state: PanelState;
  speech: Speech;
  /** Level of the headings below the title. */
  level: number;
  /** As the page gave it: what the form starts with. */
  booking: BookingReference;
  /** Another booking can be named here: the panel knows whose it would be. */
  canFind: boolean;
  ask: (request: Asked) => void;
}

/** The element, as the session that drives it sees it. */
export interface PanelHost {
  element: LitElement;
  clock: Clock | undefined;
  speech: () => Speech;
  show: (state: PanelState) => void;
  /** Into the live region. */
  say: (text: string) => void;
}

/** One opening of one booking, once the first picture stands. */
export interface PanelSession {
  ask: (request: Asked) => void;
  /** The panel was taken to another place of the page. */
  moved: () => void;
  end: () => void;
}
