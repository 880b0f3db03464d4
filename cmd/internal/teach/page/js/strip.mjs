// The strip of a chapter's one or two controls.

import { $, h } from "./dom.mjs";
import { six } from "./sliders.mjs";
import { settingsAt } from "./results.mjs";

/** The name of a lever in the user's language. */
export function leverName(app, key) {
  const { words } = app;
  if (words.has("param." + key)) return words.t("param." + key);
  const doc = app.start.parameters.find((p) => p.name === key)?.doc ?? key;
  return doc[0].toUpperCase() + doc.slice(1);
}

/** The unit of a lever, as it stands behind so many of it. */
export function unitOf(app, key, n) {
  const unit = app.start.parameters.find((p) => p.name === key)?.unit ?? "1";
  return app.words.has("unit." + unit) ? app.words.t("unit." + unit, { n }) : unit;
}

// What each firm of a listed group brings with it, so that no lever of the group can change it.
const ofFirms = ["group.technology", "group.similarity", "group.experience", "group.components", "group.rhythm_spread", "formation.screening"];

export const isGiven = (app, key) => ofFirms.includes(key) && /^\[\[sme\]\]/m.test(app.info?.toml ?? "");

export function strip(app) {
  const box = $("#strip");
  const { words, chapter, state } = app;
  const wanted = ["watch", "compare"].includes(state.step);
  box.hidden = !wanted;
  if (!wanted) return;
  const focused = document.activeElement?.id;
  const controls = chapter.controls.filter((c) => (state.step === "watch" ? !six.some((s) => s.key === c.key) : c.key !== chapter.chart.key));
  box.replaceChildren(...controls.map((c) => slider(app, c)));
  if (controls.some((c) => isGiven(app, c.key))) box.append(h("p", { class: "doc", id: "control-given" }, words.t("control.given")));
  const touched = controls.some((c) => c.key in state.set) || (state.step === "watch" && state.replication);
  if (touched) {
    const mine = [...controls.map((c) => c.key), ...Object.keys(chapter.chart.with ?? {})];
    const set = Object.fromEntries(Object.entries(state.set).filter(([key]) => !mine.includes(key)));
    box.append(
      h(
        "button",
        { type: "button", class: "quiet", id: "strip-reset", onclick: () => app.change({ set, replication: 0 }) },
        words.t("control.reset"),
      ),
    );
  }
  box.hidden = !box.children.length && state.step !== "watch"; // there the title joins it
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** What a chapter sets along with the control that its picture is about. */
const along = (chart, key, x) => (key === chart.key && chart.xs.includes(x) ? settingsAt(chart, chart.xs.indexOf(x)) : {});

function slider(app, c) {
  const id = "control-" + c.key.replace(".", "-");
  const now = Number(app.value(c.key));
  const say = (v) => `${app.words.plain(Number(v.toFixed(2)))} ${unitOf(app, c.key, v)}`.trim();
  const out = h("output", { for: id }, say(now));
  const input = h("input", {
    id,
    type: "range",
    min: c.min,
    max: c.max,
    step: c.step,
    "aria-valuetext": say(now),
    oninput: (e) => {
      out.textContent = say(Number(e.target.value));
      e.target.setAttribute("aria-valuetext", out.textContent);
    },
    onchange: (e) => app.change({ set: { ...app.state.set, ...along(app.chapter.chart, c.key, Number(e.target.value)), [c.key]: e.target.value } }),
  });
  input.value = now;
  const given = isGiven(app, c.key);
  input.disabled = given;
  if (given) input.setAttribute("aria-describedby", "control-given");
  return h("div", { class: "control" }, h("label", { for: id }, app.words.t("control." + c.key)), input, out);
}
