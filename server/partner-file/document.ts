import type { Document, Node, YAMLError, YAMLWarning } from 'yaml';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { indentPastedForm } from './pasted-form.ts';
import { indentPastedJson } from './pasted-json.ts';
import type { Path, Problem } from './problem.ts';

/** A file as text, read: its values, and where each stands. */
export interface ReadDocument {
  value: unknown;
  /** The line of a place; of the nearest one around it where the place itself is not there. */
  lineOf(path: Path): number | undefined;
  problems: Problem[];
}

const LENGTH_MAX = 256 * 1024;
/** One fault of syntax brings others with it; the first are enough to mend it. */
const FAULTS_MAX = 10;

/** Reads YAML or JSON. What the parser says is never passed on, since it quotes the file, and the file holds credentials. */
export function readDocument(written: string): ReadDocument {
  const text = indentPastedForm(written);
  if (text.length > LENGTH_MAX) {
    return nothing({
      path: '',
      message: 'is longer than 256 KB',
      fix: 'A partner file holds settings only: move the rest out.',
    });
  }
  if (isTooDeep(text)) {
    return nothing({
      path: '',
      message: 'has sections in sections in sections, deeper than any of its fields stands',
      fix: 'Look for brackets that nobody closes, and for a line of many dashes.',
    });
  }
  const counter = new LineCounter();
  let document = parse(text, counter);
  let lines = counter;
  if (document.errors.length > 0) {
    const indentedCounter = new LineCounter();
    const indented = parse(indentPastedJson(text), indentedCounter);
    if (indented.errors.length === 0) [document, lines] = [indented, indentedCounter];
  }
  // A warning means that a value was read otherwise than it was written.
  const faults = [...document.errors, ...document.warnings].slice(0, FAULTS_MAX);
  const problems = faults.map((fault) => syntaxProblem(fault, lines));
  if (problems.length > 0) return nothing(...problems);
  return withValue(document, lines);
}

/** The deepest field stands at 6. The parser goes down by calling itself, and a process has only so much room for that. */
const DEPTH_MAX = 60;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEPTH_MAX) return true;
  }
  return /(?:[-?][ \t]+){60}/.test(text);
}

const parse = (text: string, lineCounter: LineCounter) => parseDocument(text, { lineCounter, prettyErrors: false });

const nothing = (...problems: Problem[]): ReadDocument => ({ value: undefined, lineOf: () => undefined, problems });

function withValue(document: Document, lines: LineCounter): ReadDocument {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
    // An alias of the section that it stands in has no end.
    JSON.stringify(value);
  } catch {
    return nothing({
      path: '',
      message: 'has a "*" alias that leads nowhere, or too many of them',
      fix: 'Put a value that begins with "*" in quotes; write repeated parts out.',
    });
  }
  const lineOf = (path: Path) => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  return { value, lineOf, problems: [] };
}

/** Walks down as far as the file goes. A key's own place is better than its value's, which may begin a line below. */
function offsetOf(root: Node | null, path: Path): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

const SYNTAX: Partial<Record<YAMLError['code'], [message: string, fix: string]>> = {
  DUPLICATE_KEY: ['has a key twice in one section', 'Keep one of the two.'],
  TAB_AS_INDENT: ['is indented with a tab', 'YAML wants spaces.'],
  BAD_INDENT: ['is not indented like its neighbours', 'Keys of one section begin in the same column.'],
  BLOCK_AS_IMPLICIT_KEY: ['has two ": " on one line', 'Put the value in quotes.'],
  BAD_SCALAR_START: [
    "has a value that begins with a character of YAML's own (@ ` % & * ! |)",
    'Put the value in quotes.',
  ],
  TAG_RESOLVE_FAILED: ['has a value that begins with "!"', 'Put the value in quotes.'],
  MULTIPLE_DOCS: ['holds more than one document', 'One file is one brand: take the second "---" and what follows out.'],
  MISSING_CHAR: [
    'misses a closing quote, bracket or comma',
    'Look at this line and the one before. A value with "{" needs quotes.',
  ],
  MULTILINE_IMPLICIT_KEY: ['misses a ":" or a closing bracket', 'Look at this line and the one before.'],
};

function syntaxProblem(fault: YAMLError | YAMLWarning, lines: LineCounter): Problem {
  const [message, fix] = SYNTAX[fault.code] ?? [
    'cannot be read as YAML or JSON here',
    'Look at this line and the one before: indentation, quotes, brackets.',
  ];
  return { path: '', line: lines.linePos(fault.pos[0]).line, message, fix };
}
