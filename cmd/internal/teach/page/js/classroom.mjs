// Class mode for the teacher: a code for the students, the wall with their
// predictions as a band, then the result; or a show of hands, where there are no
// devices or no server.

import { $, h, set, announce } from "./dom.mjs";
import { get, postJSON } from "./api.mjs";
import { behind } from "./chart.mjs";
import { picture as pictureOf } from "./picture.mjs";
import { axesOf, named, told } from "./axes.mjs";
import { csv, download, resultRows, resultTable, sentence, versus } from "./asked.mjs";
import { follow } from "./follow.mjs";
import { Hands } from "./hands.mjs";
import { Roll } from "./roll.mjs";
import { addressesOf } from "./state.mjs";
import { recall, remember } from "./memory.mjs";

const keptAs = "epgsim-class"; // in this browser tab: a reload keeps the class and its key
const mostDots = 400; // of a form on the wall: a result has room for no more
const wide = "(min-width: 60rem) and (min-height: 36rem)"; // where all of the wall is seen at once, as in lesson.css

export class Classroom {
  constructor(app) {
    this.app = app;
    this.box = $("#class");
  }

  /** Goes on with the class of before a reload, if the server still has it. */
  async resume() {
    const kept = JSON.parse(recall(keptAs) ?? "null");
    if (!kept) return;
    const chapter = this.app.chapters.find((c) => c.id === kept.question.chapter);
    const room = await get("/api/class/" + encodeURIComponent(kept.code)).catch(() => null);
    if (!room || chapter !== this.app.chapter) return this.leave(kept);
    this.enter({ ...kept, chapter });
  }

  open() {
    if (this.hands && this.hands.chapter !== this.app.chapter) this.hands = null;
    if (this.hands) this.raise();
    else if (!this.room || this.room.chapter !== this.app.chapter) this.offer();
    else if (this.words !== this.app.words) this.wall(); // the language has changed
    this.box.showModal();
  }

  /** A show of hands, kept while the page is open. */
  raise() {
    this.hands ??= new Hands(this.app);
    const back = () => {
      this.hands = null;
      this.offer();
    };
    this.frame(...this.hands.show(), h("button", { type: "button", class: "quiet", onclick: back }, this.app.words.t("hands.end")));
  }

  /** Another chapter is another question: its class is started anew. */
  moved() {
    if (this.room && this.room.chapter !== this.app.chapter) this.leave();
  }

  frame(...content) {
    const { words } = this.app;
    this.box.replaceChildren(
      h(
        "header",
        {},
        h("h2", { id: "class-title" }, words.t("class.title")),
        h("button", { type: "button", onclick: () => this.box.close() }, words.t("close")),
      ),
      h("div", { class: "body" }, content),
    );
  }

  offer() {
    const { words, start } = this.app;
    const served = start.classes !== false; // a page without a server has no devices to ask
    this.start = h("button", { type: "button", class: "main", id: "start-class", onclick: () => this.begin() }, words.t("class.start"));
    this.said = h("p", { role: "alert" });
    this.frame(
      h("p", { class: "sentence" }, this.app.told("predict")),
      h("p", {}, words.t(served ? "class.how" : "class.alone")),
      !served || start.listen.lan ? null : h("p", { class: "doc" }, words.t("class.local")),
      h(
        "div",
        { class: "buttons" },
        served ? this.start : null,
        h("button", { type: "button", class: served ? "" : "main", id: "start-hands", onclick: () => this.raise() }, words.t("hands.start")),
        h("a", { class: "button quiet", id: "open-sheet", href: sheetLink() }, words.t("sheet.open")),
      ),
      this.said,
    );
  }

  /** Asks the server for a class; again names one that was lost with it. */
  ask(chapter, question, what, again = {}) {
    const { xs, yMax } = axesOf(this.app.words, chapter, question);
    return postJSON("/api/class", { what, question, points: xs.length, max: yMax, ...again });
  }

