/**
 * What became of a call to a vendor. Every port answers one of these and throws only for a fault of our own.
 *
 * `unknown` is an answer of its own: the request was sent and nobody can say whether it was carried out, so a write is
 * followed by a look and never by a blind repeat.
 */
export type Outcome<T> =
  | { is: 'done'; value: T }
  /** Asked; the end comes later. */
  | { is: 'accepted'; lookAgainAt?: string }
  /** The vendor's no, in its business sense. */
  | { is: 'declined'; reason: string }
  /** Open, and the traveller's turn; `client` is what the browser needs. */
  | { is: 'needs_action'; client: object }
  /** Known not done: throttled, never sent, not settled yet. */
  | { is: 'again'; at: string }
  /** Sent, no answer. */
  | { is: 'unknown' }
  /** Credentials, rights or an invalid request: a corrected setting cures it. `detail` is for the operator, never the traveller. */
  | { is: 'refused_by_configuration'; detail: string }
  | { is: 'unsupported' };
