// Step 2: three groups dance side by side on the same luck.

import { $, h, svg, announce, calm } from "./dom.mjs";
import { postJSON } from "./api.mjs";
import { Stage, marks, music, circle } from "./stage.mjs";
import { Score } from "./score.mjs";
import { Player } from "./player.mjs";
import { Teller } from "./teller.mjs";
import { sliders } from "./sliders.mjs";
import { eveningsOf } from "./results.mjs";
import { headline, kindsOf, sentence, tongue } from "./story.mjs";

let kept = { key: "", dance: null }; // the last dance: going back to it is at once

export async function watch(app, panel, signal, again) {
  const { words, chapter, state } = app;
  const body = { what: app.what(), forms: app.forms, seed: state.seed, replication: state.replication };
  const key = JSON.stringify(body);
  if (!again || !$("#floors")) panel.replaceChildren(h("p", { class: "doc loading" }, words.t("loading")));
  if (kept.key !== key) kept = { key, dance: await postJSON("/api/dance", body, signal) };
  const show = new Watch(app, panel, kept.dance.forms, key);
  sliders(app, kept.dance, signal);
  return () => show.leave();
}

class Watch {
  constructor(app, panel, forms, key) {
    Object.assign(this, { app, words: app.words, forms, key });
    const { before } = Watch;
    this.kinds = kindsOf(app.start.events);
    this.teller = new Teller(app.words, this.kinds, forms, (who, form) => this.choose(who, form));
    this.floors = forms.map((form) => this.floor(form));
    this.stages = this.floors.map((f) => f.stage);
    const scoreBox = h("div", { class: "scorebox" });
    this.ticker = h("p", { class: "ticker" });
    this.player = new Player(this.words, forms[0].total_weeks, forms[0].project_weeks, (at, playing) => this.show(at, playing));
    const hall = h(
      "div",
      { class: "hall" },
      h(
        "div",
        { id: "floors", class: "floors" },
        this.floors.map((f) => f.box),
      ),
      h("div", { class: "desk" }, this.ticker, h("div", { class: "time" }, scoreBox, this.player.range), this.player.buttons),
    );
    panel.replaceChildren(
      hall,
      this.extras(),
      h("div", { class: "below" }, this.teller.box, legend(this.words)),
    );
    $("#strip").prepend(app.title(app.told("watch")));
    this.score = new Score(scoreBox, this.stages, this.words, before?.key === key ? before.heard : 0);
    this.player.go(before && before.chapter === app.chapter.id ? Math.min(before.at, forms[0].total_weeks) : 0);
    this.player.keys();
    // The hall is as high as the screen leaves it below what stands above, which depends on language and chapter.
    this.above = new ResizeObserver(() => hall.style.setProperty("--above", `${Math.round(hall.getBoundingClientRect().top + scrollY)}px`));
    this.above.observe($("#main"));
  }

  leave() {
    this.above.disconnect();
    this.player.leave();
  }

