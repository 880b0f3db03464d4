// Step 3: not one lucky evening but hundreds, with the student's line over them.

import { h, announce, table } from "./dom.mjs";
import { Chart, behind, refill } from "./chart.mjs";
import { axesOf, named } from "./axes.mjs";
import { fitting, markOf } from "./predict.mjs";
import { roundUp, asFirmAs } from "./scale.mjs";
import { Pictures } from "./pictures.mjs";
import { eveningsOf, longestOf } from "./results.mjs";

export async function compare(app, panel, signal) {
  const show = new Comparing(app, panel);
  const { chapter, state } = app;
  await app.results.chart(state, chapter, app.info.years, {}, (got) => show.hear(got), signal);
  if (show.sweep) {
    await app.results.ensemble(
      { what: app.what(), forms: app.forms, years: [app.info.years], replications: show.ofSweep, seed: state.seed },
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
      axes: axesOf(words, chapter, app.group),
      sweep: chapter.chart.kind === "sweep",
      ofSweep: eveningsOf(state, chapter),
      fresh: true,
    });
    this.values = fitting(state.prediction, this.axes);
    this.build(panel);
    this.chart = new Chart(this.box, {
      ...this.axes,
      label: this.axes.yName,
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
    this.views = this.sweep ? null : viewChoice(app, () => this.draw());
    this.key = this.sweep ? null : h("figcaption", { class: "doc key" });
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
        h("figure", {}, this.views?.box, this.box, this.key, this.numbers),
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
    if (this.key) this.key.textContent = keyOf(this.app, money);
    if (!money) this.top = topOf(axes, shown, this.top);
    const own = money && this.app.info.years < axes.xs.at(-1) ? ownSeries(got.line, axes.xs) : [];
    const common = { series: [...named(words, shown).map((s) => ({ ...s, fresh: this.fresh })), ...own], label: summary(this.app, axes, got.series) };
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

/** Value closed over the weeks of the group's own project and after it, k€, as far as the axis goes. */
function ownSeries(line, xs) {
  return line.forms.map((f) => {
    const { week, mean } = f.weekly.value;
    const points = week.map((w, k) => ({ x: w / 52, mean: mean[k] })).filter((p) => p.x >= xs[0] && p.x <= xs.at(-1));
    return { key: f.key, name: "", dashed: true, points };
  });
}

/** What the lines are of: the axis is of a project that goes on, not of the one that stops. */
function keyOf(app, money) {
  const { words, info, chapter } = app;
  const values = { years: words.plain(info.years), long: words.plain(longestOf(chapter, info.years)) };
  if (info.years >= longestOf(chapter, info.years)) return words.t("compare.key.long", values);
  return words.t(money ? "compare.key.keur" : "compare.key.share", values);
}

function viewChoice(app, changed) {
  const { words } = app;
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
      words.t("compare.view." + key, { long: words.plain(longestOf(app.chapter, app.info.years)) }),
    );
  choice.box = h("div", { class: "choice", role: "group" }, button("share"), button("keur"));
  return choice;
}

/** The place on the axis that the chapter asks about; on a chart over years, where the music stops. */
function placeOf(app) {
  const { chart } = app.chapter;
  return chart.kind === "closed" ? app.info.years : chart.xs[chart.point];
}

/** The student's line at a place, which may lie between two of its points; before the first it comes from its known beginning. */
function guessAt(axes, values, place) {
  const k = axes.xs.findIndex((x) => x >= place);
  const [a, from] = k > 0 ? [axes.xs[k - 1], values[k - 1]] : [0, axes.ends?.from ?? values[0]];
  return from + ((values[k] - from) * (place - a)) / (axes.xs[k] - a || 1);
}

function reveal(app, box, axes, values, got) {
  const { words, chapter } = app;
  const place = placeOf(app);
  const year = axes.formatX(place);
  const firm = chapter.chart.y === "keur" ? asFirmAs : (p) => p.mean;
  const at = Object.fromEntries(
    got.series
      .map((s) => [s.key, s.points.find((p) => p.x === place)])
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
      values ? number("compare.you", axes.formatY(guessAt(axes, values, place)), "you") : null,
      number("compare.model", axes.formatY(found), chapter.subject),
    ),
    h("p", { class: "point" }, `${words.t("form." + chapter.subject)}, ${app.told("point", { year })}`),
  ];
  if (got.done) parts.push(h("p", { class: "revealed" }, closing(app, { ...texts, year })));
  box.replaceChildren(...parts);
}

/** What each pure form comes to, and the group's own mix where it is none of these. */
export function closing(app, texts) {
  const pure = app.told("reveal", texts);
  return texts.own === undefined ? pure : `${pure} ${app.words.t("compare.own." + app.chapter.chart.y, texts)}`;
}

function summary(app, axes, series) {
  const { words } = app;
  return (
    `${axes.yName}. ` +
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
