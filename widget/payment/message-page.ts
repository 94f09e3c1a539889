import { html, nothing, type TemplateResult } from 'lit';
import type { PurchaseItem } from '../../server/wire/panel.ts';
import { firstName } from '../state/names.ts';
import { nearestSeat } from '../state/nearest-seat.ts';
import { segmentOf, travellerOf } from '../state/panel-model.ts';
import type { LostPick } from '../state/paying.ts';
import type { Asked } from '../state/requests.ts';
import type { SeatPlace } from '../state/seats.ts';
import { icon, type IconName } from '../styles/icons.ts';
import { renderMessage, type Message } from '../styles/state-message.ts';
import { isConfirmed, type PayingView } from './paying-view.ts';

/** Every state of a purchase that is neither the pay page nor the receipt: what happened, and at most two ways on. */
export function renderMessagePage(view: PayingView, message: Message): TemplateResult {
  const { paying, level } = view;
  const { page } = paying;
  if (page === 'lost') return renderLost(view, message);
  return html`${renderMessage(message, level, actionsOf(view), [renderList(view), renderBar(view)])}`;
}

const bars = new Set(['starting', 'pending', 'confirming', 'ending', 'checking']);

function renderBar({ paying, speech }: PayingView): unknown {
  if (!bars.has(paying.page)) return nothing;
  return html`<div class="bar" aria-hidden="true"><i></i></div>
    ${paying.problem ? html`<p class="fine">${speech.payment.lostTouch}</p>` : nothing}`;
}

function renderList(view: PayingView): unknown {
  const { purchase, page } = view.paying;
  if (!purchase) return nothing;
  if (page === 'price')
    return html`<ul class="split">
      ${purchase.items.map((item) => renderPrice(view, item))}
    </ul>`;
  if (page !== 'confirming' && page !== 'partly') return nothing;
  return html`<ul class="split">
    ${purchase.items.map((item) => renderItem(view, item))}
  </ul>`;
}

function renderPrice({ state, speech }: PayingView, { pick, price, was }: PurchaseItem): TemplateResult {
  const old =
    was === undefined || was === price
      ? nothing
      : html`<span class="was"><span class="sr">${speech.payment.was} </span>${speech.sum(was)}</span>`;
  return html`<li>
    <span class="grow num"><b>${pick.designator}</b> · ${travellerOf(state, pick.traveller)?.name}</span>
    <span class="amount num">${old}${speech.sum(price)}</span>
  </li>`;
}

const marks: Record<PurchaseItem['state'], [tone: string, icon: IconName]> = {
  pending: ['wait', 'clock'],
  confirmed: ['ok', 'check'],
  failed: ['no', 'close'],
  cancelled: ['no', 'close'],
};

/** One seat of a purchase under way or partly got: whose, and where it stands. */
function renderItem(
  { state, paying, speech }: PayingView,
  { pick, price, state: stands }: PurchaseItem,
): TemplateResult {
  const { payment: words, sum } = speech;
  const flight = segmentOf(state, pick.segment)?.flight ?? '';
  const name = travellerOf(state, pick.traveller)?.name ?? '';
  const isOver = paying.page === 'partly';
  const amount = stands === 'confirmed' ? price : 0;
  const note = stands === 'confirmed' || stands === 'pending' ? '' : ` · ${words.notCharged}`;
  const [tone, mark] = marks[stands];
  return html`<li>
    <span class="stand ${tone}">${icon(mark)}</span>
    <span class="grow"
      ><span class="num">${flight} · ${pick.designator}</span
      ><small>${stands === 'pending' ? words.confirmingSeat(pick.designator) : `${name}${note}`}</small></span
    >
    ${isOver ? html`<span class="amount num">${sum(amount)}</span>` : nothing}
  </li>`;
}

