// The rules of the prologue's toy: those of the model in miniature, for one yard,
// two suppliers and one customer, week by week. There is no luck in it but the
// orders at home, and those are always the same. Numbers are the model's own
// wherever it has them; what is the toy's own says so.

export const year = 52; // weeks of the project, and of every year more

export const suppliers = [0, 1];

// What the yard's other business wants of its hours, by quarter: about the share that
// workload.mean says, up and down as in the model. The toy's own numbers.
const atHome = [0.3, 0.1, 0.3, 0.6, 0.4, 0.1, 0.5, 0.2];
const quarter = 13; // weeks
const practiceActs = 40; // weeks of joint work at which half of practice is reached
const lost = 0.4; // how far one comes below which one is passed over: the model's bypassed
const quiet = 0.5; // of the weeks of silence in which a customer grows cold, when one is warned: the toy's own
const waits = 0.7; // below which one sees that it waits: the toy's own
const away = quarter; // weeks that a supplier then works elsewhere: the toy's own

/** The numbers of the toy, from the model's parameters by name. */
export function numbersOf(v) {
  const complexity = v["group.technology"] + v["customer.complexity"] * suppliers.length;
  const pull = (trust) => v["commitment.initial"] * trust * (0.5 + 2 * v["norms.sharing"]);
  const tempt = v["joint.temptation"] * (1 - v["joint.mediation_effect"]);
  return {
    hours: v["group.hours"],
    needed: v["joint.hours_system"],
    most: v["joint.link_hours"],
    gives: (trust) => 1 / (1 + Math.exp((tempt - pull(trust)) / v["joint.noise"])),
    practice: v["joint.practice"],
    prior: v["trust.prior"],
    start: v["trust.start"],
    weight: v["trust.weight"],
    notice: v["joint.response"],
    trusted: v["customer.trust_base"] + v["customer.trust_slope"] * complexity,
    // A meeting with the manager and a yard of usual experience, in a usual market.
    meeting: v["customer.trust_rate"] * (1 - (1 - v["manager.skill"]) * (1 - v["group.experience"])) * (1 - v["markets.distance"]),
    attend: v["customer.attend_hours"],
    every: v["customer.meeting_every"],
    cold: v["customer.cold"],
    patience: v["customer.patience"],
    rounds: 1 + Math.ceil(v["deal.rounds_slope"] * complexity),
    round: v["deal.round_hours"],
    roundEvery: v["deal.round_every"],
  };
}

/** A toy before its first week. */
export function newToy(n) {
  const firm = () => ({ joint: 0, acts: 0, good: 2 * n.prior * n.start, bad: 2 * n.prior * (1 - n.start), comes: 1, away: 0 });
  const weeks = { week: 0, met: 0, since: 0, due: 0, lostWeeks: 0 };
  const hours = { ready: 0, backlog: 0 }; // put by for the customer, and left undone at home
  return { n, stage: "door", trust: 0, rounds: n.rounds, firms: suppliers.map(firm), marks: {}, ...weeks, ...hours };
}

/** What the orders at home want in a week from 1, h. */
export const wantedAtHome = (n, week) => atHome[Math.floor((week - 1) / quarter) % atHome.length] * n.hours;

export const trustOf = (firm) => firm.good / (firm.good + firm.bad);

/** How much of its patience with silence the customer has left, 1 to 0. */
export const warmth = (t) => Math.max(0, 1 - (t.week - t.met) / t.n.cold);

/** How full the offer is, 0 to 1. */
export const fullness = (t) => t.firms.reduce((sum, f) => sum + Math.min(f.joint, t.n.needed), 0) / (t.n.needed * t.firms.length);

export const over = (t) => t.stage === "deal" || t.stage === "lost";

/**
 * Plays one week with so many hours: {customer, firms: [h, h]}; what is left of the
 * yard's hours goes into its own work. Returns what happened that is worth telling:
 * {kind, …} in order.
 */
export function playWeek(t, hours) {
  const told = [];
  t.week++;
  const given = workAtHome(t, hours, told);
  if (t.stage === "door" || t.stage === "offer") {
    workJointly(t, given, told);
    meet(t, given.customer, told);
    hand(t, told);
  } else negotiate(t, given.customer, told);
  const silence = t.week - t.met;
  if (!over(t) && t.met && silence === Math.ceil(quiet * t.n.cold)) told.push({ kind: "silent", weeks: silence });
  if (!over(t) && silence > t.n.cold) lose(t, "cold", told);
  return told;
}

