/** The four places a brand's file names a logo for; the guide's `logo_primary`, `logo_icon` and their light forms. */
export type LogoName = 'primary' | 'icon' | 'light' | 'iconLight';

/** What became of a brand's logos. */
export interface FetchedLogos {
  /** SHA-256 of what is kept and served, hex. */
  found: Partial<Record<LogoName, string>>;
  /** `why` continues a sentence that begins with the address: "answers 404". */
  failed: { which: LogoName; why: string }[];
}

/**
 * Fetches the logos that a file names, once, and keeps them, so that no traveller's browser calls a host of the partner's.
 * Never throws for what the far side does; a database that fails is thrown.
 */
export type FetchLogos = (urls: Partial<Record<LogoName, string>>) => Promise<FetchedLogos>;
