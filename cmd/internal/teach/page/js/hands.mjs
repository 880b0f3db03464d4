// A show of hands: a class without devices. The teacher counts hands for each
// answer, or types guesses as they are called out; the result is set beside them.

import { h, announce } from "./dom.mjs";
import { axesOf } from "./axes.mjs";
import { csv, download, foundAt, placeOf, pointOf, sentence } from "./asked.mjs";

const answers = 5; // hands are held up for

/** The answers to choose from: even parts of the axis, and on a time line "not by then". */
export function binsOf(axes, n = answers) {
  const { yMin: min, yMax: max } = axes;
  const bins = Array.from({ length: n }, (_, k) => ({ from: min + (k * (max - min)) / n, to: min + ((k + 1) * (max - min)) / n, hands: 0 }));
  return axes.kind === "first" ? [...bins, { from: max, to: Infinity, hands: 0 }] : bins;
}

/** The answer that a value belongs to: the upper one where two meet, the nearest beyond the ends. */
export function binAt(bins, value) {
  const k = bins.findIndex((b) => value < b.to);
  return bins[k < 0 ? bins.length - 1 : k];
}

/** What a class is asked one after the other: of each form on a time line, else of the chapter's. */
const formsAsked = (axes, chapter) => (axes.kind === "first" ? axes.xs : [chapter.subject]);

export class Hands {
  constructor(app) {
    this.app = app;
    this.chapter = app.chapter;
    this.question = app.group;
    this.axes = axesOf(app.words, this.chapter, this.question);
    this.asks = formsAsked(this.axes, this.chapter).map((form) => ({ form, bins: binsOf(this.axes) }));
    this.now = this.asks[0];
    this.found = null;
  }

  /** What stands in the dialog. */
  show() {
    const { words } = this.app;
    const { chapter, question } = this;
    const axes = (this.axes = axesOf(words, chapter, question)); // the language may have changed
    this.asked = h("p", { class: "sentence" });
    this.list = h("ol", { class: "hands" });
    this.forms = this.asks.map((ask) => h("button", { type: "button", "data-form": ask.form, onclick: () => this.turn(ask) }, words.t("form." + ask.form)));
    this.total = h("p", { class: "counted", role: "status" });
    this.said = h("div", { class: "said" });
    this.typed = h("input", { type: "number", id: "hands-typed", step: "any", min: axes.yMin, max: axes.yMax, inputmode: "decimal" });
    this.reveal = h("button", { type: "button", class: "main", id: "hands-reveal", onclick: () => this.ask() }, words.t("class.reveal"));
    const content = [
      h("div", { class: "choice", role: "group", "aria-label": words.t("hands.forms"), hidden: this.asks.length < 2 }, this.forms),
      this.asked,
      h("p", { class: "doc" }, `${axes.yName}. ${words.t("hands.how")}`),
      this.list,
      h(
        "form",
        {
          class: "buttons",
          onsubmit: (e) => {
            e.preventDefault();
            this.type();
          },
        },
        h("label", { for: "hands-typed" }, words.t("hands.type")),
        this.typed,
        axes.kind === "first" ? h("span", {}, words.t("first.unit")) : null,
        h("button", { type: "submit" }, words.t("hands.add")),
      ),
      this.total,
      this.said,
      h("div", { class: "buttons" }, this.reveal, h("button", { type: "button", class: "quiet", id: "hands-csv", onclick: () => this.save() }, words.t("class.csv"))),
    ];
    this.turn(this.now);
    return content;
  }

  /** Asks of a form. */
  turn(ask) {
    const { words } = this.app;
    const { axes, chapter, question } = this;
    this.now = ask;
    for (const b of this.forms) b.setAttribute("aria-pressed", String(b.dataset.form === ask.form));
    this.asked.textContent = words.t("hands.ask", { form: words.t("form." + ask.form), point: pointOf(words, axes, chapter, question) });
    this.rows = ask.bins.map((b) => this.row(b));
    this.list.replaceChildren(...this.rows.map((r) => r.li));
    this.draw();
  }

