import { z } from 'zod';

/**
 * The panel's calls on the wire: what `widget/api` and a partner's own page (option B) say and hear.
 * All are `POST /api/panel/<name>`, `Content-Type: text/plain`, JSON both ways. Money: minor units, the currency once an answer.
 */

/** The contract this server speaks. It serves this one and the one before; anything else hears `client_outdated`. */
export const CONTRACT = 1;

const id = z.string().min(1).max(64);
const designator = z.string().regex(/^[1-9]\d{0,2}[A-Z]$/, 'a seat is a row and a letter, like 12A');
const token = z.string().min(1).max(4096);
const contract = z.literal(CONTRACT);

const openCommon = {
  v: contract,
  locale: z.string().max(35).optional(),
  source: z.string().max(200).optional(),
  reference: z.string().max(200).optional(),
  variant: z.string().max(200).optional(),
  /** Where the panel stands; kept only if its origin is the brand's. */
  page: z.string().max(2048).optional(),
  /** The publishable key. Absent: our own hosted page opens a link, whose id names the brand. */
  key: z.string().min(1).max(200).optional(),
  /** Option B, in place of the key: a partner's backend with its bearer token. */
  bearer: z.string().min(1).max(1000).optional(),
  /** With `bearer`: the page where the token is to work; absent: in calls without an Origin header. */
  origin: z.string().max(300).optional(),
  record_locator: z.string().min(1).max(40).optional(),
  last_name: z.string().min(1).max(100).optional(),
  /** In place of locator and name: the id of a link, as it stands there. */
  encrypted_id: z.string().min(1).max(20_000).optional(),
};

export const openCall = z.strictObject(openCommon).check(({ value, issues }) => {
  const refuse = (field: string, message: string) =>
    issues.push({ code: 'custom', path: [field], message, input: undefined });
  if (value.encrypted_id !== undefined) {
    if (value.record_locator !== undefined) refuse('record_locator', 'not beside encrypted_id');
    if (value.last_name !== undefined) refuse('last_name', 'not beside encrypted_id');
  } else {
    if (value.record_locator === undefined) refuse('record_locator', 'missing, as is encrypted_id in its place');
    if (value.last_name === undefined) refuse('last_name', 'missing');
    if (value.key === undefined && value.bearer === undefined) refuse('key', 'missing');
  }
  if (value.key !== undefined && value.bearer !== undefined) refuse('bearer', 'not beside key');
  if (value.origin !== undefined && value.bearer === undefined) refuse('origin', 'only with bearer');
});
export const mapCall = z.strictObject({ v: contract, token, segment: id });
export const pick = z.strictObject({
  traveller: id,
  segment: id,
  designator,
  /** The exit row's condition was accepted; kept as evidence. */
  assent: z.literal(true).optional(),
});
export const selectCall = z.strictObject({
  v: contract,
  token,
  version: z.int().min(0),
  picks: z.array(pick).max(200),
});

const idempotencyKey = z.string().min(8).max(100);
const write = { v: contract, token, idempotency_key: idempotencyKey };
export const startCall = z.strictObject({ ...write, selection_version: z.int().min(0) });
export const payCall = z.strictObject({ ...write, quote: z.int().min(1) });
export const returnedCall = z.strictObject({
  ...write,
  payment: id,
  said: z.enum(['submitted', 'failed', 'cancelled']),
});
export const leaveCall = z.strictObject(write);
/** `after`: answers at once when the purchase's version is above it. */
export const statusCall = z.strictObject({ v: contract, token, after: z.int().min(0).optional() });

export type StartCall = z.infer<typeof startCall>;
export type PayCall = z.infer<typeof payCall>;
export type ReturnedCall = z.infer<typeof returnedCall>;
export type LeaveCall = z.infer<typeof leaveCall>;
export type StatusCall = z.infer<typeof statusCall>;
export type OpenCall = z.infer<typeof openCall>;
export type MapCall = z.infer<typeof mapCall>;
export type SelectCall = z.infer<typeof selectCall>;
export type Pick = z.infer<typeof pick>;

/** `token`: a renewed one, replaces the old. */
export type Answer<T> = T & { success: true; token?: string };

export interface Opened {
  brand: BrandLook;
  /** Of every amount below; the brand's first one when nothing is priced. */
  currency: string;
  record_locator: string;
  travellers: Traveller[];
  segments: Segment[];
  /** Of the first segment that has one. */
  map: MapAnswer | null;
  selection: Selection;
  /** The open purchase of this booking, else the last ended one. */
  purchase: Purchase | null;
  /** null: this brand takes no payment yet. `script`: which browser SDK to load, only in test mode; otherwise the gateway's own. */
  payment: { gateway: string; script?: string; public_key?: string } | null;
}

