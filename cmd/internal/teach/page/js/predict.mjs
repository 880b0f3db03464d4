// Step 1: the student says what to expect.

import { h, announce } from "./dom.mjs";
import { picture } from "./picture.mjs";
import { axesOf, howTo } from "./axes.mjs";
import { isGiven } from "./strip.mjs";

export function predict(app, panel) {
  const { words, chapter, state } = app;
  const box = h("div", { class: "plot" });
  const axes = axesOf(words, chapter, app.group);
  const fields = numberFields(app, axes, (k, v) => shown.set(k, v));
  const done = h("button", { type: "button", class: "main", id: "predicted", onclick: () => app.go("watch") }, words.t("predict.done"));
  const clear = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        shown.show({ values: null, drawn: [] });
        keep(null);
      },
    },
    words.t("predict.clear"),
  );
  const first = h("p", { class: "doc" }, words.t("predict.first"));
  const how = h("p", {}, words.t(howTo(chapter)));
  panel.replaceChildren(
    h(
      "div",
      { class: "split asking" },
      h(
        "div",
        { class: "text" },
        app.title(app.told("predict")),
        isGiven(app, chapter.chart.key) ? h("p", { class: "note" }, words.t("control.given")) : null,
        how,
        h("div", { class: "buttons" }, done, clear),
        first,
      ),
      h(
        "figure",
        {},
        box,
        h(
          "details",
          { class: "behind" },
          h("summary", {}, words.t("predict.numbers")),
          h(
            "div",
            { class: "fields" },
            fields.map((f) => f.row),
          ),
        ),
      ),
    ),
  );
  let timer = 0;
  const keep = (values) => {
    const now = values ?? shown.drawn;
    state.prediction = values && [...values];
    fields.forEach((f, k) => {
      if (f.input !== document.activeElement) f.input.value = now[k] === undefined ? "" : Number(now[k].toPrecision(4));
    });
    done.textContent = words.t(values ? "predict.done" : "predict.skip");
    done.classList.toggle("main", Boolean(values));
    clear.hidden = !values && !now.length;
    first.hidden = Boolean(values);
    clearTimeout(timer);
    timer = setTimeout(() => app.save(), 200);
  };
  const shown = picture(box, {
    ...axes,
    editable: true,
    label: app.told("predict"),
    subject: chapter.subject,
    values: fitting(state.prediction, axes),
    pencilName: words.t("chart.you"),
    change: keep,
  });
  keep(shown.values);
  return () => clearTimeout(timer);
}

/** A prediction from a link may be of another chapter. */
export function fitting(prediction, axes) {
  return prediction?.length === axes.xs.length ? prediction.map((v) => Math.max(axes.yMin, Math.min(v, axes.yMax))) : null;
}

/** The same by typed numbers. */
function numberFields(app, axes, set) {
  const { words } = app;
  return axes.xs.map((x, k) => {
    const input = h("input", {
      type: "number",
      min: axes.yMin,
      max: axes.yMax,
      step: "any",
      inputmode: "decimal",
      id: "guess-" + k,
      onchange: (e) => {
        if (e.target.value !== "" && e.target.validity.valid) {
          set(k, Number(e.target.value));
          announce(words.t("predict.set"));
        }
      },
    });
    const unit = axes.kind === "first" ? words.t("first.unit") : "";
    return { input, row: h("div", {}, h("label", { for: input.id }, axes.formatX(x) + (k || unit ? "" : ` (${axes.xName})`)), input, unit) };
  });
}
