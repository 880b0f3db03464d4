// Step 2: groups dance side by side on the same luck, and below them the strips
// of their customers grow.

import { $, h, announce, calm } from "./dom.mjs";
import { postJSON } from "./api.mjs";
import { Stage } from "./stage.mjs";
import { Score, stages } from "./score.mjs";
import { Player } from "./player.mjs";
import { Sound } from "./sound.mjs";
import { Teller } from "./teller.mjs";
import { legend, key } from "./legend.mjs";
import { onColours } from "./paint.mjs";
import { sliders, reveal } from "./sliders.mjs";
import { inLanguage } from "./firms.mjs";
import { eveningsOf } from "./results.mjs";
import { kindsOf, sentence, tongue, turningPoints } from "./story.mjs";

const readable = 10; // weeks that a number stands

let kept = { key: "", dance: null }; // the last dance: going back to it is at once

export async function watch(app, panel, signal, again) {
  const { words, state } = app;
  const body = { what: app.what(), forms: app.forms, seed: state.seed, replication: evening(app) };
  const key = JSON.stringify(body);
  if (!again || !$("#floors")) panel.replaceChildren(h("p", { class: "doc loading" }, words.t("loading")));
  if (kept.key !== key) kept = { key, dance: await postJSON("/api/dance", body, signal) };
  const show = new Watch(app, panel, inLanguage(words, kept.dance.forms), key);
  sliders(app, kept.dance, signal);
  show.explain();
  return () => show.leave();
}

/** The replication that is danced: evenings are counted from the chapter's own, if it is the chapter's group that dances. */
const evening = (app) => app.state.replication + (app.foreign ? 0 : (app.chapter.evening ?? 0));

class Watch {
  constructor(app, panel, forms, key) {
    Object.assign(this, { app, words: app.words, forms, key });
    const { before } = Watch;
    this.kinds = kindsOf(app.start.events);
    this.teller = new Teller(app.words, this.kinds, forms, (who, form) => this.choose(who, form));
    this.floors = forms.map((form, k) => this.floor(form, k));
    this.stages = this.floors.map((f) => f.stage);
    this.score = new Score(this.stages, this.words, before?.key === key ? before.heard : 0);
    this.sound = new Sound(this.words, this.stages);
    this.player = new Player(this.words, forms[0].total_weeks, turningPoints(this.kinds, forms), (at, playing) => this.show(at, playing));
    this.ticker = h("p", { class: "ticker" });
    this.hall = this.build();
    const sliders = $("#sliders") ?? h("aside", { id: "sliders" }); // one that is in use keeps the keyboard
    panel.replaceChildren(h("div", { class: "watching" }, this.hall, sliders), h("div", { class: "below" }, this.teller.box, legend(this.words)));
    $("#strip").prepend(app.title(app.told("watch")));
    this.observe();
    this.player.go(before && before.chapter === app.chapter.id ? Math.min(before.at, forms[0].total_weeks) : 0);
    this.player.keys();
  }

  build() {
    const ways = h("p", { class: "ways" }, ["way", ...stages, "deal", "lost"].map((name) => h("span", { class: "of-" + name }, this.words.t("way." + name))), h("span", { class: "of-stop" }, this.words.t("chart.end")));
    const hall = h(
      "div",
      { id: "floors", class: "hall" },
      this.floors.map((f) => f.box),
      h("div", { class: "told" }, this.ticker, ways),
      this.score.rows.map((row) => row.box),
      h("div", { class: "desk" }, h("div", { class: "time" }, this.player.range), this.player.buttons),
      this.extras(),
    );
    hall.style.setProperty("--n", this.floors.length);
    this.score.rows.forEach((row, k) => {
      row.box.style.setProperty("--k", k + 1);
      row.box.style.setProperty("--lanes", row.lanes);
    });
    this.player.buttons.addEventListener("click", (e) => {
      if (e.target.closest("#play") && this.player.playing) this.inSight();
    });
    return hall;
  }

  get ended() {
    return this.at >= this.forms[0].total_weeks;
  }

  /** The signs stand beside the dance, under the sliders. */
  explain() {
    const box = $("#sliders");
    box.querySelector(".signs")?.remove();
    box.append(key(this.words, this.forms));
    if (this.ended) reveal();
  }

  /** Follows the size of the window and the colours of the page. */
  observe() {
    // The hall is as high as the screen leaves it below what stands above, which depends on language and chapter.
    const leave = () => this.hall.style.setProperty("--above", `${Math.round(this.hall.getBoundingClientRect().top + scrollY)}px`);
    leave();
    this.above = new ResizeObserver(leave);
    this.above.observe($("#main"));
    this.sizes = new ResizeObserver((entries) => {
      for (const e of entries) this.stages.find((s) => s.canvas === e.target)?.resize();
    });
    for (const s of this.stages) this.sizes.observe(s.canvas);
    this.forget = onColours(() => {
      for (const s of this.stages) s.resize();
      this.score.draw();
    });
  }

  leave() {
    this.above.disconnect();
    this.sizes.disconnect();
    this.forget();
    this.player.leave();
    this.sound.leave();
  }

