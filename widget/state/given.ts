/** Options of a property that the panel hands down: nothing of a booking ever stands in an attribute. */
export const given = { attribute: false };
