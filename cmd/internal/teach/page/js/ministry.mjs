// The ministry: a budget, some kinds of groups that apply, and for each a form, a
// project period and how many are funded. What a public euro brings comes from the
// model; every try stays to be compared with.

import { h, announce, table } from "./dom.mjs";
import { lines } from "./api.mjs";

export const budget = 4000; // k€
const kinds = ["food-products", "paper-machinery", "boat-building-system", "environmental-technology"];
const forms = ["market", "customer", "system"];
const most = 20; // groups of a kind
const replications = 100;
const usual = "m3.4,c3.4,s3.4,c3.0";

/** Reads what is funded: of each kind a form by its letter, years and groups, as the link has it. */
export function readGrants(text, periods) {
  const parts = text.split(",").map((p) => /^([mcs])(\d+)\.(\d{1,2})$/.exec(p));
  if (parts.length !== kinds.length || parts.some((p) => !p || !periods.includes(Number(p[2])) || Number(p[3]) > most)) return null;
  const formOf = (letter) => forms.find((f) => f[0] === letter);
  return parts.map(([, letter, years, groups], k) => ({ kind: kinds[k], form: formOf(letter), years: Number(years), groups: Number(groups) }));
}

export const writeGrants = (grants) => grants.map((g) => `${g.form[0]}${g.years}.${g.groups}`).join(",");

const body = (grants, seed) => ({
  grants: grants.map((g) => ({ what: { scenario: g.kind }, form: g.form, years: g.years, groups: g.groups })),
  replications,
  seed,
});

export async function ministry(app, panel, signal) {
  const plan = await planOf(app, signal);
  const show = new Ministry(app, panel, signal, plan);
  return () => show.giveUp();
}

/** What groups of each kind are planned to cost, and the periods: the first line of an answer, whose rest is not waited for. */
async function planOf(app, signal) {
  const enough = new AbortController();
  let plan = null;
  await lines(
    "/api/ministry",
    body(readGrants(usual, [3]), app.state.seed),
    (line) => {
      plan ??= line;
      enough.abort();
    },
    AbortSignal.any([signal, enough.signal]),
  ).catch((error) => {
    if (!plan) throw error;
  });
  return plan;
}

