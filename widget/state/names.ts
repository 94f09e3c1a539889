import type { Traveller } from '../../server/wire/panel.ts';

/** Whole names may be long; where one word is enough, the first of them is: "María". */
export function firstName({ name }: Traveller): string {
  return name.split(' ', 1)[0] ?? name;
}
