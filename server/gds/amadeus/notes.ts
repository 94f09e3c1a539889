/** Warnings of one map, for people who support the integration: each said once, with the places it is true of. */
export interface Notes {
  add(text: string, place?: string): void;
  list(): string[];
}

const SHOWN = 5;

/** Collects warnings; of many places the first few are named and the rest counted. */
export function createNotes(): Notes {
  const notes = new Map<string, Set<string>>();
  return {
    add(text, place) {
      const places = notes.get(text) ?? new Set();
      if (place !== undefined) places.add(place);
      notes.set(text, places);
    },
    list: () =>
      [...notes].map(([text, places]) => {
        if (!places.size) return text;
        const more = places.size > SHOWN ? ` and ${places.size - SHOWN} more` : '';
        return `${text}: ${[...places].slice(0, SHOWN).join(', ')}${more}`;
      }),
  };
}
