// Step 4: the suspects. Each is freed in turn: the model runs again with it
// out of the way, and the class sees whether the system group catches up, by
// the share of groups that have sold nothing when the project stops.

import { h, svg, announce, table, rem, onWidth } from "./dom.mjs";
import { behind, refill } from "./chart.mjs";
import { linear } from "./scale.mjs";
import { judge } from "./judge.mjs";
import { shareText } from "./findings.mjs";
import { eveningsOf } from "./results.mjs";

export async function cause(app, panel, signal) {
  const { words, chapter, state } = app;
  const shares = {}; // by suspect; "" is the group as it is
  const list = h("ol", { class: "suspects" });
  const numbers = h("div", {});
  const axis = h("p", { class: "axis" }, words.t("cause.axis"));
  const run = (set, each) => app.results.group(state, chapter, set, (line) => each(sharesOf(line), line), signal);
  const rows = chapter.suspects.map(
    (s, k) =>
      new Row(app, s, k === 0, async (row) => {
        if (row.after) return;
        row.busy(true);
        try {
          await before;
          await run(s.set, (found, line) => {
            if (!line.done) return row.wait(line.replications, eveningsOf(state, chapter)); // a bar that is not all there would jump
            shares[s.id] = found;
            row.show(shares[""], found);
          });
          announce(row.verdict.textContent);
          refill(numbers, behind(words, sharesTable(app, shares)));
        } catch (error) {
          app.complain(error);
        }
        row.busy(false);
      }),
  );
  const before = run({}, (found, { done }) => {
    shares[""] = found;
    // A suspect that was taken away before stays away.
    for (const { id, set } of done ? chapter.suspects : []) {
      const line = app.results.known(state, chapter, set);
      if (line) shares[id] = sharesOf(line);
    }
    for (const row of rows) row.show(found, shares[row.suspect.id]);
    refill(numbers, behind(words, sharesTable(app, shares)));
  });
  before.catch(() => {}); // whoever waits for it is told
  list.append(...rows.map((r) => r.item));
  panel.replaceChildren(
    app.title(words.t("cause.title")),
    h("p", { class: "lead" }, words.t("cause.how")),
    axis,
    list,
    numbers,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "main", id: "to-meaning", onclick: () => app.go("meaning") }, words.t("cause.next")),
    ),
  );
  await before;
}

/** The share of groups of each form that have sold nothing when the project stops. */
const sharesOf = (line) => Object.fromEntries(line.forms.map((f) => [f.key, { ...f.nothing, n: line.replications }]));

/** The same as shares that have sold something, which is how a cause is judged: more is better. */
function selling(shares) {
  return Object.fromEntries(Object.entries(shares).map(([key, p]) => [key, { mean: 1 - p.mean, low: 1 - p.high, high: 1 - p.low }]));
}

class Row {
  constructor(app, suspect, first, tried) {
    const { words } = app;
    Object.assign(this, { words, axis: words.t("cause.axis"), suspect, first });
    this.button = h("button", { type: "button", "data-suspect": suspect.id, onclick: () => tried(this) }, words.t("cause.run"));
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
    this.button.textContent = this.words.t(on ? "cause.running" : this.after ? "cause.done" : "cause.run");
    if (this.after) this.button.setAttribute("aria-disabled", "true");
  }

  wait(n, all) {
    this.verdict.textContent = this.words.t("compare.progress", { n, all });
  }

  /** Shows the group as it is, and once all has run what it is without the suspect. */
  show(before, after) {
    Object.assign(this, { before, after });
    this.draw();
    if (!after) return;
    this.busy(false);
    const verdict = judge(selling(before), selling(after));
    this.item.className = "cause-" + verdict;
    this.verdict.replaceChildren(
      h("strong", {}, this.words.t("cause.changed", { from: this.text(before.system), to: this.text(after.system) })),
      " ",
      this.words.t("cause." + verdict),
    );
  }

  text(p) {
    return shareText(this.words, p, p.n);
  }

  draw() {
    const { words, before, after } = this;
    if (!before) return;
    const r = rem(),
      width = Math.max(200, this.bar.clientWidth),
      height = (this.first ? 3.1 : 2) * r;
    const x = linear([0, 1], [0, width]);
    const mark = x(before.market.mean);
    const reference = words.t("cause.reference", { share: this.text(before.market) });
    const now = after ?? before,
      share = this.text(now.system);
    this.bar.replaceChildren(
      svg(
        "svg",
        {
          viewBox: `0 0 ${width} ${height}`,
          role: "img",
          "aria-label": `${this.axis}: ${words.t("cause.now", { share })}. ${reference}`,
        },
        svg("rect", { class: "ground", width, height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "was", width: x(before.system.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "now", width: x(now.system.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("line", { class: "market", x1: mark, x2: mark, y1: 0, y2: 1.9 * r }),
        ...this.value(share, x(now.system.mean), mark, width),
        this.first
          ? svg("text", { class: "market", x: Math.max(0, mark - 0.2 * r), y: 2.9 * r, "text-anchor": mark > width / 2 ? "end" : "start" }, reference)
          : null,
      ),
    );
  }

  /** The share, inside its bar where that is long enough, else behind it and clear of the market's line; on the first bar with its name. */
  value(share, end, mark, width) {
    const r = rem(),
      name = this.words.t("cause.now", { share });
    const long = (text) => 0.55 * text.length * r + r;
    const wide = this.first && long(name) < Math.max(end, width - end);
    const text = wide ? name : share,
      inside = end > long(text);
    const start = mark > end && mark < end + long(text) ? mark : end;
    return [
      svg("text", { class: inside ? "value inside" : "value", x: inside ? end - 0.5 * r : start + 0.5 * r, y: 1.25 * r, "text-anchor": inside ? "end" : "start" }, text),
      this.first && !wide ? svg("text", { class: "named", x: mark > width / 2 ? 0 : width, y: 2.9 * r, "text-anchor": mark > width / 2 ? "start" : "end" }, name) : null,
    ];
  }
}

function sharesTable(app, shares) {
  const { words, chapter } = app;
  const forms = Object.keys(shares[""]);
  const row = (name, s) => [name, ...forms.map((f) => ({ text: shareText(words, s[f], s[f].n), value: s[f].mean }))];
  return table(
    words.t("cause.axis"),
    ["", ...forms.map((f) => words.t("form." + f))],
    [
      row(words.t("cause.before"), shares[""]),
      ...chapter.suspects.filter((s) => shares[s.id]).map((s) => row(words.t("suspect." + s.id), shares[s.id])),
    ],
  );
}
