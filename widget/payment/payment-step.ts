import { html, type TemplateResult } from 'lit';
import type { Opened } from '../../server/wire/panel.ts';
import { enPayment } from '../messages/en-payment.ts';
import type { MoreSpeech } from '../messages/message.ts';
import type { PaymentSpeech } from '../messages/payment-words.ts';
import type { PanelState } from '../state/panel-model.ts';
import { PayingStore, type PayingHost } from '../state/paying-store.ts';
import type { Paying, PayingPage } from '../state/paying.ts';
import type { Asked } from '../state/requests.ts';
import { renderDonePage, renderReceipt } from './done-page.ts';
import { readLook } from './field-look.ts';
import { renderMessagePage } from './message-page.ts';
import { pageMessage, payNotice } from './messages.ts';
import { renderBack, renderPayPage, renderSeats } from './pay-page.ts';
import type { PayingView } from './paying-view.ts';
import { FieldPlace } from './place.ts';
import { StripeField } from './stripe.ts';
import { styles } from './payment-step.styles.ts';

/*
 * The panel's third file: from "Continue to payment" to the receipt. It comes when there is a purchase, and brings no SDK:
 * that is the gateway's own and is loaded from there.
 */

export { PayingStore };

/** For the panel's own root. */
export const sheets = [styles.styleSheet!];

/** What the panel gives a purchase besides its calls. */
export type StepHost = Omit<PayingHost, 'field' | 'isHidden' | 'newKey'> & {
  panel: HTMLElement;
  payment: Opened['payment'];
  locale: string;
};

/** Drives one purchase on this panel; begins or goes on at once. */
export function startPaying(paying: Paying, host: StepHost): PayingStore {
  const { panel, payment, locale, clock } = host;
  const place = new FieldPlace(panel);
  const field = new StripeField({
    publicKey: payment?.public_key ?? '',
    script: payment?.script,
    locale,
    clock,
    place: () => place.put(),
    look: () => readLook(panel.shadowRoot!),
    clear: () => place.clear(),
  });
  return new PayingStore(paying, {
    ...host,
    field,
    newKey: () => crypto.randomUUID(),
    isHidden: () => document.hidden,
  });
}

let lastSpeech: MoreSpeech | undefined;
let lastPayment: PaymentSpeech | undefined;

/** The same object for the same speech, so that no element draws itself anew for it. */
function spoken(speech: MoreSpeech): PaymentSpeech {
  if (speech === lastSpeech && lastPayment) return lastPayment;
  const clock = new Intl.DateTimeFormat(speech.locale, { hour: '2-digit', minute: '2-digit' });
  lastSpeech = speech;
  return (lastPayment = { ...speech, payment: enPayment, time: (instant) => clock.format(new Date(instant)) });
}

/** Everything below the head, while there is a purchase. */
export function renderPaying(
  state: PanelState,
  paying: Paying,
  more: MoreSpeech,
  level: number,
  ask: (request: Asked) => void,
): TemplateResult {
  const view: PayingView = { state, paying, speech: spoken(more), level, ask };
  const message = pageMessage(paying, state, view.speech);
  if (!message) return html`<div part="body" class="paying two">${renderPayPage(view)}</div>`;
  if (paying.page === 'done') return html`<div part="body" class="paying">${renderDonePage(view, message)}</div>`;
  if (paying.page === 'starting' || paying.page === 'not-started') {
    return html`<div part="body" class="paying two">
      <div class="pay">${paying.page === 'starting' ? renderBack(view) : ''} ${renderMessagePage(view, message)}</div>
      ${renderSeats(view)}
    </div>`;
  }
  if (paying.page === 'partly') {
    return html`<div part="body" class="paying two">${renderMessagePage(view, message)} ${renderReceipt(view)}</div>`;
  }
  return html`<div part="body" class="paying">${renderMessagePage(view, message)}</div>`;
}

const ended = new Set<PayingPage>(['partly', 'failed', 'expired', 'refunded', 'checking']);

export interface Head {
  title: string;
  line: string;
  /** Which of the three steps, from 0. */
  at: number;
}

/** The head over a purchase; null: the page has one of its own. */
export function headOf(state: PanelState, paying: Paying, more: MoreSpeech): Head | null {
  if (paying.page === 'done') return null;
  const { payment: words, sum } = spoken(more);
  const { purchase } = paying;
  const items = purchase?.items.map(({ pick }) => pick) ?? state.picks;
  const flights = new Set(items.map(({ segment }) => segment)).size;
  const total = purchase?.total ?? state.kept.total;
  const locator = state.opened?.record_locator ?? '';
  if (ended.has(paying.page)) return { title: words.yourSeats, line: locator, at: paying.page === 'partly' ? 2 : 1 };
  return {
    title: words.heading,
    line: words.line(locator, items.length, flights, sum(total)),
    at: 1,
  };
}

/** What a screen reader hears after a change; empty: nothing. */
export function textToSay(next: PanelState, before: PanelState, more: MoreSpeech): string {
  const speech = spoken(more);
  const said = (state: PanelState) => {
    const { paying } = state;
    if (!paying) return '';
    const message = pageMessage(paying, state, speech) ?? payNotice(paying, speech);
    if (message) return `${message.heading}. ${message.body}`.trim();
    return paying.doing ? speech.payment.buttons.paying : speech.payment.heading;
  };
  const text = said(next);
  return text === said(before) ? '' : text;
}
