/**
 * Partners paste the guide's JSON below a YAML key as it stands, from the first column on:
 *
 *     brand: {
 *     "brand_name": "SkylineAir"
 *     }
 *
 * which YAML refuses for its indentation alone. This moves such lines one column in; nothing else of the text changes, no line is
 * added or taken away.
 */
export function indentPastedJson(text: string): string {
  let depth = 0;
  return text
    .split('\n')
    .map((line) => {
      const begins = depth === 0 && /^(?:[a-z_]+:\s*)?[{[]\s*$/.test(line);
      if (depth === 0 && !begins) return line;
      const moved = begins && /^[a-z]/.test(line) ? line : ` ${line}`;
      depth = Math.max(0, depth + balance(line));
      return moved;
    })
    .join('\n');
}

/** How many brackets the line opens more than it closes, those inside strings left out. JSON strings end on their line. */
function balance(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return [...bare.matchAll(/[{[]/g)].length - [...bare.matchAll(/[}\]]/g)].length;
}