  async begin() {
    const { app } = this;
    const { chapter } = app;
    const question = { chapter: chapter.id, ...app.group };
    const what = app.what();
    this.start.disabled = true;
    try {
      const got = await this.ask(chapter, question, what);
      this.enter({ ...got, question, chapter, what });
    } catch (error) {
      this.said.textContent = error.message;
      this.start.disabled = false;
    }
  }

  enter(room) {
    this.end?.();
    this.room = room;
    this.latest = null; // what the server said of it last
    this.wall();
    this.end = follow(
      room.code,
      { key: room.key },
      (wall) => this.told(wall),
      (error) => this.lost(error),
    );
  }

  /** Says that the wall is lost. A class that went with the server is opened again; the students' pages send their predictions again. */
  async lost(error) {
    const { words } = this;
    this.away.hidden = !error;
    if (!error) return;
    this.away.textContent = words.t(error.status === 404 ? "class.again" : "class.lost");
    if (error.status !== 404 || this.room.reopening) return;
    const { room, latest } = this;
    room.reopening = true;
    try {
      const got = await this.ask(room.chapter, room.question, room.what, { code: room.code, key: room.key });
      if (this.room !== room) return;
      if (latest?.revealed) await postJSON(`/api/class/${got.code}/reveal`, { key: got.key, result: latest.result });
      else if (latest && !latest.open) await postJSON(`/api/class/${got.code}/close`, { key: got.key });
      if (got.code !== room.code) this.enter({ ...room, ...got }); // somebody has taken the code meanwhile
    } catch {
      // the wall is tried again, and this with it
    } finally {
      room.reopening = false;
    }
  }

  wall() {
    const { words } = this.app;
    const { chapter, question, code } = this.room;
    const axes = axesOf(words, chapter, question);
    this.words = words;
    const plot = h("div", { class: "plot" });
    this.count = h("p", { class: "counted", role: "status" }, words.t("class.count", { n: 0, devices: 0 }));
    this.note = h("p", {}, words.t("class.wall"));
    this.away = h("p", { class: "lost", role: "alert", hidden: true });
    this.found = h("div", { class: "found-by-all" });
    this.reveal = h("button", { type: "button", class: "main", id: "reveal", onclick: () => this.show() }, words.t("class.reveal"));
    this.shut = h("button", { type: "button", onclick: () => this.tell("close") }, words.t("class.end"));
    this.roll = new Roll(this, axes);
    this.frame(
      this.away,
      h("p", { class: "lead" }, told(words, chapter, "predict", question)),
      this.way(),
      h("div", { class: "seen" }, this.found, plot),
      h(
        "div",
        { class: "buttons" },
        this.reveal,
        this.shut,
        this.note,
        this.roll.box,
      ),
    );
    this.chart = pictureOf(plot, {
      ...axes,
      label: axes.yName,
      subject: chapter.subject,
      pencilName: words.t("chart.class"),
      fits: () => matchMedia(wide).matches,
    });
    if (this.latest) this.told(this.latest);
  }

  /** Does something to the class, as only the teacher may. */
  async tell(what, more = {}) {
    try {
      return await postJSON(`/api/class/${this.room.code}/${what}`, { key: this.room.key, ...more });
    } catch (error) {
      this.note.textContent = error.message;
      return null;
    }
  }

  /** The predictions, without names, and the result, as a file. */
  async save() {
    const { code, chapter, question } = this.room;
    const got = await this.tell("predictions");
    if (!got) return;
    const axes = axesOf(this.words, chapter, question);
    download(`epgsim-${code}-${chapter.id}.csv`, csv(resultRows(axes, chapter, got.predictions, this.latest?.result?.series)), "text/csv");
  }

