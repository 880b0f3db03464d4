// Step 3: not one lucky evening but hundreds, with the student's line over them.

import { h, announce, table } from "./dom.mjs";
import { Chart, behind, refill } from "./chart.mjs";
import { axesOf, named } from "./axes.mjs";
import { fitting, markOf } from "./predict.mjs";
import { roundUp, asFirmAs } from "./scale.mjs";
import { Pictures } from "./pictures.mjs";
import { replicationsOfSweep } from "./results.mjs";

export async function compare(app, panel, signal) {
  const show = new Comparing(app, panel);
  const { chapter, state } = app;
  await app.results.chart(state, chapter, app.info.years, {}, (got) => show.hear(got), signal);
  if (show.sweep) {
    await app.results.ensemble(
      { what: app.what(), forms: chapter.forms, years: [app.info.years], replications: show.ofSweep, seed: state.seed },
      (line) => show.pictures.show(line),
      signal,
    );
  }
  return () => show.pictures.stop();
}

class Comparing {
  constructor(app, panel) {
    const { words, chapter, state } = app;
    Object.assign(this, {
      app,
      words,
      chapter,
      axes: axesOf(words, chapter),
      sweep: chapter.chart.kind === "sweep",
      ofSweep: state.replications || replicationsOfSweep,
      fresh: true,
    });
    this.values = fitting(state.prediction, this.axes);
    this.build(panel);
    this.chart = new Chart(this.box, {
      ...this.axes,
      label: words.t(`ch.${chapter.id}.y`),
      subject: chapter.subject,
      values: this.values,
      pencilName: this.values ? words.t("chart.you") : "",
      mark: markOf(app),
    });
    this.top = this.axes.yMax;
  }

  build(panel) {
    const { app, words } = this;
    const next = app.steps.includes("cause") ? "cause" : "meaning";
    const more = h("div", {});
    this.box = h("div", { class: "plot" });
    this.progress = h("progress", { max: 1, value: 0, "aria-label": words.t("loading") });
    this.count = h("p", { class: "doc count" }, words.t("loading"));
    this.said = h("div", { class: "said" });
    this.numbers = h("div", {});
    this.views = this.sweep ? null : viewChoice(words, () => this.draw());
    this.pictures = new Pictures(app, more);
    panel.replaceChildren(
      h(
        "div",
        { class: "split" },
        h(
          "div",
          { class: "text" },
          app.title(words.t("compare.title")),
          this.said,
          this.progress,
          this.count,
          h(
            "div",
            { class: "buttons" },
            h(
              "button",
              { type: "button", class: "main", id: "to-next", onclick: () => app.go(next) },
              words.t(next === "cause" ? "compare.next" : "compare.next.meaning"),
            ),
          ),
        ),
        h("figure", {}, this.views?.box, this.box, this.numbers),
      ),
      more,
    );
  }

  /** Shows what has come so far. */
  hear(got) {
    const { words, sweep } = this;
    this.got = got;
    this.draw();
    this.progress.value = got.n / got.all;
    this.progress.hidden = got.done;
    const n = sweep ? this.ofSweep : got.n;
    this.count.textContent = got.done
      ? words.t("compare.done", { n })
      : words.t(sweep ? "compare.steps" : "compare.progress", { n: got.n, all: got.all });
    reveal(this.app, this.said, this.axes, this.values, got);
    refill(this.numbers, behind(words, numbersOf(this.app, this.axes, got, n)));
    if (!sweep) this.pictures.show(got.line);
    if (got.done) announce(this.said.textContent);
  }

  draw() {
    const { words, axes, got } = this;
    if (!got) return;
    const money = this.views?.now === "keur";
    const shown = money ? moneySeries(got.line, axes.xs) : got.series;
    if (!money) this.top = topOf(axes, shown, this.top);
    const common = { series: named(words, shown).map((s) => ({ ...s, fresh: this.fresh })), label: summary(this.app, axes, got.series) };
    this.fresh = false;
    if (!money)
      return this.chart.show({
        ...common,
        ...axes,
        yMax: this.top,
        values: this.values,
        pencilName: this.values ? words.t("chart.you") : "",
      });
    const top = roundUp(Math.max(...shown.flatMap((s) => s.points.map((p) => p.high))));
    this.chart.show({ ...common, yMax: top, yMin: 0, values: null, formatY: (v) => words.number(v), yName: words.t("compare.keur") });
  }
}

