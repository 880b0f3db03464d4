// The dance floor: where dancers stand in each week, and the life of each
// customer at the rim. Pure functions of what /api/dance tells.

export const ringRadius = 42; // of the dancers, in units of the floor, whose radius is 100
const rims = [84, 98]; // radii of the two rows of customers
const slotsOfRim = 36;

/** Angles of n dancers around the band, the first at the top. */
export function ring(n) {
  return Array.from({ length: n }, (_, k) => -Math.PI / 2 + (2 * Math.PI * k) / n);
}

const memory = 0.72; // of last week's closeness that is still there: partners drift apart within a month or two
const nearness = 0.44; // of the way to its partners that a dancer comes when it does nothing but joint work
const hoursTogether = 4; // hours of both a week that draw partners fully together
const gap = 4; // units between two dancers, and between one and the band, at the least

export const bandRadius = 10;

/** Radius of one of n dancers: as large as lets them walk past each other, because their signs are read from the last row. */
export function bodyRadius(n) {
  return n <= 6 ? 11.5 : n <= 9 ? 10.5 : 9.5;
}

/** Where dancers are at home in each week: [week][sme] = [x, y]. Who works jointly meets between its places. */
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
        let [x, y, all] = [0, 0, 0];
        for (let k = 0; k < n; k++) {
          const c = close[i * n + k];
          [x, y, all] = [x + c * (home[k][0] - at[0]), y + c * (home[k][1] - at[1]), all + c];
        }
        const pull = nearness / Math.max(1, all);
        return [at[0] + pull * x, at[1] + pull * y];
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
  const who = members(form);
  const slots = (e) => (e.team ?? []).map((name) => who.slot(name, e.week));
  const all = new Map();
  for (const e of form.events) {
    const life = all.get(e.opportunity);
    if (e.event === "door-opened") {
      all.set(e.opportunity, {
        serial: e.opportunity,
        named: e.team,
        teams: [{ week: e.week, team: slots(e) }], // slots of those who serve it, the lead first, from each week in which they changed
        kind: e.kind,
        need: (e.team ?? []).length > 1 ? (form.joint_hours?.[e.kind] ?? 0) : 0, // joint hours of each of its links
        hours: new Map(), // week: joint hours of the link that has fewest, until the offer is out
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
    else if (e.team && String(e.team) !== String(life.named)) life.teams.push({ week: e.week, team: slots(e) });
    if (!life) continue;
    life.named = e.team ?? life.named;
    if (e.event === "trusted") life.trusted = e.week;
    else if (e.event === "offer") life.offer = e.week;
    else if (e.event === "deal") life.deal = e.week;
    else if (e.event === "lost") [life.lost, life.why] = [e.week, e.why];
    else if (e.event === "customer-gone") life.gone = e.week;
    else if (e.event === "order") life.orders.push(e.week);
  }
  form.weeks.forEach((week, k) => {
    for (const o of week.o) {
      all.get(o.s)?.weeks.set(k + 1, o.p);
      all.get(o.s)?.hours.set(k + 1, o.h ?? 0);
    }
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

/** Who is in which slot in which week: members of an open group may be replaced. */
export function members(form) {
  const changes = [{ week: 0, names: form.names }];
  form.weeks.forEach((week, k) => {
    if (week.n) changes.push({ week: k + 1, names: week.n });
  });
  const at = (week) => changes.findLast((c) => c.week <= week).names;
  return { name: (slot, week) => at(week)[slot], slot: (name, week) => Math.max(0, at(week).indexOf(name)) };
}

/** The slots of those who serve a customer at a time. */
export const teamAt = (life, at) => (life.teams.findLast((t) => t.week <= at) ?? life.teams[0]).team;

/** The way of a customer from the open door: its stages {stage, from, to} in weeks; who is not at the end yet is there at the last week. */
export function way(life, last) {
  const end = life.deal || life.lost || last;
  const marks = [life.opened, life.trusted || life.offer || end, life.offer || end, end];
  return ["door", "offer", "talks"].map((stage, k) => ({ stage, from: marks[k], to: marks[k + 1] })).filter((s) => s.to > s.from);
}

/** Gives each customer's way a lane of its own as long as it is seen: life.lane; the number of lanes is returned. */
export function lanes(all, last) {
  const free = []; // week from which a lane is free
  for (const life of all) {
    const k = free.findIndex((week) => week <= life.opened);
    life.lane = k < 0 ? free.length : k;
    free[life.lane] = Math.max(life.deal || life.lost || last, life.orders.at(-1) ?? 0) + apartInLane;
  }
  return free.length;
}

const apartInLane = 4; // weeks between two customers in a lane

/**
 * What a floor is busy with at a time: {key, n, …}. What waits for joint hours is
 * told first, since that is where time goes unseen; of several the one that has come furthest.
 */
export function business(all, at) {
  const here = (stage) => all.filter((life) => stageAt(life, at) === stage);
  const furthest = (list, of) => Math.max(...list.map(of));
  const week = Math.floor(at);
  const [door, offer, talks] = ["door", "offer", "talks"].map(here);
  const behind = offer.filter((life) => (life.hours.get(week) ?? 0) < life.need - 0.5);
  if (behind.length) {
    const first = behind.reduce((a, b) => ((a.hours.get(week) ?? 0) / a.need >= (b.hours.get(week) ?? 0) / b.need ? a : b));
    return { key: "joint", n: behind.length, have: first.hours.get(week) ?? 0, need: first.need };
  }
  if (talks.length) return { key: "talks", n: talks.length };
  if (offer.length) return { key: "written", n: offer.length };
  if (door.length) return { key: "trust", n: door.length, share: furthest(door, (life) => life.weeks.get(week) ?? 0) };
  return { key: all.some((life) => life.opened <= at) ? "none" : "seek", n: 0 };
}

/** Gives each customer a seat at the rim, as near to its lead SME as there is room. */
function seat(list, n) {
  const angles = ring(n);
  const busy = new Float64Array(slotsOfRim * rims.length); // week until which a seat is taken
  for (const life of list) {
    const wish = Math.round((angles[life.teams[0].team[0] ?? 0] / (2 * Math.PI)) * slotsOfRim);
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
