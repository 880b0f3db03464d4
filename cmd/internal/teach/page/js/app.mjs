// The lesson: chapters, steps, and what is common to all of them.

import { $, h, announce } from "./dom.mjs";
import { get, Latest, Refused, givenUp } from "./api.mjs";
import { load, pickLanguage } from "./words.mjs";
import { emptyState, readFragment, writeFragment, stepsOf, largestFile, whatOf, formsOf, isForeign } from "./state.mjs";
import { Results } from "./results.mjs";
import { told } from "./axes.mjs";
import { strip } from "./strip.mjs";
import { predict } from "./predict.mjs";
import { watch } from "./watch.mjs";
import { compare } from "./compare.mjs";
import { cause } from "./cause.mjs";
import { meaning } from "./meaning.mjs";
import { prologue } from "./prologue.mjs";
import { ministry } from "./ministry.mjs";
import { Levers } from "./levers.mjs";
import { Classroom } from "./classroom.mjs";
import { sheet } from "./sheet.mjs";
import { recall, remember } from "./memory.mjs";

const show = { prologue, predict, watch, compare, cause, meaning, ministry };
const shown = (step) => Boolean(show[step]);

const keptAs = "epgsim-predictions"; // in this browser tab: a reload keeps them

class App {
  latest = new Latest();

  async boot() {
    [this.start, this.chapters, this.state] = await Promise.all([
      get("/api/start"),
      get("/static/chapters.json"),
      readAddress(),
    ]);
    this.chapters = this.chapters.filter((c) => stepsOf(c, shown).length);
    document.body.classList.toggle("embedded", new URLSearchParams(location.search).has("embed"));
    this.predictions = JSON.parse(recall(keptAs) ?? "{}"); // of the chapters left, by id
    this.served = this.start.open; // the group named when the server was started
    this.results = new Results(this.served);
    await this.speak(this.state.lang || pickLanguage(navigator.languages ?? []));
    if (new URLSearchParams(location.search).has("sheet")) return sheet(this);
    this.levers = new Levers(this);
    this.classroom = new Classroom(this);
    await this.classroom.resume();
    $("#language").addEventListener("change", async (e) => {
      this.state.lang = e.target.value;
      await this.speak(e.target.value);
      this.save();
      this.render();
    });
    $("#open-levers").addEventListener("click", () => this.levers.open());
    $("#open-class").addEventListener("click", () => this.classroom.open());
    $(".skip").addEventListener("click", (e) => {
      e.preventDefault();
      $("#main").focus();
    }); // the fragment holds the state
    addEventListener("hashchange", () => this.follow());
    this.acceptFiles();
    await this.render();
    this.missFile();
  }

  async speak(lang) {
    this.words = await load(lang, this.start.events);
    document.documentElement.lang = lang;
    $("#language").value = lang;
    for (const el of document.querySelectorAll("[data-t]")) this.words.write(el, el.dataset.t);
    for (const [id, key] of [
      ["chapters", "chapters"],
      ["steps", "steps"],
      ["strip", "controls"],
    ])
      $("#" + id).setAttribute("aria-label", this.words.t(key));
    $("#version").textContent = this.words.t("footer.version", { version: this.start.version });
  }

  get chapter() {
    return this.chapters.find((c) => c.id === this.state.chapter) ?? this.chapters[0];
  }

  get steps() {
    return stepsOf(this.chapter, shown);
  }

  what(more) {
    return whatOf(this.state, this.chapter, this.served, more);
  }

  get forms() {
    return formsOf(this.state, this.chapter, this.served);
  }

  /** Whether the group is another than the chapter's own. */
  get foreign() {
    return isForeign(this.state, this.chapter, this.served);
  }

  /** A text of the chapter for the group as it stands; where there is one, that for any group. */
  told(part, values = {}) {
    return told(this.words, this.chapter, part, this.group, values);
  }

