// Step 3: not one lucky evening but hundreds, with the student's line over them.

import { h, announce, table } from "./dom.mjs";
import { Chart, behind } from "./chart.mjs";
import { axesOf, named } from "./axes.mjs";
import { fitting, markOf } from "./predict.mjs";
import { roundUp, asFirmAs } from "./scale.mjs";
import { Pictures } from "./pictures.mjs";
import { replicationsOfSweep } from "./results.mjs";

export async function compare(app, panel, signal) {
  const { words, chapter, state } = app;
  const axes = axesOf(words, chapter);
  const values = fitting(state.prediction, axes);
  const box = h("div", { class: "plot" });
  const progress = h("progress", { max: 1, value: 0, "aria-label": words.t("loading") });
  const count = h("p", { class: "doc count" }, words.t("loading"));
  const said = h("div", { class: "said" });
  const numbers = h("div", {});
  const more = h("div", {});
  const next = app.steps.includes("cause") ? "cause" : "meaning";
  panel.replaceChildren(
    h("div", { class: "split" },
      h("div", { class: "text" }, app.title(words.t("compare.title")), said, progress, count,
        h("div", { class: "buttons" }, h("button", { type: "button", class: "main", id: "to-next", onclick: () => app.go(next) }, words.t(next === "cause" ? "compare.next" : "compare.next.meaning")))),
      h("figure", {}, box, numbers)), more);
  let first = true;
  const chart = new Chart(box, { ...axes, label: words.t(`ch.${chapter.id}.y`), subject: chapter.subject, values, pencilName: values ? words.t("chart.you") : "", mark: markOf(app) });
  const pictures = new Pictures(app, more);
  const views = chapter.chart.kind === "closed" ? viewChoice(words, () => draw()) : null;
  if (views) box.before(views.box);
  let got = null;
  const draw = () => {
    if (!got) return;
    const money = views?.now === "keur";
    const shown = money ? moneySeries(got.line, axes.xs) : got.series;
    const top = money ? roundUp(Math.max(...shown.flatMap((s) => s.points.map((p) => p.high)))) : topOf(axes, shown, chart.yMax > 1 && axes.yMax <= 1 ? axes.yMax : chart.yMax);
    chart.show({
      series: named(words, shown).map((s) => ({ ...s, fresh: first })), yMax: top, yMin: money ? 0 : axes.yMin, label: summary(app, axes, got.series), values: money ? null : values, pencilName: values && !money ? words.t("chart.you") : "",
      formatY: money ? (v) => words.number(v) : axes.formatY, yName: money ? words.t("compare.keur") : axes.yName,
    });
    first = false;
  };
  const each = (now) => {
    got = now;
    draw();
    progress.value = got.n / got.all;
    progress.hidden = got.done;
    const sweep = chapter.chart.kind === "sweep";
    count.textContent = got.done ? words.t("compare.done", { n: sweep ? replicationsOfSweep : got.n }) : words.t(sweep ? "compare.steps" : "compare.progress", { n: got.n, all: got.all });
    reveal(app, said, axes, values, got);
    numbers.replaceChildren(behind(words, numbersOf(app, axes, got, sweep ? replicationsOfSweep : got.n)));
    if (!sweep) pictures.show(got.line);
    if (got.done) announce(said.textContent);
  };
  await app.results.chart(state, chapter, app.info.years, {}, each, signal);
  if (chapter.chart.kind === "sweep") {
    await app.results.ensemble({ what: app.what(), forms: chapter.forms, years: [app.info.years], replications: replicationsOfSweep, seed: state.seed }, (line) => pictures.show(line), signal);
  }
  return () => pictures.stop();
}

/** The axis grows when a curve would leave it, never shrinks: the prediction stays where it was drawn. */
function topOf(axes, series, now) {
  const top = Math.max(...series.flatMap((s) => s.points.map((p) => p.high ?? p.mean ?? 0)));
  return top > now ? (axes.yMax <= 1 ? 1 : roundUp(top)) : now;
}

/** Value closed by the end of each year of the longest project, k€. */
function moneySeries(line, xs) {
  return line.forms.map((f) => ({ key: f.key, points: xs.map((x) => {
    const k = f.curve.week.indexOf(52 * x);
    return { x, mean: f.curve.mean[k], low: f.curve.low[k], high: f.curve.high[k] };
  }) }));
}

function viewChoice(words, changed) {
  const choice = { now: "share" };
  const button = (key) => h("button", {
    type: "button", "data-view": key, "aria-pressed": String(key === choice.now), onclick: (e) => {
      choice.now = key;
      for (const b of e.target.parentNode.children) b.setAttribute("aria-pressed", String(b === e.target));
      changed();
    },
  }, words.t("compare.view." + key));
  choice.box = h("div", { class: "choice", role: "group" }, button("share"), button("keur"));
  return choice;
}

function reveal(app, box, axes, values, got) {
  const { words, chapter } = app;
  const { point } = chapter.chart;
  const firm = chapter.chart.y === "keur" ? asFirmAs : (p) => p.mean;
  const at = Object.fromEntries(got.series.map((s) => [s.key, s.points.find((p) => p.x === axes.xs[point])]).filter(([, p]) => p && p.mean !== null).map(([key, p]) => [key, firm(p)]));
  const found = at[chapter.subject];
  if (found === undefined) return;
  const texts = Object.fromEntries(Object.entries(at).map(([key, v]) => [key, axes.formatY(v)]));
  const number = (key, value, css) => h("div", { class: css }, h("dt", {}, words.t(key)), h("dd", {}, value));
  const parts = [h("dl", { class: "versus" }, values ? number("compare.you", axes.formatY(values[point]), "you") : null, number("compare.model", axes.formatY(found), chapter.subject)),
    h("p", { class: "point" }, `${words.t("form." + chapter.subject)}, ${words.t(`ch.${chapter.id}.point`)}`)];
  if (got.done) parts.push(h("p", { class: "revealed" }, words.t(`ch.${chapter.id}.reveal`, texts)));
  box.replaceChildren(...parts);
}

function summary(app, axes, series) {
  const { words, chapter } = app;
  return `${words.t(`ch.${chapter.id}.y`)}. ` + series.map((s) => `${words.t("form." + s.key)}: ${s.points.map((p) => `${axes.formatX(p.x)} ${axes.formatY(p.mean)}`).join(", ")}`).join(". ");
}

function numbersOf(app, axes, got, n) {
  const { words, chapter } = app;
  const cell = (p) => (p && p.mean !== null ? { text: words.t("table.interval", { mean: axes.formatY(p.mean), low: axes.formatY(p.low), high: axes.formatY(p.high) }), value: p.mean } : "–");
  return table(words.t("table.caption", { n }), [axes.xName, ...got.series.map((s) => words.t("form." + s.key))],
    axes.xs.map((x) => [axes.formatX(x), ...got.series.map((s) => cell(s.points.find((p) => p.x === x)))]));
}
