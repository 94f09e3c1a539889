import fc from 'fast-check';

/** Cases for each parser: 2,000 in every run; `FUZZ=1000000` for the long one. */
export const CASES = Number(process.env['FUZZ'] ?? 2000);
/** A million cases take their time; a hang is caught by each case's own limit. */
export const PATIENCE_MS = CASES > 2000 ? 24 * 3_600_000 : 120_000;
/** Share of the cases that one of several properties over the same parser makes. */
export const share = (of: number): { numRuns: number } => ({ numRuns: Math.max(1, Math.ceil(CASES / of)) });

/** Characters that parsers of ids, tokens and files have feelings about. */
const EDGY = [
  ...Array.from('%+-/_=:.,;~ \n\t\r\0"\'{}[]&*!|>#<\\'),
  '\u00a0',
  'ı',
  'ß',
  'İ',
  'é',
  '\u2028',
  '😀',
  '\ud800',
  '%2B',
  '%25',
  '%00',
  'A',
  'z',
  '0',
];
const piece = fc.oneof(
  fc.constantFrom(...EDGY),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ maxLength: 12 }),
);

const edit: fc.Arbitrary<(text: string) => string> = fc
  .record({
    how: fc.constantFrom(
      'replace',
      'insert',
      'delete',
      'cut',
      'repeat',
      'swap',
      'flip',
      'escape',
      'append',
      'prepend',
      'case',
    ),
    at: fc.nat(1_000_000),
    length: fc.integer({ min: 1, max: 40 }),
    piece,
  })
  .map(({ how, at: place, length, piece: put }) => (text: string) => {
    const at = text.length ? place % text.length : 0;
    const [before, middle, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
    switch (how) {
      case 'replace':
        return before + put + text.slice(at + 1);
      case 'insert':
        return before + put + text.slice(at);
      case 'delete':
        return before + after;
      case 'cut':
        return before;
      case 'repeat':
        return before + middle + middle + after;
      case 'swap':
        return before + after + middle;
      case 'flip':
        return before + String.fromCharCode((text.charCodeAt(at) || 65) ^ (1 << (length % 7))) + text.slice(at + 1);
      case 'escape':
        return before + encodeURIComponent(wellFormed(middle)) + after;
      case 'append':
        return text + put;
      case 'prepend':
        return put + text;
      default:
        return before + (length % 2 ? middle.toUpperCase() : middle.toLowerCase()) + after;
    }
  });

/** The text with one to four things done to it; sometimes nothing, and sometimes it is another text altogether. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: 4 }))
        .map(([text, edits]) => edits.reduce((now, one) => one(now), text)),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 600 }) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    },
  );

const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
