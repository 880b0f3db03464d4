// How a chapter's picture names and writes its axes, and how a chapter speaks
// of the group at hand: shared by the lesson, the wall and the student's page.
// A group is {years, horizon, foreign}: of the project, from the start until
// all is counted, and whether it is another than the chapter's own.

/** A text of a chapter, for a group. */
export function told(words, chapter, part, group, values = {}) {
  const own = `ch.${chapter.id}.${part}`;
  const key = group.foreign && words.has("any." + own) ? "any." + own : own;
  return words.t(key, { ...yearsOf(words, group), ...values });
}

/** What texts may say of a group's years. */
export function yearsOf(words, { years, horizon }) {
  return { years: words.plain(years), horizon: words.plain(horizon), n: years };
}

/** The text that says how to guess. */
export const howTo = (chapter) => (chapter.chart.kind === "first" ? "predict.how.first" : "predict.how");

const asked = ["market", "customer", "system"]; // the forms that are predicted

export function axesOf(words, chapter, group) {
  const { chart } = chapter;
  if (chart.kind === "first") return firstAxes(words, group);
  return {
    kind: chart.kind,
    words,
    xs: chart.xs,
    yMin: chart.min ?? 0,
    yMax: chart.max,
    xName: told(words, chapter, "x", group),
    yName: told(words, chapter, "y", group),
    formatX: (x) => words.number(x, chart.decimals ?? 0),
    formatY: (v) => words.number(v, { keur: 0, years: 1, unit: 2 }[chart.y]),
    pointLabel: (x) => words.t("chart.point", { x: words.number(x, chart.decimals ?? 0) }),
  };
}

/** The time line of first deals: a value is a year, and the horizon means "not by then". */
export function firstAxes(words, group) {
  const form = (key) => words.t("form." + key);
  return {
    kind: "first",
    words,
    xs: asked,
    yMin: 0,
    yMax: group.horizon,
    xName: words.t("first.x"),
    yName: words.t("first.y"),
    formatX: form,
    formatY: (v) => (v >= group.horizon ? words.t("first.not", yearsOf(words, group)) : yearsText(words, v)),
    docOf: (key) => words.t(`form.${key}.doc`),
    pointLabel: (x) => words.t("first.point", { form: form(x), doc: words.t(`form.${x}.doc`) }),
    mark: stopOf(words, group),
  };
}

/** A number of years in words, to a tenth. */
export function yearsText(words, v) {
  const n = Math.round(10 * v) / 10;
  return words.t("first.years", { n, years: words.plain(n) });
}

/** The axes over the years of what is sold if the project goes on, as a share of all of it or in k€. */
export function yearAxes(words, group, money) {
  const whole = Array.from({ length: Math.floor(group.horizon) }, (_, k) => k + 1);
  return {
    kind: "years",
    words,
    xs: whole.at(-1) === group.horizon ? whole : [...whole, group.horizon],
    yMin: 0,
    yMax: 1,
    xName: words.t("years.x"),
    yName: words.t(money ? "years.keur" : "years.share", yearsOf(words, group)),
    formatX: (x) => words.plain(x),
    formatY: money ? (v) => words.number(v) : (v) => words.percent(v),
    mark: stopOf(words, group),
  };
}

/** Where the music stops. */
const stopOf = (words, { years, horizon }) => (years < horizon ? { x: years, text: words.t("chart.end") } : null);

/** Series with the names that stand beside their lines. */
export function named(words, series) {
  return series.map((s) => ({ ...s, name: words.t("form." + s.key) }));
}
