/** What can be written as it is: an error, for one, has to be taken apart by who knows what is in it. */
export type LogValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly LogValue[]
  | { [name: string]: LogValue };
export type LogFields = { [name: string]: LogValue };

/** Structured lines. Never a record locator, a name, a token or a body: what identifies a booking does not go in. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
