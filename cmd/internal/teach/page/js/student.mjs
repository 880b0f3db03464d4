// The student's page of a class: one chart, one button.

import { $, h, announce } from "./dom.mjs";
import { get, postJSON, excuse } from "./api.mjs";
import { picture } from "./picture.mjs";
import { load, pickLanguage } from "./words.mjs";
import { codeIn } from "./state.mjs";
import { axesOf, howTo, named, told as tell } from "./axes.mjs";
import { sentence, versus } from "./asked.mjs";
import { follow } from "./follow.mjs";
import { recall, remember } from "./memory.mjs";

const code = codeIn(location.pathname);

/** A word made up once for this browser tab, so that a second prediction replaces the first. It names nobody. */
function who() {
  const key = "epgsim-" + code;
  const known =
    recall(key) ?? [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
  remember(key, known);
  return known;
}

const sentKey = "epgsim-sent-" + code;

/** What was sent from this tab, so that a reload shows it. */
const sentBefore = () => JSON.parse(recall(sentKey) ?? "null");

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
  let sheet = null,
    values = sentBefore(),
    last = room;
  const told = (wall) => {
    last = wall;
    sheet.hear(wall);
  };
  show = () => {
    sheet = new Sheet(words, chapter, room.question, values, (v) => {
      values = [...v];
    });
    told(last);
  };
  show();
  let gone = false;
  follow(
    code,
    { who: who() },
    (wall) => {
      if (gone) sheet.sendAgain(); // the server may have been started anew, and know nothing of it
      gone = false;
      told(wall);
    },
    (error) => {
      gone ||= Boolean(error);
      sheet.lost(error);
    },
  );
}

/** The page of a student: the question, the line and the button, and later the result. */
class Sheet {
  constructor(words, chapter, question, values, changed) {
    $("#panel").classList.remove("revealed-all");
    Object.assign(this, { words, chapter, question, open: true, timer: 0, axes: axesOf(words, chapter, question) });
    const text = (part) => tell(words, chapter, part, question);
    const plot = h("div", { class: "plot" });
    this.said = h("p", { id: "said", role: "status" }, words.t(sentBefore() ? "student.sent" : howTo(chapter)));
    this.away = h("p", { id: "lost", class: "lost", role: "alert", hidden: true });
    this.found = h("div", { id: "found" });
    this.send = h("button", { type: "button", class: "main", id: "send", disabled: !values, onclick: () => this.post(this.chart.values) }, words.t("student.send"));
    $("#panel").replaceChildren(
      h("p", { class: "kicker" }, `${words.t("class.code")} ${code}`),
      h("h1", {}, text("question")),
      h("p", { class: "lead" }, text("lead")),
      h("h2", {}, text("predict")),
      this.found,
      plot,
      h("div", { class: "sending" }, this.away, this.said, h("div", { class: "buttons" }, this.send)),
    );
    this.chart = picture(plot, {
      ...this.axes,
      editable: true,
      label: text("predict"),
      subject: chapter.subject,
      values,
      pencilName: words.t("chart.you"),
      change: (v) => {
        this.send.disabled = !v;
        if (!v) return; // not all of it is there yet
        if (sentBefore()) this.said.textContent = words.t("student.changed");
        changed(v);
      },
    });
  }

  /** Sends a prediction; when too many come at once it waits for its turn. */
  async post(values) {
    clearTimeout(this.timer);
    try {
      await postJSON(`/api/class/${encodeURIComponent(code)}/prediction`, { values, who: who() });
      remember(sentKey, JSON.stringify(values));
      this.say("student.sent");
    } catch (error) {
      if (error.status !== 429 || !this.open) return this.say(null, excuse(this.words, error, code));
      this.say("student.queue");
      this.timer = setTimeout(() => this.post(values), 1500 + 2000 * Math.random());
    }
  }

  sendAgain() {
    if (sentBefore() && this.open) this.post(sentBefore());
  }

  say(key, text = this.words.t(key)) {
    this.said.textContent = text;
    announce(text);
  }

  /** Says that the class is not heard, or nothing once it is. */
  lost(error) {
    this.away.hidden = !error;
    if (error) this.away.textContent = this.words.t(error.status === 404 ? "student.gone" : "student.lost");
  }

  hear(wall) {
    const { words, chapter, question, axes } = this;
    if (wall.open !== this.open) clearTimeout(this.timer);
    this.open = wall.open;
    this.send.hidden = !wall.open;
    if (!wall.open) this.said.textContent = words.t(wall.revealed ? "class.revealed" : "class.closed");
    const series = wall.revealed ? wall.result?.series : null;
    if (!series || this.revealed) return;
    this.revealed = true;
    $("#panel").classList.add("revealed-all"); // what was asked is known: the answer needs the room
    const you = sentBefore();
    const klass = wall.quantiles.length ? wall.quantiles.map((q) => q.p50) : null;
    this.chart.show({ series: named(words, series), values: you, editable: false });
    this.found.replaceChildren(
      versus(words, axes, chapter, question, { you, klass, series }),
      h("p", { class: "revealed" }, sentence(words, axes, chapter, question, series)),
    );
    this.found.scrollIntoView({ block: "nearest" });
  }
}

begin().catch((error) => {
  $("#panel").textContent = error.message;
});
