import 'axe-core/axe.min.js';
import type axe from 'axe-core';
import { setViewport } from '@web/test-runner-commands';
import type { CartSummaryElement } from '../../../widget/cart-summary/cart-summary.ts';
import '../../../widget/panel/define.ts';
import { SeatPanelElement } from '../../../widget/panel/seat-panel.ts';
import type { SeatMapElement } from '../../../widget/seat-map/seat-map.ts';
import type { Clock } from '../../../widget/state/clock.ts';
import { FakeServer } from './fake-server.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Stands still until a test moves it. */
export class TestClock implements Clock {
  private time = 0;
  private next = 1;
  private readonly due = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.time;
  }

  setTimeout(run: () => void, ms: number): number {
    this.due.set(this.next, { at: this.time + ms, run });
    return this.next++;
  }

  clearTimeout(id: number | undefined): void {
    if (id !== undefined) this.due.delete(id);
  }

  /** Runs what comes due meanwhile, in order, and what that sets in turn. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const [id, timer] = [...this.due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (id === undefined || !timer) break;
      this.due.delete(id);
      this.time = Math.max(this.time, timer.at);
      timer.run();
      await turn();
    }
    this.time = end;
    await turn();
  }

  get waiting(): number {
    return this.due.size;
  }
}

/** Everything that is on its way within the page has arrived. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Waits frame by frame, eight seconds at most. */
export async function until<T>(find: () => T | null | undefined | false, what: string): Promise<T> {
  const end = performance.now() + 8000;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise(requestAnimationFrame);
  }
}

export interface Stage {
  panel: SeatPanelElement;
  root: ShadowRoot;
  server: FakeServer;
  clock: TestClock;
  /** Public events as they came. */
  heard: [name: string, detail: Record<string, unknown>][];
}

let stage: Stage | undefined;

const EVENTS = ['ready', 'seat-select', 'seat-deselect', 'checkout', 'payment', 'complete', 'error', 'close'].map(
  (name) => `departcart:${name}`,
);

/** A page with a panel of booking ABC123, opened and drawn unless the test's server keeps it waiting. */
export async function showPanel(
  prepare: (server: FakeServer) => void = () => {},
  properties: Partial<SeatPanelElement> = {},
  host: HTMLElement = document.createElement('main'),
): Promise<Stage> {
  clearPage();
  const server = new FakeServer();
  prepare(server);
  const clock = new TestClock();
  SeatPanelElement.clock = clock;
  const panel = document.createElement('departcart-seat-panel');
  const heard: Stage['heard'] = [];
  for (const name of EVENTS) {
    panel.addEventListener(name, (event) => heard.push([name, (event as CustomEvent<Record<string, unknown>>).detail]));
  }
  Object.assign(panel, {
    api: location.origin,
    publishableKey: 'dcpub_test_1',
    booking: { recordLocator: 'ABC123', lastName: 'Smith' },
    locale: 'en-IE',
    ...properties,
  });
  document.body.style.margin = '0';
  host.append(panel);
  document.body.append(host);
  await panel.updateComplete;
  stage = { panel, root: panel.renderRoot as ShadowRoot, server, clock, heard };
  return stage;
}

export function clearPage(): void {
  stage?.panel.remove();
  stage?.server.restore();
  stage = undefined;
  for (const main of document.querySelectorAll('main')) main.remove();
  SeatPanelElement.clock = undefined;
}

/** With the map drawn and everything beside it there. */
export async function showSeats(
  prepare?: (server: FakeServer) => void,
  properties?: Partial<SeatPanelElement>,
): Promise<Stage> {
  const shown = await showPanel(prepare, properties);
  await until(() => seatMap(shown)?.seatElement('4A') ?? seatMap(shown)?.seatElement('46D'), 'the map');
  await until(() => shown.root.querySelector('dc-cart-summary')?.shadowRoot?.querySelector('.total'), 'the summary');
  await drawn(shown);
  return shown;
}

export const seatMap = ({ root }: Stage): SeatMapElement | null => root.querySelector<SeatMapElement>('dc-seat-map');

export function seat(shown: Stage, designator: string): HTMLElement {
  const found = seatMap(shown)?.seatElement(designator);
  if (!found) throw new Error(`no seat ${designator}`);
  return found;
}

/** All shown elements below the panel that match, shadow roots included, in the order of the page. */
export function all(shown: Stage, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  const walk = (root: ShadowRoot | Element) => {
    for (const element of root.children) {
      if (element.matches(selector) && element.getClientRects().length) found.push(element as HTMLElement);
      if (element.shadowRoot) walk(element.shadowRoot);
      walk(element);
    }
  };
  walk(shown.root);
  return found;
}

/** The shown button, tab or radio whose text starts so. */
export function button(shown: Stage, text: string): HTMLElement {
  const found = all(shown, 'button').find((one) => textOf(one).startsWith(text));
  if (!found) throw new Error(`no button "${text}", but ${all(shown, 'button').map(textOf).join(' | ')}`);
  return found;
}

export const textOf = (element: Element | null | undefined): string =>
  (element as HTMLElement | null)?.innerText.replace(/\s+/g, ' ').trim() ?? '';

/** All that is shown, as text. */
export const screen = (shown: Stage): string =>
  all(shown, '*')
    .filter((element) => !element.children.length || [...element.childNodes].some((node) => node.nodeType === 3))
    .map((element) =>
      [...element.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.textContent)
        .join(' '),
    )
    .join(' ')
    .replace(/\s+/g, ' ');

/** What was spoken last. */
export const said = ({ root }: Stage): string => root.querySelector('.live')?.textContent?.trim() ?? '';

/** The deepest element with the focus. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** What has the focus: a seat's designator, else what can be read on it. */
export const focusedOn = (): string => focused()?.getAttribute('data-seat') ?? textOf(focused());

export async function press(shown: Stage, element: HTMLElement): Promise<void> {
  const designator = element.dataset['seat'];
  if (designator) seatMap(shown)?.focusSeat(designator);
  else element.focus();
  element.click();
  await drawn(shown);
}

/** The panel and what is in it are drawn, and the answers that were there are heard. */
export async function drawn({ root }: Stage): Promise<void> {
  await turn();
  await turn();
  const summaries = [...root.querySelectorAll<CartSummaryElement>('[data-lit]')];
  await Promise.all(summaries.map((element) => element.updateComplete));
  await turn();
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The faults that axe finds in the panel, each with the markup it means. */
export async function faults({ panel }: Stage): Promise<string[]> {
  const { violations } = await window.axe.run(panel, {
    runOnly: RULES,
    // The page around it is the test's.
    rules: { 'page-has-heading-one': { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

export const widen = (width: number, height = 900): Promise<void> => setViewport({ width, height });
