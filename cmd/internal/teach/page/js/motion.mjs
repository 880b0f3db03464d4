// How dancers move: who walks to which customer when, who works with whom, who
// waits. Everything is a function of the time in weeks, so that time can be
// turned back.

import { members, bodyRadius } from "./floor.mjs";

const reach = 2.4; // weeks from setting out to arriving
const restless = 5; // weeks: who has met nobody for longer waits

/** How near a walk of a week is to its goal: 1 there, 0 at home. */
export function nearness(week, at) {
  const away = Math.abs(at - week) / reach;
  return away >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * away);
}

/**
 * The walks of a dance: {visits: [sme][{week, serial, spot}], notes: [{week, serial}],
 * searches: [{week, sme, angle}]}, each by week. Firms walk to meetings and rounds, where spot is the
 * place in the row before the customer, 0 its middle; a note
 * flies from the manager to whom it meets; a search ends at a shut door.
 */
export function walks(form) {
  const who = members(form);
  const visits = form.names.map(() => []);
  const notes = [];
  const searches = [];
  for (const e of form.events) {
    const goal = { week: e.week, serial: e.opportunity, spot: 0 };
    if (e.event === "meeting") {
      visits[who.slot(e.sme, e.week)].push(goal);
      if (e.by === "the manager") notes.push(goal);
    } else if (e.event === "round") e.team.forEach((name, k) => visits[who.slot(name, e.week)].push({ ...goal, spot: k - (e.team.length - 1) / 2 }));
    else if (fruitless.includes(e.event) && e.sme)
      searches.push({ week: e.week, sme: who.slot(e.sme, e.week), angle: (e.week * 2.4 + searches.length * 1.1) % (2 * Math.PI) });
  }
  return { visits, notes, searches };
}

const fruitless = ["door-closed", "nobody-left", "no-such-customer"];

/** The items of a list by week whose walks are under way. */
export function underWay(list, at) {
  let low = 0,
    high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].week <= at - reach) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let k = low; k < list.length && list[k].week < at + reach; k++) found.push(list[k]);
  return found;
}

/** How much of two weeks a pair or firm works jointly: [sme] from 0 to 1, and the partner it looks at. */
export function jointWork(form, at) {
  const n = form.names.length;
  const share = new Float64Array(n),
    partner = new Int8Array(n).fill(-1);
  const f = at - Math.floor(at);
  for (const [k, weight] of [
    [Math.floor(at) - 1, 1 - f],
    [Math.floor(at), f],
  ])
    for (const [i, j] of form.weeks[k]?.j ?? []) {
      share[i] = Math.min(1, share[i] + weight);
      share[j] = Math.min(1, share[j] + weight);
      [partner[i], partner[j]] = [j, i];
    }
  return { share, partner };
}

/**
 * Where a dancer is: {x, y, turn, away, still}. home is its place, goals those
 * under way with the place of each customer, its weight and the weeks since in {x, y, w, late, spot}, joint how much it works
 * with the partner at mate, beat the rhythm of the music, null when none is heard.
 */
export function pose(home, goals, joint, mate, n, beat) {
  let [x, y, away, dx, dy] = [0, 0, 0, 0, 0];
  for (const g of goals) {
    const far = Math.hypot(g.x, g.y),
      stand = 1 - (1.15 * bodyRadius(n) + 8.5) / far, // before the customer, not upon it
      side = (2.3 * bodyRadius(n) * g.spot) / far; // and not upon each other
    const [gx, gy] = [g.w * (g.x * stand - g.y * side - home[0]), g.w * (g.y * stand + g.x * side - home[1])];
    const ahead = Math.max(-1, Math.min(1, 1 - 2 * g.late)); // on the way back it looks home
    [x, y, away, dx, dy] = [x + gx, y + gy, away + g.w, dx + ahead * gx, dy + ahead * gy];
  }
  const pull = 1 / Math.max(1, away);
  const at = [home[0] + pull * x, home[1] + pull * y];
  const active = beat !== null && (away > 0 || joint > 0);
  if (active) {
    const size = 1.2 + 1.3 * joint * Math.max(0, 1 - away);
    at[0] += size * Math.sin(beat);
    at[1] += 0.6 * size * Math.cos(beat);
  }
  const look = direction(at, mate ?? [0, 0], mate ? 1 : 0.4);
  const out = direction(home, [home[0] + dx, home[1] + dy], Math.min(1, 2 * away));
  const turn = Math.atan2(look[1] + out[1], look[0] + out[0]) + (active ? (0.35 + 0.6 * joint) * Math.sin(beat / 2) : 0);
  return { x: at[0], y: at[1], turn, away: Math.min(1, away), still: !active };
}

function direction(from, to, length) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const d = Math.hypot(dx, dy);
  return d < 1e-6 ? [0, 0] : [(length * dx) / d, (length * dy) / d];
}

/** Whether a firm waits at a time: it met nobody lately, will meet nobody soon, and works with nobody. */
export function waits(visits, joint, at) {
  return joint === 0 && !visits.some((v) => Math.abs(v.week - at) < restless);
}
