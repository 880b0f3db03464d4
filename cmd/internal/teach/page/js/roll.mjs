// What only the teacher of a class sees: the list of predictions, of which one
// may be taken out, and what else is decided there.

import { h } from "./dom.mjs";
import { lineAt, placeOf, pointOf } from "./asked.mjs";

export class Roll {
  constructor(classroom, axes) {
    const { words } = classroom.app;
    Object.assign(this, { classroom, axes, words, asked: 0 });
    this.list = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.t("table.region") });
    this.early = h("input", { type: "checkbox", id: "early", onchange: () => classroom.tell("early", { early: this.early.checked }) });
    this.label = h("label", {}, this.early, words.t("class.early"));
    this.body = h(
      "div",
      { class: "of-teacher", hidden: true },
      this.label,
      h("div", { class: "buttons" }, h("button", { type: "button", id: "class-csv", onclick: () => classroom.save() }, words.t("class.csv"))),
      h("p", { class: "doc" }, words.t("roll.how")),
      this.list,
    );
    this.box = h("details", { class: "roll", ontoggle: () => this.toggle() }, h("summary", {}, words.t("roll.show")), this.body);
  }

  toggle() {
    this.body.hidden = !this.box.open;
    this.refresh(this.classroom.latest);
  }

  /** Shows the list anew while it is open. */
  async refresh(wall) {
    if (!this.box.open || !wall) return;
    this.early.checked = wall.early;
    this.label.hidden = !wall.open;
    const asked = ++this.asked; // only the last answer counts
    const got = await this.classroom.tell("predictions");
    if (!got || asked !== this.asked) return;
    const { words, axes } = this;
    const { chapter, question } = this.classroom.room;
    const places = axes.kind === "first" ? axes.xs : [placeOf(chapter)];
    const heads = axes.kind === "first" ? places.map(axes.formatX) : [pointOf(words, axes, chapter, question)];
    const from = (device) => got.predictions.filter((p) => p.device === device).length;
    const out = (key, more, name) =>
      h("button", { type: "button", class: "quiet", "aria-label": name, disabled: !wall.open, onclick: () => this.classroom.tell("drop", more) }, words.t(key));
    this.list.replaceChildren(
      h(
        "table",
        {},
        h("caption", { class: "unseen" }, words.t("roll.show")),
        h("thead", {}, h("tr", {}, ...[words.t("roll.number"), words.t("roll.device"), ...heads].map((t) => h("th", { scope: "col" }, t)), h("td", {}))),
        h(
          "tbody",
          {},
          got.predictions.map((p) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, String(p.id)),
              h("td", {}, String(p.device)),
              ...places.map((at) => h("td", {}, axes.formatY(lineAt(axes, p.values, at)))),
              h(
                "td",
                {},
                out("roll.drop", { prediction: p.id }, words.t("roll.drop.name", { k: p.id })),
                from(p.device) > 1 ? out("roll.all", { device: p.device }, words.t("roll.all.name", { k: p.device })) : null,
              ),
            ),
          ),
        ),
      ),
    );
  }
}