/** Seats that somebody else was faster to take: another one like it, or on with the rest. */
function renderLost(view: PayingView, message: Message): TemplateResult {
  const { state, paying, speech, level, ask } = view;
  const { payment: words } = speech;
  const [first] = paying.lost;
  const like = first && paying.lost.length === 1 ? alike(view, first) : null;
  const total = paying.purchase?.total ?? state.kept.total;
  const actions = [
    first && like
      ? button(words.buttons.takeInstead(like.designator), '', () =>
          ask({
            name: 'take-instead',
            what: { traveller: first.traveller, segment: first.segment, designator: like.designator },
          }),
        )
      : state.picks.length
        ? button(words.buttons.others(speech.sum(total)), '', () => ask({ name: 'accept-price', what: null }))
        : nothing,
    button(words.buttons.seeMap, first && (like || state.picks.length) ? 'plain' : '', () =>
      ask({ name: 'back-to-seats', what: null }),
    ),
  ];
  const text = first && like ? ` ${words.alike(like.designator, factsOf(like, first, view))}` : '';
  return renderMessage({ ...message, body: message.body + text }, level, actions);
}

function alike({ state }: PayingView, lost: LostPick): SeatPlace | null {
  // Before the map is read anew it does not know what else went.
  if (state.stale.includes(lost.segment)) return null;
  return nearestSeat(state.maps[lost.segment], {
    designator: lost.designator,
    price: lost.price,
    traveller: state.opened?.travellers.findIndex(({ id }) => id === lost.traveller) ?? -1,
    hasAssent: state.assents.includes(lost.traveller),
    taken: new Set(state.picks.filter(({ segment }) => segment === lost.segment).map(({ designator }) => designator)),
  });
}

/** "window, extra legroom, €32". */
function factsOf({ seat }: SeatPlace, { price }: LostPick, { speech }: PayingView): string {
  const { places, facts } = speech.more.card;
  const place = (['W', 'A', '9'] as const).find((code) => seat.c?.includes(code));
  const gains = facts.filter(([code, tone]) => tone === 'gain' && seat.c?.includes(code)).map(([, , text]) => text);
  return [
    ...[place ? places[place] : '', ...gains].filter(Boolean).map((text) => text.toLowerCase()),
    speech.price(price),
  ].join(', ');
}

function actionsOf(view: PayingView): unknown {
  const { paying, speech, ask } = view;
  const { buttons } = speech.payment;
  const asks = (text: string, kind: '' | 'plain', request: Asked) => button(text, kind, () => ask(request));
  const seats = (text: string, kind: '' | 'plain' = '') => asks(text, kind, { name: 'see-seats', what: {} });
  const back = (text: string) => asks(text, 'plain', { name: 'back-to-seats', what: null });
  switch (paying.page) {
    case 'not-started': {
      const isLasting = paying.problem?.code === 'payment_not_offered';
      return [isLasting ? nothing : asks(buttons.tryAgain, '', { name: 'try-again', what: null }), back(buttons.back)];
    }
    case 'price':
      return [
        asks(buttons.accept(speech.sum(paying.purchase?.total ?? 0)), '', { name: 'accept-price', what: null }),
        back(buttons.chooseOther),
      ];
    case 'bank':
      return [
        paying.purchase?.payment?.field ? asks(buttons.withBank, '', { name: 'resume-payment', what: null }) : nothing,
        asks(paying.doing === 'leave' ? buttons.cancelling : buttons.cancel, 'plain', {
          name: 'leave-payment',
          what: null,
        }),
      ];
    case 'partly':
      return partlyActions(view);
    case 'failed':
      return seats(buttons.chooseOthers);
    case 'expired':
      return [asks(buttons.startAgain, '', { name: 'start-again', what: null }), seats(buttons.seeMap, 'plain')];
    case 'refunded':
      return seats(buttons.seeMap, 'plain');
    default:
      return null;
  }
}

function partlyActions({ state, paying, speech, ask }: PayingView): unknown {
  const { buttons } = speech.payment;
  const missing = paying.purchase?.items.filter((item) => !isConfirmed(item)) ?? [];
  const travellers = [...new Set(missing.map(({ pick }) => pick.traveller))];
  const names = travellers.flatMap((id) => travellerOf(state, id) ?? []).map(firstName);
  const segment = missing[0]?.pick.segment;
  return [
    button(buttons.chooseFor(speech.list(names)), '', () =>
      ask({ name: 'see-seats', what: segment === undefined ? {} : { segment } }),
    ),
    button(buttons.print, 'plain', () => window.print()),
  ];
}

export function button(text: string, kind: '' | 'plain', onPress: () => void): TemplateResult {
  return html`<button type="button" part="button" class="button ${kind}" @click=${onPress}>${text}</button>`;
}
