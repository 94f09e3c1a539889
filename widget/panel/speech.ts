import { en } from '../messages/en.ts';
import { dayText, localeFor } from '../messages/format.ts';
import type { Speech } from '../messages/message.ts';
import { amountText } from '../seat-map/amounts.ts';

/** English is the only language yet; numbers and dates follow the region that was asked for. */
export function speechFor(asked: string, currency: string): Speech {
  const locale = localeFor(en.language, asked);
  return {
    words: en,
    locale,
    currency,
    sum: (amountMinor) => amountText(amountMinor, currency, locale),
    price: (amountMinor) => (amountMinor ? amountText(amountMinor, currency, locale, true) : en.seat.free),
    day: (local) => dayText(locale, local),
  };
}
