import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { MoreSpeech } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { PanelRequest } from '../state/requests.ts';
import { buttons } from '../styles/buttons.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './booking-form.styles.ts';

/**
 * `<dc-booking-form>`: booking reference and last name, to look again. What is missing is said at its field, and the
 * focus goes there.
 *
 * Asks `find-booking`. Parts: `form`, `field`, `button`.
 */
export class BookingFormElement extends LitElement {
  static override styles = [controls, buttons, styles];
  static override properties = {
    speech: given,
    recordLocator: given,
    lastName: given,
    busy: given,
    missing: { state: true },
  };

  speech!: MoreSpeech;
  /** What was looked for last. */
  recordLocator = '';
  lastName = '';
  /** It is being looked for. */
  busy = false;

  private missing: 'recordLocator' | 'lastName' | null = null;

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    const read = (name: string) =>
      this.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? '';
    const recordLocator = read('recordLocator').toUpperCase();
    const lastName = read('lastName');
    this.missing = recordLocator ? (lastName ? null : 'lastName') : 'recordLocator';
    if (this.missing) this.renderRoot.querySelector<HTMLElement>(`[name=${this.missing}]`)?.focus();
    else this.dispatchEvent(new PanelRequest('find-booking', { recordLocator, lastName }));
  }

  protected override render(): TemplateResult {
    const { buttons } = this.speech.more;
    return html`<form part="form" novalidate @submit=${this.#onSubmit}>
      ${this.#renderField('recordLocator', this.recordLocator)}${this.#renderField('lastName', this.lastName)}
      <button part="button" class="button" aria-disabled=${this.busy || nothing}>
        ${this.busy ? buttons.finding : buttons.findBooking}
      </button>
    </form>`;
  }

  #renderField(name: 'recordLocator' | 'lastName', value: string): TemplateResult {
    const { states } = this.speech.more;
    const isMissing = this.missing === name;
    return html`<label part="field">
      <span>${states[name]}</span>
      <input
        name=${name}
        .value=${value}
        maxlength=${name === 'recordLocator' ? 40 : 100}
        autocomplete=${name === 'lastName' ? 'family-name' : 'off'}
        autocapitalize=${name === 'lastName' ? 'words' : 'characters'}
        autocorrect="off"
        spellcheck="false"
        aria-required="true"
        aria-invalid=${isMissing || nothing}
        aria-describedby=${isMissing ? 'missing' : nothing}
      />
      ${isMissing ? html`<em id="missing">${states.missing[name]}</em>` : nothing}
    </label>`;
  }
}
