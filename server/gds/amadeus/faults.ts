import type { OutboundError, OutboundResponse } from '../../domain/ports/outbound.ts';
import type { Outcome } from '../../domain/ports/outcome.ts';
import { errorShape, read } from './reply.ts';

/** The kinds of fault that Amadeus knows. They stay in this folder: outcomeOf turns them into the port's words. */
export type FaultKind =
  | 'credentials'
  | 'stale_token'
  | 'not_entitled'
  | 'not_found'
  | 'rejected'
  | 'throttled'
  | 'quota'
  | 'address'
  | 'unavailable'
  | 'timeout'
  | 'bad_response';

export interface Fault {
  kind: FaultKind;
  /** For operators: "seat maps". */
  call: string;
  status?: number;
  code?: number;
  /** UTC milliseconds. */
  retryAt?: number;
  /** The request never left us, so nothing can have been done. */
  sent?: false;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; fault: Fault };

/** By Amadeus's code where it names one we know, else by the HTTP status. */
export function faultOf({ status, headers }: OutboundResponse, body: unknown, call: string, now: number): Fault {
  const error = read(errorShape, body, 'error');
  const codes = error.ok ? [...(error.value.errors ?? []), error.value].map(({ code }) => code) : [];
  const numbers = codes.filter((code): code is number => typeof code === 'number' && Number.isInteger(code));
  const code = numbers.find((one) => CODES.has(one)) ?? numbers[0];
  const kind = (code === undefined ? undefined : CODES.get(code)) ?? kindByStatus(status);
  const retryAt = kind === 'quota' ? now + QUOTA_PAUSE_MS : now + retryAfterMs(headers['retry-after'], now);
  return { kind, call, status, ...(code !== undefined && { code }), ...(WAITS.includes(kind) && { retryAt }) };
}

function kindByStatus(status: number): FaultKind {
  if (status === 401) return 'stale_token';
  if (status === 403) return 'not_entitled';
  if (status === 404) return 'not_found';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'rejected';
}

/** The header's seconds or date, within reason; a second where there is none. */
function retryAfterMs(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 1000), QUOTA_PAUSE_MS) : 1000;
}

/** No complete answer, in our words. */
export const faultOfConnection = ({ kind, sent }: OutboundError, call: string): Fault => ({
  kind: CONNECTION[kind],
  call,
  ...(!sent && { sent }),
});

/** What the port says when there is no value. */
export type NoAnswer = Exclude<Outcome<never>, { is: 'done' }>;

/** A read's fault in the port's words. `detail` is for the operator: it holds no locator, no name and no secret. */
export function outcomeOf({ kind, call, status, code, retryAt }: Fault): NoAnswer {
  const refused = (detail: string): NoAnswer => ({ is: 'refused_by_configuration', detail });
  const said = [status && `HTTP ${status}`, code && `code ${code}`].filter(Boolean).join(', ');
  switch (kind) {
    case 'credentials':
      return refused(
        `Amadeus refuses the sign-in (${said}): check api_key, api_secret, office_id and base_url, and that they are of this environment`,
      );
    case 'stale_token':
      return refused(
        `Amadeus refuses a token that it has just given (${said}): check with Amadeus whether the API key is still active`,
      );
    case 'not_entitled':
      return refused(`the API key has no right to ${call} (${said}): ask Amadeus to add it`);
    case 'not_found':
      return refused(`there is no ${call} at this address (${said}): check base_url`);
    case 'rejected':
      return refused(`Amadeus rejects the request for ${call} (${said})`);
    case 'address':
      return refused('the address of Amadeus may not be called: check base_url');
    case 'throttled':
    case 'quota':
      return { is: 'again', at: new Date(retryAt ?? 0).toISOString() };
    case 'unavailable':
    case 'timeout':
    case 'bad_response':
      return { is: 'unknown' };
  }
}

/** A used-up quota does not come back within a traveller's visit. */
const QUOTA_PAUSE_MS = 60 * 60 * 1000;

const WAITS: readonly FaultKind[] = ['throttled', 'quota'];

/** Gateway codes [A-GD common errors]. Codes of single calls stand with those calls, in adapter.ts. */
const CODES: ReadonlyMap<number, FaultKind> = new Map([
  [38187, 'credentials'],
  [39683, 'credentials'],
  [39686, 'credentials'],
  [38190, 'stale_token'],
  [38192, 'stale_token'],
  [38193, 'stale_token'],
  [38191, 'rejected'],
  [38197, 'not_entitled'],
  [38196, 'not_found'],
  [38194, 'throttled'],
  [38195, 'quota'],
  [38189, 'unavailable'],
]);

/** No complete answer. A timeout is not repeated: the caller has waited long enough. */
const CONNECTION: Readonly<Record<OutboundError['kind'], FaultKind>> = {
  refused_address: 'address',
  connect: 'unavailable',
  broken: 'unavailable',
  timeout: 'timeout',
  aborted: 'timeout',
  too_large: 'bad_response',
};
