import type { Facility } from '../../domain/seat-map.ts';
import type { BuiltSection, Line } from './cabin.ts';

/** A lavatory, galley, closet … of the reply, or a place in a row that holds no seat. */
export interface PlacedFacility {
  code: string;
  /** Absent for those in front of the first row, mostly. */
  row: number | null;
  position: Facility['position'];
  column: string | null;
  x: number | null;
  y: number | null;
}

interface Anchor {
  built: BuiltSection;
  row: number;
  position: Facility['position'];
}

/**
 * Gives each facility to the row it stands in, in front of or behind, and puts those side by side into one.
 * @returns how many found no place, because they name neither a row nor a place along the aircraft
 */
export function placeFacilities(sections: readonly BuiltSection[], facilities: readonly PlacedFacility[]): number {
  const groups = new Map<string, { anchor: Anchor; parts: PlacedFacility[] }>();
  let lost = 0;
  for (const facility of facilities) {
    const anchor = anchorOf(sections, facility);
    if (!anchor) {
      lost++;
      continue;
    }
    const key = [sections.indexOf(anchor.built), anchor.row, anchor.position, facility.code].join(' ');
    const group = groups.get(key) ?? { anchor, parts: [] };
    group.parts.push(facility);
    groups.set(key, group);
  }
  for (const { anchor, parts } of groups.values()) {
    const { built, row, position } = anchor;
    const code = parts[0]!.code;
    for (const columns of sideBySide(built, parts)) built.section.facilities.push({ code, row, position, columns });
  }
  return lost;
}

/** The row it names; else, by x, the row behind one that is in front, and the row before any other. */
function anchorOf(sections: readonly BuiltSection[], facility: PlacedFacility): Anchor | null {
  const lines = sections.flatMap((built) => built.lines.map((line) => ({ built, line })));
  const named = lines.filter(({ line }) => line.row === facility.row);
  const { position } = facility;
  if (named.length) {
    const place = named.find(({ line }) => line.seats.some(({ column }) => column === facility.column)) ?? named[0]!;
    return { built: place.built, row: place.line.row, position };
  }
  const distance = (line: Line): number | null => {
    if (facility.x !== null && line.x !== null) return line.x - facility.x;
    return facility.row === null ? null : line.row - facility.row;
  };
  const before = lines.findLast(({ line }) => (distance(line) ?? 1) <= 0);
  const behind = lines.find(({ line }) => (distance(line) ?? -1) >= 0);
  const [first, second] = position === 'front' ? [behind, before] : [before, behind];
  const found = first ?? second;
  if (!found) return null;
  const away = distance(found.line) ?? 0;
  return { built: found.built, row: found.line.row, position: away === 0 ? position : away > 0 ? 'front' : 'rear' };
}

/** The columns of each block of neighbours. A part that does not say where it lies across joins the others. */
function sideBySide(built: BuiltSection, parts: readonly PlacedFacility[]): string[][] {
  const byY = new Map<number, string | null>();
  for (const { y, column } of parts) {
    const place = y ?? built.columns.find(({ letter }) => letter === column)?.y ?? null;
    if (place !== null) byY.set(place, byY.get(place) ?? column);
  }
  const blocks: { end: number; letters: Set<string> }[] = [];
  for (const [y, column] of [...byY].sort(([a], [b]) => a - b)) {
    const letter = letterAt(built, y, column);
    const block = blocks.at(-1);
    if (block && y === block.end + 1) {
      block.end = y;
      block.letters.add(letter);
    } else blocks.push({ end: y, letters: new Set([letter]) });
  }
  if (!blocks.length) return [lettersOf(built, parts)];
  return blocks.map(({ letters }) => [...letters]);
}

/** The column at that place; else the letter named, if the section has it; else the nearest column. */
function letterAt({ columns }: BuiltSection, y: number, named: string | null): string {
  const there = columns.find((column) => column.y === y) ?? columns.find(({ letter }) => letter === named);
  if (there) return there.letter;
  const distance = (column: { y: number | null }) => Math.abs((column.y ?? 0) - y);
  return columns.reduce((nearest, column) => (distance(column) < distance(nearest) ? column : nearest)).letter;
}

/** Where nothing is known of places across: the letters that are named and that the section has. */
const lettersOf = ({ columns }: BuiltSection, parts: readonly PlacedFacility[]): string[] =>
  columns.flatMap(({ letter }) => (parts.some(({ column }) => column === letter) ? [letter] : []));
