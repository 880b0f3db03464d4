// Step 5: the closing sentence, the claim and the ledger's verdict, and where
// to go from here.

import { h, announce } from "./dom.mjs";
import { closing } from "./findings.mjs";
import { eveningsOf } from "./results.mjs";

export async function meaning(app, panel, signal) {
  const { words, chapter, state } = app;
  const measured = h("p", { class: "sentence", id: "measured", hidden: true });
  const k = app.chapters.indexOf(chapter);
  const next = app.chapters[k + 1];
  panel.replaceChildren(
    h(
      "div",
      { class: "closing" },
      app.title(words.t("step.meaning")),
      measured,
      app.foreign && measures(chapter) ? null : h("p", { class: "sentence" }, app.told("closing")),
      app.foreign ? h("p", { class: "doc", id: "not-own" }, words.t(measures(chapter) ? "meaning.foreign.measured" : "meaning.foreign")) : null,
      chapter.claims.length ? h("ul", { class: "claims" }, chapter.claims.map((id) => claim(app, id))) : null,
      h("section", { class: "talk" }, h("h3", {}, words.t("meaning.talk")), h("p", {}, app.told("talk"))),
      h(
        "div",
        { class: "buttons" },
        h(
          "button",
          { type: "button", class: "main", id: "next-chapter", onclick: () => app.enter((next ?? app.chapters[0]).id) },
          next ? words.t("meaning.next", { name: words.t(`ch.${next.id}.name`) }) : words.t("meaning.first"),
        ),
        fileButton(app),
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            onclick: async () => {
              await navigator.clipboard?.writeText(location.href);
              announce(words.t("meaning.copied"));
            },
          },
          words.t("meaning.copy"),
        ),
      ),
      h("p", { class: "doc" }, `${words.t("meaning.file")}: ${words.t("meaning.file.doc")}.`),
    ),
  );
  if (!measures(chapter)) return;
  await app.results.group(state, chapter, {}, (line) => {
    measured.hidden = false;
    measured.textContent = line.done ? closing(words, line) : words.t("compare.progress", { n: line.replications, all: eveningsOf(state, chapter) });
  }, signal);
}

/** Whether the closing sentence is written from numbers. */
const measures = (chapter) => chapter.chart.kind === "first";

function claim(app, id) {
  const { words } = app;
  const c = app.start.claims.find((c) => c.id === id) ?? { statement: id };
  const verdict = c.verdict ?? "";
  const translated = words.has("claim." + id);
  return h(
    "li",
    {},
    h("p", { class: "studies" }, words.t("meaning.claim")),
    h("blockquote", { lang: translated ? null : "en" }, translated ? words.t("claim." + id) : c.statement),
    h(
      "p",
      { class: "verdict", "data-verdict": verdict, "data-borderline": Boolean(c.borderline) },
      h("span", {}, words.t("meaning.verdict") + ": "),
      h("strong", {}, words.t("verdict." + verdict) + (c.borderline ? `, ${words.t("verdict.borderline")}` : "")),
    ),
    h("p", { class: "doc" }, words.t(`verdict.${verdict}.doc`) + (c.borderline ? ` ${words.t("verdict.borderline.doc")}` : "")),
    h("p", { class: "studies" }, words.t("meaning.number", { id })),
  );
}

/** Downloads the scenario as it stands, resolved. */
export function fileButton(app) {
  return h(
    "button",
    {
      type: "button",
      class: "file",
      onclick: () => {
        const link = h("a", {
          href: URL.createObjectURL(new Blob([app.info.toml], { type: "application/toml" })),
          download: app.state.toml && app.state.file ? app.state.file : app.info.name + ".toml",
        });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      },
    },
    app.words.t("meaning.file"),
  );
}
