/** Every GDS gives six letters and digits; longer ones are order ids of airlines' own systems. */
const RECORD_LOCATOR = /^[A-Z0-9]{6,8}$/;

/**
 * A GDS's record locator as it is asked for: upper case, without the white space that comes with copying.
 * @returns null when the text is none, so that no GDS is asked for it
 */
export function parseRecordLocator(text: string): string | null {
  const locator = text.replace(/\s+/g, '').toUpperCase();
  return RECORD_LOCATOR.test(locator) ? locator : null;
}
