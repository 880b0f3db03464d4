// Geometry of charts: numbers to pixels, ticks, paths, labels that do not
// overlap. No document here, so that it can be tested without a browser.

export function linear([a, b], [from, to]) {
  const f = (x) => from + ((x - a) / (b - a || 1)) * (to - from);
  f.invert = (y) => a + ((y - from) / (to - from || 1)) * (b - a);
  return f;
}

/** Round ticks from min, itself round, to max, about n of them. */
export function ticks(max, n = 5, min = 0) {
  if (!(max > min)) return [min];
  const rough = (max - min) / n;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
  const out = [];
  for (let k = 0; min + k * step <= max * 1.0001; k++) out.push(Number((min + k * step).toPrecision(12)));
  return out;
}

/** The smallest round number at or above x. */
export function roundUp(x) {
  if (!(x > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((m) => m * power).find((s) => s >= x * 0.999);
}

/**
 * A mean no firmer than its interval, as the command line prints it: to the
 * place of the first digit of half the interval, or of its second where the
 * first is 1 or 2. Where no less than `least` is written, it is rounded to that
 * at once: twice would make 12 % of 11.46 %.
 */
export function asFirmAs({ mean, low, high }, least = 0) {
  const half = (high - low) / 2;
  if (!(half > 0)) return mean;
  const first = 10 ** Math.floor(Math.log10(half));
  const place = Math.max(least, half < 3 * first ? first / 10 : first);
  return Math.round(mean / place) * place;
}

/**
 * A line through the points drawn, sparse by index: between two it is straight,
 * beyond the outermost flat. Nothing drawn is flat at the bottom.
 */
export function carry(xs, drawn, bottom) {
  const known = xs.map((x, k) => [x, drawn[k]]).filter(([, v]) => v !== undefined);
  if (!known.length) return xs.map(() => bottom);
  return xs.map((x) => {
    const after = known.findIndex(([at]) => at >= x);
    if (after <= 0) return known.at(after)[1];
    const [[a, from], [b, to]] = [known[after - 1], known[after]];
    return from + ((to - from) * (x - a)) / (b - a);
  });
}

const px = (v) => Math.round(v * 10) / 10;

export function linePath(points) {
  return points.map(([x, y], k) => `${k ? "L" : "M"}${px(x)},${px(y)}`).join("");
}

export function bandPath(lower, upper) {
  return linePath([...lower, ...upper.toReversed()]) + "Z";
}

/** Moves label positions apart so that neighbours keep the gap, within [top, bottom], in the order given by their ys. */
export function spread(ys, gap, top, bottom) {
  const order = ys.map((_, k) => k).sort((a, b) => ys[a] - ys[b]);
  const out = [...ys];
  let last = -Infinity;
  for (const k of order) last = out[k] = Math.max(out[k], last + gap, top);
  let next = bottom + gap;
  for (const k of order.toReversed()) next = out[k] = Math.min(out[k], next - gap);
  return out;
}

/** Index of the value nearest to x. */
export function nearest(xs, x) {
  let best = 0;
  xs.forEach((v, k) => {
    if (Math.abs(v - x) < Math.abs(xs[best] - x)) best = k;
  });
  return best;
}

/** Stacks values into columns of dots: each value's pixel, and its place in its column. */
export function dots(values, toPixel, size) {
  const height = new Map();
  return [...values]
    .sort((a, b) => a - b)
    .map((v) => {
      const column = Math.round(toPixel(v) / size);
      const row = height.get(column) ?? 0;
      height.set(column, row + 1);
      return { value: v, x: column * size, row };
    });
}
