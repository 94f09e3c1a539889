import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons.ts';

/** A state that stands where a part of the panel was: what happened, what it means, at most two ways on. */
export interface Message {
  heading: string;
  body: string;
  icon: IconName;
  /** Tells by the mark only: neutral, needs you, failed, done. */
  tone: '' | 'warn' | 'bad' | 'good';
}

/** `more`: what stands between the sentences and the ways on. */
export function renderMessage(message: Message, level: number, actions: unknown, more?: unknown): TemplateResult {
  return html`<div part="message" class="message ${message.tone}">
    <span class="mark">${icon(message.icon)}</span>
    <div class="heading" role="heading" aria-level=${level} tabindex="-1">${message.heading}</div>
    <p>${message.body}</p>
    ${more} ${actions ? html`<div class="actions">${actions}</div>` : nothing}
  </div>`;
}
