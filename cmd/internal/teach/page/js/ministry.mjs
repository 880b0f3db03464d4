// The step after the last chapter; none: the page leaves it out.

export const ministry = null;
