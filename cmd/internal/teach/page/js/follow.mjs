// Follows a class as the server tells it: by its wall, a stream, or by asking
// again where there is no place at the wall. What is lost is told, and tried
// again until the page is left.

import { get } from "./api.mjs";

/** Seconds before the next try: soon at first, then patiently, and never all pages of a class at once. */
export const patience = (tries, luck = Math.random()) => Math.min(10, 1 + tries) * (0.75 + luck / 2);

/** What a page has to listen and wait with; a test has its own. */
const browser = {
  get,
  EventSource: globalThis.EventSource,
  wait: (f, ms) => setTimeout(f, ms),
  stop: (timer) => clearTimeout(timer),
};

/**
 * hear(room) is told how the class stands whenever that changes; lost(error) why
 * nothing is heard, null when it is heard again. query says who asks. The
 * function returned ends it.
 */
export function follow(code, query, hear, lost, doors = browser) {
  const path = `/api/class/${encodeURIComponent(code)}`;
  const asked = "?" + new URLSearchParams(query);
  let source = null,
    timer = 0,
    tries = 0,
    ended = false;
  const open = () => {
    source = new doors.EventSource(`${path}/wall${asked}`);
    source.onmessage = (e) => {
      if (ended) return;
      tries = 0;
      lost(null);
      hear(JSON.parse(e.data));
    };
    source.onerror = () => {
      source.close();
      ask();
    };
  };
  const ask = async () => {
    try {
      const room = await doors.get(path + asked);
      if (ended) return;
      lost(null); // the server is there: it has no place at the wall, or the stream had been cut
      hear(room);
    } catch (error) {
      if (ended) return;
      lost(error);
    }
    timer = doors.wait(open, 1000 * patience(tries++));
  };
  open();
  return () => {
    ended = true;
    source.close();
    doors.stop(timer);
  };
}
