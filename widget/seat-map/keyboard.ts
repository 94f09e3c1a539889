import type { GridSeat } from './grid.ts';

const PAGE_ROWS = 5;

/**
 * Where a key leads on one deck. Arrows are physical: the map is never mirrored. Left and right go along the row and
 * across aisles; up and down to the nearest column of the next row that has seats; seats that cannot be had are visited.
 *
 * @param walk seats by row, front to back
 * @param from designator that has the focus
 * @returns the designator, `from` itself at an edge; null when the key is none of the map's
 */
export function nextDesignator(walk: readonly GridSeat[][], from: string, key: string, ctrl: boolean): string | null {
  const y = walk.findIndex((row) => row.some((seat) => seat.designator === from));
  const row = walk[y];
  if (!row) return null;
  const x = row.findIndex((seat) => seat.designator === from);
  const seat = row[x];
  if (!seat || (ctrl && key !== 'Home' && key !== 'End')) return null;
  const inRow = (at: number): string => row[Math.max(0, Math.min(row.length - 1, at))]?.designator ?? from;
  const rowAt = (at: number): string => {
    const target = walk[Math.max(0, Math.min(walk.length - 1, at))] ?? row;
    return target === row ? from : nearest(target, seat.x);
  };
  switch (key) {
    case 'ArrowLeft':
      return inRow(x - 1);
    case 'ArrowRight':
      return inRow(x + 1);
    case 'ArrowUp':
      return rowAt(y - 1);
    case 'ArrowDown':
      return rowAt(y + 1);
    case 'PageUp':
      return rowAt(y - PAGE_ROWS);
    case 'PageDown':
      return rowAt(y + PAGE_ROWS);
    case 'Home':
      return ctrl ? (walk[0]?.[0]?.designator ?? from) : inRow(0);
    case 'End':
      return ctrl ? (walk.at(-1)?.at(-1)?.designator ?? from) : inRow(row.length - 1);
    default:
      return null;
  }
}

function nearest(row: readonly GridSeat[], x: number): string {
  return row.reduce((best, seat) => (Math.abs(seat.x - x) < Math.abs(best.x - x) ? seat : best), row[0]!).designator;
}
