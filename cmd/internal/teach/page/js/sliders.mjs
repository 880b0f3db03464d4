// Six sliders beside the dance: what one would change first. Moving one starts the
// dance anew under the same luck; a line says what that changed.

import { $, h, announce } from "./dom.mjs";
import { isGiven, unitOf } from "./strip.mjs";

export const six = [
  { key: "project.years", min: 1, max: 8, step: 0.5 },
  { key: "group.focus", min: 0, max: 1, step: 0.1 },
  { key: "manager.hours", min: 0, max: 64, step: 4 },
  { key: "group.hours", min: 4, max: 40, step: 2 },
  { key: "markets.assistant", min: 0, max: 40, step: 5 },
  { key: "formation.screening", min: 0, max: 1, step: 0.1 },
];

const evenings = 100;
const pure = ["market", "customer", "system"]; // at 0, a half and 1 of the focus

/** Which form the focus slider stands at: a pure one, or the mix between. */
export const formAt = (focus) => (Number.isInteger(2 * focus) ? pure[2 * focus] : "own");

/** What a form has come to in one evening: deals while the music plays, and the week of the first. */
export function evening(form) {
  const weeks = form.events.filter((e) => e.event === "deal").map((e) => e.week);
  return { deals: weeks.filter((w) => w <= form.project_weeks).length, first: weeks.length ? Math.min(...weeks) : null };
}

/** Shows the sliders as the group stands, and what changed since the dance before. */
export function sliders(app, dance, signal) {
  let box = $("#sliders");
  if (!box) $("#panel").append((box = h("aside", { id: "sliders" })));
  if (box.dataset.lang !== app.words.lang || !box.firstChild) build(app, box);
  const { state } = app;
  for (const s of six) refresh(app, box, s);
  $("#sliders-reset").hidden = !six.some((s) => s.key in state.set);
  compareWithBefore(app, dance, signal);
}

function build(app, box) {
  const { words } = app;
  box.dataset.lang = words.lang;
  box.setAttribute("aria-labelledby", "sliders-title");
  box.replaceChildren(
    h("h3", { id: "sliders-title" }, words.t("sliders.title")),
    ...six.map((s) => slider(app, s)),
    h("p", { class: "changed", id: "sliders-changed" }),
    h(
      "div",
      { class: "buttons" },
      button("sliders-reset", words.t("control.reset"), () => app.change({ set: withoutSix(app.state.set) })),
      button("sliders-all", words.t("sliders.all", { n: app.start.parameters.length }), () => app.levers.open()),
    ),
  );
}

const idOf = (key) => "control-" + key.replace(".", "-");

const button = (id, text, onclick) => h("button", { type: "button", class: "quiet", id, onclick }, text);

const withoutSix = (set) => Object.fromEntries(Object.entries(set).filter(([key]) => !six.some((s) => s.key === key)));

function slider(app, s) {
  const id = idOf(s.key);
  const out = h("output", { for: id });
  const input = h("input", {
    id,
    type: "range",
    min: s.min,
    max: s.max,
    step: s.step,
    oninput: () => say(app, s, input, out),
    onchange: () => app.setLever(s.key, input.value),
  });
  const named = pure.map((f) => h("span", {}, app.words.t("sliders." + f)));
  const ends = s.key === "group.focus" ? h("div", { class: "ends", "aria-hidden": "true" }, named) : null;
  return h("div", { class: "control" }, h("label", { for: id }, app.words.t("sliders." + s.key)), out, input, ends);
}

function say(app, s, input, out) {
  const v = Number(input.value);
  const { words } = app;
  out.textContent =
    s.key === "group.focus"
      ? words.t(formAt(v) === "own" ? "sliders.mix" : "form." + formAt(v))
      : `${words.plain(v)} ${unitOf(app, s.key, v)}`.trim();
  input.setAttribute("aria-valuetext", out.textContent);
}

