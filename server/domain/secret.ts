const MASK = '[secret]';

/**
 * A credential on its way to where it is used. Printed, logged, put into JSON or a template it reads `[secret]`; the text comes out
 * by `reveal()` alone, so that every place that needs it can be found by that word.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
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
