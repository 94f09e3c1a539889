/** One request as a vendor's stand-in hears it: read once, so that it can also be carried out after its caller has gone. */
export interface Heard {
  url: URL;
  /** From the path, decoded. */
  params: Record<string, string>;
  header(name: string): string | undefined;
  /** The body, as it came. */
  text: string;
}

/** What a vendor answers. A body that is no string is sent as JSON. */
export interface Answer {
  status: number;
  type: string;
  body: string | object | null;
}

/** The body of an answer as it goes over the wire. */
export function wireText({ body }: Answer): string {
  return typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body);
}
