import type { Traveller } from './booking.ts';

/** Titles that GDSs append to given names ("JOHN MR"). */
const TITLES = new Set(['MR', 'MRS', 'MS', 'MISS', 'MSTR', 'DR', 'PROF', 'CHD', 'INF']);

/** What the browser may hear of a person: never the whole surname. */
export interface DisplayName {
  /** "María G." */
  name: string;
  /** "MG": drawn on the seat. */
  initials: string;
}

/**
 * Names for the travellers of one booking: given name and first letter of the surname; more letters, then a number, where two
 * would read alike. Initials are told apart by a number.
 * @returns by traveller id
 */
export function displayNames(
  travellers: readonly Pick<Traveller, 'id' | 'givenName' | 'surname'>[],
): Map<string, DisplayName> {
  const people = travellers.map((one) => ({
    id: one.id,
    given: givenName(one.givenName),
    surname: titleCase(one.surname),
  }));
  const names = new Map<string, DisplayName>();
  for (const person of people) {
    const namesakes = people.filter((one) => one.given === person.given);
    const twins = namesakes.filter((one) => one.surname === person.surname);
    const surname = shortest(
      person.surname,
      namesakes.filter((one) => !twins.includes(one)).map((one) => one.surname),
    );
    const number = twins.length > 1 ? String(twins.indexOf(person) + 1) : '';
    names.set(person.id, {
      name: [person.given, surname, number].filter(Boolean).join(' '),
      initials: initialsOf(person),
    });
  }
  const counts = new Map<string, number>();
  for (const { initials } of names.values()) counts.set(initials, (counts.get(initials) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const [id, one] of names) {
    if ((counts.get(one.initials) ?? 0) < 2) continue;
    const nth = (seen.get(one.initials) ?? 0) + 1;
    seen.set(one.initials, nth);
    names.set(id, { ...one, initials: `${one.initials[0]}${nth}` });
  }
  return names;
}

/** A given name as people write it: "MARÍA JOSÉ MRS" becomes "María José". */
export function givenName(text: string): string {
  const words = text.trim().split(/\s+/).filter(Boolean);
  while (words.length > 1 && TITLES.has(words.at(-1)!.toUpperCase())) words.pop();
  return titleCase(words.join(' '));
}

/** As few letters of the surname as tell it from the others, with a point; all of it where fewer do not. */
function shortest(surname: string, others: readonly string[]): string {
  const letters = Array.from(surname);
  for (let length = 1; length < letters.length; length++) {
    const start = letters.slice(0, length).join('');
    if (!others.some((one) => one.startsWith(start))) return `${start}.`;
  }
  return surname;
}

const titleCase = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/(^|[\s\-'’.])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());

const initialsOf = ({ given, surname }: { given: string; surname: string }): string =>
  [given, surname]
    .map((part) => /\p{L}/u.exec(part)?.[0] ?? '')
    .join('')
    .toUpperCase() || '?';
