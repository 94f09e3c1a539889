/** One outgoing HTTP call, made by the one client that has limits, an address guard and a scrubbed log. */
export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Whole call, connect to last byte. */
  timeoutMs: number;
  /** Name, connection and TLS within this. Absent: as long as the call. */
  connectTimeoutMs?: number;
  /** `own`: a connection that served nobody before and is closed afterwards. Default: one that is kept open, where there is one. */
  connection?: 'own';
  /**
   * `head`: the answer counts once its headers are here; its body is thrown away and `text` is empty. `bytes`: its body as it is,
   * in `bytes`; `text` is empty. Default: the whole of it as text.
   */
  answer?: 'head' | 'bytes';
  /** Bytes of body accepted; more is a fault. Default 8 MiB. */
  maxBytes?: number;
  /** Names the call in log and metrics ("amadeus.seatmaps"): never a URL, which may hold a record locator. */
  label: string;
  signal?: AbortSignal;
}

export interface OutboundResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
  /** Of a call that asked for them. */
  bytes?: Uint8Array;
}

/**
 * `sent` says whether the far side may have acted: false when the connection never stood or the address was refused, true from
 * the first byte sent.
 */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly kind: 'refused_address' | 'connect' | 'timeout' | 'aborted' | 'too_large' | 'broken',
    readonly sent: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Answers any HTTP status; throws OutboundError when there is no complete answer. Redirects are never followed. */
export type Outbound = (request: OutboundRequest) => Promise<OutboundResponse>;
