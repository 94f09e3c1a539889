/**
 * The guide's GDS form was published without its indentation:
 *
 *     gds:
 *     gds_provider: "sabre"
 *     rest_credentials:
 *     client_id: "…"
 *     network:
 *     rate_limits:
 *     requests_per_minute: 1000
 *
 * Pasted so, in one column, it reads as other fields of the file. Where a section `gds` is empty and such lines follow, each is moved to
 * the column that its name tells; nothing else changes, and no line is added or taken away.
 */
export function indentPastedForm(text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^gds:\s*(#.*)?$/.test(line));
  const first = start < 0 ? -1 : lines.findIndex((line, at) => at > start && !isBlank(line));
  const column = lines[first]?.search(/\S/) ?? 0;
  if (first < 0 || !lines[first]!.slice(column).startsWith('gds_provider:')) return text;
  let end = first;
  while (end < lines.length && (isBlank(lines[end]!) || depthOf(lines[end]!, column) !== null)) end += 1;
  const form = lines.slice(first, end);
  // Only where a section is followed by fields of a section in its own column was the indentation lost.
  const named = form.filter((line) => !isBlank(line));
  const isLost = named.some((line, at) => isSection(line) && (depthOf(named[at + 1] ?? '', column) ?? 1) > 1);
  if (column > 0 && !isLost) return text;
  const moved = form.map((line) => {
    const depth = depthOf(line, column);
    return depth === null ? line : `${'  '.repeat(depth)}${line.slice(column)}`;
  });
  return [...lines.slice(0, first), ...moved, ...lines.slice(end)].join('\n');
}

/** A comment stands nowhere in particular. */
const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);

const isSection = (line: string): boolean => /^ *[a-z_]+:\s*(#.*)?$/.test(line);

/** How deep below `gds` the form's fields stand. Those of a section follow its name. */
const DEPTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'gds_provider environment rest_credentials api_credentials credentials network sales failover emd base_url ' +
      'office_id pcc target_branch provider_code',
    'client_id client_secret username password api_key api_secret allowed_ips rate_limits close_hours',
    'requests_per_minute burst_limit',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
);

/** null: no field of the form, or not in its column. */
function depthOf(line: string, column: number): number | null {
  const name = /^( *)([a-z_]+):(?:\s|$)/.exec(line);
  return name && name[1]!.length === column && Object.hasOwn(DEPTHS, name[2]!) ? DEPTHS[name[2]!]! : null;
}
