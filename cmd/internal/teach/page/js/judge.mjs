// What the trial of a suspect shows, judged on intervals: a difference smaller
// than its own interval is none that can be told.

const most = 0.6; // of the gap closed, for a cause
const part = 0.2;

/** Whether two means {mean, low, high} differ, and by how much; as if independent, which is careful for runs on the same luck. */
export function difference(a, b) {
  const by = a.mean - b.mean;
  const half = Math.hypot(a.high - a.low, b.high - b.low) / 2;
  return { by, half, clear: Math.abs(by) > half };
}

/**
 * The verdict on a suspect, from what the chapter's form comes to before and
 * after it is taken away, more being better: does it come up to the reference?
 */
export function judge(before, after) {
  const gap = difference(before.reference, before.subject);
  if (!gap.clear || gap.by < 0) return "nogap";
  const change = difference(after.subject, before.subject);
  if (!change.clear) return "unclear";
  if (change.by < 0) return "worse";
  const closed = change.by / gap.by,
    surely = (change.by - change.half) / gap.by;
  if (closed > most && surely > part) return "yes";
  return closed > part ? "part" : "not";
}
