// What a chapter asks a class, and how its answers and the model's are told side
// by side: shared by the wall, the student's page, the show of hands and the
// teacher's sheet.

import { h, table } from "./dom.mjs";
import { told } from "./axes.mjs";

/** The place among those guessed that the chapter asks about; on a time line of first deals its form. */
export function placeOf(chapter) {
  const { kind, xs, point } = chapter.chart;
  return kind === "first" ? chapter.subject : xs[point];
}

/** The guess at a place. */
export const lineAt = (axes, values, place) => values[axes.xs.indexOf(place)];

/** What each form of the result comes to at a place: {mean, low, high} by form. On a time line each has its own. */
export function foundAt(series, place) {
  const at = (s) => s.half ?? s.points.find((p) => p.x === place);
  return Object.fromEntries(series.map((s) => [s.key, at(s)]).filter(([, p]) => p && p.mean !== null && p.mean !== undefined));
}

/** The guesses and the result as large numbers: you and klass are lines of values, or null. */
export function versus(words, axes, chapter, question, { you, klass, series }) {
  const place = placeOf(chapter);
  const found = foundAt(series, place)[chapter.subject];
  const number = (name, value, css) => h("div", { class: css }, h("dt", {}, name), h("dd", {}, value));
  const guess = (key, line, css) => (line ? number(words.t(key), axes.formatY(lineAt(axes, line, place)), css) : null);
  return h(
    "div",
    { class: "said" },
    h(
      "dl",
      { class: "versus" },
      guess("compare.you", you, "you"),
      guess("chart.class", klass, "you"),
      found ? number(words.t("compare.model"), axes.formatY(found.mean), chapter.subject) : null,
    ),
    h("p", { class: "point" }, `${words.t("form." + chapter.subject)}, ${pointOf(words, axes, chapter, question)}`),
  );
}

/** "by the end of year 3": the place in words. */
export function pointOf(words, axes, chapter, question) {
  return told(words, chapter, "point", question, { year: axes.formatX(placeOf(chapter)) });
}

/** The chapter's sentence with the result, or "" when the result lacks something it names. */
export function sentence(words, axes, chapter, question, series) {
  const place = placeOf(chapter);
  const texts = Object.fromEntries(Object.entries(foundAt(series, place)).map(([key, p]) => [key, axes.formatY(p.mean)]));
  const text = told(words, chapter, "reveal", question, { ...texts, year: axes.formatX(place) });
  return /\{\w+\}/.test(text) ? "" : text;
}

/** The numbers behind the result, each with its interval. */
export function resultTable(words, axes, series, caption) {
  const cell = (p) =>
    p && p.mean !== null ? words.t("table.interval", { mean: axes.formatY(p.mean), low: axes.formatY(p.low), high: axes.formatY(p.high) }) : "–";
  if (axes.kind === "first") return table(caption, ["", ...series.map((s) => words.t("form." + s.key))], [[words.t("table.half"), ...series.map((s) => cell(s.half))]]);
  return table(
    caption,
    [axes.xName, ...series.map((s) => words.t("form." + s.key))],
    axes.xs.map((x) => [axes.formatX(x), ...series.map((s) => cell(s.points.find((p) => p.x === x)))]),
  );
}

/** Texts in rows as CSV: quoted where it must be. */
export function csv(rows) {
  const cell = (c) => (/[",\n\r]/.test(c) ? `"${String(c).replaceAll('"', '""')}"` : String(c));
  return rows.map((r) => r.map((c) => cell(c ?? "")).join(",") + "\r\n").join("");
}

/** A class's predictions, one a row and without names, and below them the result: rows for csv. */
export function resultRows(axes, chapter, predictions, series) {
  const xs = axes.xs.map(String);
  const head = ["row", "number", "device", "form", "measure", ...xs.map((x) => `${chapter.chart.key ?? "first_deal_year"} ${x}`)];
  const first = axes.kind === "first"; // a guess is of all forms then
  const at = (s, x, m) => (first ? (s.key === x ? s.half[m] : "") : s.points.find((p) => p.x === x)?.[m]);
  const guesses = predictions.map((p) => ["prediction", p.id, p.device, first ? "" : chapter.subject, "guess", ...p.values]);
  const results = (series ?? []).flatMap((s) =>
    ["mean", "low", "high"].map((m) => ["model", "", "", s.key, m, ...axes.xs.map((x) => at(s, x, m) ?? "")]),
  );
  return [head, ...guesses, ...results];
}

/** Hands the user a file. */
export function download(name, text, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
