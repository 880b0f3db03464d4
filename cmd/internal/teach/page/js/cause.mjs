// Step 4: the suspects. Each is freed in turn: the model runs again with it
// out of the way, and the class sees whether the chapter's form catches up, by
// what the chapter is about (see trialOf).

import { h, svg, announce, table, rem, onWidth } from "./dom.mjs";
import { behind, refill } from "./chart.mjs";
import { linear } from "./scale.mjs";
import { judge } from "./judge.mjs";
import { shareText } from "./findings.mjs";
import { yearsText } from "./axes.mjs";
import { eveningsOfTrial, outcomeOf } from "./results.mjs";

export async function cause(app, panel, signal) {
  const { words, chapter, state } = app;
  const trial = trialOf(words, chapter, app.group);
  const tried = {}; // by suspect; "" is the group as it is
  const list = h("ol", { class: "suspects " + chapter.subject });
  const numbers = h("div", {});
  const run = (set, each) => app.results.group(state, chapter, set, (line) => each(trial.read(line), line), signal, eveningsOfTrial(state));
  const rows = chapter.suspects.map(
    (s, k) =>
      new Row(app, trial, s, k === 0, async (row) => {
        if (row.after) return;
        row.busy(true);
        try {
          await before;
          await run(s.set, (found, line) => {
            if (!line.done) return row.wait(line.replications, eveningsOfTrial(state)); // a bar that is not all there would jump
            tried[s.id] = found;
            row.show(tried[""], found);
          });
          announce(row.verdict.textContent);
          refill(numbers, behind(words, triedTable(app, trial, tried)));
        } catch (error) {
          app.complain(error);
        }
        row.busy(false);
      }),
  );
  const before = run({}, (found, { done }) => {
    tried[""] = found;
    // A suspect that was taken away before stays away.
    for (const { id, set } of done ? chapter.suspects : []) {
      const line = app.results.known(state, chapter, set, eveningsOfTrial(state));
      if (line) tried[id] = trial.read(line);
    }
    for (const row of rows) row.show(found, tried[row.suspect.id]);
    refill(numbers, behind(words, triedTable(app, trial, tried)));
  });
  before.catch(() => {}); // whoever waits for it is told
  list.append(...rows.map((r) => r.item));
  panel.replaceChildren(
    app.title(trial.say("title")),
    h("p", { class: "lead" }, trial.say("how")),
    h("p", { class: "axis" }, trial.say("axis")),
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

/**
 * What suspects are tried by. say is a text of the step; read(line) is what each
 * form comes to, the chapter's among them (subject), what that should come up to
 * (reference), and the end of the scale (top); text writes such a number, name with the form. In the
 * first chapter it is the share of groups that have sold nothing, beside market
 * groups; in a sweep its outcome, beside the most there can be.
 */
export function trialOf(words, chapter, group) {
  const own = (key) => (words.has(`ch.${chapter.id}.cause.${key}`) ? `ch.${chapter.id}.cause.${key}` : "cause." + key);
  const say = (key, values) => words.t(own(key), { horizon: words.plain(group.horizon), ...values });
  const first = chapter.chart.kind === "first";
  const read = (line) => {
    const of = (f) => (first ? { ...f.nothing, n: line.replications } : outcomeOf(chapter.chart, f));
    const forms = Object.fromEntries(line.forms.map((f) => [f.key, of(f)]));
    const most = { mean: line.horizon, low: line.horizon, high: line.horizon };
    return { forms, subject: forms[chapter.subject], reference: first ? forms.market : most, top: first ? 1 : line.horizon };
  };
  const text = first ? (p) => shareText(words, p, p.n) : (p) => yearsText(words, p.mean);
  const name = (p) => words.t("cause.now", { form: words.t("form." + chapter.subject), share: text(p) });
  return { say, read, text, name, fewer: first };
}

/** The verdict on a suspect: more is better, or fewer groups that have sold nothing. */
function verdictOf(trial, before, after) {
  const more = (p) => (trial.fewer ? { mean: 1 - p.mean, low: 1 - p.high, high: 1 - p.low } : p);
  const both = ({ subject, reference }) => ({ subject: more(subject), reference: more(reference) });
  return judge(both(before), both(after));
}

class Row {
  constructor(app, trial, suspect, first, tried) {
    const { words } = app;
    Object.assign(this, { words, trial, suspect, first });
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
    const { trial } = this;
    Object.assign(this, { before, after });
    this.draw();
    if (!after) return;
    this.busy(false);
    const verdict = verdictOf(trial, before, after);
    this.item.className = "cause-" + verdict;
    this.verdict.replaceChildren(
      h("strong", {}, trial.say("changed", { from: trial.text(before.subject), to: trial.text(after.subject) })),
      " ",
      trial.say(verdict),
    );
  }

  draw() {
    const { trial, before, after } = this;
    if (!before) return;
    const now = (after ?? before).subject;
    const r = rem(),
      width = Math.max(200, this.bar.clientWidth),
      height = (this.first ? 3.1 : 2) * r;
    const x = linear([0, before.top], [0, width]);
    const mark = x(before.reference.mean);
    const reference = trial.say("reference", { share: trial.text(before.reference) });
    const css = trial.fewer ? "market" : "most";
    this.bar.replaceChildren(
      svg(
        "svg",
        {
          viewBox: `0 0 ${width} ${height}`,
          role: "img",
          "aria-label": `${trial.say("axis")}: ${trial.name(now)}. ${reference}`,
        },
        svg("rect", { class: "ground", width, height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "was", width: x(before.subject.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("rect", { class: "now", width: x(now.mean), height: 1.5 * r, y: 0.2 * r, rx: 3 }),
        svg("line", { class: css, x1: mark, x2: mark, y1: 0, y2: 1.9 * r }),
        ...this.value(now, x(now.mean), mark, width),
        this.first
          ? svg("text", { class: css, x: Math.max(0, mark - 0.2 * r), y: 2.9 * r, "text-anchor": mark > width / 2 ? "end" : "start" }, reference)
          : null,
      ),
    );
  }

  /** The number, inside its bar where that is long enough, else behind it and clear of the line; on the first bar with its name. */
  value(now, end, mark, width) {
    const r = rem(),
      number = this.trial.text(now),
      name = this.trial.name(now);
    const long = (text) => 0.55 * text.length * r + r;
    const wide = this.first && long(name) < Math.max(end, width - end);
    const text = wide ? name : number,
      inside = end > long(text);
    const start = mark > end && mark < end + long(text) ? mark : end;
    return [
      svg("text", { class: inside ? "value inside" : "value", x: inside ? end - 0.5 * r : start + 0.5 * r, y: 1.25 * r, "text-anchor": inside ? "end" : "start" }, text),
      this.first && !wide ? svg("text", { class: "named", x: mark > width / 2 ? 0 : width, y: 2.9 * r, "text-anchor": mark > width / 2 ? "start" : "end" }, name) : null,
    ];
  }
}

function triedTable(app, trial, tried) {
  const { words, chapter } = app;
  const forms = Object.keys(tried[""].forms);
  const row = (name, got) => [name, ...forms.map((f) => ({ text: trial.text(got.forms[f]), value: got.forms[f].mean }))];
  return table(
    trial.say("axis"),
    ["", ...forms.map((f) => words.t("form." + f))],
    [
      row(words.t("cause.before"), tried[""]),
      ...chapter.suspects.filter((s) => tried[s.id]).map((s) => row(words.t("suspect." + s.id), tried[s.id])),
    ],
  );
}