  /** An answer in words. */
  nameOf({ from, to }) {
    const { words } = this.app;
    const { axes } = this;
    if (to === Infinity) return axes.formatY(from);
    const low = axes.kind === "first" ? words.plain(from) : axes.formatY(from);
    const high = axes.kind === "first" ? words.t("first.years", { n: to, years: words.plain(to) }) : axes.formatY(to);
    return words.t("hands.from", { from: low, to: high });
  }

  row(bin) {
    const { words } = this.app;
    const name = this.nameOf(bin);
    const input = h("input", {
      type: "number",
      min: 0,
      max: 999,
      step: 1,
      inputmode: "numeric",
      "aria-label": words.t("hands.count", { answer: name }),
      onchange: () => this.put(bin, Math.round(Number(input.value))),
    });
    const step = (by, sign, key) =>
      h("button", { type: "button", "aria-label": words.t(key, { answer: name }), onclick: () => this.put(bin, bin.hands + by) }, sign);
    const bar = h("span", { class: "bar-of-hands", "aria-hidden": "true" });
    const mark = h("span", { class: "here" });
    return { bin, input, bar, mark, li: h("li", {}, h("span", { class: "answer" }, name), step(-1, "−", "hands.less"), input, step(1, "+", "hands.more"), h("span", { class: "track" }, bar, mark)) };
  }

  put(bin, hands) {
    bin.hands = Math.max(0, Math.min(999, hands || 0));
    this.draw();
  }

  /** A guess called out is a hand for its answer. */
  type() {
    const value = Number(this.typed.value);
    if (this.typed.value === "" || !this.typed.validity.valid) return;
    const bin = binAt(this.now.bins, value);
    this.put(bin, bin.hands + 1);
    this.typed.value = "";
    this.typed.focus();
  }

  draw() {
    const { words } = this.app;
    const { bins, form } = this.now;
    const all = bins.reduce((n, b) => n + b.hands, 0);
    const most = Math.max(1, ...bins.map((b) => b.hands));
    const found = this.found && foundAt(this.found, placeOf(this.chapter))[form];
    const right = found ? binAt(bins, found.mean) : null;
    for (const { bin, input, bar, mark, li } of this.rows) {
      input.value = bin.hands;
      bar.style.width = `${(85 * bin.hands) / most}%`;
      li.classList.toggle("right", bin === right);
      mark.textContent = bin === right ? words.t("hands.here", { value: this.axes.formatY(found.mean) }) : "";
    }
    this.total.textContent = words.t("hands.total", { n: all });
    if (!found) return;
    this.said.replaceChildren(
      h("p", { class: "revealed" }, words.t("hands.result", { n: right.hands, all, value: this.axes.formatY(found.mean) })),
      h("p", {}, sentence(words, this.axes, this.chapter, this.question, this.found)),
    );
  }

  async ask() {
    const { app } = this;
    this.reveal.disabled = true;
    try {
      await app.results.chart(app.state, this.chapter, (got) => {
        if (got.done) this.found = got.series;
      });
      this.draw();
      announce(this.said.textContent);
    } catch (error) {
      this.said.textContent = error.message;
    }
    this.reveal.disabled = false;
  }

  save() {
    const rows = [["row", "form", "from", "to", "hands", "mean", "low", "high"], ...this.asks.flatMap((a) => a.bins.map((b) => ["hands", a.form, b.from, b.to === Infinity ? "" : b.to, b.hands]))];
    for (const [key, p] of Object.entries(this.found ? foundAt(this.found, placeOf(this.chapter)) : {})) rows.push(["model", key, "", "", "", p.mean, p.low, p.high]);
    download(`epgsim-hands-${this.chapter.id}.csv`, csv(rows), "text/csv");
  }
}
