// What a browser tab remembers over a reload. In the frame of a page that allows no
// storage, it remembers until then.

const meanwhile = new Map();

/** The text kept under a name, or null. */
export function recall(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return meanwhile.get(name) ?? null;
  }
}

/** Keeps a text under a name; null forgets it. */
export function remember(name, text) {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    if (text === null) meanwhile.delete(name);
    else meanwhile.set(name, text);
  }
}
