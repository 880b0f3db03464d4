// The dance floor: where dancers stand in each week, and the life of each
// customer at the rim. Pure functions of what /api/dance tells.

export const ringRadius = 48; // of the dancers, in units of the floor, whose radius is 100
const rims = [84, 98]; // radii of the two rows of customers
const slotsOfRim = 36;

/** Angles of n dancers around the band, the first at the top. */
export function ring(n) {
  return Array.from({ length: n }, (_, k) => -Math.PI / 2 + (2 * Math.PI * k) / n);
}

const memory = 0.85; // of last week's closeness that is still there: partners drift apart slowly
const hoursTogether = 4; // hours of both a week that draw partners fully together
const gap = 4; // units between two dancers, and between one and the band, at the least

export const bandRadius = 11;

/** Radius of one of n dancers: as large as there is room for, because their signs are read from the last row. */
export function bodyRadius(n) {
  return n <= 6 ? 15 : n <= 9 ? 13 : 11.5;
}

/** Positions [week][sme] = [x, y]. Joint work draws partners towards each other and trust keeps them there. */
export function positions(weeks, n) {
  const home = ring(n).map((a) => [ringRadius * Math.cos(a), ringRadius * Math.sin(a)]);
  const close = new Float64Array(n * n);
  return weeks.map((week) => {
    for (let k = 0; k < close.length; k++) close[k] *= memory;
    for (const [i, k, hours] of week.j) {
      const add = (1 - memory) * Math.min(1, hours / hoursTogether);
      close[i * n + k] += add;
      close[k * n + i] += add;
    }
    return apart(
      home.map((at, i) => {
        let [x, y] = at;
        for (let k = 0; k < n; k++) {
          const pull = 0.32 * Math.min(1, close[i * n + k]);
          x += (pull * (home[k][0] - at[0])) / Math.sqrt(n - 1 || 1);
          y += (pull * (home[k][1] - at[1])) / Math.sqrt(n - 1 || 1);
        }
        return [x, y];
      }),
    );
  });
}

/** Pushes dancers off each other and off the band in the middle. */
function apart(at) {
  const body = bodyRadius(at.length);
  const nearest = 2 * body + gap,
    toBand = body + bandRadius + 1.5 * gap;
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < at.length; i++) {
      for (let k = i + 1; k < at.length; k++) {
        const dx = at[k][0] - at[i][0],
          dy = at[k][1] - at[i][1],
          d = Math.hypot(dx, dy) || 1e-6;
        const push = Math.max(0, nearest - d) / 2 / d;
        at[i] = [at[i][0] - dx * push, at[i][1] - dy * push];
        at[k] = [at[k][0] + dx * push, at[k][1] + dy * push];
      }
      const d = Math.hypot(...at[i]) || 1e-6;
      if (d < toBand) at[i] = [(at[i][0] * toBand) / d, (at[i][1] * toBand) / d];
    }
  }
  return at;
}

/** Mean position between two weeks; at is the time in weeks, 1 is the end of the first. */
export function between(list, at) {
  const a = list[Math.min(list.length - 1, Math.max(0, Math.floor(at) - 1))];
  const b = list[Math.min(list.length - 1, Math.max(0, Math.floor(at)))];
  const f = at < 1 ? 0 : at - Math.floor(at);
  return a.map((p, k) => [p[0] + f * (b[k][0] - p[0]), p[1] + f * (b[k][1] - p[1])]);
}

/**
 * The lives of the customers whose doors opened: who serves them, from when to
 * when, each week's stage and progress, the deal, the repeat orders, and the
 * end. open says whether they were still undecided when the music stopped.
 */
