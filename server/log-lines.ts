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