/** The focus at which the slider stands: as it was set, or that of the form which the chapter is about. */
function focusOf(app) {
  const { state, chapter } = app;
  return Number("group.focus" in state.set || app.foreign ? app.value("group.focus") : pure.indexOf(chapter.subject) / 2);
}

function refresh(app, box, s) {
  const input = $("#" + idOf(s.key), box);
  const given = isGiven(app, s.key);
  input.value = s.key === "group.focus" ? focusOf(app) : app.value(s.key);
  input.disabled = given;
  const out = input.parentElement.querySelector("output");
  input.parentElement.hidden = given; // what changes nothing is not offered
  say(app, s, input, out);
}

let toTheEnd = ""; // key of the dance that has been seen to its end

/** The dance is at its end: what came of it is no longer a secret. */
export function reveal() {
  if (!last) return;
  toTheEnd = last.key;
  const line = $("#sliders-changed");
  if (line) showLine(line);
}

/** What came of an evening is told at its end, or to whom has moved a slider. */
const showLine = (line) => (line.hidden = !(last.before || toTheEnd === last.key));

let last = null; // {key, evening, many, before}: the dance shown, and that before it

async function compareWithBefore(app, dance, signal) {
  const { state, words } = app;
  const what = { what: app.what(), forms: app.forms, seed: state.seed };
  const key = JSON.stringify([app.chapter.id, what, state.replication]);
  const form = dance.forms.find((f) => f.key === formAt(focusOf(app))) ?? dance.forms.at(-1);
  const line = $("#sliders-changed");
  if (last?.key !== key) {
    const moved = last?.chapter === app.chapter.id && last?.replication === state.replication; // another evening is no change of the group
    const before = moved ? (last.many?.done ? last : (last.before ?? last)) : null; // whose numbers one has seen
    last = { key, chapter: app.chapter.id, replication: state.replication, form: form.key, evening: evening(form), before };
    if (before) before.before = null; // nothing before that is told any more
  }
  const now = last;
  line.textContent = tell(words, now);
  showLine(line);
  if (now.before) announce(line.textContent);
  if (now.many?.done) return;
  try {
    await app.results.ensemble(
      { ...what, years: [app.info.years], replications: state.replications || evenings },
      (got) => {
        now.many = many(got, form.key);
        if (now.many) now.many.horizon = form.horizon_weeks / 52;
        if (now === last) line.textContent = tell(words, now);
      },
      signal,
    );
  } catch (error) {
    app.complain(error);
  }
}

/** What is seen and lost by stopping, from many evenings. */
export function many(got, key) {
  const f = got.forms.find((f) => f.key === key);
  const seen = f?.seen?.find((p) => p.years === got.own);
  return seen && f.lost ? { n: got.replications, done: got.done, seen, lost: f.lost } : null;
}

/** The line: what came of it, and what was before where that was something else. */
export function tell(words, now) {
  const { before } = now;
  const said = eveningText(words, now);
  const was = before ? eveningText(words, before) : said;
  const both = was === said ? said : words.t("sliders.before", { now: said, before: was });
  const parts = [words.t("sliders.evening", { form: words.t("form." + now.form), said: both })];
  if (now.many) {
    const whole = (x) => words.number(100 * x);
    const share = (of) => {
      const { mean, low, high } = of(now.many);
      const text = words.t("min.share", { mean: whole(mean), low: whole(low), high: whole(high) }).replace(" %", "\u00a0%");
      return before?.many?.done ? words.t("sliders.share", { now: text, before: words.percent(of(before.many).mean) }) : text;
    };
    parts.push(words.t("sliders.many", { n: now.many.n, year: words.plain(now.many.horizon), seen: share((m) => m.seen), lost: share((m) => m.lost) }));
  }
  return parts.join(" ");
}

function eveningText(words, { evening: { deals, first } }) {
  if (first === null) return words.t("sliders.none");
  return deals ? words.t("sliders.deals", { deals: words.t("watch.deals", { n: deals }), week: first }) : words.t("sliders.late", { week: first });
}
