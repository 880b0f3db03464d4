// The step before the first chapter; none: the page leaves it out.

export const prologue = null;
