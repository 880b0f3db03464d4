// The prologue one plays: a year as the yard of a group that sells whole boats. One
// shares out the yard's hours, week by week, until the music stops; then the same
// year may go on. All words that the lesson needs are said where they happen.

import { h, announce, calm } from "./dom.mjs";
import { newToy, numbersOf, playWeek, wantedAtHome, fullness, over, year } from "./toy.mjs";
import { Yard } from "./yard.mjs";

const aWeek = 650; // milliseconds
const stride = 4; // weeks that one step goes on
const longest = 3 * year; // of a customer's patience with a toy

export async function prologue(app, panel, signal) {
  const { values } = await app.results.scenario({ scenario: "base" }, signal);
  const show = new Prologue(app, panel, numbersOf(values));
  return () => show.pause();
}

class Prologue {
  constructor(app, panel, numbers) {
    Object.assign(this, { app, words: app.words, numbers });
    this.yard = new Yard(this.words);
    this.lanes = ["customer", "first", "second"].map((key) => this.lane(key));
    this.own = this.ownLane();
    this.card = h("div", { class: "card" });
    this.time = h("div", { class: "weeks", "aria-hidden": "true" });
    this.play = h("button", { type: "button", class: "main", id: "pro-play", onclick: () => (this.timer ? this.pause() : this.start()) });
    this.step = h("button", { type: "button", id: "pro-step", onclick: () => this.stepOn() }, this.words.t("pro.step", { n: stride }));
    this.again = h("button", { type: "button", class: "quiet", id: "pro-again", onclick: () => this.begin() }, this.words.t("pro.again"));
    this.leave = h("button", { type: "button", id: "pro-leave", onclick: () => app.go("predict") });
    const { words } = this;
    this.box = h(
      "div",
      { class: "prologue" },
      h("div", { class: "scene" }, this.yard.root, this.time),
      h("div", { class: "hours" }, h("h3", {}, words.t("pro.hours", { n: numbers.hours })), this.own.box, ...this.lanes.map((l) => l.box)),
      this.card,
      h("div", { class: "buttons" }, this.play, this.step, this.again, this.leave),
    );
    panel.replaceChildren(app.title(words.t("pro.title")), this.box, h("p", { class: "doc" }, words.t("pro.toy")));
    this.begin();
  }

  /** Everything as before the first week. */
  begin() {
    this.pause();
    this.toy = newToy(this.numbers);
    this.end = year;
    this.heard = new Set(); // kinds of events
    this.news = []; // that are still to be told
    for (const l of this.lanes) l.input.value = 0;
    this.say(["pro.begin", {}], ["pro.begin.how", {}]);
    this.show();
  }

  /** One use of the yard's hours: a slider, so that pointer, finger and keys all move it. */
  lane(key) {
    const { words, numbers } = this;
    const id = "pro-" + key;
    const out = h("output", { for: id });
    const input = h("input", {
      id,
      type: "range",
      min: 0,
      max: numbers.hours,
      step: 1,
      oninput: () => {
        const others = this.lanes.filter((l) => l.input !== input).reduce((sum, l) => sum + Number(l.input.value), 0);
        input.value = Math.min(Number(input.value), numbers.hours - others); // the yard has no more hours than these
        this.show();
      },
    });
    input.value = 0;
    input.style.setProperty("--hours", numbers.hours);
    return { key, input, out, box: h("div", { class: "lane " + key }, h("label", { for: id }, words.t("pro.lane." + key)), out, input) };
  }

  /** The yard's own work has what the others leave, and a mark at what it wants. */
  ownLane() {
    const { words, numbers } = this;
    const out = h("output", {});
    const bar = h("div", { class: "bar", "aria-hidden": "true" }, h("i", { class: "has" }), h("i", { class: "wants" }));
    bar.style.setProperty("--hours", numbers.hours);
    return { out, bar, box: h("div", { class: "lane own" }, h("span", {}, words.t("pro.lane.own")), out, bar) };
  }

  get hours() {
    const [customer, ...firms] = this.lanes.map((l) => Number(l.input.value));
    return { customer, firms };
  }

  get stopped() {
    return over(this.toy) || this.toy.week >= this.end;
  }

  start() {
    if (this.stopped) return this.goOn();
    this.told();
    this.inSight();
    this.timer = setInterval(() => {
      if (!this.card.isConnected || document.hidden) return this.pause();
      this.week();
    }, aWeek);
    this.show();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    if (this.toy && this.play.isConnected) this.show();
  }

  /** A few weeks at once, up to what is worth telling. */
  stepOn() {
    this.pause();
    if (this.stopped) return this.goOn();
    this.told();
    this.inSight();
    for (let k = 0; k < stride && !this.week(); k++);
    this.yard.root.setAttribute("aria-label", this.picture());
  }

  /** The music plays on: one more year, as if it had never stopped. */
  goOn() {
    if (over(this.toy) || this.toy.week >= longest) return this.begin();
    this.end += year;
    this.say(["pro.goon", {}]);
    this.show();
  }

