const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;

/** When a ULID was made, UTC milliseconds: its first ten characters. Source: ulid/spec. */
export const ulidTime = (ulid: string): number =>
  ulid
    .slice(0, TIME_DIGITS)
    .split('')
    .reduce((time, digit) => time * 32 + ALPHABET.indexOf(digit), 0);

/** The least ULID of an instant, so that ids can be asked for by time. */
export function firstUlidOf(time: number): string {
  let rest = Math.max(0, Math.floor(time));
  let text = '';
  for (let place = 0; place < TIME_DIGITS; place++) {
    text = ALPHABET[rest % 32]! + text;
    rest = Math.floor(rest / 32);
  }
  return text + '0'.repeat(16);
}
