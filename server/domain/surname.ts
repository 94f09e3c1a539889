/** Letters that no normal form takes apart, as GDSs write them. */
const LETTERS: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  Ħ: 'H',
  Ŧ: 'T',
  ẞ: 'SS',
};

/** The other way to write some of them: an airline books MÜLLER as MULLER or as MUELLER, and the traveller types either. */
const EXPANDED: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Å: 'AA', Ø: 'OE' };

/** How many characters are compared: more than any surname has, however it is written out. */
const COMPARED = 256;

/**
 * Whether the typed surname is that of any of these people. Case, accents, hyphens, apostrophes, spaces and the usual
 * transliterations do not count; everything else does: part of a surname does not match.
 *
 * All names are compared to the end, character by character, so that the time taken says nothing about how near a guess was.
 */
export function surnameMatches(typed: string, surnames: readonly string[]): boolean {
  const guesses = surnameKeys(typed);
  let matches = 0;
  for (const surname of surnames) {
    for (const key of surnameKeys(surname)) for (const guess of guesses) matches |= equal(guess, key);
  }
  return matches === 1;
}

/** The two spellings under which a surname is compared: accents dropped, and accents written out. */
function surnameKeys(text: string): [string, string] {
  const upper = text.normalize('NFKC').toUpperCase().normalize('NFC');
  return [lettersOf(upper), lettersOf(upper.replace(/[ÄÖÜÅØ]/g, (letter) => EXPANDED[letter]!))];
}

const lettersOf = (upper: string): string =>
  upper
    .replace(/[ÆŒØŁĐÐÞĦŦẞ]/g, (letter) => LETTERS[letter]!)
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** 1 when both are the same and not empty. Takes the same time for any two texts. */
function equal(left: string, right: string): 0 | 1 {
  let difference = left.length ^ right.length;
  for (let index = 0; index < COMPARED; index++) {
    difference |= (left.charCodeAt(index) || 0) ^ (right.charCodeAt(index) || 0);
  }
  return difference === 0 && left.length > 0 ? 1 : 0;
}