  /** What the chapter's texts and axes must know of the group. */
  get group() {
    const years = this.info?.years ?? Number(this.chapter.set["project.years"] ?? 3);
    return { years, horizon: Math.max(years, this.info?.values["project.horizon"] ?? 10), foreign: this.foreign };
  }

  /** The name of the group in the language of the page, if it has one there. */
  get groupName() {
    const key = "scenario." + this.info?.name;
    return this.words.has(key) && !this.state.toml ? this.words.t(key) : (this.info?.title ?? "");
  }

  /** A value of the scenario as it stands: a number, whatever was typed. */
  value(key) {
    return this.info?.values[key];
  }

  /** The link of another browser tab, or the back button. */
  async follow() {
    if (location.hash === this.written) return;
    this.state = await readAddress();
    if (this.state.lang && this.state.lang !== this.words.lang) await this.speak(this.state.lang);
    await this.render();
    this.missFile();
  }

  /** A link that names a file too long for it: the page can only say so. */
  missFile() {
    const name = this.state.file;
    if (!name || this.state.toml) return;
    this.state.file = "";
    this.note("file.lost", { name });
  }

  /** Keeps the state in the address. A new step or chapter is a place to come back to. */
  async save(place = false) {
    this.written = await writeFragment(this.state);
    const { toml, file } = this.state;
    history[place ? "pushState" : "replaceState"]({ toml, file }, "", this.written); // a long file stands in no link, but survives a reload
    this.classroom?.moved();
  }

  /** Begins a chapter with its question: what comes before that is played once. */
  enter(id) {
    const steps = stepsOf(this.chapters.find((c) => c.id === id), shown);
    return this.go(steps.find((s) => s !== "prologue"), id);
  }

  async go(step, chapter = this.chapter.id) {
    if (chapter !== this.chapter.id) {
      this.predictions[this.chapter.id] = this.state.prediction;
      remember(keptAs, JSON.stringify(this.predictions));
      Object.assign(this.state, { prediction: this.predictions[chapter] ?? null, set: {}, replication: 0 });
    }
    Object.assign(this.state, { step, chapter });
    await this.save(true);
    await this.render();
    $("#panel-title")?.focus({ preventScroll: true });
    const head = $("#steps").getBoundingClientRect();
    if (head.top < 0) scrollTo({ top: 0 });
  }

  /** Changes what is simulated, and shows the step anew. */
  async change(changes) {
    Object.assign(this.state, changes);
    await this.save();
    await this.render(true);
  }

  /** Everything as the page began, where the lesson stands. */
  async reset() {
    const { set, scenario, toml, file, replications } = emptyState();
    await this.change({ set, scenario, toml, file, replications });
  }

  async setLever(key, value) {
    const set = { ...this.state.set };
    if (value === null) delete set[key];
    else set[key] = value;
    await this.change({ set });
  }

