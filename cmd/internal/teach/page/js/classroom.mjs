// Class mode for the teacher: a code for the students, the wall with their
// predictions as a band, then the result.

import { $, h, set, announce } from "./dom.mjs";
import { get, postJSON } from "./api.mjs";
import { picture } from "./picture.mjs";
import { axesOf, named, told } from "./axes.mjs";
import { addressesOf } from "./state.mjs";

const keptAs = "epgsim-class"; // in this browser tab: a reload keeps the class and its key
const wide = "(min-width: 60rem) and (min-height: 36rem)"; // where all of the wall is seen at once, as in lesson.css

export class Classroom {
  constructor(app) {
    this.app = app;
    this.box = $("#class");
  }

  /** Goes on with the class of before a reload, if the server still has it. */
  async resume() {
    const kept = JSON.parse(sessionStorage.getItem(keptAs) ?? "null");
    if (!kept) return;
    const chapter = this.app.chapters.find((c) => c.id === kept.question.chapter);
    const room = await get("/api/class/" + encodeURIComponent(kept.code)).catch(() => null);
    if (!room || chapter !== this.app.chapter) return this.leave(kept);
    this.enter({ ...kept, chapter });
  }

  open() {
    if (!this.room || this.room.chapter !== this.app.chapter) this.offer();
    else if (this.words !== this.app.words) this.wall(); // the language has changed
    this.box.showModal();
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
    this.start = h("button", { type: "button", class: "main", id: "start-class", onclick: () => this.begin() }, words.t("class.start"));
    this.said = h("p", { role: "alert" });
    this.frame(
      h("p", { class: "sentence" }, this.app.told("predict")),
      h("p", {}, words.t("class.how")),
      start.listen.lan ? null : h("p", { class: "doc" }, words.t("class.local")),
      h("div", { class: "buttons" }, this.start),
      this.said,
    );
  }

  async begin() {
    const { app } = this;
    const { chapter } = app;
    const question = { chapter: chapter.id, ...app.group };
    const axes = axesOf(app.words, chapter, question);
    this.start.disabled = true;
    try {
      const got = await postJSON("/api/class", {
        what: app.what(),
        question,
        points: axes.xs.length,
        max: axes.yMax,
      });
      this.enter({ ...got, question, chapter });
    } catch (error) {
      this.said.textContent = error.message;
      this.start.disabled = false;
    }
  }

  enter(room) {
    this.room = room;
    this.latest = null; // what the server said of it last
    this.wall();
    this.source = new EventSource(`/api/class/${room.code}/wall?key=${room.key}`);
    this.source.onmessage = (e) => this.told(JSON.parse(e.data));
  }

  wall() {
    const { words } = this.app;
    const { chapter, question, code } = this.room;
    const axes = axesOf(words, chapter, question);
    this.words = words;
    const plot = h("div", { class: "plot" });
    this.count = h("p", { class: "counted", role: "status" }, words.t("class.count", { n: 0 }));
    this.note = h("p", {}, words.t("class.wall"));
    this.reveal = h("button", { type: "button", class: "main", id: "reveal", onclick: () => this.show() }, words.t("class.reveal"));
    this.shut = h(
      "button",
      {
        type: "button",
        onclick: () =>
          postJSON(`/api/class/${code}/close`, { key: this.room.key }).catch((e) => {
            this.note.textContent = e.message;
          }),
      },
      words.t("class.end"),
    );
    this.frame(
      h("p", { class: "lead" }, told(words, chapter, "predict", question)),
      this.way(),
      plot,
      h("div", { class: "buttons" }, this.reveal, this.shut, this.note),
    );
    this.chart = picture(plot, {
      ...axes,
      label: axes.yName,
      subject: chapter.subject,
      pencilName: words.t("chart.class"),
      fits: () => matchMedia(wide).matches,
    });
    if (this.latest) this.told(this.latest);
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
    sessionStorage.setItem(keptAs, JSON.stringify(kept));
  }

  told(wall) {
    const { words } = this;
    this.latest = wall;
    this.count.textContent = words.t("class.count", { n: wall.count });
    this.chart.show(wallView(words, wall));
    this.shut.hidden = !wall.open;
    this.reveal.hidden = wall.revealed;
    if (!wall.open) this.note.textContent = words.t(wall.revealed ? "class.revealed" : "class.closed");
  }

  /** The result is that of the comparison step, told to the wall and the students alike. */
  async show() {
    const { app } = this;
    this.reveal.disabled = true;
    try {
      let series = null;
      await app.results.chart(app.state, this.room.chapter, (got) => {
        if (got.done) series = got.series;
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
    this.source?.close();
    this.room = null;
    sessionStorage.removeItem(keptAs);
    postJSON(`/api/class/${room.code}/close`, { key: room.key }).catch(() => {}); // it may be gone already
  }
}

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
