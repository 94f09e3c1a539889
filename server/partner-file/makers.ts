/** What applying a file makes anew. Chance and hashing come in from outside. */
export interface Makers {
  newPublishableKey(mode: 'test' | 'live'): string;
  newApiKey(): string;
  newApiSecret(): string;
  /** For an endpoint whose file names no secret. */
  newSigningSecret(): string;
  /** What is stored of an API secret. */
  hashApiSecret(secret: string): string;
  /** PBKDF2 as the older guide's samples do it: 100,000 rounds, 32 bytes. Must not run on the event loop's thread. */
  deriveKey(password: string, salt: string, kdf: 'sha256' | 'sha1'): Promise<Uint8Array>;
}
