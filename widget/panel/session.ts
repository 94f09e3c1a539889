import type { Answer, Opened } from '../../server/wire/panel.ts';
import { PanelClient } from '../api/client.ts';
import type { Opening } from '../api/open.ts';
import { pageEvent } from '../page-events.ts';
import type { PanelState, Review } from '../state/panel-model.ts';
import type { PayingStore } from '../state/paying-store.ts';
import type { PanelEvent } from '../state/panel-state.ts';
import type { Clock } from '../state/clock.ts';
import { PanelStore, type BookingCall } from '../state/panel-store.ts';
import { drawn, moveFocus } from './focus.ts';
import { textToSay } from './parts.ts';
import { fetchPaymentFile, paymentFile } from './payment-file.ts';
import { tellPage } from './tell-page.ts';
import type { PanelHost, PanelSession } from './view.ts';

const browserClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (id) => window.clearTimeout(id),
};

/**
 * Takes over from the first picture: with the answer that it was drawn from, with the opening call that had none, or with
 * neither, where the booking has first to be named.
 */
export function startSession(
  host: PanelHost,
  api: string,
  call: BookingCall,
  started: Opening | Answer<Opened> | undefined,
  review: Review | null,
): PanelSession {
  const { element } = host;
  const root = element.renderRoot as ShadowRoot;
  const calls = new PanelClient(api);

  /** So high has what scrolls under the dock to stop before it. */
  const dockHeight = new ResizeObserver(([dock]) => {
    const height = Math.ceil(dock?.borderBoxSize[0]?.blockSize ?? 0);
    root.querySelector<HTMLElement>('.panel')?.style.setProperty('--dc-dock', `${height}px`);
  });

  /** What follows a change once it is drawn: what is spoken, and where the focus goes on. */
  const follow = async (next: PanelState, before: PanelState, event: PanelEvent) => {
    const from = root.activeElement ?? (element.contains(document.activeElement) ? element : null);
    await drawn(element);
    const text = textToSay(next, before, host.speech());
    if (text) host.say(text);
    moveFocus(root, from, next, before, event);
    dockHeight.disconnect();
    const dock = root.querySelector('.dock');
    if (dock) dockHeight.observe(dock);
  };
  const onState = (next: PanelState, before: PanelState, event: PanelEvent) => {
    host.show(next);
    tellPage(next, before, event, (name, detail) => element.dispatchEvent(pageEvent(name, detail)));
    void follow(next, before, event);
    drive(next);
  };

  let purchase: PayingStore | undefined;
  /** Each purchase that is shown has its own store; one that is shown no more is left alone, as it stands. */
  const drive = ({ paying, leaving, isFileMissing }: PanelState) => {
    if (paying && (leaving || isFileMissing || paying === purchase?.paying)) return;
    purchase?.end();
    purchase = undefined;
    if (paying) void begin();
  };
  let isFetching = false;
  const begin = async () => {
    // Whoever waits for the file goes on with what is shown by then.
    if (isFetching) return;
    const isNew = !paymentFile();
    isFetching = isNew;
    const file = paymentFile() ?? (await fetchPaymentFile(life.signal));
    isFetching = false;
    const { paying, leaving, opened, isFileMissing } = store.state;
    if (life.signal.aborted || !paying || leaving || !opened || purchase) return;
    if (!file) {
      if (!isFileMissing) store.pays({ type: 'file-missing' });
      return;
    }
    if (isNew) element.requestUpdate();
    for (const sheet of file.sheets) {
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    }
    purchase = file.startPaying(paying, {
      calls,
      clock,
      panel: element,
      payment: opened.payment,
      locale: host.speech().locale,
      selectionVersion: () => store.state.kept.version,
      change: (now) => store.pays({ type: 'paying', paying: now }),
      refused: (problem) => store.pays({ type: 'not-started', problem }),
      fail: (problem) => store.pays({ type: 'open-failed', problem }),
      left: () => store.pays({ type: 'left' }),
    });
    purchase.go();
  };

  const clock = host.clock ?? browserClock;
  const life = new AbortController();
  const store = new PanelStore(calls, call, clock, onState, navigator.onLine, review);
  const onConnection = () => store.connection(navigator.onLine);
  window.addEventListener('online', onConnection, { signal: life.signal });
  window.addEventListener('offline', onConnection, { signal: life.signal });
  const onSight = () => {
    if (!document.hidden) purchase?.seen();
  };
  document.addEventListener('visibilitychange', onSight, { signal: life.signal });
  store.go(started);
  return {
    ask(request) {
      store.ask(request);
      purchase?.ask(request);
    },
    moved: () => purchase?.moved(),
    end() {
      life.abort();
      purchase?.end();
      dockHeight.disconnect();
      store.destroy();
    },
  };
}
