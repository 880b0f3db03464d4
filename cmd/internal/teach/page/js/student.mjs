// The student's page of a class: one chart, one button.

import { $, h, announce } from "./dom.mjs";
import { get, postJSON, excuse } from "./api.mjs";
import { picture } from "./picture.mjs";
import { load, pickLanguage } from "./words.mjs";
import { codeIn } from "./state.mjs";
import { axesOf, named, told as tell } from "./axes.mjs";

const code = codeIn(location.pathname);

/** A word made up once for this browser tab, so that a second prediction replaces the first. It names nobody. */
function who() {
  const key = "epgsim-" + code;
  const known =
    sessionStorage.getItem(key) ?? [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(key, known);
  return known;
}

const sentKey = "epgsim-sent-" + code;

/** What was sent from this tab, so that a reload shows it. */
const sentBefore = () => JSON.parse(sessionStorage.getItem(sentKey) ?? "null");

async function page(lang) {
  const words = await load(lang);
  document.documentElement.lang = lang;
  $("#language").value = lang;
  for (const el of document.querySelectorAll("[data-t]")) words.write(el, el.dataset.t);
  document.title = `${words.t("student.title")} – epgsim`;
  return words;
}

async function begin() {
  let words = await page(pickLanguage(navigator.languages ?? []));
  let show = () => {}; // lays out the page in the language of words
  $("#language").addEventListener("change", async (e) => {
    words = await page(e.target.value);
    show();
  });
  let room;
  try {
    room = await get("/api/class/" + encodeURIComponent(code));
  } catch (error) {
    show = () => $("#panel").replaceChildren(h("p", { role: "alert" }, excuse(words, error, code)));
    return show();
  }
  const chapter = (await get("/static/chapters.json")).find((c) => c.id === room.question.chapter);
  let chart = null,
    values = sentBefore();
  let last = room;
  const told = (wall) => {
    last = wall;
    $(".buttons").hidden = !wall.open;
    if (!wall.open) $("#said").textContent = words.t(wall.revealed ? "class.revealed" : "class.closed");
    if (wall.revealed && wall.result?.series) chart.show({ series: named(words, wall.result.series), editable: false });
  };
  show = () => {
    chart = lay(words, chapter, room.question, values, (v) => {
      values = [...v];
    });
    told(last);
  };
  show();
  const source = new EventSource(`/api/class/${encodeURIComponent(code)}/wall`);
  source.onmessage = (e) => {
    const wall = JSON.parse(e.data);
    if (wall.open !== last.open || wall.revealed !== last.revealed) told(wall);
  };
}

function lay(words, chapter, question, values, changed) {
  const text = (part) => tell(words, chapter, part, question);
  const plot = h("div", { class: "plot" });
  const said = h("p", { id: "said", role: "status" }, words.t(sentBefore() ? "student.sent" : chapter.chart.kind === "first" ? "predict.how.first" : "predict.how"));
  const first = h("p", { class: "doc", hidden: Boolean(values) }, words.t("predict.first"));
  const send = h(
    "button",
    {
      type: "button",
      class: "main",
      id: "send",
      disabled: !values,
      onclick: async () => {
        try {
          await postJSON(`/api/class/${encodeURIComponent(code)}/prediction`, { values: chart.values, who: who() });
          sessionStorage.setItem(sentKey, JSON.stringify(chart.values));
          said.textContent = words.t("student.sent");
          announce(words.t("student.sent"));
        } catch (error) {
          said.textContent = excuse(words, error, code);
        }
      },
    },
    words.t("student.send"),
  );
  $("#panel").replaceChildren(
    h("p", { class: "kicker" }, `${words.t("class.code")} ${code}`),
    h("h1", {}, text("question")),
    h("p", {}, text("lead")),
    h("h2", {}, text("predict")),
    plot,
    h("div", { class: "buttons" }, send, first),
    said,
  );
  const chart = picture(plot, {
    ...axesOf(words, chapter, question),
    editable: true,
    label: text("predict"),
    subject: chapter.subject,
    values,
    pencilName: words.t("chart.you"),
    change: (v) => {
      send.disabled = !v;
      first.hidden = Boolean(v);
      if (v) changed(v);
    },
  });
  return chart;
}

begin().catch((error) => {
  $("#panel").textContent = error.message;
});