  floor(form) {
    const { words } = this;
    const stage = new Stage(form, words.t("form." + form.key), (who) => {
      this.teller.choose(who, form.key);
      this.teller.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "center" });
    });
    const sums = { deals: h("b", {}, "0"), value: h("b", {}, "0"), open: h("b", {}, "0") };
    const says = h("p", { class: "says" });
    const box = h(
      "figure",
      { class: "floorbox " + form.key },
      h("figcaption", {}, h("h3", {}, words.t("form." + form.key)), h("p", { class: "doc" }, words.t(`form.${form.key}.doc`))),
      stage.root,
      h(
        "p",
        { class: "sums" },
        Object.values(sums).map((b) => h("span", {}, b)),
      ),
      says,
    );
    return { form, stage, sums, says, box };
  }

  extras() {
    const { app, words } = this;
    return h(
      "div",
      { class: "extras" },
      this.player.speed,
      h(
        "button",
        {
          type: "button",
          id: "luck",
          title: words.t("control.luck.doc"),
          onclick: () => app.change({ replication: app.state.replication + 1 }),
        },
        `${words.t("control.luck")} (${app.state.replication + 1})`,
      ),
      h("button", { type: "button", class: "main", id: "to-compare", onclick: () => app.go("compare") }, words.t("watch.next", { n: eveningsOf(app.state, app.chapter) })),
    );
  }

  /** A story is told up to now, so the music pauses for it. */
  choose(who, key) {
    this.player.stop();
    for (const f of this.floors) f.stage.choose(f.form.key === key ? who : null);
  }

  show(at, playing) {
    const { words } = this;
    const week = Math.max(1, Math.floor(at));
    let latest = null;
    for (const f of this.floors) {
      f.stage.render(at);
      const s = f.stage.sums(at);
      const said = {
        deals: words.t("watch.deals", { n: s.deals }),
        value: words.t("watch.value", { value: words.number(s.value) }),
        open: words.t("watch.open", { n: s.open }),
      };
      for (const k in said) if (f.sums[k].textContent !== said[k]) f.sums[k].textContent = said[k];
      const label = words.t("watch.floor", { form: words.t("form." + f.form.key), week, ...said });
      if (!playing) f.stage.root.setAttribute("aria-label", label);
      const event = headline(this.kinds, f.form.events, week - 12, week);
      const text = event ? `${words.t("story.week", { week: event.week })}: ${sentence(words, event)}` : words.t("watch.quiet");
      if (f.says.textContent !== text) {
        f.says.textContent = text;
        f.says.lang = (event && tongue(words, event)) ?? words.lang;
        f.says.classList.toggle("deal", event?.event === "deal");
      }
      if (event && event.week > (latest?.week ?? 0)) latest = { key: f.form.key, text, week: event.week };
    }
    this.score?.show(at);
    if (this.score) Watch.before = { chapter: this.app.chapter.id, key: this.key, at, heard: this.score.heard };
    const form = this.forms[0];
    const stopped = at >= form.project_weeks && at < form.project_weeks + 26 && form.project_weeks < form.total_weeks;
    this.tick(stopped, latest);
    if (!playing) this.teller.upTo(week);
  }

  /** The line over the score: what was heard last, or that the music has stopped. */
  tick(stopped, latest) {
    const { words } = this;
    const text = stopped
      ? `${words.t("watch.stopped")} ${words.t("watch.stopped.more")}`
      : latest
        ? `${words.t("form." + latest.key)} · ${latest.text}`
        : words.t("watch.quiet");
    if (this.ticker.textContent === text) return;
    this.ticker.textContent = text;
    this.ticker.className = "ticker " + (stopped ? "stopped" : (latest?.key ?? ""));
    if (stopped) announce(words.t("watch.stopped"));
  }
}

/** What the signs on a floor mean, drawn as the floor draws them. */
function legend(words) {
  const key = (half, ...drawn) =>
    svg("svg", { viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, class: "floor key", "aria-hidden": "true" }, drawn);
  const guest = (stage, progress) =>
    key(
      8,
      svg(
        "g",
        { class: "guest " + stage },
        svg("circle", { class: "disc", r: 5.6 }),
        svg("circle", { class: "arc", r: 5.6, "stroke-dasharray": circle, "stroke-dashoffset": circle * (1 - progress) }),
        svg("path", { class: "mark", d: marks[stage] }),
      ),
    );
  const signs = {
    dancer: key(14, svg("g", { class: "dancer" }, svg("circle", { class: "body", r: 11.5 }))),
    band: key(14, svg("g", { class: "manager" }, svg("circle", { r: 11 }), svg("path", { d: music }))),
    link: key(14, svg("line", { class: "link busy", x1: -12, x2: 12, y1: 6, y2: -6, "stroke-width": 5 })),
    door: guest("door", 0.6),
    offer: guest("offer", 0.5),
    talks: guest("talks", 0.5),
    customer: guest("customer", 1),
    lost: guest("lost", 1),
  };
  return h(
    "section",
    { class: "legend" },
    h("h3", {}, words.t("watch.legend")),
    h(
      "dl",
      {},
      Object.entries(signs).map(([name, sign]) => h("div", {}, h("dt", {}, sign), h("dd", {}, words.t("legend." + name)))),
    ),
    h("p", { class: "doc" }, words.t("score.legend")),
  );
}
