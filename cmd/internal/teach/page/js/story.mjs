// Stories: events in sentences of the user's language, and the events that a
// story of an SME, a pair or a customer is made of.

/** The kinds of events by name, as the start of the lesson lists them: {name, doc, often, weight}. */
export const kindsOf = (events) => new Map(events.map((e) => [e.name, e]));

/** What happens week after week is counted, not told one by one. */
const isTold = (kinds, event) => !kinds.get(event.event)?.often;

/**
 * Whether an event belongs to the story of {kind: "sme"|"link"|"customer"|"group", …}. A customer's holds
 * the joint work that its offer waits for: {serial, teams: [{week, links: pairs of names}], to}.
 */
export function concerns(e, who) {
  switch (who.kind) {
    case "sme":
      return e.sme === who.name || e.other === who.name || (e.team ?? []).includes(who.name);
    case "link":
      return (
        (e.sme === who.a && e.other === who.b) ||
        (e.sme === who.b && e.other === who.a) ||
        ((e.team ?? []).includes(who.a) && (e.team ?? []).includes(who.b))
      );
    case "customer":
      return e.opportunity === who.serial || isJointFor(e, who);
    default:
      return true;
  }
}

const isJointFor = (e, who) =>
  (e.event === "joint-work" || e.event === "shirked") &&
  e.week <= who.to &&
  (who.teams?.findLast((t) => t.week <= e.week)?.links ?? []).some((pair) => pair.includes(e.sme) && pair.includes(e.other));

/** The customer of a serial number for its story: with the links of its offer, as long as it waits for their joint work. */
export function customerOf(form, serial) {
  const who = { kind: "customer", serial, teams: [], to: Infinity, need: 0 };
  let last = "";
  for (const e of form.events) {
    if (e.opportunity !== serial) continue;
    const team = e.team ?? [];
    if (e.event === "door-opened") who.need = team.length > 1 ? (form.joint_hours?.[e.kind] ?? 0) : 0;
    if (e.event === "offer" || e.event === "lost") who.to = Math.min(who.to, e.week);
    if (!who.need || !team.length || String(team) === last) continue;
    last = String(team);
    const hubs = e.kind === "system" ? team.slice(0, 1) : team;
    who.teams.push({ week: e.week, links: hubs.flatMap((a, i) => team.slice(i + 1).map((b) => [a, b])) });
  }
  return who;
}

const keyOf = (e) => "event." + e.event + (e.event === "meeting" && e.by !== "the manager" ? ".alone" : "");

/** The event in a sentence. */
export function sentence(words, e) {
  const n = e.numbers ?? {};
  const values = {
    sme: e.sme ?? "",
    other: e.other ?? "",
    team: words.list(e.team ?? []),
    serial: e.opportunity ?? 0,
    market: e.market ?? "",
    why: words.has("why." + e.why) ? words.t("why." + e.why) : (e.why ?? ""),
    value: words.number(n.value_keur ?? n.open_value_keur),
    trust: words.number(n.customer_trust ?? n.trust, 2),
    needed: words.number(n.trust_needed, 2),
    weeks: words.number(n.weeks_since_door),
    chance: words.percent(n.chance ?? 0),
    coverage: words.percent(n.coverage ?? 0),
    rounds: words.number(n.rounds_to_come),
    left: words.number(n.hours_left, 1),
    hoursNeeded: words.number(n.hours_needed, 1),
    results: words.number(n.results_deals, 2),
    expected: words.number(n.expectations_deals, 2),
    n: Math.round(n.open_offers ?? n.active_smes ?? n.smes_present ?? n.rounds_held ?? 0),
    hours: words.number(n.joint_hours ?? n.hours_wasted, 1),
    cost: words.number(n.yearly_cost_keur),
  };
  return words.t(keyOf(e), values);
}

/** The language of an event's sentence, null where it is that of the page. */
export const tongue = (words, e) => words.tongue(keyOf(e));

/**
 * The story of who up to a week: [{week, text, lang, big}]. Runs of small events of
 * a kind become one line with their number.
 */
export function tell(words, kinds, events, who, upTo = Infinity) {
  const lines = [];
  let run = null;
  for (const e of events) {
    if (e.week > upTo) break;
    if (!concerns(e, who)) continue;
    if (isTold(kinds, e)) {
      run = null;
      lines.push({ week: e.week, text: sentence(words, e), lang: tongue(words, e), big: true, event: e.event });
    } else if (run && run.counts) {
      run.counts.set(e.event, (run.counts.get(e.event) ?? 0) + 1);
      run.to = e.week;
      run.last = e;
    } else {
      run = { week: e.week, to: e.week, big: false, counts: new Map([[e.event, 1]]), last: e };
      lines.push(run);
    }
    if (e.event === "joint-work") (run.hours ??= new Map()).set([e.sme, e.other].sort().join(), e.numbers?.joint_hours);
  }
  for (const line of lines) if (line.counts) line.text = runText(words, line) + jointText(words, line, who);
  return lines;
}

/** How far the joint work for a customer's offer has come in a run of small events. */
function jointText(words, run, who) {
  if (!who.need || !run.hours?.size) return "";
  return " " + words.t("story.joint", { have: words.number(Math.min(who.need, ...run.hours.values())), need: words.number(who.need) });
}

function runText(words, run) {
  const total = [...run.counts.values()].reduce((a, b) => a + b, 0);
  if (total === 1) return sentence(words, run.last);
  const text = words.list([...run.counts].map(([event, n]) => words.t("count." + event, { n })));
  return text[0].toLocaleUpperCase(words.locale) + text.slice(1) + ".";
}

const read = 2.4; // seconds in which a sentence is read
const apart = 7; // weeks between two turning points, at the least
const mostTurns = 9;

/**
 * The turning points of a dance, at which it slows down, by week: [{week, seconds, still, key, event}]. They are each
 * floor's first deal, its largest loss of those that had come to trust it, the first who gives up, the stop, and the
 * largest loss of all after it.
 */
export function turningPoints(kinds, forms) {
  const weight = (e) => kinds.get(e.event)?.weight ?? 0;
  const largest = (list) => list.reduce((a, b) => (a && a.event.numbers.value_keur >= b.event.numbers.value_keur ? a : b), null);
  const { project_weeks: stop, total_weeks: total } = forms[0];
  const late = []; // losses after the stop
  const all = forms.flatMap((form) => {
    const turn = (event) => ({ week: event.week, seconds: read, still: false, key: form.key, event });
    const of = (...names) => form.events.filter((e) => names.includes(e.event));
    const trusted = new Set(of("trusted").map((e) => e.opportunity));
    const losses = of("lost").filter((e) => trusted.has(e.opportunity));
    late.push(...losses.filter((e) => e.week > stop).map(turn));
    const firsts = [of("deal")[0], of("left", "passive")[0]].filter(Boolean);
    return [...firsts.map(turn), largest(losses.filter((e) => e.week <= stop).map(turn))];
  });
  const chosen = stop < total ? [{ week: stop, seconds: read + 0.6, still: true, key: "", event: null }] : [];
  for (const turn of [...all, largest(late)].filter(Boolean).sort((a, b) => weight(b.event) - weight(a.event) || a.week - b.week))
    if (chosen.length < mostTurns && chosen.every((t) => Math.abs(t.week - turn.week) >= apart)) chosen.push(turn);
  return chosen.sort((a, b) => a.week - b.week);
}