/** Answer of `start`, `pay`, `returned`, `status` and `leave`. */
export interface Purchase {
  transaction: string;
  version: number;
  quote: number;
  status:
    | 'created'
    | 'processing'
    | 'completed'
    | 'partially_completed'
    | 'failed'
    | 'expired'
    | 'refunded'
    | 'attention';
  items: PurchaseItem[];
  currency: string;
  total: number;
  charged?: number;
  refunded?: number;
  /** UTC instant: pay by then. */
  expires_at?: string;
  /** What became of this call. `gone`: it is over. */
  answer?: 'reconfirm' | 'gone' | 'joined';
  /** null: nothing to pay, or not yet. */
  payment: PurchasePayment | null;
  /** With an attention status: which words to say. */
  attention?: string[];
}

export interface PurchaseItem {
  pick: Pick;
  price: number;
  /** The price shown before, when it moved. */
  was?: number;
  state: 'pending' | 'confirmed' | 'failed' | 'cancelled';
  why?: string;
  document?: string;
}

export interface PurchasePayment {
  id: string;
  step: 'wait' | 'field' | 'action' | 'working' | 'declined' | 'held' | 'taken' | 'released';
  /** What the gateway's browser SDK needs, while it is the traveller's turn. */
  field?: Record<string, unknown>;
  means?: { brand: string; last4: string };
}

export interface BrandLook {
  name: string;
  mode: 'test' | 'live';
  /** The brand's values of the `--departcart-*` properties, by property name. */
  tokens: Record<string, string>;
  links: { terms?: string; privacy?: string; refund?: string; imprint?: string; accessibility?: string };
  /** Paths below the API's origin. */
  logos?: { primary?: string; icon?: string };
}

export interface Traveller {
  id: string;
  /** "María G."; more letters or a number where two would read alike. */
  name: string;
  initials: string;
  kind: 'adult' | 'child' | 'infant_seat';
  /** The infant on this lap: "Leo". */
  lap?: string;
}

export interface Segment {
  id: string;
  /** "ZS 482". */
  flight: string;
  operated_by?: string;
  from: Place;
  to: Place;
  /** Airport-local, "2026-03-09T07:35", no offset. */
  departs: string;
  arrives: string;
  no_map?: NoMap;
  /** By traveller: the seat the booking already has. */
  held: Record<string, { designator: string; paid: boolean; changeable: boolean }>;
}

export type NoMap =
  | 'operated_by_other'
  | 'no_map'
  | 'all_taken'
  | 'closed'
  | 'flown'
  | 'cancelled'
  | 'not_confirmed'
  | 'group_booking'
  | 'currency_not_supported';

export interface Place {
  code: string;
  city?: string;
}

export interface MapAnswer {
  segment: string;
  read_at: string;
  expires_at: string;
  /** Empty where there is no map. */
  decks: Deck[];
  /** Only in the answer of `map`: why there is none (any more). */
  no_map?: NoMap;
}

export interface Deck {
  level: 'main' | 'upper' | 'lower';
  cabins: Cabin[];
}

export interface Cabin {
  cabin: 'first' | 'business' | 'premium_economy' | 'economy' | 'unknown';
  /** Not in the fare: drawn folded. */
  fold?: true;
  /** "ABC DEF": a blank is an aisle. */
  columns: string;
  /** First and last row over the wing. */
  wing?: [number, number];
  rows: Row[];
}

export interface Row {
  n: number;
  exit?: true;
  /** One per letter of `columns`; 0: no seat there. */
  seats: (Seat | 0)[];
  facilities?: Facility[];
}

export interface Facility {
  code: 'lavatory' | 'galley' | 'closet' | 'stairs' | 'other';
  at: 'left' | 'centre' | 'right';
  before: boolean;
}

export interface Seat {
  /** PADIS 9825 codes worth words. */
  c?: string[];
  /** Price for all, or one per traveller in the answer's order (null: none); 0 is free of charge. */
  p?: number | (number | null)[];
  /** Why not: for all, or per traveller (0: may sit here). */
  no?: Reason | (Reason | 0)[];
  /** Being chosen by somebody else of this deployment. */
  chosen?: true;
}

export type Reason =
  | 'taken'
  | 'blocked'
  | 'not_in_fare'
  | 'exit_row_child'
  | 'exit_row_infant'
  | 'no_infant'
  | 'not_for_you'
  | 'unpriced';

export interface Selection {
  version: number;
  picks: (Pick & { price: number; taxes?: number })[];
  total: number;
  refused?: (Pick & { why: Reason | 'gone' | 'assent' | 'twice' })[];
}

/** RFC 9457 problem details, as every error of this server is written. */
export interface Problem {
  success: false;
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id: string;
  errors?: { pointer: string; detail: string }[];
  /** With `selection_changed`: what stands now. */
  selection?: Selection;
}
