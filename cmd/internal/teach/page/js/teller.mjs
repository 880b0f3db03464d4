// The teller: whose story, and the story, from the event log of a floor.

import { h } from "./dom.mjs";
import { tell, customerOf } from "./story.mjs";

export class Teller {
  constructor(words, kinds, forms, chosen) {
    Object.assign(this, { words, kinds, forms, chosen, who: { kind: "group" }, key: forms.at(-1).key, week: 0 });
    this.floor = h(
      "select",
      {
        id: "story-floor",
        onchange: (e) => this.choose({ kind: "group" }, e.target.value),
      },
      forms.map((f) => h("option", { value: f.key }, words.t("form." + f.key))),
    );
    this.list = h("select", { id: "story-who", onchange: (e) => this.choose(JSON.parse(e.target.value), this.key) });
    this.head = h("h4", {});
    this.lines = h("ol", { class: "lines" });
    this.box = h(
      "section",
      { class: "teller" },
      h("h3", {}, words.t("story.title")),
      h("p", { class: "doc" }, words.t("story.choose")),
      h(
        "div",
        { class: "choices" },
        h("label", {}, h("span", {}, words.t("story.form")), this.floor),
        h("label", {}, h("span", {}, words.t("story.title")), this.list),
      ),
      this.head,
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.t("story.title") }, this.lines),
    );
    this.floor.value = this.key;
    this.fillList();
  }

  get form() {
    return this.forms.find((f) => f.key === this.key);
  }

  choose(who, key) {
    Object.assign(this, { who, key });
    this.floor.value = key;
    this.fillList();
    this.chosen(who, key);
    this.tell();
  }

  upTo(week) {
    this.week = week;
    this.fillList();
    this.tell();
  }

  /** The customers that can be chosen are those whose doors have opened by now. */
  fillList() {
    const { words, form } = this;
    const option = (who, text) => h("option", { value: JSON.stringify(who) }, text);
    const names = [...new Set(form.names.concat(form.weeks.flatMap((w) => w.n ?? [])))];
    const pairs = form.names.flatMap((a, i) => form.names.slice(i + 1).map((b) => ({ kind: "link", a, b })));
    const group = (key, options) => (options.length ? h("optgroup", { label: words.t(key) }, options) : null);
    const doors = form.events.filter((e) => e.event === "door-opened" && e.week <= this.week);
    const options = [
      option({ kind: "group" }, words.t("story.group")),
      group(
        "story.smes",
        names.map((name) => option({ kind: "sme", name }, name)),
      ),
      group(
        "story.links",
        pairs.map((p) => option(p, `${p.a} – ${p.b}`)),
      ),
      group(
        "story.customers",
        doors.map((e) => option({ kind: "customer", serial: e.opportunity }, words.t("story.customer", { serial: e.opportunity }))),
      ),
    ];
    this.list.replaceChildren(...options.filter(Boolean));
    this.list.value = JSON.stringify(this.who);
    if (this.list.selectedIndex < 0) this.list.value = JSON.stringify({ kind: "group" });
  }

  tell() {
    const { words } = this;
    const who = this.who.kind === "customer" ? customerOf(this.form, this.who.serial) : this.who;
    const story = tell(words, this.kinds, this.form.events, who, this.week);
    const name = {
      sme: this.who.name,
      link: `${this.who.a} – ${this.who.b}`,
      customer: words.t("story.customer", { serial: this.who.serial ?? 0 }),
      group: words.t("story.group"),
    }[this.who.kind];
    this.head.textContent = `${name} · ${words.t("story.upto", { week: this.week })}`;
    const told = story.slice(-200).toReversed(); // the latest first: it is what was just seen
    this.lines.replaceChildren(
      ...(told.length
        ? told.map((line) =>
            h(
              "li",
              { class: line.big ? "big " + line.event : "small" },
              h(
                "span",
                { class: "when" },
                words.t("story.week", { week: line.counts && line.to > line.week ? `${line.week}–${line.to}` : line.week }),
              ),
              h("span", { lang: line.lang }, line.text),
            ),
          )
        : [h("li", { class: "small" }, words.t("story.empty"))]),
    );
  }
}