/** The axis grows when a curve would leave it, never shrinks: the prediction stays where it was drawn. */
function topOf(axes, series, now) {
  const top = Math.max(...series.flatMap((s) => s.points.map((p) => p.high ?? p.mean ?? 0)));
  return top > now ? (axes.yMax <= 1 ? 1 : roundUp(top)) : now;
}

/** Value closed by the end of each year of the longest project, k€. */
function moneySeries(line, xs) {
  return line.forms.map((f) => ({
    key: f.key,
    points: xs.map((x) => {
      const k = f.curve.week.indexOf(52 * x);
      return { x, mean: f.curve.mean[k], low: f.curve.low[k], high: f.curve.high[k] };
    }),
  }));
}

function viewChoice(words, changed) {
  const choice = { now: "share" };
  const button = (key) =>
    h(
      "button",
      {
        type: "button",
        "data-view": key,
        "aria-pressed": String(key === choice.now),
        onclick: (e) => {
          choice.now = key;
          for (const b of e.target.parentNode.children) b.setAttribute("aria-pressed", String(b === e.target));
          changed();
        },
      },
      words.t("compare.view." + key),
    );
  choice.box = h("div", { class: "choice", role: "group" }, button("share"), button("keur"));
  return choice;
}

/** The point that the chapter asks about; on a chart over years, where the music stops. */
function pointOf(app) {
  const { chart } = app.chapter;
  const stop = chart.kind === "closed" ? chart.xs.indexOf(app.info.years) : -1;
  return stop < 0 ? chart.point : stop;
}

function reveal(app, box, axes, values, got) {
  const { words, chapter } = app;
  const point = pointOf(app);
  const year = axes.formatX(axes.xs[point]);
  const firm = chapter.chart.y === "keur" ? asFirmAs : (p) => p.mean;
  const at = Object.fromEntries(
    got.series
      .map((s) => [s.key, s.points.find((p) => p.x === axes.xs[point])])
      .filter(([, p]) => p && p.mean !== null)
      .map(([key, p]) => [key, firm(p)]),
  );
  const found = at[chapter.subject];
  if (found === undefined) return;
  const texts = Object.fromEntries(Object.entries(at).map(([key, v]) => [key, axes.formatY(v)]));
  const number = (key, value, css) => h("div", { class: css }, h("dt", {}, words.t(key)), h("dd", {}, value));
  const parts = [
    h(
      "dl",
      { class: "versus" },
      values ? number("compare.you", axes.formatY(values[point]), "you") : null,
      number("compare.model", axes.formatY(found), chapter.subject),
    ),
    h("p", { class: "point" }, `${words.t("form." + chapter.subject)}, ${words.t(`ch.${chapter.id}.point`, { year })}`),
  ];
  if (got.done) parts.push(h("p", { class: "revealed" }, words.t(`ch.${chapter.id}.reveal`, { ...texts, year })));
  box.replaceChildren(...parts);
}

function summary(app, axes, series) {
  const { words, chapter } = app;
  return (
    `${words.t(`ch.${chapter.id}.y`)}. ` +
    series
      .map((s) => `${words.t("form." + s.key)}: ${s.points.map((p) => `${axes.formatX(p.x)} ${axes.formatY(p.mean)}`).join(", ")}`)
      .join(". ")
  );
}

function numbersOf(app, axes, got, n) {
  const { words, chapter } = app;
  const cell = (p) =>
    p && p.mean !== null
      ? {
          text: words.t("table.interval", { mean: axes.formatY(p.mean), low: axes.formatY(p.low), high: axes.formatY(p.high) }),
          value: p.mean,
        }
      : "–";
  return table(
    words.t("table.caption", { n }),
    [axes.xName, ...got.series.map((s) => words.t("form." + s.key))],
    axes.xs.map((x) => [axes.formatX(x), ...got.series.map((s) => cell(s.points.find((p) => p.x === x)))]),
  );
}