  async render(again = false) {
    const signal = this.latest.start();
    const focused = document.activeElement?.id;
    this.leave?.();
    this.leave = null;
    this.heading();
    this.complain(null);
    $("#note").hidden = true;
    try {
      this.info = await this.results.scenario(this.what(), signal);
      signal.throwIfAborted(); // what was kept comes at once, even to who has gone on
      this.ask();
      strip(this);
      this.leave = await show[this.state.step](this, $("#panel"), signal, again);
    } catch (error) {
      this.complain(error);
    }
    this.levers?.refresh();
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true }); // its step was built anew
  }

  heading() {
    const { words, chapter } = this;
    if (!this.steps.includes(this.state.step)) this.state.step = this.steps[0];
    $("#chapters ol").replaceChildren(
      ...this.chapters.map((c, i) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              "aria-current": c === chapter ? "true" : null,
              onclick: () => this.enter(c.id),
            },
            h("span", { class: "nr", "aria-hidden": "true" }, String(i + 1)),
            words.t(`ch.${c.id}.name`),
          ),
        ),
      ),
    );
    this.ask();
    document.body.dataset.step = this.state.step;
    $("#steps").hidden = this.steps.length < 2;
    $("#open-class").hidden = !chapter.chart;
    $("#steps ol").replaceChildren(
      ...this.steps.map((s, i) =>
        h(
          "li",
          { class: i < this.steps.indexOf(this.state.step) ? "past" : null },
          h(
            "button",
            {
              type: "button",
              "data-step": s,
              "aria-current": s === this.state.step ? "step" : null,
              onclick: () => this.go(s),
            },
            h("span", { class: "nr", "aria-hidden": "true" }, String(i + 1)),
            words.t("step." + s),
          ),
        ),
      ),
    );
    const changed = Object.keys(this.state.set).length + (this.state.scenario || this.state.toml ? 1 : 0);
    $("#changed").hidden = !changed;
    $("#changed").replaceChildren(
      h("span", { "aria-hidden": "true" }, String(changed)),
      h("span", { class: "unseen" }, words.t("levers.changed", { n: changed })),
    );
  }

  /** The chapter's question, to the group as it stands. */
  ask() {
    const { words, chapter } = this;
    const k = this.chapters.indexOf(chapter);
    const name = this.foreign && this.info ? ` · ${this.groupName}` : "";
    $("#kicker").textContent = `${words.t("chapter.of", { k: k + 1, n: this.chapters.length })} · ${words.t(`ch.${chapter.id}.name`)}${name}`;
    $("#question").textContent = this.told("question");
    $("#lead").textContent = this.told("lead");
    document.title = `${this.told("question")} – epgsim`;
  }

  /** Says what went wrong, or nothing any more. */
  complain(error) {
    const box = $("#trouble");
    if (error && givenUp(error)) return;
    this.levers?.complain(error);
    box.hidden = !error;
    box.replaceChildren();
    if (!error) return;
    const { words } = this;
    if (error instanceof Refused) {
      box.append(
        h("p", {}, words.t("levers.wrong")),
        h(
          "ul",
          { lang: "en" },
          error.problems.map((p) => h("li", {}, p.text)),
        ),
        h("button", { type: "button", onclick: () => this.reset() }, words.t("levers.reset.all")),
      );
    } else {
      box.append(h("p", { lang: "en" }, error.message), h("button", { type: "button", onclick: () => this.render() }, words.t("again")));
    }
  }

  /** A title of the step's panel, which takes the focus when the step begins. */
  title(text, tag = "h2") {
    return h(tag, { id: "panel-title", tabindex: -1 }, text);
  }

  acceptFiles() {
    addEventListener("dragover", (e) => {
      if (e.dataTransfer?.types.includes("Files")) {
        e.preventDefault();
        document.body.classList.add("dropping");
      }
    });
    addEventListener("dragleave", (e) => {
      if (!e.relatedTarget) document.body.classList.remove("dropping");
    });
    addEventListener("drop", (e) => {
      document.body.classList.remove("dropping");
      const file = e.dataTransfer?.files[0];
      if (!file) return;
      e.preventDefault();
      this.openFile(file);
    });
  }

  async openFile(file) {
    const { name, size } = file;
    if (size > largestFile) return this.note("file.toolarge", { name, size, largest: largestFile });
    await this.change({ toml: await file.text(), file: name, scenario: "", set: {}, prediction: null });
    if (new URLSearchParams(this.written.slice(1)).has("z")) announce(this.words.t("file.dropped", { name }));
    else this.note("file.nolink", { name });
  }

  /** Tells of what is no error: it stands until the next change. */
  note(key, values) {
    const text = this.words.t(key, values);
    this.levers?.note(text);
    $("#note").textContent = text;
    $("#note").hidden = false;
  }
}

/** The state in the address, and the file that was too long for it. */
async function readAddress() {
  const state = await readFragment(location.hash);
  if (!state.toml && state.file && history.state?.toml) state.toml = history.state.toml;
  return state;
}

const app = new App();
app.boot().catch((error) => {
  const box = $("#trouble");
  box.hidden = false;
  box.textContent = error.message;
});
