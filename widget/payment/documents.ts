/** "999 8200 415 622–625": ticket numbers as they are printed, in ranges where they follow each other. */
export function documentsText(numbers: readonly string[]): string {
  const ranges: [first: string, last: string][] = [];
  for (const number of [...numbers].sort()) {
    const range = ranges.at(-1);
    if (range && follows(range[1], number)) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => grouped(first) + (first === last ? '' : `–${last.slice(-3)}`)).join(', ');
}

/** As text, since thirteen digits and more are no number to rely on; a range is written by its last three digits. */
function follows(before: string, number: string): boolean {
  const [head, tail] = [before.slice(0, -3), before.slice(-3)];
  if (!/^\d{3}$/.test(tail) || head !== number.slice(0, -3)) return false;
  return Number(number.slice(-3)) === Number(tail) + 1;
}

/** Airline, form, and the serial number in threes: a ticket has thirteen digits. */
const grouped = (number: string): string => number.replace(/^(\d{3})(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3 $4');
