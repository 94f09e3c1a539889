import { describe, expect, it } from 'vitest';
import { displayNames, givenName } from '../../../server/domain/display-name.ts';

const shown = (...people: [given: string, surname: string][]) =>
  [
    ...displayNames(
      people.map(([given, surname], index) => ({ id: String(index), givenName: given, surname })),
    ).values(),
  ].map(({ name, initials }) => `${name} ${initials}`);

describe('a traveller’s name on screen', () => {
  it('is the given name and one letter of the surname', () => {
    expect(shown(['JOHN', 'SMITH'], ['MARÍA', 'GARCÍA'])).toEqual(['John S. JS', 'María G. MG']);
  });

  it('takes more letters where two would read alike', () => {
    expect(shown(['ANNA', 'LINDQVIST'], ['ANNA', 'LOPEZ'])).toEqual(['Anna Li. A1', 'Anna Lo. A2']);
  });

  it('takes a number where the whole name is the same', () => {
    expect(shown(['JOHN', 'SMITH'], ['JOHN', 'SMITH'])).toEqual(['John S. 1 J1', 'John S. 2 J2']);
  });

  it('shows a surname whole only where it is the beginning of another', () => {
    expect(shown(['ANNA', 'LI'], ['ANNA', 'LIN'])).toEqual(['Anna Li A1', 'Anna Lin A2']);
  });

  it('drops titles and keeps hyphens, apostrophes and accents', () => {
    expect(givenName('JEAN-LUC MR')).toBe('Jean-Luc');
    expect(givenName("D'ARCY MRS")).toBe("D'Arcy");
    expect(givenName('DR')).toBe('Dr');
    expect(givenName('ÉLODIE ANNE')).toBe('Élodie Anne');
  });

  it('never shows a surname of more than one letter to a lone traveller', () => {
    expect(shown(['<IMG SRC=X>', 'OKAFOR'])[0]).toMatch(/ O\. /);
  });
});
