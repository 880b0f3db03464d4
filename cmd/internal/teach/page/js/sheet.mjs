// The teacher's sheet: a chapter on a page to print. Minutes, what a class may
// guess, what to ask, and which number comes: worked out here and now by what
// the lesson's steps ask for too, and typed in nowhere.

import { $, h, table } from "./dom.mjs";
import { axesOf, told } from "./axes.mjs";
import { whatOf, isForeign } from "./state.mjs";
import { eveningsOf, eveningsOfTrial } from "./results.mjs";
import { trialOf } from "./cause.mjs";
import { resultTable, sentence } from "./asked.mjs";
import { closing, nothingSaid, intervalText } from "./findings.mjs";

/** Minutes of each step, from nothing but how long its parts take to read, draw and talk over. */
export const minutes = { predict: 6, watch: 8, compare: 6, cause: 12, meaning: 10 };

/** Shows the sheet of the chapter at hand in place of the lesson, or of all chapters. */
export async function sheet(app) {
  const { words } = app;
  const pages = h("div", { class: "pages" });
  const picked = h(
    "select",
    { id: "sheet-chapter", onchange: () => fill(app, pages, picked.value) },
    chaptersOf(app).map((c) => h("option", { value: c.id }, words.t(`ch.${c.id}.name`))),
    h("option", { value: "" }, words.t("sheet.all")),
  );
  const now = app.chapter.chart ? app.chapter.id : chaptersOf(app)[0].id;
  picked.value = now;
  const box = h(
    "main",
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
  await fill(app, pages, now);
}

/** The chapters that ask something. */
const chaptersOf = (app) => app.chapters.filter((c) => c.chart);

async function fill(app, pages, id) {
  const wanted = chaptersOf(app).filter((c) => !id || c.id === id);
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
      this.question = { years: info.years, horizon: Math.max(info.years, info.values["project.horizon"]), foreign: isForeign(state, chapter, app.served) };
      this.axes = axesOf(words, chapter, this.question);
      const { series, line } = await this.found();
      const tried = [];
      const suspects = chapter.suspects ? [{ set: {} }, ...chapter.suspects] : [];
      for (const s of suspects) tried.push([s.id ? "suspect." + s.id : "cause.before", await app.results.group(state, chapter, s.set, () => {}, undefined, eveningsOfTrial(state))]);
      this.box.replaceChildren(...this.head(info), this.plan(series, line, tried), ...this.foot(series));
    } catch (error) {
      this.box.append(h("p", { class: "trouble", role: "alert" }, error.message));
    }
    this.box.setAttribute("aria-busy", "false");
  }

  /** What the chapter's picture comes to: its series, and the line of its last ensemble. */
  async found() {
    const { app, chapter, state } = this;
    let found = null;
    await app.results.chart(state, chapter, (got) => {
      if (got.done) found = got;
    });
    return found;
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

  plan(series, line, tried) {
    const { words, chapter } = this;
    const part = (key, text) => h("p", {}, h("strong", {}, words.t(key) + " "), text);
    const parts = {
      predict: [part("sheet.ask", this.text("predict")), part("sheet.guess", words.t(`ch.${chapter.id}.guess`))],
      watch: [part("sheet.ask", this.text("watch"))],
      compare: [part("sheet.ask", words.t("sheet.ask.compare")), part("sheet.comes", this.comes(series, line))],
      cause: [part("sheet.ask", words.t("sheet.ask.cause")), this.suspects(tried)],
      meaning: [part("sheet.ask", this.text("talk")), part("sheet.says", this.says(line))],
    };
    return h(
      "ol",
      { class: "plan" },
      this.steps().map((s) => h("li", {}, h("h2", {}, words.t("step." + s), h("span", {}, words.t("sheet.minutes", { n: minutes[s] }))), ...parts[s].filter(Boolean))),
    );
  }

  comes(series, line) {
    const { words, axes, chapter, question } = this;
    return [sentence(words, axes, chapter, question, series), axes.kind === "first" ? nothingSaid(words, line) : ""].filter(Boolean).join(" ");
  }

  says(line) {
    return this.axes.kind === "first" ? `${closing(this.words, line)} ${this.question.foreign ? "" : this.text("closing")}` : this.text("closing");
  }

  /** What each suspect's absence changes for the chapter's form, as the step that tries them has it. */
  suspects(tried) {
    const { words, chapter, state } = this;
    const trial = trialOf(words, chapter, this.question);
    const format = trial.fewer ? (v) => words.percent(v) : this.axes.formatY;
    const cell = (line) => intervalText(words, trial.read(line).subject, format);
    return table(
      `${words.t("form." + chapter.subject)}. ${words.t("table.caption", { n: eveningsOfTrial(state) })}`,
      ["", trial.say("axis")],
      tried.map(([key, line]) => [words.t(key), cell(line)]),
    );
  }

  foot(series) {
    const { app, words, chapter, state } = this;
    const n = eveningsOf(state, chapter);
    return [
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.t("table.region") }, resultTable(words, this.axes, series, words.t("table.caption", { n }))),
      h("p", { class: "doc" }, words.t("sheet.made", { n, seed: state.seed, version: app.start.version })),
    ];
  }
}