  /** When the dance begins and not all of the hall is in sight, it comes to the top. */
  inSight() {
    const box = this.hall.getBoundingClientRect();
    if (box.bottom > innerHeight + 8 || box.top < 0) this.hall.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  floor(form, k) {
    const { words } = this;
    const stage = new Stage(form, words.t("form." + form.key), (who) => {
      this.teller.choose(who, form.key);
      this.teller.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "center" });
    });
    const sums = { deals: h("b", {}, "0"), value: h("b", {}, "0") };
    const says = h("p", { class: "says" });
    const box = h(
      "figure",
      { class: "floorbox " + form.key },
      h("figcaption", {}, h("h3", {}, words.t("form." + form.key))),
      stage.canvas,
      h(
        "p",
        { class: "sums" },
        Object.values(sums).map((b) => h("span", {}, b)),
      ),
      says,
    );
    box.style.setProperty("--k", k + 1);
    return { form, stage, sums, says, box, key: "", told: 0 };
  }

  extras() {
    const { app, words } = this;
    return h(
      "div",
      { class: "extras" },
      this.sound.button,
      this.player.speed,
      h(
        "button",
        {
          type: "button",
          id: "luck",
          title: words.t("control.luck.doc"),
          onclick: () => app.change({ replication: app.state.replication + 1 }),
        },
        `${words.t("control.luck")} (${evening(app) + 1})`,
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
    for (const stage of this.stages) stage.render(at);
    this.score.show(at, playing);
    if (playing) this.sound.hear(this.at ?? at, at);
    this.at = at;
    if (this.ended) reveal();
    const { turn } = this.player ?? {};
    const week = Math.floor(at);
    if (week !== this.week || turn !== this.turn || !playing) this.tell(week, at, turn, playing);
    [this.week, this.turn] = [week, turn];
    Watch.before = { chapter: this.app.chapter.id, key: this.key, at, heard: this.score.heard };
  }

  /** Whether the public pays on when the firms are no longer bound. */
  get falls() {
    const value = (key) => this.app.value("project." + key);
    return value("lasting") > 0 || (value("fade") > 0 && value("full") + value("fade") > value("years"));
  }

  /** What is told in words: often enough to be followed, seldom enough to be read. */
  tell(week, at, turn, playing) {
    const { words } = this;
    for (const f of this.floors) {
      const s = f.stage.sums(at);
      const said = { deals: words.t("watch.deals", { n: s.deals }), value: words.t("watch.value", { value: words.number(s.value) }) };
      const shown = { deals: said.deals, value: `${words.number(s.value)}\u00a0k€` };
      for (const k in shown) if (f.sums[k].textContent !== shown[k]) f.sums[k].textContent = shown[k];
      const { state, key } = this.business(f, at);
      const due = key === f.key ? readable : 2; // weeks: numbers change more often than one can read
      if (!playing || turn?.still || week >= f.told + due) {
        if (f.says.textContent !== state) f.says.textContent = state;
        [f.key, f.told] = [key, week];
      }
      if (!playing) f.stage.canvas.setAttribute("aria-label", words.t("watch.floor", { form: words.t("form." + f.form.key), week, ...said, state }));
    }
    for (const f of this.floors) f.box.classList.toggle("aside", Boolean(turn?.key) && turn.key !== f.form.key);
    this.tick(at, turn);
    if (!playing) this.teller.upTo(week);
  }

  /** What a floor is busy with, and which kind of business it is; at first what the form is, at the stop what is undecided, at the end what comes by the horizon. */
  business({ form, stage }, at) {
    const { words } = this;
    const stop = form.project_weeks,
      later = form.horizon_weeks > form.total_weeks;
    const say = (key, values) => ({ key, state: words.t(key, values) });
    if (at < 1) return say(`form.${form.key}.doc`);
    if (at >= form.total_weeks && later)
      return say("watch.end.floor", { year: form.horizon_weeks / 52, value: words.number(form.stopped.value), more: words.number(form.going_on.value) });
    if (at >= stop && at < stop + 4 && stop < form.total_weeks) {
      if (form.weeks[stop]?.p) return say(this.falls ? "watch.kept.falls" : "watch.kept");
      const { open, openValue } = stage.sums(at);
      return say("watch.undecided", { n: open, value: words.number(openValue) });
    }
    const b = stage.business(at);
    return say("watch.busy." + b.key, { ...b, have: words.number(b.have), need: words.number(b.need), share: words.percent(b.share ?? 0) });
  }

  /** The one line of the hall: what the music is, a turning point, the stop, or what comes next. */
  tick(at, turn) {
    const { words } = this;
    const { project_weeks: stop, total_weeks: total } = this.forms[0];
    const stopped = at >= stop && at < stop + 6 && stop < total;
    let [text, lang, kind] = ["", words.lang, ""];
    if (stopped) [text, kind] = [words.t(this.falls ? "watch.falls" : "watch.stopped"), "stopped"];
    else if (turn?.event) [text, lang, kind] = [`${words.t("form." + turn.key)} · ${sentence(words, turn.event)}`, tongue(words, turn.event) ?? lang, turn.key];
    else if (at < 1) text = words.t("watch.begin");
    else if (at >= total) text = words.t("watch.end");
    if (this.ticker.textContent === text) return;
    this.ticker.textContent = text;
    this.ticker.lang = lang;
    this.ticker.className = "ticker " + kind;
    this.ticker.parentElement?.classList.toggle("turns", Boolean(text) && at < total);
    if (stopped || turn) announce(text);
  }
}