export function lives(form) {
  const slot = new Map(form.names.map((name, k) => [name, k]));
  const all = new Map();
  for (const e of form.events) {
    const life = all.get(e.opportunity);
    if (e.event === "door-opened") {
      all.set(e.opportunity, {
        serial: e.opportunity,
        team: (e.team ?? []).map((name) => slot.get(name) ?? 0),
        value: e.numbers.value_keur,
        opened: e.week,
        weeks: new Map(),
        trusted: 0,
        offer: 0,
        deal: 0,
        lost: 0,
        gone: 0,
        orders: [],
        why: "",
        open: false,
      });
    } else if (!life) continue;
    else if (e.event === "trusted") life.trusted = e.week;
    else if (e.event === "offer") life.offer = e.week;
    else if (e.event === "deal") life.deal = e.week;
    else if (e.event === "lost") [life.lost, life.why] = [e.week, e.why];
    else if (e.event === "customer-gone") life.gone = e.week;
    else if (e.event === "order") life.orders.push(e.week);
  }
  form.weeks.forEach((week, k) => {
    for (const o of week.o) all.get(o.s)?.weeks.set(k + 1, o.p);
  });
  const list = [...all.values()];
  for (const life of list) {
    life.end = life.lost || life.gone || Infinity;
    life.open =
      life.opened <= form.project_weeks && (life.deal || Infinity) > form.project_weeks && (life.lost || Infinity) > form.project_weeks;
  }
  seat(list, form.names.length);
  return list;
}

/** Gives each customer a seat at the rim, as near to its lead SME as there is room. */
function seat(list, n) {
  const angles = ring(n);
  const busy = new Float64Array(slotsOfRim * rims.length); // week until which a seat is taken
  for (const life of list) {
    const wish = Math.round((angles[life.team[0] ?? 0] / (2 * Math.PI)) * slotsOfRim);
    life.seat = freeSeat(busy, wish, life.opened);
    busy[life.seat] = life.end + leaving;
    const angle = (2 * Math.PI * ((life.seat % slotsOfRim) + 0.5 * Math.floor(life.seat / slotsOfRim))) / slotsOfRim;
    const radius = rims[Math.floor(life.seat / slotsOfRim)];
    life.at = [radius * Math.cos(angle), radius * Math.sin(angle)];
  }
}

function freeSeat(busy, wish, week) {
  let worst = 0;
  for (let row = 0; row < rims.length; row++) {
    for (let step = 0; step < slotsOfRim / 3; step++) {
      for (const side of [step, -step]) {
        const k = row * slotsOfRim + ((((wish + side) % slotsOfRim) + slotsOfRim) % slotsOfRim);
        if (busy[k] <= week) return k;
      }
    }
  }
  for (let k = 1; k < busy.length; k++) if (busy[k] < busy[worst]) worst = k;
  return worst;
}

export const leaving = 6; // weeks in which who has left can still be seen

/** Stage of a customer's life at a time: "door", "offer", "talks", "customer", "lost", or "" when it is not there. */
export function stageAt(life, at) {
  if (at < life.opened || at > life.end + leaving) return "";
  if (at >= life.end) return "lost";
  if (life.deal && at >= life.deal) return "customer";
  if (life.offer && at >= life.offer) return "talks";
  return life.trusted && at >= life.trusted ? "offer" : "door";
}

/** What the floor shows beside the dancers, at a time: deals, value, undecided. */
export function sums(form, all, at) {
  const week = form.weeks[Math.min(form.weeks.length, Math.floor(at)) - 1];
  const here = all.filter((life) => ["door", "offer", "talks"].includes(stageAt(life, at)));
  return { deals: week?.d ?? 0, value: week?.v ?? 0, open: here.length, openValue: here.reduce((sum, life) => sum + life.value, 0) };
}

/** A short sign for a name: its number or letter, or its first letters. */
export function sign(name) {
  const words = name.split(/\s+/).filter(Boolean);
  if (words.length > 1 && /^(\d+|\p{L})$/u.test(words.at(-1))) return words.at(-1);
  return (words.length > 1 ? words[0][0] + words[1][0] : name.slice(0, 2)).toUpperCase();
}
