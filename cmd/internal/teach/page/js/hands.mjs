// A show of hands: a class without devices. The teacher counts hands for each
// answer, or types guesses as they are called out; the result is set beside them.

import { h, announce } from "./dom.mjs";
import { axesOf } from "./axes.mjs";
import { csv, download, foundAt, placeOf, pointOf, sentence } from "./asked.mjs";

const answers = 5; // hands are held up for

/** The answers to choose from: even parts of the axis. */
export function binsOf(min, max, n = answers) {
  return Array.from({ length: n }, (_, k) => ({ from: min + (k * (max - min)) / n, to: min + ((k + 1) * (max - min)) / n, hands: 0 }));
}

/** The answer that a value belongs to: the upper one where two meet, the nearest beyond the ends. */
export function binAt(bins, value) {
  const k = bins.findIndex((b) => value < b.to);
  return bins[k < 0 ? bins.length - 1 : k];
}


export class Hands {
  constructor(app) {
    this.app = app;
    this.chapter = app.chapter;
    this.question = app.group;
    this.axes = axesOf(app.words, this.chapter, this.question);
    this.bins = binsOf(this.axes.yMin, this.axes.yMax);
    this.found = null;
  }

  /** What stands in the dialog. */
  show() {
    const { words } = this.app;
    const { axes, chapter, question } = this;
    this.axes = axesOf(words, chapter, question); // the language may have changed
    this.rows = this.bins.map((b) => this.row(b));
    this.total = h("p", { class: "counted", role: "status" });
    this.said = h("div", { class: "said" });
    this.typed = h("input", { type: "number", id: "hands-typed", step: "any", min: axes.yMin, max: axes.yMax, inputmode: "decimal" });
    this.reveal = h("button", { type: "button", class: "main", id: "hands-reveal", onclick: () => this.ask() }, words.t("class.reveal"));
    const content = [
      h("p", { class: "sentence" }, words.t("hands.ask", { form: words.t("form." + chapter.subject), point: pointOf(words, axes, chapter, question) })),
      h("p", { class: "doc" }, `${axes.yName}. ${words.t("hands.how")}`),
      h("ol", { class: "hands" }, this.rows.map((r) => r.li)),
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
    this.draw();
    return content;
  }

  row(bin) {
    const { words } = this.app;
    const name = words.t("hands.from", { from: this.axes.formatY(bin.from), to: this.axes.formatY(bin.to) });
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
    const bin = binAt(this.bins, value);
    this.put(bin, bin.hands + 1);
    this.typed.value = "";
    this.typed.focus();
  }

  draw() {
    const { words } = this.app;
    const all = this.bins.reduce((n, b) => n + b.hands, 0);
    const most = Math.max(1, ...this.bins.map((b) => b.hands));
    const found = this.found && foundAt(this.found, placeOf(this.chapter))[this.chapter.subject];
    const right = found ? binAt(this.bins, found.mean) : null;
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
    const rows = [["row", "form", "from", "to", "hands", "mean", "low", "high"], ...this.bins.map((b) => ["hands", this.chapter.subject, b.from, b.to, b.hands])];
    for (const [key, p] of Object.entries(this.found ? foundAt(this.found, placeOf(this.chapter)) : {})) rows.push(["model", key, "", "", "", p.mean, p.low, p.high]);
    download(`epgsim-hands-${this.chapter.id}.csv`, csv(rows), "text/csv");
  }
}
