import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const folder = resolve(import.meta.dirname, '../../../docs/clients');

/** One of docs/clients, as a partner starts it. */
export interface Client {
  language: string;
  /** What must be on the machine, with its option for the version. */
  needs: [command: string, option: string];
  command: string[];
  /** Makes it ready in a folder of its own. @returns the command in place of the other, which would do the same each time */
  build?: (into: string) => string[];
}

const javaFile = join(folder, 'java/DepartCart.java');

/** C# is not among them: it would need a project file and a compiler that few machines have. */
export const clients: Client[] = [
  { language: 'Python', needs: ['python3', '--version'], command: ['python3', join(folder, 'python/departcart.py')] },
  {
    language: 'Node',
    needs: [process.execPath, '--version'],
    command: [process.execPath, join(folder, 'node/departcart.mjs')],
  },
  {
    language: 'Java',
    needs: ['javac', '-version'],
    command: ['java', javaFile],
    build(into) {
      const { status, stderr } = spawnSync('javac', ['-Xlint:all,-serial', '-Werror', '-d', into, javaFile], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr);
      // each run is over before a better compiler would pay
      return ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', into, 'DepartCart'];
    },
  },
  { language: 'Ruby', needs: ['ruby', '--version'], command: ['ruby', '-w', join(folder, 'ruby/departcart.rb')] },
  { language: 'PHP', needs: ['php', '--version'], command: ['php', join(folder, 'php/departcart.php')] },
];

export const installed = ({ needs: [command, option] }: Client): boolean =>
  spawnSync(command, [option], { stdio: 'ignore' }).status === 0;

export interface Ran {
  status: number | null;
  /** Of standard output. */
  lines: string[];
  complaint: string;
}

/** Makes a client ready once. */
export function prepareClient(client: Client) {
  const into = mkdtempSync(join(tmpdir(), 'departcart-client-'));
  const [program, ...before] = client.build?.(into) ?? client.command;
  return {
    async run(words: string[], env: Record<string, string>, input: string | Buffer = ''): Promise<Ran> {
      const child = spawn(program!, [...before, ...words], {
        env: { PATH: process.env['PATH'], HOME: into, LC_ALL: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env },
      });
      // Who refuses at once reads nothing.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      const ended = new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      const [status, out, complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
      return { status, lines: out.split('\n').filter(Boolean), complaint };
    },
    remove: () => rmSync(into, { recursive: true }),
  };
}
