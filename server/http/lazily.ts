/** Makes a value when it is first asked for, and keeps it: a start need not wait for pages that nobody may open. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
