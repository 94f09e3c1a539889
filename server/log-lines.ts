import type { Log, LogFields, LogValue } from './domain/ports/log.ts';

/** As most readers of JSON logs know them. */
const LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: Infinity };

/**
 * JSON lines, from a level on. What must not be logged is kept out by the callers; `withoutSecrets` catches what slips through.
 */
export function createLog(parts: {
  from: keyof typeof LEVELS;
  to: { write(line: string): unknown };
  clock: { now(): number };
}): Log {
  const { from, to, clock } = parts;
  const at = (level: number): Log['info'] => {
    if (level < LEVELS[from]) return () => {};
    return (fields, message) => {
      // Put together as text: an object that holds all of it would cost as much again.
      const rest = JSON.stringify(withoutSecrets(fields)).slice(1);
      const comma = rest === '}' ? '' : ',';
      to.write(`{"level":${level},"time":${clock.now()},"msg":${JSON.stringify(message)}${comma}${rest}\n`);
    };
  };
  return { info: at(LEVELS.info), warn: at(LEVELS.warn), error: at(LEVELS.error) };
}

/** Lines are handed on when this much has come together, in UTF-16 units. */
const CHUNK = 16 * 1024;
/** Longest that a line waits for others. */
const WAIT_MS = 100;
/** A reader that is gone is no reason to stop selling. */
const ignore = () => {};

/**
 * Log lines on their way to standard error, many in one write: one for each costs more than most of what a request does. What still
 * waits is written when the process ends.
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

/** The fields of a line without those that must not be in a log, at the top and one level down. */
export function withoutSecrets(fields: LogFields): LogFields {
  let clean = fields;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    let shown = value;
    if (SECRET.has(name)) shown = MASK;
    else if (isRecord(value) && Object.keys(value).some((key) => SECRET.has(key)))
      shown = Object.fromEntries(Object.keys(value).map((key) => [key, SECRET.has(key) ? MASK : value[key]]));
    if (shown === value) continue;
    if (clean === fields) clean = { ...fields };
    clean[name] = shown;
  }
  return clean;
}

const isRecord = (value: LogValue): value is LogFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
