import type { BrandSettings, LegacyIdFormat } from '../brand.ts';

/** Where a sealed value lives. It is the associated data of the seal: a value moved to another place does not open. */
export interface Place {
  table: string;
  /** The row's key, as text. */
  row: string;
  brand: string;
  field: string;
}

/**
 * Sealed text and lookups for values that must not lie in the database in the clear. Keys are per brand, wrapped by the master key,
 * and read through the store: seal and open outside `atomically`.
 */
export interface Vault {
  /** AES-256-GCM under the brand's data key. Makes the key on the brand's first use. */
  seal(place: Place, plain: string): Promise<Uint8Array>;
  /** @throws DepartCartError `internal` when the value was made elsewhere, changed, or its key is gone. */
  open(place: Place, sealed: Uint8Array): Promise<string>;
  /** A keyed digest (HMAC-SHA256, base64url) by which a row is found without its locator standing in it. Same brand and text: same digest. */
  digest(brand: string, text: string): Promise<string>;
}

/** What a panel token says. Sealed: the browser that carries it can neither read nor change it. */
export interface PanelSession {
  brand: string;
  recordLocator: string;
  lastName: string;
  /** The exact Origin header the token works with; null for calls without one (option B, from a backend). */
  origin: string | null;
  attribution?: Attribution | undefined;
  /** UTC milliseconds. */
  endsAt: number;
}

/** Where a purchase comes from, in the partner's words; travels from `open` into the transaction. */
export interface Attribution {
  source?: string | undefined;
  /** The partner's own order number. */
  reference?: string | undefined;
  /** An experiment's arm. */
  variant?: string | undefined;
}

export interface PanelTokens {
  mint(session: PanelSession): Promise<string>;
  /** null: not ours, changed, ended, or made for another Origin. The caller cannot tell which. */
  read(token: string, origin: string | null): Promise<PanelSession | null>;
}

/** Tokens that a partner's backend calls with. */
export interface BearerTokens {
  /** @returns the token and its end, as Unix seconds */
  mint(brand: string, seconds: number): Promise<{ token: string; expiresAt: number }>;
  /** null: not ours, changed, ended, or its key was revoked. */
  read(token: string): Promise<{ brand: string } | null>;
}

/** API keys and secrets, by which a partner's backend gets its tokens. */
export interface ApiAccess {
  /** The brand's code; null: no such key, or not its secret. */
  brandOf(apiKey: string, apiSecret: string): Promise<string | null>;
  /** By the key alone, which proves nothing: the older guide's calls. */
  brandOfKey(apiKey: string): Promise<string | null>;
}

/** What stands in the id of a link. */
export interface IdContent {
  brand: string;
  /** Upper case, no blanks around. */
  recordLocator: string;
  lastName: string;
  /** The partner's own order number. */
  reference?: string | undefined;
}

export interface OpenedId extends IdContent {
  /** `aes-cbc`: nothing authenticates it, whoever holds one can bend it. */
  form: LegacyIdFormat;
  /** How the partner derived its key; null: the id is our own. */
  kdf: 'sha256' | 'sha1' | null;
}

export interface EncryptedIds {
  /** @returns text that survives any link: letters, digits and `=` */
  seal(content: IdContent): Promise<string>;
  /**
   * @param text as it stands in the link, however it was escaped
   * @param brands those with old links, all of which are tried
   * @returns null whatever failed
   */
  open(text: string, brands: () => Promise<readonly BrandSettings[]>): Promise<OpenedId | null>;
}
