// What an ensemble found, in sentences: all are counted up to the horizon, and
// what is lost by stopping is told from what the funder sees and from what is
// sold. A sentence names a form as first or most only where the verdict is sure.

import { asFirmAs } from "./scale.mjs";
import { firstAxes, yearsOf } from "./axes.mjs";
import { halfOf } from "./results.mjs";

const years = (words, line) => yearsOf(words, { years: line.own, horizon: line.horizon });
const keur = (words, p) => words.number(asFirmAs(p));

const share = (words, p) => words.percent(asFirmAs(p, 0.01));

/** A share with what luck leaves open where it is none or all. */
export function shareText(words, p, n) {
  if (p.mean === 0 && p.high > 0) return words.t("share.none", { n, high: words.percent(p.high, 1) });
  return share(words, p);
}

/** A number with its interval, or alone where all replications have the same. */
export function intervalText(words, { mean, low, high }, format) {
  if (low === high && mean !== null) return words.t("table.all", { mean: format(mean) });
  return words.t("table.interval", { mean: format(mean), low: format(low), high: format(high) });
}

/** "system focus 62 %, market focus 31 %", from the largest down where they are numbers. */
function listed(words, line, of, text) {
  const known = line.forms.filter((f) => of(f) && of(f).mean !== null);
  return known
    .toSorted((a, b) => of(b).mean - of(a).mean)
    .map((f) => `${words.t("name." + f.key)} ${text(of(f))}`)
    .join(", ");
}

/** Of a form: by when half of its groups have sold something. */
export function firstTitle(words, line, key) {
  const f = line.forms.find((f) => f.key === key);
  const group = { years: line.own, horizon: line.horizon };
  const median = halfOf(f, line.horizon).mean;
  const when = firstAxes(words, group).formatY(median);
  return words.t(median < line.horizon ? "found.first" : "found.first.not", { ...yearsOf(words, group), form: words.t("form." + key), when });
}

/** Which groups have sold nothing when the project ends. */
export function nothingSaid(words, line) {
  return words.t("found.nothing", {
    list: listed(
      words,
      line,
      (f) => f.nothing,
      (p) => shareText(words, p, line.replications),
    ),
  });
}

/** Of the groups of a form that never sell, those that would if the project went on. */
export function laterSaid(words, line, key) {
  const f = line.forms.find((f) => f.key === key);
  const none = f.stopped.first_deal.filter((w) => w === null).length;
  const later = f.goes_on.first_deal.filter((w, r) => w !== null && f.stopped.first_deal[r] === null).length;
  return later ? words.t("found.later", { form: words.t("form." + key), later: words.number(later), none: words.number(none) }) : "";
}

/** What is lost most by stopping. */
export function lostTitle(words, line) {
  if (line.own >= line.horizon) return words.t("found.goeson", years(words, line));
  const f = line.forms.find((f) => f.key === line.lost_most);
  return f ? words.t("found.lost", { form: words.t("name." + f.key), share: share(words, f.lost) }) : words.t("found.lost.none");
}

const lostList = (words, line) =>
  listed(
    words,
    line,
    (f) => f.lost,
    (p) => share(words, p),
  );

export function lostSaid(words, line) {
  if (line.own >= line.horizon) return "";
  const seen = (f) => f.seen.find((p) => p.years === line.own);
  return words.t("found.lost.all", { ...years(words, line), lost: lostList(words, line), seen: listed(words, line, seen, (p) => share(words, p)) });
}

/** What sells most by the horizon, when the project stops. */
export function soldTitle(words, line) {
  const f = line.forms.find((f) => f.key === line.sold_most);
  const at = years(words, line);
  return f ? words.t("found.sold", { ...at, form: words.t("form." + f.key), value: keur(words, f.stopped.sold) }) : words.t("found.sold.none", at);
}

export function soldSaid(words, line) {
  const of = (branch) =>
    listed(
      words,
      line,
      (f) => f[branch].sold,
      (p) => keur(words, p),
    );
  return words.t(line.own < line.horizon ? "found.sold.all" : "found.sold.on", { ...years(words, line), stopped: of("stopped"), on: of("goes_on") });
}

/** What is left on the table, of the form that has most there. */
export function leftSaid(words, line) {
  const open = (f) => f.outcomes.open_at_end;
  const f = line.forms.toSorted((a, b) => open(b).mean - open(a).mean)[0];
  if (!(open(f).mean > 0) || line.own >= line.horizon) return "";
  return words.t("found.left", {
    form: words.t("name." + f.key),
    open: keur(words, open(f)),
    won: keur(words, f.outcomes.rescued),
    never: keur(words, f.outcomes.stranded),
  });
}

/** The closing sentence: what stopping loses, and what sells most all the same. */
export function closing(words, line) {
  if (line.own >= line.horizon) return soldTitle(words, line) + ".";
  const lost = words.t("found.closing", { ...years(words, line), lost: lostList(words, line) });
  return `${lost} ${soldTitle(words, line)}.`;
}
