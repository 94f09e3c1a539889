/** Where in the file: keys and indices from the top. */
export type Path = readonly (string | number)[];

/** One fault of a partner file. Never holds a value that may be a credential. */
export interface Problem {
  /** As it is written in messages: `gds.api_credentials.api_key`, `origins[0]`; '' for the file itself. */
  path: string;
  /** 1 is the first; absent where the file has no such place. */
  line?: number;
  message: string;
  /** What to do about it. */
  fix: string;
}

/** Something worth knowing that keeps nothing from being applied. */
export type Notice = Omit<Problem, 'fix'>;

/** How checks tell what they find. */
export type Refuse = (path: Path, message: string, fix: string) => void;
export type Note = (path: Path, message: string) => void;

export const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    // A key may be anything somebody wrote, a terminal's control characters and a secret that slipped into it: its first word is enough.
    const known = /^[\w -]{1,60}$/.test(step) ? step : step.replace(/^([\w-]{0,40})[^]*/, '$1…');
    const key = /^[\w-]+$/.test(known) ? known : JSON.stringify(known);
    return text ? `${text}.${key}` : key;
  }, '');

/** `line` only where there is one, since an absent line is not a line of `undefined`. */
export const at = (path: Path, line: number | undefined): { path: string; line?: number } => ({
  path: pathText(path),
  ...(line !== undefined && { line }),
});
