import { BookingFormElement } from '../booking-form/booking-form.ts';
import { CartSummaryElement } from '../cart-summary/cart-summary.ts';
import { SeatCardElement } from '../seat-card/seat-card.ts';
import { buttons } from '../styles/buttons.ts';
import { styles } from './choosing.styles.ts';

export { headOf, renderDock, renderInstead, renderInsteadOfMap, renderRail } from './parts.ts';
export { startSession } from './session.ts';

/*
 * The panel's second file: all that is not on the first picture. It comes when the map is drawn, or when the opening
 * failed: rail and dock, every state that stands in the way, and the session that turns requests into calls.
 */

const tags: [string, CustomElementConstructor][] = [
  ['dc-seat-card', SeatCardElement],
  ['dc-cart-summary', CartSummaryElement],
  ['dc-booking-form', BookingFormElement],
];

for (const [tag, element] of tags) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

/** For the panel's own root. */
export const sheets = [buttons, styles].map(({ styleSheet }) => styleSheet!);
