import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** A word of a closed list. What is null passes. */
export const oneOf = (column: string, words: readonly string[]): RawBuilder<boolean> =>
  sql`${sql.ref(column)} in (${sql.join(words.map((word) => sql.lit(word)))})`;

/** Of flags: 0 or 1. */
export const flags = (...columns: string[]): RawBuilder<boolean> =>
  sql.join(
    columns.map((column) => sql`${sql.ref(column)} in (0, 1)`),
    sql` and `,
  );

export const notNegative = (...columns: string[]): RawBuilder<boolean> =>
  sql.join(
    columns.map((column) => sql`${sql.ref(column)} >= 0`),
    sql` and `,
  );
