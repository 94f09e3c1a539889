import { html, nothing, type TemplateResult } from 'lit';
import { enMore } from '../messages/en-more.ts';
import type { MoreSpeech, Speech } from '../messages/message.ts';
import { nextSegment } from '../state/next-segment.ts';
import { isAllTaken, segmentOf, type PanelState, type Trouble } from '../state/panel-model.ts';
import type { Paying } from '../state/paying.ts';
import { icon } from '../styles/icons.ts';
import { renderMessage, type Message } from '../styles/state-message.ts';
import { endMessage, lineOf, noMapMessage, troubleMessage } from './messages.ts';
import { saidText } from './said.ts';
import { paymentFile } from './payment-file.ts';
import type { Head, PanelView } from './view.ts';

/** English only: `speech` decides which table once there is another one. */
function moreOf(speech: Speech): MoreSpeech {
  const lists = new Intl.ListFormat(speech.locale, { type: 'conjunction' });
  return { ...speech, more: enMore, list: (names) => lists.format(names) };
}

let lastSpeech: Speech | undefined;
let lastMore: MoreSpeech | undefined;

/** The same object for the same speech, so that no element draws itself anew for it. */
function spoken(speech: Speech): MoreSpeech {
  if (speech !== lastSpeech || !lastMore) lastMore = moreOf((lastSpeech = speech));
  return lastMore;
}

/** What stands in the place of everything below the head; null: nothing does. */
export function renderInstead(view: PanelView): TemplateResult | null {
  const { state } = view;
  if (state.trouble) return html`<div part="body" class="stage">${renderTrouble(view, state.trouble)}</div>`;
  if (!state.opened) return null;
  if (state.paying) return renderPurchase(view, state.paying);
  if (state.review) return renderReview(view);
  if (!state.end) return null;
  const back = renderButton(spoken(view.speech).more.buttons.backToSeats, 'plain', () =>
    view.ask({ name: 'back-to-seats', what: null }),
  );
  return html`<div part="body" class="end">
    ${renderMessage(endMessage(state, spoken(view.speech)), view.level, back)}
    ${
      state.end === 'kept'
        ? html`<div class="rail"><slot name="payment"></slot>${renderSummary(view, false)}</div>`
        : nothing
    }
  </div>`;
}

/** What was chosen before, by itself. */
function renderReview(view: PanelView): TemplateResult {
  return html`<div part="body" class="review">${renderLine(view)}${renderSummary(view, false)}</div>`;
}

/** The pages of a purchase are the third file's; before it is there, or when it does not come, that is said. */
function renderPurchase(view: PanelView, paying: Paying): TemplateResult {
  const { state, level, ask } = view;
  const speech = spoken(view.speech);
  const file = paymentFile();
  if (file) return file.renderPaying(state, paying, speech, level, ask);
  const { states, buttons } = speech.more;
  if (!state.isFileMissing) {
    const bar = html`<div class="bar" aria-hidden="true"><i></i></div>`;
    return html`<div part="body">
      ${renderMessage({ ...states.fetchingPayment, icon: 'clock', tone: '' }, level, null, bar)}
    </div>`;
  }
  const actions = [
    renderButton(buttons.tryNow, '', () => ask({ name: 'try-again', what: null })),
    renderButton(buttons.backToSeats, 'plain', () => ask({ name: 'back-to-seats', what: null })),
  ];
  return html`<div part="body">
    ${renderMessage({ ...states.paymentMissing, icon: 'alert', tone: 'bad' }, level, actions)}
  </div>`;
}

/** The head over what was chosen before, or over a purchase; null: it has one of its own. */
export function headOf(state: PanelState, plain: Speech): Head | null {
  const { words } = plain;
  const file = paymentFile();
  if (!state.paying) return { title: spoken(plain).more.summary.review, line: bookingLine(state, plain), at: 0 };
  if (file) return file.headOf(state, state.paying, spoken(plain));
  return { title: words.heading, line: state.opened?.record_locator ?? '', at: 1 };
}

function bookingLine({ opened }: PanelState, { words }: Speech): string {
  if (!opened) return '';
  const { record_locator: locator, travellers } = opened;
  return words.booking(locator, travellers.length, travellers.filter(({ lap }) => lap).length);
}

/** What stands in the place of the shown map; null: nothing does. */
export function renderInsteadOfMap(view: PanelView): TemplateResult | null {
  const { state, level, ask } = view;
  const speech = spoken(view.speech);
  const message = mapMessage(state, speech);
  if (!message || !state.opened) return null;
  if (state.mapTrouble) return renderMessage(message, level, renderTroubleActions(view, state.mapTrouble));
  const next = nextSegment(state);
  const forward =
    next &&
    renderButton(speech.more.buttons.nextFlight, '', () => ask({ name: 'show-segment', what: { segment: next.id } }));
  // With seats on another flight the way on is to pay for them.
  return renderMessage(message, level, [forward ?? nothing, state.picks.length ? nothing : renderWithout(view)]);
}

/** Whether what stands in the map's place has the ways on: said a second time, in rail or dock, they would only be more to read. */
const hasWaysOn = ({ state, speech }: PanelView): boolean =>
  !state.picks.length && !state.end && mapMessage(state, spoken(speech)) !== null;

