// The player: time in weeks, run by a clock, a scrubber or single steps. At the
// turning points of a dance it slows down.

import { h, svg, calm } from "./dom.mjs";

const speeds = { slow: 2.5, usual: 6, quick: 18 }; // weeks a second, of a dance that is no longer than the next line says
const usualLength = 300; // weeks: longer dances go quicker, so that none takes much more than a minute
const slowed = 0.7; // weeks a second at a turning point

let speed = "usual";

export const icon = (d) => svg("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d }));

export class Player {
  /**
   * show(at, playing) draws a moment. turns are the turning points by week: {week, seconds, still}, still
   * one at which nothing moves.
   */
  constructor(words, total, turns, show) {
    Object.assign(this, { words, total, turns, show, at: 0, playing: false, turn: null, left: 0 });
    this.range = h("input", {
      type: "range",
      id: "time",
      min: 0,
      max: total,
      step: 1,
      "aria-label": words.t("watch.time"),
      oninput: (e) => {
        this.stop();
        this.go(Number(e.target.value));
      },
    });
    const button = (key, sign, action, id) =>
      h("button", { type: "button", class: "round", id, "aria-label": words.t(key), title: words.t(key), onclick: action }, icon(sign));
    this.playButton = h("button", {
      type: "button",
      class: "main play",
      id: "play",
      onclick: () => (this.playing ? this.stop() : this.play()),
    });
    this.clock = h("output", { class: "clock", for: "time" });
    const choice = h(
      "select",
      {
        id: "speed",
        "aria-label": words.t("watch.speed"),
        title: words.t("watch.speed"),
        onchange: (e) => {
          speed = e.target.value;
        },
      },
      Object.keys(speeds).map((s) => h("option", { value: s }, words.t("speed." + s))),
    );
    choice.value = speed;
    this.buttons = h(
      "div",
      { class: "transport" },
      this.playButton,
      button(
        "watch.start",
        "M4,4v12M16,4L7,10l9,6z",
        () => {
          this.stop();
          this.go(0);
        },
        "to-start",
      ),
      button("watch.back", "M13,4L5,10l8,6z", () => this.step(-1), "back"),
      button("watch.forward", "M7,4l8,6l-8,6z", () => this.step(1), "forward"),
      this.clock,
    );
    this.speed = choice;
    this.label();
  }

  label() {
    const key = this.playing ? "watch.pause" : "watch.play";
    this.playButton.replaceChildren(icon(this.playing ? "M6,4v12M14,4v12" : "M5,3l11,7l-11,7z"), this.words.t(key));
  }

  play() {
    if (this.at >= this.total) this.go(0);
    this.playing = true;
    this.last = performance.now();
    this.label();
    this.frame = requestAnimationFrame((t) => this.tick(t));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    if (!this.playing) return;
    this.playing = false;
    this.turn = null;
    this.label();
    this.go(Math.floor(this.at));
  }

  leave() {
    this.stop();
    document.onkeydown = null;
  }

  tick(now) {
    const seconds = Math.max(0, Math.min(0.1, (now - this.last) / 1000)); // a frame may be older than the click
    this.last = now;
    const before = this.at;
    if (this.turn && (this.left -= seconds) <= 0) this.turn = null;
    const pace = !this.turn ? speeds[speed] * Math.max(1, this.total / usualLength) : this.turn.still ? 0 : slowed;
    this.at = Math.min(this.total, before + seconds * pace);
    const next = this.turns.find((t) => t.week > before && t.week <= this.at);
    if (next) [this.at, this.turn, this.left] = [next.week, next, next.seconds];
    if (!calm() || Math.floor(this.at) !== Math.floor(before) || next || this.left <= 0) this.draw(calm() ? Math.floor(this.at) : this.at);
    if (this.at >= this.total) this.stop();
    else this.frame = requestAnimationFrame((t) => this.tick(t));
  }

  step(weeks) {
    this.stop();
    this.go(Math.max(0, Math.min(this.total, Math.floor(this.at) + weeks)));
  }

  go(at) {
    this.at = at;
    this.draw(at);
  }

  draw(at) {
    const week = Math.floor(at);
    if (week !== this.week || !this.playing) {
      this.week = week;
      this.range.value = week;
      this.clock.textContent = this.words.t("watch.week", { week });
      if (!this.playing)
        this.range.setAttribute(
          "aria-valuetext",
          this.words.t("watch.weektext", {
            week,
            total: this.total,
            year: Math.min(Math.ceil(this.total / 52), Math.floor(Math.max(0, week - 1) / 52) + 1),
          }),
        );
    }
    this.show(at, this.playing);
  }

  /** Space plays, comma and full stop step, wherever the focus is, unless a control there or a dialog has the keys. */
  keys() {
    document.onkeydown = (e) => {
      if (e.target.closest("input,select,button,summary,dialog") || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === " ") this.playing ? this.stop() : this.play();
      else if (e.key === ",") this.step(-1);
      else if (e.key === ".") this.step(1);
      else return;
      e.preventDefault();
    };
  }
}
