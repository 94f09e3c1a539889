import { html, nothing, type TemplateResult } from 'lit';
import type { Purchase, PurchaseItem, Segment } from '../../server/wire/panel.ts';
import { travellerOf } from '../state/panel-model.ts';
import { seatAt } from '../state/seats.ts';
import { icon } from '../styles/icons.ts';
import type { Message } from '../styles/state-message.ts';
import { documentsText } from './documents.ts';
import { button } from './message-page.ts';
import { chargedOf, isConfirmed, type PayingView } from './paying-view.ts';

/** The end that everybody hopes for: a pass a flight, the receipt, a way to print it. */
export function renderDonePage(view: PayingView, message: Message): TemplateResult {
  const { state, speech, level, ask } = view;
  const { buttons } = speech.payment;
  return html`<div class="done">
    <div class="yes">
      <span class="ring">${icon('check')}</span>
      <div class="heading" role="heading" aria-level=${Math.max(level - 1, 2)} tabindex="-1">${message.heading}</div>
      <p>${message.body}</p>
    </div>
    <ul class="passes">
      ${state.opened?.segments.map((segment) => renderPass(view, segment))}
    </ul>
    ${renderReceipt(view)}
    <div class="stack">
      ${button(buttons.print, 'plain', () => window.print())}
      <button type="button" class="link" @click=${() => ask({ name: 'see-seats', what: {} })}>${buttons.seeMap}</button>
    </div>
  </div>`;
}

function renderPass(view: PayingView, segment: Segment): TemplateResult | typeof nothing {
  const { paying, speech, level } = view;
  const items = paying.purchase?.items.filter((item) => item.pick.segment === segment.id && isConfirmed(item)) ?? [];
  if (!items.length) return nothing;
  const { from, to, departs, flight } = segment;
  return html`<li part="pass" class="pass">
    <div class="route" role="heading" aria-level=${level}>
      ${from.city ?? from.code}${icon('arrow')}<span class="sr"> ${speech.words.arrow} </span>${to.city ?? to.code}
    </div>
    <p>${speech.day(departs)}, ${departs.slice(11, 16)} · ${flight}</p>
    <ul>
      ${items.map((item) => renderPassenger(view, item))}
    </ul>
  </li>`;
}

function renderPassenger({ state, speech }: PayingView, { pick }: PurchaseItem): TemplateResult {
  const { places } = speech.more.card;
  const traveller = travellerOf(state, pick.traveller);
  const seat = seatAt(state.maps[pick.segment], pick.designator)?.seat;
  const place = (['W', 'A', '9'] as const).find((code) => seat?.c?.includes(code));
  const facts = [place && places[place], traveller?.lap && speech.payment.onLap(traveller.lap)].filter(Boolean);
  return html`<li>
    <span part="badge" class="badge you" aria-hidden="true">${traveller?.initials}</span>
    <span>${traveller?.name}${facts.length ? html`<small>${facts.join(' · ')}</small>` : nothing}</span>
    <strong class="num">${pick.designator}</strong>
  </li>`;
}

/** What was paid, by which means, and what proves it. */
export function renderReceipt({ paying, speech, level }: PayingView): TemplateResult | typeof nothing {
  const { purchase } = paying;
  if (!purchase) return nothing;
  const { receipt } = speech.payment;
  return html`<div part="receipt" class="receipt">
    <div class="receipt-title" role="heading" aria-level=${level}>${receipt.heading}</div>
    <dl>
      ${linesOf(purchase, speech).map(
        ([name, text]) =>
          html`<div>
            <dt>${name}</dt>
            <dd class="num ${text.length > 24 ? 'long' : ''}">${text}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}

function linesOf(purchase: Purchase, { payment, sum }: PayingView['speech']): [name: string, text: string][] {
  const { receipt } = payment;
  const got = purchase.items.filter(isConfirmed);
  const means = purchase.payment?.means;
  const documents = got.flatMap(({ document }) => document ?? []);
  return [
    [receipt.seats(got.length), sum(chargedOf(purchase))],
    ...(purchase.refunded ? [[receipt.refunded, sum(purchase.refunded)] as [string, string]] : []),
    ...(means ? [[receipt.means, receipt.ending(means.brand, means.last4)] as [string, string]] : []),
    ...(documents.length ? [[receipt.documents, documentsText(documents)] as [string, string]] : []),
    [receipt.reference, purchase.transaction],
  ];
}
