import { readDocument } from './document.ts';
import { fillIn } from './environment.ts';
import { explain } from './explain.ts';
import { checkPolicy } from './policy.ts';
import type { Notice, Path, Problem } from './problem.ts';
import { at } from './problem.ts';
import type { PartnerFile } from './schema.ts';
import { schemaFor } from './schema.ts';
import { brandCode } from './settings.ts';

export interface ReadOptions {
  /** YAML or JSON. */
  text: string;
  /** What `${NAME}` stands for. */
  env: Readonly<Record<string, string | undefined>>;
  loopback: boolean;
}

export type ReadPartnerFile =
  | { file: PartnerFile; notices: Notice[]; lineOf: (path: Path) => number | undefined }
  | { problems: Problem[]; notices: Notice[] };

/** Reads a partner file and finds everything that is wrong with it at once, in the order of its lines. */
export function readPartnerFile({ text, env, loopback }: ReadOptions): ReadPartnerFile {
  const { value: written, lineOf, problems: syntax } = readDocument(text);
  if (syntax.length > 0) return { problems: syntax, notices: [] };
  if (written === null || typeof written !== 'object' || Array.isArray(written)) {
    const fix = 'Begin with mode, origins, brand and gds; demo/partners/ has files that are filled in.';
    return { problems: [{ path: '', message: 'holds no sections', fix }], notices: [] };
  }
  // Editors of JSON find the file's schema by it.
  const { $schema: _, ...sections } = written as Record<string, unknown>;
  const { value, problems: unset } = fillIn(sections, env, lineOf);
  const schema = schemaFor(value);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    return { problems: inOrder([...unset, ...explain(parsed.error.issues, schema, value, lineOf)]), notices: [] };
  }
  const file = parsed.data as unknown as PartnerFile;
  const { problems, notices } = checkPolicy(file, { loopback, lineOf });
  problems.unshift(...unset);
  const code = brandCode(file);
  if (file.brand.code === undefined && code !== null) {
    notices.push({
      ...at(['brand', 'code'], lineOf(['brand', 'code'])),
      message: `is not given, so it is made of the name: ${code}. Write it down, or another name will be another brand`,
    });
  }
  if (code === null) {
    problems.push({
      ...at(['brand', 'code'], lineOf(['brand', 'code'])),
      message: 'is missing, and none can be made of the name',
      fix: 'Add it: 2 to 40 of a-z, 0-9, _ and -.',
    });
  }
  return problems.length > 0 ? { problems: inOrder(problems), notices } : { file, notices, lineOf };
}

/** One place may be found faulty twice: the first word on it is enough. */
function inOrder(problems: Problem[]): Problem[] {
  const firsts = problems.filter(({ path }, index) => problems.findIndex((other) => other.path === path) === index);
  return firsts.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || 0);
}
