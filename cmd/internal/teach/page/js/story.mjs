// Stories: events in sentences of the user's language, and the events that a
// story of an SME, a pair or a customer is made of.

/** The kinds of events by name, as the start of the lesson lists them: {name, doc, often, weight}. */
export const kindsOf = (events) => new Map(events.map((e) => [e.name, e]));

/** What happens week after week is counted, not told one by one. */
const isTold = (kinds, event) => !kinds.get(event.event)?.often;

/** Whether an event belongs to the story of {kind: "sme"|"link"|"customer"|"group", …}. */
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
      return e.opportunity === who.serial;
    default:
      return true;
  }
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
  }
  for (const line of lines) if (line.counts) line.text = runText(words, line);
  return lines;
}

function runText(words, run) {
  const total = [...run.counts.values()].reduce((a, b) => a + b, 0);
  if (total === 1) return sentence(words, run.last);
  const text = words.list([...run.counts].map(([event, n]) => words.t("count." + event, { n })));
  return text[0].toLocaleUpperCase(words.locale) + text.slice(1) + ".";
}

/** The weightiest event of the weeks (since, at], the last of several: what a floor says of them. */
export function headline(kinds, events, since, at) {
  const weight = (e) => kinds.get(e.event)?.weight ?? 0;
  let best = null;
  for (const e of events) {
    if (e.week > at) break;
    if (e.week <= since || !weight(e)) continue;
    if (!best || weight(e) >= weight(best)) best = e;
  }
  return best;
}
