const MASK = '[secret]';

/**
 * A credential or key on its way to where it is used. Printed, logged, put into JSON or a template it reads `[secret]`; the content
 * comes out by `reveal()` alone, so that every place that needs it can be found by that word.
 */
export class Secret<T extends string | Uint8Array = string> {
  readonly #content: T;

  constructor(content: T) {
    this.#content = content;
  }

  reveal(): T {
    return this.#content;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** Node's util.inspect, which console.log and error printing use. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
