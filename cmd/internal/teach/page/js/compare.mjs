// Step 3: not one lucky evening but hundreds, with the student's guess over
// them; where a project stops, what that loses.

import { h, announce, table } from "./dom.mjs";
import { behind, refill } from "./chart.mjs";
import { picture } from "./picture.mjs";
import { axesOf, named, yearAxes, yearsOf } from "./axes.mjs";
import { fitting } from "./predict.mjs";
import { roundUp, asFirmAs } from "./scale.mjs";
import { Pictures } from "./pictures.mjs";
import { saveButton } from "./save.mjs";
import { eveningsOf, halfOf, moneySeries, shareSeries } from "./results.mjs";
import * as found from "./findings.mjs";

export async function compare(app, panel, signal) {
  const show = new Comparing(app, panel);
  const { chapter, state } = app;
  await app.results.chart(state, chapter, (got) => show.hear(got), signal);
  if (show.sweep) await app.results.group(state, chapter, {}, (line) => show.pictures.show(line), signal);
  return () => show.pictures.stop();
}

class Comparing {
  constructor(app, panel) {
    const { words, chapter, state } = app;
    Object.assign(this, {
      app,
      words,
      chapter,
      asked: axesOf(words, chapter, app.group),
      sweep: chapter.chart.kind === "sweep",
      evenings: eveningsOf(state, chapter),
      view: "first",
    });
    this.values = fitting(state.prediction, this.asked);
    this.build(panel);
    this.lay();
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
    this.key = h("p", { class: "doc key" });
    this.pictures = new Pictures(app, more);
    this.title = app.title(words.t("compare.title"));
    panel.replaceChildren(
      h(
        "div",
        { class: "split asking" },
        h(
          "div",
          { class: "text" },
          this.title,
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
            saveButton(app, () => ({ title: this.title.textContent, picture: this.box.firstElementChild })),
          ),
        ),
        h("figure", {}, this.sweep ? null : this.choice(), this.sweep ? null : this.key, this.box, this.numbers),
      ),
      more,
    );
  }

  /** Three views of where a project stops: first deals, shares seen, and money. */
  choice() {
    const { words } = this;
    const button = (view) =>
      h(
        "button",
        {
          type: "button",
          "data-view": view,
          "aria-pressed": String(view === this.view),
          onclick: (e) => {
            this.view = view;
            for (const b of e.target.parentNode.children) b.setAttribute("aria-pressed", String(b === e.target));
            this.lay();
            if (this.got) this.tell();
          },
        },
        words.t("compare.view." + view),
      );
    return h("div", { class: "choice", role: "group", "aria-label": words.t("compare.views") }, ["first", "share", "keur"].map(button));
  }

  /** Lays out the picture of the view. */
  lay() {
    const { app, words, view } = this;
    const years = !this.sweep && view !== "first";
    this.axes = years ? yearAxes(words, app.group, view === "keur") : this.asked;
    this.fresh = true;
    this.picture = picture(this.box, {
      ...this.axes,
      label: this.axes.yName,
      subject: this.chapter.subject,
      values: years ? null : this.values,
      pencilName: years ? "" : words.t("chart.you"),
    });
    this.top = this.axes.yMax;
  }

  /** Shows what has come so far. */
  hear(got) {
    const { words, sweep } = this;
    this.got = got;
    this.progress.value = got.n / got.all;
    this.progress.hidden = got.done;
    this.count.textContent = got.done
      ? words.t("compare.done", { n: sweep ? this.evenings : got.n })
      : words.t(sweep ? "compare.steps" : "compare.progress", { n: got.n, all: got.all });
    this.tell();
    if (!sweep) this.pictures.show(got.line);
    if (got.done) announce(`${this.title.textContent}. ${this.said.textContent}`);
  }

  tell() {
    this.draw();
    const parts = this.sweep ? this.sweepSaid() : { first: () => this.firstSaid(), share: () => this.shareSaid(), keur: () => this.moneySaid() }[this.view]();
    this.said.replaceChildren(...parts.filter(Boolean));
    refill(this.numbers, behind(this.words, this.table()));
  }

  draw() {
    const { words, axes, got } = this;
    const { line } = got;
    const years = axes.kind === "years";
    const money = years && this.view === "keur";
    const series = !years ? got.series : money ? moneySeries(line, axes.xs) : shareSeries(line, axes.xs);
    this.series = series;
    this.key.textContent = this.sweep ? "" : words.t(this.view === "first" ? "first.key" : `compare.key.${this.view}`, yearsOf(words, this.app.group));
    if (money) this.top = roundUp(Math.max(...series.flatMap((s) => s.points.map((p) => p.high ?? p.mean))));
    else if (this.sweep) this.top = topOf(axes, series, this.top);
    const shown = named(words, series).map((s) => ({ ...s, name: s.dashed ? "" : s.name, fresh: this.fresh }));
    this.picture.show({ series: shown, yMax: this.top, label: this.summary() });
    this.fresh = false;
  }

  firstSaid() {
    const { words, axes, values, got } = this;
    const { line } = got,
      subject = this.chapter.subject;
    this.title.textContent = got.done ? found.firstTitle(words, line, subject) : words.t("compare.title");
    const says = (key) =>
      axes.formatY(
        halfOf(
          line.forms.find((f) => f.key === key),
          line.horizon,
        ).mean,
      );
    const guess = (key) => axes.formatY(values[axes.xs.indexOf(key)]);
    const others = values ? axes.xs.filter((key) => key !== subject) : [];
    return [
      this.versus(values ? guess(subject) : null, says(subject)),
      ...others.map((key) => h("p", { class: "other" }, words.t("compare.other", { form: words.t("form." + key), guess: guess(key), says: says(key) }))),
      got.done ? h("p", { class: "revealed" }, [found.nothingSaid(words, line), found.laterSaid(words, line, subject)].filter(Boolean).join(" ")) : null,
    ];
  }

  shareSaid() {
    const { words, got } = this;
    this.title.textContent = got.done ? found.lostTitle(words, got.line) : words.t("compare.title");
    return [h("p", { class: "revealed" }, found.lostSaid(words, got.line))];
  }

  moneySaid() {
    const { words, got } = this;
    this.title.textContent = got.done ? found.soldTitle(words, got.line) : words.t("compare.title");
    return [found.soldSaid(words, got.line), found.leftSaid(words, got.line)].filter(Boolean).map((text) => h("p", { class: "revealed" }, text));
  }

  /** The student's guess for the chapter's form beside what the model says. */
  versus(guess, says) {
    const { words } = this;
    const { subject } = this.chapter;
    const number = (name, value, css) => h("div", { class: css }, h("dt", {}, name), h("dd", {}, value));
    const of = (key) => `${words.t(key)}, ${words.t("name." + subject)}`;
    if (!guess) return h("dl", { class: "versus" }, number(of("compare.model"), says, subject));
    return h("dl", { class: "versus" }, number(of("compare.you"), guess, "you"), number(words.t("compare.model"), says, subject));
  }

  /** What a sweep says at the place that its chapter asks about. */
  sweepSaid() {
    const { app, words, chapter, axes, values, got } = this;
    const { chart, subject } = chapter;
    const place = chart.xs[chart.point];
    const firm = chart.y === "keur" ? asFirmAs : (p) => p.mean;
    const at = got.series
      .map((s) => [s.key, s.points.find((p) => p.x === place)])
      .filter(([, p]) => p && p.mean !== null)
      .map(([key, p]) => [key, axes.formatY(firm(p))]);
    const texts = Object.fromEntries(at);
    if (!(subject in texts)) return [];
    if (got.done) this.title.textContent = closing(app, texts);
    const full = Math.max(...(chart.with?.["project.full"] ?? [0])); // a share that is full for longer than the firms are bound is not paid
    return [
      this.versus(values ? axes.formatY(values[chart.point]) : null, texts[subject]),
      h("p", { class: "point" }, app.told("point")),
      full > app.group.years ? h("p", { class: "note" }, words.t("compare.unequal", { full: words.plain(full) })) : null,
    ];
  }

  /** The picture in words, for those who do not see it. */
  summary() {
    const { words, axes, got, view } = this;
    if (axes.kind === "first") return `${axes.yName}. ${got.series.map((s) => `${words.t("form." + s.key)}: ${axes.formatY(s.half.mean)}`).join(". ")}`;
    const lines = this.series.filter((s) => !s.dashed);
    const text = (s) => s.points.map((p) => `${axes.formatX(p.x)} ${axes.formatY(p.mean)}`).join(", ");
    return `${axes.yName}${view === "keur" && !this.sweep ? ", k€" : ""}. ${lines.map((s) => `${words.t("form." + s.key)}: ${text(s)}`).join(". ")}`;
  }

  /** The numbers behind the picture. */
  table() {
    const { words, axes, got } = this;
    const n = this.sweep ? this.evenings : got.n;
    const heads = (list) => list.map((s) => words.t("form." + s.key));
    const cell = (p, format) => (p && p.mean !== null ? { text: found.intervalText(words, p, format), value: p.mean } : "–");
    if (axes.kind !== "first") {
      const lines = this.series.filter((s) => !s.dashed);
      return table(
        words.t("table.caption", { n }),
        [axes.xName, ...heads(lines)],
        axes.xs.map((x) => [
          axes.formatX(x),
          ...lines.map((s) =>
            cell(
              s.points.find((p) => p.x === x),
              axes.formatY,
            ),
          ),
        ]),
      );
    }
    const { forms, own } = got.line;
    const percent = (v) => words.percent(v, 1),
      keur = (v) => words.number(v);
    const row = (key, of, format) => [words.t("table." + key), ...forms.map((f) => cell(of(f), format))];
    return table(
      words.t("table.caption", { n }),
      ["", ...heads(forms)],
      [
        row(
          "first",
          (f) => f.outcomes.first_deal_week,
          (v) => (v === null ? words.t("first.not", yearsOf(words, this.app.group)) : words.number(v, Number.isInteger(v) ? 0 : 1)),
        ),
        row("nothing", (f) => f.nothing, percent),
        row("seen", (f) => f.seen.find((p) => p.years === own), percent),
        row("lost", (f) => f.lost, percent),
        row("open", (f) => f.outcomes.open_at_end, keur),
        row("won", (f) => f.outcomes.rescued, keur),
        row("never", (f) => f.outcomes.stranded, keur),
      ],
    );
  }
}

/** The axis grows when a curve would leave it, never shrinks: the prediction stays where it was drawn. */
function topOf(axes, series, now) {
  const top = Math.max(...series.flatMap((s) => s.points.map((p) => p.high ?? p.mean ?? 0)));
  return top > now ? (axes.yMax <= 1 ? 1 : roundUp(top)) : now;
}

/** What each pure form comes to in a sweep, and the group's own mix where it is none of these. */
export function closing(app, texts) {
  const pure = app.told("reveal", texts);
  return texts.own === undefined ? pure : `${pure} ${app.words.t("compare.own." + app.chapter.chart.y, texts)}`;
}
