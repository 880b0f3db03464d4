// The drawer: every lever, searchable, with unit, range and usual value.

import { $, h, announce } from "./dom.mjs";
import { leverName, unitOf } from "./strip.mjs";
import { chaptersOwn } from "./state.mjs";
import { fileButton } from "./meaning.mjs";

export class Levers {
  constructor(app) {
    this.app = app;
    this.box = $("#levers");
    this.box.addEventListener("click", (e) => {
      if (e.target === this.box) this.box.close();
    });
  }

  open() {
    this.build();
    this.box.showModal();
  }

  build() {
    const { app } = this;
    const { words } = app;
    this.rows = app.start.parameters.map((p) => this.row(p));
    const search = h("input", { type: "search", id: "lever-search", oninput: (e) => this.search(e.target.value) });
    this.problem = h("p", { class: "trouble", role: "alert", hidden: true });
    this.none = h("p", { hidden: true }, words.t("levers.none"));
    this.reset = h("button", { type: "button", onclick: () => app.reset() }, words.t("levers.reset.all"));
    const body = h(
      "div",
      { class: "body" },
      this.problem,
      this.source(),
      h("p", { class: "doc" }, words.t("levers.how")),
      h("div", { class: "buttons" }, this.reset, fileButton(app)),
      h("label", { for: "lever-search" }, words.t("levers.search")),
      search,
      this.none,
      this.sections(),
    );
    this.box.replaceChildren(
      h(
        "header",
        {},
        h("h2", { id: "levers-title" }, words.t("levers.title")),
        h("button", { type: "button", id: "close-levers", onclick: () => this.box.close() }, words.t("close")),
      ),
      body,
    );
    this.refresh();
  }

  /** Where the group comes from: the chapter, a shipped scenario or a file. */
  source() {
    const { app } = this;
    const { words } = app;
    const title = (s) => (words.has("scenario." + s.name) ? words.t("scenario." + s.name) : s.title);
    this.choice = h(
      "select",
      { id: "scenario", onchange: (e) => app.change({ scenario: e.target.value, toml: "", file: "", set: {} }) },
      app.served ? h("option", { value: "" }, words.t("levers.served", { name: app.served.file ?? app.served.scenario })) : null,
      h("option", { value: app.served ? chaptersOwn : "" }, words.t("levers.chapter")),
      app.start.scenarios.map((s) => h("option", { value: s.name }, title(s))),
    );
    const file = h("input", {
      type: "file",
      id: "file",
      class: "unseen",
      accept: ".toml,text/plain",
      tabindex: -1,
      "aria-hidden": "true",
      onchange: (e) => e.target.files[0] && app.openFile(e.target.files[0]),
    });
    this.fromFile = h("p", { class: "doc" });
    return h(
      "div",
      { class: "source" },
      h("label", { for: "scenario" }, words.t("levers.scenario")),
      this.choice,
      this.fromFile,
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", id: "open-file", onclick: () => file.click() }, words.t("levers.file")),
        file,
        h("span", { class: "doc" }, words.t("levers.drop")),
      ),
    );
  }

  sections() {
    const groups = new Map();
    for (const row of this.rows) {
      const section = row.p.name.split(".")[0];
      if (!groups.has(section)) groups.set(section, h("fieldset", {}, h("legend", {}, this.app.words.t("section." + section))));
      groups.get(section).append(row.box);
    }
    this.fieldsets = [...groups.values()];
    return this.fieldsets;
  }

  row(p) {
    const { app } = this;
    const { words } = app;
    const id = "lever-" + p.name.replace(".", "-");
    const isSwitch = p.type === "switch";
    const input = isSwitch
      ? h("input", { id, type: "checkbox", onchange: (e) => app.setLever(p.name, String(e.target.checked)) })
      : h("input", {
          id,
          type: "number",
          min: p.min,
          max: p.max,
          step: p.type === "whole" ? 1 : "any",
          inputmode: "decimal",
          onchange: (e) => e.target.value !== "" && e.target.reportValidity() && app.setLever(p.name, e.target.value),
        });
    input.setAttribute("aria-describedby", id + "-doc");
    const reset = h(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": `${words.t("levers.reset")}: ${leverName(app, p.name)}`,
        onclick: () => {
          input.focus();
          app.setLever(p.name, null);
        },
      },
      words.t("levers.reset"),
    );
    const range = isSwitch
      ? ""
      : `${words.t("levers.allowed", { min: words.number(p.min, digits(p.min)), max: words.number(p.max, digits(p.max)) })} ${unitOf(app, p.name, p.max)}`.trim() +
        ", ";
    const doc = h(
      "p",
      { class: "doc", id: id + "-doc" },
      range,
      isSwitch ? "" : words.t("levers.default", { value: words.number(p.default, digits(p.default)) }),
      p.role === "uncertainty" ? ` · ${words.t("levers.uncertain")}` : "",
      " · ",
      h("code", {}, p.name),
    );
    const box = h(
      "div",
      { class: "lever" },
      h("label", { for: id }, leverName(app, p.name)),
      doc,
      h("div", { class: "value" }, input, isSwitch ? words.t("levers.on") : unitOf(app, p.name, 2), reset),
    );
    return { p, box, input, reset, isSwitch, text: `${p.name} ${leverName(app, p.name)} ${p.doc}`.toLowerCase() };
  }

  /** Says in the drawer too why the scenario cannot be run: it covers the page. */
  complain(error) {
    if (!this.problem) return;
    this.problem.hidden = !error?.problems;
    this.problem.textContent = error?.problems ? `${this.app.words.t("levers.wrong")} ${error.message}` : "";
  }

  /** What the page tells, where the drawer covers it. */
  note(text) {
    if (!this.problem) return;
    this.problem.hidden = false;
    this.problem.textContent = text;
  }

  search(typed) {
    const wanted = typed.toLowerCase().trim();
    let n = 0;
    for (const row of this.rows) {
      row.box.hidden = !row.text.includes(wanted);
      if (!row.box.hidden) n++;
    }
    for (const f of this.fieldsets) f.hidden = ![...f.querySelectorAll(".lever")].some((box) => !box.hidden);
    this.none.hidden = n > 0;
    announce(this.app.words.t("levers.found", { n }));
  }

  /** Shows the values as they stand. */
  refresh() {
    const { app } = this;
    if (!this.rows) return; // never opened
    for (const row of this.rows) {
      const value = app.state.set[row.p.name] ?? app.value(row.p.name);
      if (row.isSwitch) row.input.checked = value === true || value === 1 || value === "true";
      else if (row.input !== document.activeElement || !(row.p.name in app.state.set)) row.input.value = value ?? "";
      const changed = row.p.name in app.state.set;
      row.box.classList.toggle("changed", changed);
      row.reset.hidden = !changed;
    }
    this.choice.value = app.state.scenario;
    this.fromFile.textContent = app.state.toml ? app.words.t("levers.own", { name: app.state.file || (app.info?.title ?? "") }) : "";
    this.reset.hidden = !Object.keys(app.state.set).length && !app.state.toml && !app.state.scenario && !app.state.replications;
  }
}

const digits = (v) => Math.min(3, (String(v).split(".")[1] ?? "").length);
