/** Lines are handed on when this much has come together, in UTF-16 units. */
const CHUNK = 16 * 1024;
/** Longest that a line waits for others. */
const WAIT_MS = 100;
/** A reader that is gone is no reason to stop selling. */
const ignore = () => {};

/**
 * Log lines on their way to standard error, many in one write: one for each costs more than most of what a request does, and the
 * logger's own buffer copies all that it holds at every line. What still waits is written when the process ends.
 */
export function logLines(to: NodeJS.WritableStream = process.stderr): { write(line: string): void } {
  let lines: string[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  if (!to.listenerCount('error')) to.on('error', ignore);
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    process.off('exit', flush);
    to.write(lines.join(''));
    lines = [];
    length = 0;
  };
  return {
    write(line) {
      if (!lines.length) {
        timer = setTimeout(flush, WAIT_MS).unref();
        process.on('exit', flush);
      }
      lines.push(line);
      length += line.length;
      if (length >= CHUNK) flush();
    },
  };
}

const SECRET = new Set(['token', 'headers', 'body', 'url', 'record_locator', 'last_name']);
const MASK = '[redacted]';

/**
 * The fields of a line without those that must not be in a log, at the top and one level down. The logger's own masking copies every
 * object whole, which costs more than the line.
 */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  let clean = fields;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    let shown = value;
    if (SECRET.has(name)) shown = MASK;
    else if (typeof value === 'object' && value !== null && !(value instanceof Error) && !Array.isArray(value)) {
      const inner = value as Record<string, unknown>;
      if (Object.keys(inner).some((key) => SECRET.has(key)))
        shown = Object.fromEntries(Object.keys(inner).map((key) => [key, SECRET.has(key) ? MASK : inner[key]]));
    }
    if (shown === value) continue;
    if (clean === fields) clean = { ...fields };
    clean[name] = shown;
  }
  return clean;
}
