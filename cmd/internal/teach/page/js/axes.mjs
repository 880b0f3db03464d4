// How a chapter's chart names and writes its axes, and how a chapter speaks of
// the group at hand: shared by the lesson, the wall and the student's page.

import { longestOf } from "./results.mjs";

/** A text of a chapter for {years, foreign}: the years of the project, and whether the group is another than the chapter's own. */
export function told(words, chapter, part, group, values = {}) {
  const own = `ch.${chapter.id}.${part}`;
  const key = group.foreign && words.has("any." + own) ? "any." + own : own;
  const long = longestOf(chapter, group.years);
  return words.t(key, { years: words.plain(group.years), long: words.plain(long), n: group.years, ...values });
}

/** The values along the axis: over years, as far as the longest project goes. */
export function xsOf(chapter, years) {
  const { kind, xs } = chapter.chart;
  const long = longestOf(chapter, years);
  if (kind !== "closed" || long === xs.at(-1)) return xs;
  const whole = Array.from({ length: Math.floor(long) }, (_, k) => k + 1);
  return whole.at(-1) === long ? whole : [...whole, long];
}

export function axesOf(words, chapter, group) {
  const { chart } = chapter;
  const formatY = { share: (v) => words.percent(v), keur: (v) => words.number(v), unit: (v) => words.number(v, 2) }[chart.y];
  const formatX = (x) => (chart.kind === "closed" ? words.plain(x) : words.number(x, chart.decimals ?? 0));
  return {
    words,
    xs: xsOf(chapter, group.years),
    yMin: chart.min ?? 0,
    yMax: chart.max,
    ends: chart.kind === "closed" ? { from: 0, to: chart.max } : null,
    xName: told(words, chapter, "x", group),
    yName: told(words, chapter, "y", group),
    formatX,
    formatY,
    pointLabel: (x) => words.t("chart.point", { x: formatX(x) }),
  };
}

/** Series with the names that stand beside their lines. */
export function named(words, series) {
  return series.map((s) => ({ ...s, name: words.t("form." + s.key) }));
}
