import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { NotMaps, ReadMaps } from '../domain/flight-map.ts';
import { mapReaders } from '../gds/registry.ts';
import { drawSeatMap, legendOf } from './draw-seat-map.ts';

/** How a verb family speaks; each text is a whole line or more, without the closing line feed. */
export interface Io {
  out(text: string): void;
  error(text: string): void;
}

const USAGE = `departcart gds map FILE [--json]

  Draws a raw seat map reply of a GDS as we read it: decks, rows, a legend, and the counts.
  --json   prints the common seat map instead: an array, one entry for each map of the reply`;

/** Larger than any reply that an adapter would accept. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The verbs of `departcart gds`.
 * @returns the exit code: 0 done, 2 called wrongly or given something that is no seat map
 */
export async function gds(args: string[], io: Io): Promise<number> {
  const call = readCall(args);
  if (call === 'help') {
    io.out(USAGE);
    return 0;
  }
  if ('problem' in call) {
    io.error(`${call.problem}\n\n${USAGE}`);
    return 2;
  }
  const content = await readJson(call.file);
  const reply = 'problem' in content ? content : readMaps(content);
  if ('problem' in reply) {
    io.error(`${call.file}: ${reply.problem}`);
    return 2;
  }
  if (call.json) {
    io.out(
      JSON.stringify(
        reply.maps.map(({ map }) => map),
        null,
        2,
      ),
    );
    return 0;
  }
  const maps = reply.maps.map(({ map }) => map);
  io.out([...reply.maps.map(drawSeatMap), legendOf(maps), ...reply.warnings].join('\n\n'));
  return 0;
}

interface Problem {
  problem: string;
}

function readCall(args: string[]): { file: string; json: boolean } | 'help' | Problem {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help || positionals[0] === 'help') return 'help';
    const [verb, file, ...more] = positionals;
    if (verb !== 'map')
      return { problem: verb === undefined ? 'Which verb?' : `There is no "departcart gds ${verb}".` };
    if (file === undefined) return { problem: 'Which file?' };
    if (more.length) return { problem: 'One file at a time.' };
    return { file, json: values.json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'These arguments cannot be read.' };
  }
}

interface Content {
  value: unknown;
  /** When the file was written: the nearest to when the reply came. */
  writtenAt: string;
}

async function readJson(file: string): Promise<Content | Problem> {
  let text: string;
  let writtenAt: string;
  try {
    const facts = await stat(file);
    if (!facts.isFile()) return { problem: 'this is no file. Wanted: a file with the JSON of a seat map reply.' };
    if (facts.size > MAX_BYTES) return { problem: 'this file is larger than 64 MB; no seat map reply is.' };
    writtenAt = facts.mtime.toISOString();
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown fault';
    const fault = code === 'ENOENT' ? 'there is no such file' : `this file cannot be read (${code})`;
    return { problem: `${fault}. Wanted: a file with the JSON of a seat map reply.` };
  }
  try {
    return { value: JSON.parse(text), writtenAt };
  } catch {
    return { problem: `this is not JSON; it seems to be ${guessText(text)}. Wanted: the JSON of a seat map reply.` };
  }
}

/** The first GDS that knows it for a seat map reply of its own reads it; else the one that knows what it is says so. */
function readMaps({ value, writtenAt }: Content): Extract<ReadMaps, { is: 'maps' }> | Problem {
  const refusals: NotMaps[] = [];
  for (const readMap of Object.values(mapReaders)) {
    const reply = readMap(value, writtenAt);
    if (reply.is === 'maps') return reply;
    refusals.push(reply);
  }
  const wanted = refusals.map((one) => one.wanted).join(', or ');
  const seems = isOurs(value) ? 'what "gds map --json" prints' : refusals.find((one) => one.seems)?.seems;
  return {
    problem: `this is no seat map reply; it seems to be ${seems ?? 'JSON of another kind'}. Wanted: ${wanted}.`,
  };
}

/** Our own seat map, of the raw reply's making. */
function isOurs(value: unknown): boolean {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof first === 'object' && first !== null && 'decks' in first && 'source' in first;
}

function guessText(text: string): string {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (!start) return 'empty';
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'a page of HTML';
  if (start.startsWith('<')) return 'XML';
  return start.startsWith('{') || start.startsWith('[') ? 'JSON that is cut off or damaged' : 'plain text';
}
