// The score: a staff for each form, on which deals are notes and repeat orders
// small ones; the project's weeks are lit. It lies behind the scrubber, and a
// note is written when it is played: the score does not tell what is to come.

import { svg, set, onWidth, rem } from "./dom.mjs";

const thumb = 8; // half the width of the scrubber's thumb, px: notes stand where the thumb does

export class Score {
  /** heard is the week up to which the dance has been played before. */
  constructor(box, stages, words, heard = 0) {
    Object.assign(this, { box, stages, words, heard });
    this.root = svg("svg", { class: "score", "aria-hidden": "true" });
    this.line = svg("line", { class: "now" });
    box.replaceChildren(this.root);
    onWidth(box, () => this.draw());
    this.draw();
  }

  draw() {
    const r = rem();
    const width = Math.max(200, this.box.clientWidth),
      row = (this.stages.length > 3 ? 1.1 : 1.3) * r,
      top = 1.5 * r;
    const height = top + row * this.stages.length + 0.2 * r;
    const form = this.stages[0].form;
    this.x = (week) => thumb + (week / form.total_weeks) * (width - 2 * thumb);
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.style.height = height + "px";
    const end = this.x(form.project_weeks);
    this.root.replaceChildren(svg("rect", { class: "lit", x: thumb, width: end - thumb, height, rx: 4 }));
    const years = form.total_weeks / 52;
    for (let year = 0; year < years; year++) {
      const x = this.x(52 * year);
      if (year) this.root.append(svg("line", { class: "bar", x1: x, x2: x, y1: top - 0.2 * r, y2: height }));
      if (width / years > 4 * r || year % 2 === 0)
        this.root.append(
          svg(
            "text",
            { x: x + 0.4 * r, y: 1.15 * r },
            width / years > 6 * r ? this.words.t("score.year", { n: year + 1 }) : String(year + 1),
          ),
        );
    }
    this.stages.forEach((stage, k) => {
      const y = top + row * (k + 0.5);
      const g = svg("g", { class: "staff " + stage.form.key }, svg("line", { class: "stave", x1: thumb, x2: width - thumb, y1: y, y2: y }));
      for (const life of stage.lives) {
        g.append(...life.orders.map((week) => svg("circle", { class: "order", cx: this.x(week), cy: y, r: 0.25 * r })));
        if (life.deal) g.append(svg("circle", { class: "deal", cx: this.x(life.deal), cy: y, r: 0.52 * r }));
      }
      this.root.append(g);
    });
    set(this.line, { y1: top - 0.4 * r, y2: height });
    this.root.append(svg("line", { class: "stop", x1: end, x2: end, y1: 0, y2: height }), this.line);
    this.show(this.at ?? 0);
  }

  /** Marks the time. Notes never played are hidden, those played before and now ahead are faint. */
  show(at) {
    this.at = at;
    this.heard = Math.max(this.heard, at);
    const x = this.x(at),
      end = this.x(this.heard) + 0.01;
    set(this.line, { x1: x, x2: x });
    for (const note of this.root.querySelectorAll(".deal,.order")) {
      const place = Number(note.getAttribute("cx"));
      note.classList.toggle("later", place > x + 0.01);
      note.classList.toggle("unheard", place > end);
    }
  }
}
