import type { z } from 'zod';
import type { BrandSettings } from '../domain/brand.ts';
import type { ErrorCode } from '../domain/error.ts';

/** What a handler is given: parsed, authorised as far as the table says. */
export interface Call<Body, Query = unknown> {
  body: Body;
  /** What stands behind `?`, as the route's schema reads it. */
  query: Query;
  /** The Origin header; null when there was none. */
  origin: string | null;
  address: string;
  requestId: string;
  /** Path parameters by name. */
  params: Readonly<Record<string, string>>;
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
export interface Route<Body = unknown, Query = unknown> {
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
  /** What may stand behind `?`; absent: it is not looked at. */
  query?: z.ZodType<Query>;
  /** For the API's description; absent: the route is not part of it. */
  doc?: RouteDoc;
  /** Looks at the JSON before the schema does; throws to refuse. */
  before?: (value: unknown) => void;
  handler: (call: Call<Body, Query>) => Promise<object | Reply> | object | Reply;
}

/** A route as the API's description tells it. */
export interface RouteDoc {
  summary: string;
  description?: string;
  /** What a 200 holds. */
  answer?: z.ZodType;
  /** Codes of refusals worth a word, beside those that every route may answer. */
  codes?: readonly ErrorCode[];
}

/** What a partner's call is given beside that: whose it is. Everything it reads or writes is this brand's. */
export type PartnerCall<Body, Query = unknown> = Call<Body, Query> & { brand: BrandSettings };

/** Keeps the schema's type for the handler, then forgets it for the table. */
export const route = <Body, Query = unknown>(line: Route<Body, Query>): Route => line as unknown as Route;

/** A route for a partner's bearer token. */
export const partnerRoute = <Body, Query = unknown>(
  line: Omit<Route<Body, Query>, 'who' | 'handler'> & {
    handler: (call: PartnerCall<Body, Query>) => Promise<object | Reply> | object | Reply;
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