  /** On a small screen all that one plays with is brought into sight, once. */
  inSight() {
    const { top, bottom } = this.box.getBoundingClientRect();
    if (!this.toy.week && (top < 0 || bottom > innerHeight)) this.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  /** The card is no longer news. */
  told() {
    this.card.classList.remove("news");
  }

  /** One week passes. What is told for the first time stops the clock, one thing a week: then it is read. Says whether it does. */
  week() {
    let again = null;
    for (const e of playWeek(this.toy, this.hours)) {
      if (this.heard.has(e.kind)) again = e;
      else this.news.push(e);
      this.heard.add(e.kind);
    }
    const stops = this.stopped || this.news.length > 0;
    if (this.stopped) this.say(...this.ending());
    else if (stops) this.tell(this.news.shift());
    else if (again) this.tell(again);
    if (stops) this.pause();
    else this.show();
    return stops;
  }

  /** The words of an event. */
  telling(e) {
    const { words, numbers: n, toy: t } = this;
    const who = e.firm === undefined ? "" : words.t(`pro.supplier.${e.firm + 1}`);
    const have = Math.floor(Math.min(...t.firms.map((f) => f.joint)));
    const values = {
      busy: { hours: Math.round(e.hours) },
      most: { n: n.most },
      joint: { need: n.needed },
      trusted: { have, need: n.needed, cold: n.cold },
      silent: { weeks: e.weeks, cold: n.cold },
      offer: { n: n.rounds, weeks: n.roundEvery },
    };
    return ["pro.tell." + e.kind, { who, ...values[e.kind] }];
  }

  /** An event on the card, with its week: it may stay there for long. */
  tell(e) {
    this.say(this.telling(e));
    this.card.prepend(h("p", { class: "when" }, this.words.t("story.week", { week: this.toy.week })));
  }

  /** The words at the end: of the year that was paid for, of more years, or of the deal. */
  ending() {
    const { toy: t, words } = this;
    if (t.stage === "deal") return [["pro.end.deal", { week: t.week, late: t.week - year }], ["pro.end.form", {}]];
    if (t.stage === "lost") return [["pro.lost." + t.why, { weeks: t.n[t.why] }], ["pro.end.form", {}]];
    const how =
      t.stage === "talks"
        ? ["pro.end.talks", { n: t.n.rounds - t.rounds, of: t.n.rounds }]
        : ["pro.end.offer", { share: words.percent(fullness(t)) }];
    return t.week > year ? [["pro.end.later", {}], how] : [["pro.end.stop", {}], how];
  }

  /** Puts sentences on the card, and tells them to those who listen. */
  say(...told) {
    const { words } = this;
    const texts = told.map(([key, values]) => words.t(key, values));
    this.card.classList.add("news");
    this.card.replaceChildren(...texts.map((t, k) => h("p", { class: k ? null : "first" }, t)));
    announce(texts.join(" "));
  }

  picture() {
    return this.yard.describe(this.toy, this.words.t("pro.week", { week: this.toy.week, of: this.end }));
  }

  show() {
    const { toy: t, words, numbers: n } = this;
    const used = this.lanes.reduce((sum, l) => sum + Number(l.input.value), 0);
    const wanted = wantedAtHome(n, Math.max(1, t.week));
    for (const l of this.lanes) {
      l.out.textContent = words.t("pro.h", { n: Number(l.input.value) });
      l.input.setAttribute("aria-valuetext", l.out.textContent);
      l.input.style.setProperty("--at", Number(l.input.value));
    }
    this.own.bar.style.setProperty("--at", n.hours - used);
    this.own.bar.style.setProperty("--wants", wanted);
    this.own.out.textContent = words.t("pro.h.wants", { n: n.hours - used, wants: Math.round(wanted) });
    this.own.box.classList.toggle("short", wanted > n.hours - used);
    this.yard.show(t, t.week < this.end);
    if (!this.timer) this.yard.root.setAttribute("aria-label", this.picture());
    this.timeLine();
    const finished = over(t) || t.week >= longest;
    this.play.textContent = words.t(finished ? "pro.again" : this.stopped ? "pro.more" : this.timer ? "pro.pause" : t.week ? "pro.on" : "pro.start");
    this.again.hidden = !t.week || finished;
    this.step.hidden = this.stopped;
    const steps = calm() && !this.stopped; // whoever wants no motion goes on in steps
    this.play.classList.toggle("main", !finished && !steps);
    this.step.classList.toggle("main", steps);
    this.leave.textContent = words.t(t.week >= year ? "pro.leave" : "pro.skip");
    this.leave.classList.toggle("main", finished);
    this.leave.classList.toggle("quiet", t.week < year);
  }

  /** Where the time went: each stage as long as it took, and the line where the music stops. */
  timeLine() {
    const { toy: t, words } = this;
    const ends = [["door", t.marks.trusted], ["offer", t.marks.offer], ["talks", t.marks.deal]];
    let from = 0;
    const parts = ends.flatMap(([stage, mark]) => {
      const to = Math.max(from, Math.min(mark ?? t.week, t.week));
      const stop = Math.max(from, Math.min(year, to)); // a name stands on one side of the stop
      const sides = [stop - from, to - stop];
      from = to;
      return sides.map((weeks, side) => {
        const part = h("span", { class: "stage " + stage }, (side ? weeks > sides[0] : weeks >= sides[1]) ? words.t("pro.stage." + stage) : "");
        part.style.width = `${(100 * weeks) / this.end}%`;
        return part;
      });
    });
    const stop = h("i", { class: "stop" });
    stop.style.left = `${(100 * year) / this.end}%`;
    this.time.replaceChildren(h("div", { class: "stages" }, ...parts), stop, h("b", {}, words.t("pro.week", { week: t.week, of: this.end })));
  }
}
