import type { z } from 'zod';
import type { BrandSettings } from '../domain/brand.ts';

/** What a handler is given: parsed, authorised as far as the table says. */
export interface Call<Body> {
  body: Body;
  /** The Origin header; null when there was none. */
  origin: string | null;
  address: string;
  requestId: string;
  /** Path parameters by name. */
  params: Record<string, string>;
  /** A parameter of the query; undefined: there is none. */
  query(name: string): string | undefined;
  /** Request headers, lower-case names. */
  headers: Record<string, string | string[] | undefined>;
}

/** A whole answer, or an object that is sent as JSON with 200. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** One line of the table of routes: it validates, authorises and answers. */
export interface Route<Body = unknown> {
  method: 'GET' | 'POST';
  /** Hono path. */
  path: string;
  /**
   * Who may call. `page`: a script on a brand's page (readable across origins, no cookie). `partner`: a partner's backend with its bearer
   * token, which names the brand. `backend`: a partner's backend that proves itself otherwise. `anyone`.
   */
  who: 'page' | 'partner' | 'backend' | 'anyone';
  /** What the body must be; absent: no body is read. `raw`: its bytes as sent, which a signature is over. */
  body?: z.ZodType<Body> | 'raw';
  /** Looks at the JSON before the schema does; throws to refuse. */
  before?: (value: unknown) => void;
  handler: (call: Call<Body>) => Promise<object | Reply> | object | Reply;
}

/** What a partner's call is given beside that: whose it is. Everything it reads or writes is this brand's. */
export type PartnerCall<Body> = Call<Body> & { brand: BrandSettings };

/** Keeps the schema's type for the handler, then forgets it for the table. */
export const route = <Body>(line: Route<Body>): Route => line as unknown as Route;

/** A route for a partner's bearer token. */
export const partnerRoute = <Body>(
  line: Omit<Route<Body>, 'who' | 'handler'> & {
    handler: (call: PartnerCall<Body>) => Promise<object | Reply> | object | Reply;
  },
): Route => ({ ...line, who: 'partner' }) as unknown as Route;

/** What stands behind `Authorization: Bearer`; null: nothing does. */
export const bearerOf = ({ authorization }: Call<unknown>['headers']): string | null =>
  /^Bearer +(\S+) *$/i.exec(String(authorization ?? ''))?.[1] ?? null;

export const reply = (
  status: number,
  type: string,
  body: Reply['body'],
  headers: Record<string, string> = {},
): Reply => ({
  status,
  headers: { 'content-type': type, ...headers },
  body,
});

export const isReply = (value: object): value is Reply => 'headers' in value && 'body' in value;
