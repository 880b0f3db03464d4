// Step 1: the student draws what to expect.

import { h, announce } from "./dom.mjs";
import { Chart } from "./chart.mjs";
import { axesOf } from "./axes.mjs";
import { isGiven } from "./strip.mjs";

export function predict(app, panel) {
  const { words, chapter, state } = app;
  const box = h("div", { class: "plot" });
  const axes = axesOf(words, chapter, app.group);
  const fields = numberFields(app, axes, (k, v) => chart.set(k, v));
  const done = h("button", { type: "button", class: "main", id: "predicted", onclick: () => app.go("watch") }, words.t("predict.done"));
  const clear = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        chart.show({ values: null });
        keep(null);
      },
    },
    words.t("predict.clear"),
  );
  const first = h("p", { class: "doc" }, words.t("predict.first"));
  panel.replaceChildren(
    h(
      "div",
      { class: "split" },
      h(
        "div",
        { class: "text" },
        app.title(app.told("predict")),
        isGiven(app, chapter.chart.key) ? h("p", { class: "note" }, words.t("control.given")) : null,
        h("p", {}, words.t("predict.how")),
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
    state.prediction = values && [...values];
    fields.forEach((f, k) => {
      if (f.input !== document.activeElement) f.input.value = values ? axesNumber(chapter, values[k]) : "";
    });
    done.textContent = words.t(values ? "predict.done" : "predict.skip");
    done.classList.toggle("main", Boolean(values));
    clear.hidden = !values;
    first.hidden = Boolean(values);
    clearTimeout(timer);
    timer = setTimeout(() => app.save(), 200);
  };
  const chart = new Chart(box, {
    ...axes,
    editable: true,
    label: app.told("predict"),
    subject: chapter.subject,
    values: fitting(state.prediction, axes),
    pencilName: words.t("chart.you"),
    mark: markOf(app),
    change: keep,
  });
  keep(chart.values);
  return () => clearTimeout(timer);
}

/** A prediction from a link may be of another chapter. */
export function fitting(prediction, axes) {
  return prediction?.length === axes.xs.length ? prediction.map((v) => Math.max(axes.yMin, Math.min(v, axes.yMax))) : null;
}

/** Where the music stops, on a chart over years. */
export function markOf(app) {
  return app.chapter.chart.kind === "closed" ? { x: app.info.years, text: app.words.t("chart.end") } : null;
}

const scaleOf = (chapter) => (chapter.chart.y === "share" ? 100 : 1);

function axesNumber(chapter, v) {
  return Number((v * scaleOf(chapter)).toPrecision(4));
}

function numberFields(app, axes, set) {
  const { words, chapter } = app;
  const scale = scaleOf(chapter);
  return axes.xs.map((x, k) => {
    const input = h("input", {
      type: "number",
      min: axes.yMin * scale,
      max: axes.yMax * scale,
      step: "any",
      inputmode: "decimal",
      id: "guess-" + k,
      onchange: (e) => {
        if (e.target.value !== "" && e.target.validity.valid) {
          set(k, Number(e.target.value) / scale);
          announce(words.t("predict.set"));
        }
      },
    });
    input.disabled = Boolean(axes.ends) && k === axes.xs.length - 1;
    return {
      input,
      row: h(
        "div",
        {},
        h("label", { for: input.id }, axes.formatX(x) + (k ? "" : ` (${axes.xName})`)),
        input,
        chapter.chart.y === "share" ? h("span", {}, "%") : null,
      ),
    };
  });
}
