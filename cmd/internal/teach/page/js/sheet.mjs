// The teacher's sheet: a chapter on a page to print. Minutes, what a class may
// guess, what to ask, and which number comes: worked out here and now by what
// the lesson's steps ask for too, and typed in nowhere.

import { $, h, table } from "./dom.mjs";
import { axesOf, told } from "./axes.mjs";
import { whatOf, isForeign } from "./state.mjs";
import { eveningsOf } from "./results.mjs";
import { foundAt, placeOf, pointOf, resultTable, sentence } from "./asked.mjs";

/** Minutes of each step, from nothing but how long its parts take to read, draw and talk over. */
export const minutes = { predict: 6, watch: 8, compare: 6, cause: 12, meaning: 10 };

const ofSuspects = 100; // evenings, as on the step that tries them

/** Shows the sheet of the chapter at hand in place of the lesson, or of all chapters. */
export async function sheet(app) {
  const { words } = app;
  const pages = h("div", { class: "pages" });
  const picked = h(
    "select",
    { id: "sheet-chapter", onchange: () => fill(app, pages, picked.value) },
    app.chapters.map((c) => h("option", { value: c.id }, words.t(`ch.${c.id}.name`))),
    h("option", { value: "" }, words.t("sheet.all")),
  );
  picked.value = app.chapter.id;
  const box = h(
    "section",
    { id: "sheet", class: "sheet", "aria-label": words.t("sheet.open") },
    h(
      "div",
      { class: "buttons" },
      h("label", { for: "sheet-chapter" }, words.t("sheet.which")),
      picked,
      h("button", { type: "button", class: "main", id: "print", onclick: () => print() }, words.t("sheet.print")),
      h("a", { class: "button", href: location.pathname + location.hash }, words.t("sheet.back")),
    ),
    pages,
  );
  document.body.classList.add("with-sheet");
  $("#sheet")?.remove();
  $("#main").after(box);
  await fill(app, pages, app.chapter.id);
}

async function fill(app, pages, id) {
  const wanted = app.chapters.filter((c) => !id || c.id === id);
  const all = wanted.map((c) => new Page(app, c));
  pages.replaceChildren(...all.map((p) => p.box));
  pages.dataset.ready = "false";
  for (const p of all) await p.work();
  if (pages.contains(all[0].box)) pages.dataset.ready = "true"; // another may have been asked for meanwhile
}

class Page {
  constructor(app, chapter) {
    const here = chapter === app.chapter;
    Object.assign(this, { app, words: app.words, chapter, state: { ...app.state, chapter: chapter.id, set: here ? app.state.set : {} } });
    this.box = h("article", { "data-chapter": chapter.id, "aria-busy": "true" }, h("h1", {}, this.words.t(`ch.${chapter.id}.name`)), h("p", {}, this.words.t("loading")));
  }

  async work() {
    const { app, words, chapter, state } = this;
    try {
      const info = await app.results.scenario(whatOf(state, chapter, app.served));
      this.question = { years: info.years, foreign: isForeign(state, chapter, app.served) };
      this.axes = axesOf(words, chapter, this.question);
      const series = await this.series({});
      const tried = [];
      for (const s of chapter.suspects ?? []) tried.push([s, await this.series({ set: s.set, replications: ofSuspects })]);
      this.box.replaceChildren(...this.head(info), this.plan(series, tried), ...this.foot(series));
    } catch (error) {
      this.box.append(h("p", { class: "trouble", role: "alert" }, error.message));
    }
    this.box.setAttribute("aria-busy", "false");
  }

  async series(more) {
    const { app, chapter, state, question } = this;
    let series = null;
    await app.results.chart(state, chapter, question.years, more, (got) => {
      if (got.done) series = got.series;
    });
    return series;
  }

  text(part) {
    return told(this.words, this.chapter, part, this.question);
  }

  head(info) {
    const { words, chapter } = this;
    const steps = this.steps();
    const sum = steps.reduce((n, s) => n + minutes[s], 0);
    return [
      h("p", { class: "kicker" }, words.t("sheet.title", { name: words.t(`ch.${chapter.id}.name`), n: sum })),
      h("h1", {}, this.text("question")),
      h("p", { class: "lead" }, this.text("lead")),
      this.question.foreign ? h("p", { class: "doc" }, info.title) : null,
    ].filter(Boolean);
  }

  steps() {
    return ["predict", "watch", "compare", "cause", "meaning"].filter((s) => s !== "cause" || this.chapter.suspects);
  }

  plan(series, tried) {
    const { words, chapter } = this;
    const part = (key, text) => h("p", {}, h("strong", {}, words.t(key) + " "), text);
    const parts = {
      predict: [part("sheet.ask", this.text("predict")), part("sheet.guess", words.t(`ch.${chapter.id}.guess`))],
      watch: [part("sheet.ask", this.text("watch"))],
      compare: [part("sheet.ask", words.t("sheet.ask.compare")), part("sheet.comes", this.comes(series))],
      cause: [part("sheet.ask", words.t("sheet.ask.cause")), tried.length ? this.suspects(series, tried) : null],
      meaning: [part("sheet.ask", this.text("talk")), part("sheet.says", this.text("closing"))],
    };
    return h(
      "ol",
      { class: "plan" },
      this.steps().map((s) => h("li", {}, h("h2", {}, words.t("step." + s), h("span", {}, words.t("sheet.minutes", { n: minutes[s] }))), ...parts[s].filter(Boolean))),
    );
  }

  comes(series) {
    return sentence(this.words, this.axes, this.chapter, this.question, series);
  }

  /** What each suspect's absence changes for the chapter's form. */
  suspects(series, tried) {
    const { words, axes, chapter, question } = this;
    const place = placeOf(chapter, question);
    const cell = (s) => {
      const p = foundAt(s, place)[chapter.subject];
      return p ? words.t("table.interval", { mean: axes.formatY(p.mean), low: axes.formatY(p.low), high: axes.formatY(p.high) }) : "–";
    };
    return table(
      `${words.t("form." + chapter.subject)}, ${pointOf(words, axes, chapter, question)}`,
      ["", axes.yName],
      [[words.t("cause.before"), cell(series)], ...tried.map(([s, found]) => [words.t("suspect." + s.id), cell(found)])],
    );
  }

  foot(series) {
    const { app, words, chapter, state } = this;
    const n = eveningsOf(state, chapter);
    return [
      h("div", { class: "scroll" }, resultTable(words, this.axes, series, words.t("table.caption", { n }))),
      h("p", { class: "doc" }, words.t("sheet.made", { n, seed: state.seed, version: app.start.version })),
    ];
  }
}
