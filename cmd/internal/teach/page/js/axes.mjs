// How a chapter's chart names and writes its axes: shared by the lesson, the
// wall and the student's page.

export function axesOf(words, chapter) {
  const { chart, id } = chapter;
  const formatY = { share: (v) => words.percent(v), keur: (v) => words.number(v), unit: (v) => words.number(v, 2) }[chart.y];
  return {
    words,
    xs: chart.xs,
    yMin: chart.min ?? 0,
    yMax: chart.max,
    xName: words.t(`ch.${id}.x`),
    yName: words.t(`ch.${id}.y`),
    formatX: (x) => words.number(x, chart.decimals ?? 0),
    formatY,
    pointLabel: (x) => words.t("chart.point", { x: words.number(x, chart.decimals ?? 0) }),
  };
}

/** Series with the names that stand beside their lines. */
export function named(words, series) {
  return series.map((s) => ({ ...s, name: words.t("form." + s.key) }));
}