/** Beside the map where there is room, below it elsewhere. */
export function renderRail(view: PanelView, hasMap: boolean): TemplateResult {
  const line = renderLine(view);
  return html`<div class="rail-in">
    ${line === nothing ? nothing : html`<div class="wide">${line}</div>`}
    ${hasMap ? html`<div class="wide">${renderCard(view, false)}</div>` : nothing} ${renderSummary(view, false)}
  </div>`;
}

/** Stays at the lower edge of the window where there is no room for the rail; null: it has nothing to say. */
export function renderDock(view: PanelView, hasMap: boolean): TemplateResult | null {
  if (hasWaysOn(view)) return null;
  return html`${renderLine(view)} ${hasMap ? renderCard(view, true) : nothing} ${renderSummary(view, true)}`;
}

/** What a screen reader hears after a change; empty: nothing. */
export function textToSay(next: PanelState, before: PanelState, plain: Speech): string {
  const speech = spoken(plain);
  if (next.paying || (before.paying && !next.notice)) {
    const text = paymentFile()?.textToSay(next, before, speech);
    if (text) return text;
  }
  if (next.paying && !next.isFileMissing) return '';
  if (next.saying && next.saying !== before.saying) return saidText(next.saying, next, speech);
  const line = lineOf(next, speech);
  if (line && line.heading !== lineOf(before, speech)?.heading) return `${line.heading} ${line.body}`;
  const message = messageOf(next, speech);
  if (!message || message.heading === messageOf(before, speech)?.heading) return '';
  return `${message.heading}. ${message.body}`;
}

function messageOf(state: PanelState, speech: MoreSpeech): Message | null {
  if (state.trouble) return troubleMessage(state.trouble, speech);
  if (state.paying) return { ...speech.more.states.paymentMissing, icon: 'alert', tone: 'bad' };
  return state.end ? endMessage(state, speech) : mapMessage(state, speech);
}

function mapMessage(state: PanelState, speech: MoreSpeech): Message | null {
  const segment = segmentOf(state);
  if (state.mapTrouble) return troubleMessage(state.mapTrouble, speech);
  return segment && (segment.no_map || isAllTaken(state)) ? noMapMessage(segment, speech) : null;
}

function renderTrouble(view: PanelView, trouble: Trouble): TemplateResult {
  const { level, booking, canFind } = view;
  const speech = spoken(view.speech);
  const isForm = canFind && ['booking_not_found', 'invalid_request', 'link_not_valid'].includes(trouble.code);
  const actions = isForm
    ? html`<dc-booking-form
        data-lit
        exportparts="form, field, button"
        .speech=${speech}
        .recordLocator=${booking.recordLocator}
        .lastName=${booking.lastName}
        .busy=${trouble.left === 0}
      ></dc-booking-form>`
    : renderTroubleActions(view, trouble);
  return renderMessage(troubleMessage(trouble, speech, canFind), level, actions);
}

function renderTroubleActions(view: PanelView, { code, left }: Trouble): unknown {
  const { buttons } = spoken(view.speech).more;
  const again = (text: string) =>
    renderButton(left === 0 ? buttons.trying : text, '', () => view.ask({ name: 'try-again', what: null }));
  if (code === 'client_outdated') return renderButton(buttons.reload, '', () => location.reload());
  if (code === 'session_over') return again(buttons.carryOn);
  if (code === 'offline' && left === null) return html`<div class="bar" aria-hidden="true"><i></i></div>`;
  return left === null ? null : [again(buttons.tryNow), renderWithout(view)];
}

function renderWithout(view: PanelView): TemplateResult {
  const { without } = spoken(view.speech).more.buttons;
  return renderButton(without, 'plain', () => view.ask({ name: 'continue', what: { to: 'without' } }));
}

function renderButton(text: string, kind: '' | 'plain', onPress: () => void): TemplateResult {
  return html`<button type="button" part="button" class="button ${kind}" @click=${onPress}>${text}</button>`;
}

function renderLine(view: PanelView): TemplateResult | typeof nothing {
  const speech = spoken(view.speech);
  const line = lineOf(view.state, speech);
  if (!line) return nothing;
  const canClose = view.state.online && !view.state.strain;
  return html`<div part="line" class="line">
    ${icon(line.icon)}
    <p><b>${line.heading}</b> ${line.body}</p>
    ${
      canClose
        ? html`<button
            type="button"
            aria-label=${speech.more.buttons.dismiss}
            @click=${() => view.ask({ name: 'dismiss', what: { what: 'notice' } })}
          >
            ${icon('close')}
          </button>`
        : nothing
    }
  </div>`;
}

function renderCard(view: PanelView, isCompact: boolean): TemplateResult {
  return html`<dc-seat-card
    data-lit
    exportparts="card"
    ?compact=${isCompact}
    .speech=${spoken(view.speech)}
    .state=${view.state}
  ></dc-seat-card>`;
}

function renderSummary(view: PanelView, isCompact: boolean): TemplateResult {
  const { state, speech, level } = view;
  return html`<dc-cart-summary
    data-lit
    exportparts="summary, total, badge, button"
    ?compact=${isCompact}
    ?bare=${hasWaysOn(view)}
    .speech=${spoken(speech)}
    .state=${state}
    .level=${level}
  ></dc-cart-summary>`;
}
