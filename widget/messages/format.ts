/** Made once a locale: the first formatters of a page are slow on a cold machine. */
const days: Record<string, Intl.DateTimeFormat> = {};

/** "Tue 9 Mar" of an airport-local time ("2026-03-09T07:35"): the wall clock as it stands, in no zone of the reader's. */
export function dayText(locale: string, local: string): string {
  days[locale] ??= new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return days[locale].format(new Date(`${local.slice(0, 10)}T12:00Z`)).replace(',', '');
}

/**
 * The locale for words of `language`: the one asked for if it is of that language, else the language with the region that
 * was asked for, so that an English panel on a German page writes English months and not a mixture of both.
 */
export function localeFor(language: string, asked: string): string {
  try {
    const locale = new Intl.Locale(asked);
    return locale.language === language ? asked : `${language}-${locale.maximize().region}`;
  } catch {
    return language;
  }
}
