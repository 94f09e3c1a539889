import { html, nothing, type TemplateResult } from 'lit';
import { isBusy } from '../state/paying.ts';
import { icon } from '../styles/icons.ts';
import { renderMessage } from '../styles/state-message.ts';
import { payNotice } from './messages.ts';
import { deadline, type PayingView } from './paying-view.ts';

/** Field, button and what stands around them: the step at which the traveller pays, or takes what is free. */
export function renderPayPage(view: PayingView): TemplateResult {
  const { paying, speech } = view;
  const { payment: words } = speech;
  const isPaid = (paying.purchase?.total ?? 0) > 0;
  const time = deadline(paying.purchase, speech);
  return html`<div class="pay" role="group" aria-label=${words.name}>
      ${renderBack(view)} ${renderNotice(view)} ${isPaid ? renderField(view) : nothing} ${renderButton(view)}
      <p class="fine lockline">
        ${icon(isPaid ? 'lock' : 'check')}
        <span>${isPaid ? words.charges(view.state.opened?.brand.name ?? '') : words.free}</span>
      </p>
      ${renderLegal(view)}
    </div>
    ${renderSeats(view, time ? html`<p class="fine">${words.payBy(time)}</p>` : nothing)}`;
}

export function renderBack({ paying, speech, ask }: PayingView): TemplateResult {
  const isLocked = isBusy(paying);
  const go = () => {
    if (!isLocked) ask({ name: 'back-to-seats', what: null });
  };
  return html`<button type="button" part="button" class="back" aria-disabled=${isLocked || nothing} @click=${go}>
    ${icon('back')}${speech.payment.buttons.back}
  </button>`;
}

function renderNotice({ paying, speech }: PayingView): TemplateResult | typeof nothing {
  const notice = payNotice(paying, speech);
  if (!notice) return nothing;
  return html`<div part="notice" class="notice ${notice.tone}">
    ${icon(notice.icon)}
    <p><b>${notice.heading}</b> ${notice.body}</p>
  </div>`;
}

/** The slot stays in its place whatever the field's state, so that the gateway's frame is never moved. */
function renderField(view: PayingView): TemplateResult {
  const { paying, speech, level, ask } = view;
  const { payment: words } = speech;
  const again = html`<button
    type="button"
    part="button"
    class="button"
    @click=${() => ask({ name: 'try-again', what: null })}
  >
    ${words.buttons.tryAgain}
  </button>`;
  const failed = { ...words.fieldFailed, icon: 'alert', tone: 'bad' } as const;
  const isLoading = paying.field === 'none' || paying.field === 'loading';
  return html`<div part="field" class="card-field" aria-busy=${isLoading || nothing}>
    ${paying.field === 'failed' ? renderMessage(failed, level, again) : nothing}
    ${isLoading ? html`<p class="waiting"><i></i><i></i><i></i><span class="sr">${words.fieldLoading}</span></p>` : nothing}
    <slot name="payment"></slot>
  </div>`;
}

function renderButton({ paying, speech, ask }: PayingView): TemplateResult {
  const { buttons } = speech.payment;
  const { purchase, doing, field } = paying;
  const total = purchase?.total ?? 0;
  const isOff = doing !== null || (total > 0 && field !== 'ready');
  const text = total > 0 ? buttons.pay(speech.sum(total)) : buttons.take;
  const busy = total > 0 ? buttons.paying : buttons.taking;
  const pay = () => {
    if (!isOff) ask({ name: 'pay', what: null });
  };
  return html`<button type="button" part="button" class="button go" aria-disabled=${isOff || nothing} @click=${pay}>
    ${doing ? html`<i class="spinner" aria-hidden="true"></i>${busy}` : text}
  </button>`;
}

function renderLegal({ state, speech }: PayingView): TemplateResult | typeof nothing {
  const { terms, privacy } = state.opened?.brand.links ?? {};
  const { legal } = speech.payment;
  const link = (url: string | undefined, text: string) =>
    url && /^https?:/.test(url)
      ? html`<a href=${url} target="_blank" rel="noopener noreferrer"
          >${text}<span class="sr">, ${legal.opens}</span></a
        >`
      : nothing;
  return terms || privacy
    ? html`<p class="fine legal">${link(terms, legal.terms)} ${link(privacy, legal.privacy)}</p>`
    : nothing;
}

/** The seats again, as the purchase has them. `more`: below the total. */
export function renderSeats({ state, paying, speech, level }: PayingView, more: unknown = nothing): TemplateResult {
  const { purchase } = paying;
  const picks = purchase?.items.map(({ pick, price }) => ({ ...pick, price })) ?? state.picks;
  const kept = purchase ? { ...state.kept, picks, total: purchase.total } : state.kept;
  return html`<div class="seats">
    <dc-cart-summary
      data-lit
      exportparts="summary, total, badge"
      .speech=${speech}
      .state=${{ ...state, picks, kept, end: 'kept' }}
      .level=${level}
      >${more}</dc-cart-summary
    >
  </div>`;
}