  /** How students find the class: the code, the address, and a picture of it to scan. */
  way() {
    const { words } = this;
    const { code } = this.room;
    const { lan, urls } = this.app.start.listen;
    const all = addressesOf(this.room.url, urls);
    const address = h("p", { class: "address" });
    const picture = lan ? h("img", { class: "qr" }) : h("p", { class: "doc" }, words.t("class.local"));
    const choices = all.map((at) => h("button", { type: "button", "data-at": at, onclick: () => choose(at) }, new URL(at).host));
    const choose = (at) => {
      address.replaceChildren(at, h("wbr"), h("span", {}, `c/${code}`));
      if (lan) set(picture, { src: `/api/class/${code}/qr?at=${encodeURIComponent(at)}`, alt: words.t("class.qr", { url: `${at}c/${code}` }) });
      for (const b of choices) b.setAttribute("aria-pressed", String(b.dataset.at === at));
      this.keep({ at });
    };
    choose(all.includes(this.room.at) ? this.room.at : all[0]);
    return h(
      "div",
      { class: "way" },
      h("p", { class: "doc" }, words.t("class.code")),
      h("p", { class: "code", id: "class-code" }, code),
      h("p", { class: "doc" }, words.t("class.address")),
      address,
      h("div", { class: "choice", role: "group", "aria-label": words.t("class.other"), hidden: all.length < 2 }, choices),
      picture,
      this.count,
    );
  }

  /** Changes what is known of the class, and keeps it for a reload. */
  keep(changes) {
    Object.assign(this.room, changes);
    const { chapter: _, ...kept } = this.room;
    remember(keptAs, JSON.stringify(kept));
  }

  told(wall) {
    const { words } = this;
    const { chapter, question } = this.room;
    this.latest = wall;
    this.count.textContent = words.t("class.count", { n: wall.count }) + (wall.count ? ", " + words.t("class.devices", { n: wall.devices }) : "");
    this.chart.show(wallView(words, wall));
    this.shut.hidden = !wall.open;
    this.reveal.hidden = wall.revealed;
    this.roll.refresh(wall);
    if (!wall.open) this.note.textContent = words.t(wall.revealed ? "class.revealed" : "class.closed");
    const series = wall.revealed ? wall.result?.series : null;
    if (!series) return this.found.replaceChildren();
    const axes = axesOf(words, chapter, question);
    const klass = wall.quantiles.length ? wall.quantiles.map((q) => q.p50) : null;
    this.found.replaceChildren(
      versus(words, axes, chapter, question, { klass, series }),
      h("p", { class: "revealed" }, sentence(words, axes, chapter, question, series)),
      behind(words, resultTable(words, axes, series, words.t("class.table"))),
    );
  }

  /** The result is that of the comparison step, told to the wall and the students alike. */
  async show() {
    const { app } = this;
    this.reveal.disabled = true;
    try {
      let series = null;
      await app.results.chart(app.state, this.room.chapter, (got) => {
        if (got.done) series = got.series.map((s) => (s.times ? { ...s, times: s.times.slice(0, mostDots), later: s.later.slice(0, mostDots) } : s));
      });
      await postJSON(`/api/class/${this.room.code}/reveal`, { key: this.room.key, result: { series } });
      announce(app.words.t("class.revealed"));
    } catch (error) {
      this.note.textContent = error.message;
    }
    this.reveal.disabled = false;
  }

  /** Ends the class, so that the server has room for another. */
  leave(room = this.room) {
    this.end?.();
    this.room = null;
    remember(keptAs, null);
    postJSON(`/api/class/${room.code}/close`, { key: room.key }).catch(() => {}); // it may be gone already
  }
}

/** The teacher's sheet of the chapter as it stands, in the same window: its print needs no script to open one. */
const sheetLink = () => "?sheet=1" + location.hash;

/** A class's predictions as bands and a median, and the result when there is one. */
function wallView(words, wall) {
  const q = wall.quantiles ?? [];
  const of = (key) => q.map((p) => p[key]);
  return {
    bands: q.length
      ? [
          { kind: "most", lower: of("p10"), upper: of("p90") },
          { kind: "half", lower: of("p25"), upper: of("p75") },
        ]
      : [],
    values: q.length ? of("p50") : null,
    series: wall.result?.series ? named(words, wall.result.series) : [],
  };
}
