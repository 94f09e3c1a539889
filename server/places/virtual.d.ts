declare module 'virtual:airports' {
  /** IATA airport code -> [city in English, IANA time zone]. Made by vite.config.ts. */
  const table: Readonly<Record<string, readonly [city: string, zone: string]>>;
  export default table;
}

declare module '*?raw' {
  const text: string;
  export default text;
}
