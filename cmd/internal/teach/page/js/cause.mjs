// Step 4: the suspects. Each is freed in turn: the model runs again with it
// out of the way, and the class sees whether the system group catches up.

import { h, svg, announce, table, rem, onWidth } from "./dom.mjs";
import { behind, refill } from "./chart.mjs";
import { longestOf } from "./results.mjs";
import { linear } from "./scale.mjs";
import { judge } from "./judge.mjs";

export async function cause(app, panel, signal) {
  const { words, chapter } = app;
  const year = app.info.years;
  const shares = {}; // by suspect; "" is the group as it is
  const list = h("ol", { class: "suspects" });
  const numbers = h("div", {});
  panel.replaceChildren(
    app.title(words.t("cause.title")),
    h("p", { class: "lead" }, words.t("cause.how")),
    list,
    numbers,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "main", id: "to-meaning", onclick: () => app.go("meaning") }, words.t("cause.next")),
    ),
  );
  const of = (series) => Object.fromEntries(series.map((s) => [s.key, s.points.find((p) => p.x === year)]));
  const rows = chapter.suspects.map((s, k) => new Row(app, s, k === 0));
  list.append(...rows.map((r) => r.item));
  const numbersNow = () => refill(numbers, behind(words, sharesTable(app, shares)));
  const run = (set, each) =>
    app.results.chart(app.state, chapter, app.info.years, { set, replications: 100 }, (got) => got.done && each(of(got.series)), signal);
  await run({}, (found) => {
    shares[""] = found;
  });
  for (const row of rows) {
    row.show(shares[""]);
    row.button.addEventListener("click", async () => {
      row.busy(true);
      try {
        await run(row.suspect.set, (found) => {
          shares[row.suspect.id] = found;
        });
        row.show(shares[""], shares[row.suspect.id]);
        announce(row.verdict.textContent);
        numbersNow();
      } catch (error) {
        app.complain(error);
      }
      row.busy(false);
    });
  }
  numbersNow();
}

class Row {
  constructor(app, suspect, first) {
    const { words } = app;
    Object.assign(this, { words, axis: axisOf(app), suspect, first });
    this.button = h("button", { type: "button", "data-suspect": suspect.id }, words.t("cause.run"));
    this.bar = h("div", { class: "bar" });
    this.verdict = h("p", { class: "found" });
    this.item = h(
      "li",
      {},
      h(
        "div",
        { class: "who" },
        h("h3", { id: "suspect-" + suspect.id }, words.t("suspect." + suspect.id)),
        h("p", { class: "doc" }, words.t(`suspect.${suspect.id}.doc`)),
      ),
      h("div", { class: "trial" }, this.bar, this.verdict),
      this.button,
    );
    this.button.setAttribute("aria-describedby", "suspect-" + suspect.id);
    onWidth(this.bar, () => this.draw());
  }

  busy(on) {
    this.button.setAttribute("aria-busy", String(on));
    this.button.textContent = this.words.t(on ? "cause.running" : "cause.run");
  }

  show(before, after) {
    Object.assign(this, { before, after });
    this.draw();
    if (!after) return;
    const verdict = judge(before, after);
    this.item.className = "cause-" + verdict;
    this.verdict.replaceChildren(
      h(
        "strong",
        {},
        this.words.t("cause.changed", { from: this.words.percent(before.system.mean), to: this.words.percent(after.system.mean) }),
      ),
      " ",
      this.words.t("cause." + verdict),
    );
  }

  draw() {
    const { words, before, after } = this;
    if (!before) return;
    const r = rem(),
      width = Math.max(200, this.bar.clientWidth),
      height = (this.first ? 3.1 : 2) * r;
    const x = linear([0, Math.max(0.25, before.market.mean * 1.35)], [0, width]);
    const mark = x(before.market.mean);
    this.bar.replaceChildren(
      svg(
        "svg",
        {
          viewBox: `0 0 ${width} ${height}`,
          role: "img",
          "aria-label": `${this.axis}: ${words.percent((after ?? before).system.mean)}. ${words.t("cause.reference", { share: words.percent(before.market.mean) })}`,
        },
        svg("rect", { class: "ground", width, height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "after", width: x((after ?? before).system.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "before", width: x(before.system.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("line", { class: "market", x1: mark, x2: mark, y1: 0, y2: 1.9 * r }),
        this.first
          ? svg(
              "text",
              { class: "market", x: mark, y: 2.9 * r, "text-anchor": "middle" },
              words.t("cause.reference", { share: words.percent(before.market.mean) }),
            )
          : null,
      ),
    );
  }
}

const axisOf = (app) =>
  app.words.t("cause.axis", { year: app.words.plain(app.info.years), long: app.words.plain(longestOf(app.chapter, app.info.years)) });

function sharesTable(app, shares) {
  const { words, chapter } = app;
  const forms = Object.keys(shares[""]);
  const row = (name, s) => [name, ...forms.map((f) => ({ text: words.percent(s[f].mean, 1), value: s[f].mean }))];
  return table(
    axisOf(app),
    ["", ...forms.map((f) => words.t("form." + f))],
    [
      row(words.t("cause.before"), shares[""]),
      ...chapter.suspects.filter((s) => shares[s.id]).map((s) => row(words.t("suspect." + s.id), shares[s.id])),
    ],
  );
}
