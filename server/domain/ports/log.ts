/** Structured lines. Never a record locator, a name, a token or a body: what identifies a booking does not go in. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