class Ministry {
  constructor(app, panel, signal, plan) {
    Object.assign(this, { app, words: app.words, signal, plan, tries: app.tries ?? (app.tries = []) });
    this.grants = readGrants(app.state.ministry || usual, plan.periods) ?? readGrants(usual, plan.periods);
    this.tiles = this.grants.map((g, k) => this.tile(g, k));
    const { words } = this;
    this.spent = h("p", { class: "spent" });
    this.bar = h("div", { class: "budget", "aria-hidden": "true" });
    this.fund = h("button", { type: "button", class: "main", id: "fund", onclick: () => this.run() }, words.t("min.fund"));
    this.whole = h("div", { class: "whole", "aria-live": "polite" });
    this.history = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.t("min.tries") });
    panel.replaceChildren(
      app.title(words.t("min.title", { budget })),
      h(
        "div",
        { class: "ministry" },
        h("div", { class: "purse" }, this.spent, this.bar, this.fund),
        this.whole,
        h("div", { class: "tiles" }, this.tiles.map((t) => t.box)),
        this.history,
      ),
      h("p", { class: "doc" }, words.t("min.doc", { years: plan.horizon })),
    );
    this.show();
  }

  /** Works that are under way are given up. */
  giveUp() {
    this.under?.abort();
  }

  /** One kind of group, with its form, its period and how many are funded. */
  tile(g, k) {
    const { words, plan } = this;
    const pick = (name, values, say) => {
      const id = `min-${name}-${k}`;
      const select = h(
        "select",
        {
          id,
          onchange: () => {
            g[name] = name === "years" ? Number(select.value) : select.value;
            this.changed();
          },
        },
        values.map((v) => h("option", { value: v, selected: v === g[name] }, say(v))),
      );
      return h("div", { class: "pick" }, h("label", { for: id }, words.t("min." + name)), select);
    };
    const name = words.t("min.kind." + g.kind);
    const more = (by, sign, key) =>
      h(
        "button",
        {
          type: "button",
          class: "round",
          id: `min-${key}-${k}`,
          "aria-label": words.t("min." + key, { kind: name }),
          onclick: () => {
            g.groups += by;
            this.changed();
            announce(words.t("min.groups", { n: g.groups }));
          },
        },
        sign,
      );
    const less = more(-1, "−", "less");
    const plus = more(1, "+", "more");
    const count = h("output", {});
    const cost = h("p", { class: "doc" });
    const result = h("div", { class: "result" });
    const box = h(
      "section",
      { class: "tile k" + k, "aria-labelledby": "min-kind-" + k },
      h("h3", { id: "min-kind-" + k }, name),
      pick("form", forms, (f) => words.t("form." + f)),
      pick("years", plan.periods, (y) => words.t("min.period", { n: y })),
      h("div", { class: "count", role: "group", "aria-labelledby": "min-kind-" + k }, less, count, plus),
      cost,
      result,
    );
    return { g, box, less, plus, count, cost, result, each: () => plan.grants[k].costs[plan.periods.indexOf(g.years)] };
  }

  get planned() {
    return this.tiles.reduce((sum, t) => sum + t.g.groups * t.each(), 0);
  }

  changed() {
    this.app.state.ministry = writeGrants(this.grants);
    this.app.save();
    this.giveUp();
    this.old = true;
    this.show();
  }

  /** The choices as they stand. */
  show() {
    const { words } = this;
    const left = budget - this.planned;
    for (const t of this.tiles) {
      t.count.textContent = words.t("min.groups", { n: t.g.groups });
      t.cost.textContent = words.t("min.each", { cost: words.number(t.each()) });
      t.less.disabled = t.g.groups === 0;
      t.plus.disabled = t.g.groups >= most || t.each() > left;
      t.box.classList.toggle("none", t.g.groups === 0);
    }
    const over = left < 0;
    this.spent.textContent = words.t(over ? "min.over" : "min.spent", { spent: words.number(this.planned), budget, over: words.number(-left) });
    this.spent.classList.toggle("over", over);
    this.bar.replaceChildren(
      ...this.tiles.map((t, k) => {
        const part = h("i", { class: "k" + k });
        part.style.width = `${(100 * t.g.groups * t.each()) / Math.max(budget, this.planned)}%`;
        return part;
      }),
    );
    this.fund.disabled = over || this.planned === 0;
    this.whole.classList.toggle("old", Boolean(this.old));
    for (const t of this.tiles) t.result.classList.toggle("old", Boolean(this.old));
  }

  /** Funds the groups, and shows what they come to as the answer grows. */
  async run() {
    const { app, words } = this;
    this.giveUp();
    this.under = new AbortController();
    this.fund.setAttribute("aria-busy", "true");
    this.fund.textContent = words.t("min.funding");
    try {
      const either = AbortSignal.any([this.signal, this.under.signal]);
      const last = await lines("/api/ministry", body(this.grants, app.state.seed), (line) => line.replications && this.hear(line), either);
      this.remember(last);
    } catch (error) {
      app.complain(error);
    }
    this.fund.removeAttribute("aria-busy");
    this.fund.textContent = words.t("min.fund");
  }

  hear(line) {
    const { words } = this;
    this.old = false;
    this.show();
    line.grants.forEach((r, k) => this.tiles[k].result.replaceChildren(...(r.per_euro ? this.told(r, line.replications) : [])));
    const { whole } = line;
    this.whole.replaceChildren(
      h("h3", { class: "finding" }, this.finding(whole)),
      h("div", { class: "result" }, ...this.told(whole, line.replications)),
    );
  }

  /** A try is kept, the latest first; the same one only once. */
  remember(line) {
    const { tries } = this;
    const key = writeGrants(this.grants);
    if (!tries.some((t) => t.key === key)) tries.unshift({ key, line, grants: structuredClone(this.grants) });
    announce(this.finding(line.whole));
    this.remembered();
  }

  remembered() {
    const { words, tries } = this;
    const names = (g) => ({ kind: words.t("min.kind." + g.kind), form: words.t("form." + g.form), years: words.t("min.period", { n: g.years }) });
    const short = (g) => words.t("min.short", { n: g.groups, ...names(g) });
    this.history.replaceChildren(
      table(
        words.t("min.tries"),
        [words.t("min.funded"), words.t("min.euro"), words.t("min.never"), words.t("min.seen"), words.t("min.lost")],
        tries.slice(0, 8).map(({ line: { whole: w, replications: n }, grants }) => [
          grants.filter((g) => g.groups).map(short).join("; "),
          { text: this.euro(w.per_euro), value: w.per_euro.mean },
          { text: this.share(w.never, n), value: w.never.mean },
          { text: this.share(w.seen), value: w.seen.mean },
          { text: this.share(w.lost), value: w.lost.mean },
        ]),
      ),
    );
  }

  finding(whole) {
    const { words } = this;
    const { low, high } = whole.per_euro;
    return words.t("min.finding", { euro: this.euro(whole.per_euro, false), low: words.number(low, 1), high: words.number(high, 1) });
  }

  euro(iv, whole = true) {
    const { words } = this;
    const say = (x) => words.number(x, 1);
    return whole ? words.t("table.interval", { mean: say(iv.mean), low: say(iv.low), high: say(iv.high) }) : say(iv.mean) + "\u00a0€";
  }

  /** A share with its interval; of none out of n the most it may be. */
  share(iv, n = 0) {
    const { words } = this;
    if (n && iv.mean === 0) return words.t("min.none", { n, high: words.percent(iv.high, 1) });
    const say = (x) => words.number(100 * x);
    return words.t("min.share", { mean: say(iv.mean), low: say(iv.low), high: say(iv.high) });
  }

  /** What money comes to: per euro, who never sells, and what was seen, came later and was lost. */
  told(r, n) {
    const { words } = this;
    const bar = h("div", { class: "seenlost", "aria-hidden": "true" }, h("i", { class: "seen" }), h("i", { class: "later" }));
    bar.children[0].style.width = `${100 * r.seen.mean}%`;
    bar.children[1].style.width = `${100 * Math.max(0, 1 - r.lost.mean - r.seen.mean)}%`;
    const { low, high } = r.per_euro;
    const range = words.t("min.range", { low: words.number(low, 1), high: words.number(high, 1) });
    const row = (key, text, sign) => h("div", { class: sign ?? null }, h("dt", {}, words.t(key)), h("dd", {}, text));
    return [
      h("p", { class: "euro" }, h("b", {}, this.euro(r.per_euro, false)), " ", range),
      h("p", { class: "doc" }, words.t("min.euro")),
      h("dl", {}, row("min.never", this.share(r.never, n)), row("min.seen", this.share(r.seen), "seen"), row("min.lost", this.share(r.lost), "cut")),
      bar,
    ];
  }
}