/** What is left undone at home piles up; a full week of it takes the next week whole. The toy's own rule. */
function workAtHome(t, hours, told) {
  const { n } = t;
  const wanted = wantedAtHome(n, t.week);
  if (t.backlog >= n.hours) {
    t.backlog -= n.hours - wanted;
    t.lostWeeks++;
    told.push({ kind: "home" });
    return { customer: 0, firms: [0, 0] };
  }
  const own = n.hours - hours.customer - hours.firms[0] - hours.firms[1];
  if (hours.firms.some((h) => h > n.most) && !t.marks.most) {
    t.marks.most = t.week;
    told.push({ kind: "most" });
  }
  if (wanted > own && !t.marks.busy) {
    t.marks.busy = t.week;
    told.push({ kind: "busy", hours: wanted });
  }
  t.backlog = Math.max(0, t.backlog + wanted - own);
  return hours;
}

/** Both give what the more reserved one gives; who gave more remembers it. */
function workJointly(t, given, told) {
  const { n } = t;
  t.firms.forEach((f, k) => {
    if (f.joint >= n.needed) return;
    if (f.away) {
      f.away--;
      if (!f.away) told.push({ kind: "back", firm: k });
      return;
    }
    const mine = Math.min(1, given.firms[k] / n.most);
    const its = n.gives(trustOf(f));
    const both = Math.min(mine, its);
    f.joint += both * n.most * (1 + (n.practice * f.acts) / (f.acts + practiceActs));
    f.acts += both;
    f.good += n.weight * both;
    f.bad += n.weight * (its - both);
    f.comes += n.notice * (mine - f.comes);
    if (both > 0 && !t.marks.joint) {
      t.marks.joint = t.week;
      told.push({ kind: "joint", firm: k });
    }
    if (f.comes < waits && !t.marks.waits) {
      t.marks.waits = t.week;
      told.push({ kind: "waits", firm: k });
    }
    if (f.comes < lost) {
      Object.assign(f, { away, comes: 1 });
      told.push({ kind: "away", firm: k });
    }
  });
}

/** The manager and the yard meet the customer when hours for it are there; half as often while the offer is awaited. */
function meet(t, hours, told) {
  const { n } = t;
  t.ready = Math.min(t.ready + hours, n.attend + hours);
  const pause = n.every * (t.stage === "offer" ? 2 : 1);
  if (t.ready < n.attend || (t.met && t.week - t.met < pause)) return;
  if (!t.met) told.push({ kind: "met" });
  t.ready -= n.attend;
  t.met = t.week;
  t.trust += n.meeting * (1 - t.trust);
}

/** An offer goes out when the customer trusts enough and all joint hours are there. */
function hand(t, told) {
  const { n } = t;
  const ready = t.firms.every((f) => f.joint >= n.needed);
  if (t.stage === "door" && t.trust >= n.trusted) {
    Object.assign(t, { stage: "offer", since: t.week });
    t.marks.trusted = t.week;
    if (!ready) told.push({ kind: "trusted" });
  }
  if (t.stage !== "offer") return;
  if (ready) {
    Object.assign(t, { stage: "talks", due: t.week + n.roundEvery, met: t.week, ready: 0 });
    t.marks.offer = t.week;
    told.push({ kind: "offer" });
  } else if (t.week - t.since >= n.patience) lose(t, "patience", told);
}

/** A round takes hours for the customer; without them it waits. */
function negotiate(t, hours, told) {
  const { n } = t;
  t.ready = Math.min(t.ready + hours, n.round + hours);
  if (t.week < t.due || t.ready < n.round) return;
  t.ready -= n.round;
  t.rounds--;
  Object.assign(t, { due: t.week + n.roundEvery, met: t.week });
  if (t.rounds > 0) return;
  t.stage = "deal";
  t.marks.deal = t.week;
  told.push({ kind: "deal" });
}

function lose(t, why, told) {
  Object.assign(t, { stage: "lost", why });
  told.push({ kind: "lost" });
}
