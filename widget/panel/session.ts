import type { Answer, Opened } from '../../server/wire/panel.ts';
import { PanelClient } from '../api/client.ts';
import type { Opening } from '../api/open.ts';
import { pageEvent } from '../page-events.ts';
import type { PanelState } from '../state/panel-model.ts';
import type { PanelEvent } from '../state/panel-state.ts';
import { PanelStore, type BookingCall, type Clock } from '../state/panel-store.ts';
import { drawn, moveFocus } from './focus.ts';
import { textToSay } from './parts.ts';
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
    const from = root.activeElement;
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
  };

  const store = new PanelStore(calls, call, host.clock ?? browserClock, onState, navigator.onLine);
  const life = new AbortController();
  const onConnection = () => store.connection(navigator.onLine);
  window.addEventListener('online', onConnection, { signal: life.signal });
  window.addEventListener('offline', onConnection, { signal: life.signal });
  store.go(started);
  return {
    ask: (request) => store.ask(request),
    end() {
      life.abort();
      dockHeight.disconnect();
      store.destroy();
    },
  };
}
