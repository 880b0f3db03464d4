// The score: a stave for each floor, on which every customer is a strip from the
// open door to the deal, in the colours of its stages, cut by the line where the
// project stops. All staves have one axis of time, which is the scrubber's; a
// strip grows as it is played, so the score does not tell what is to come.

import { h, onWidth, rem } from "./dom.mjs";
import { way, lanes } from "./floor.mjs";
import { colours, fit, layer } from "./paint.mjs";

const thumb = 8; // half the width of the scrubber's thumb, px: weeks stand where the thumb does
const names = ["paper", "lit", "line", "text", "soft", "ink", "pencil", "card", "door", "offer", "talks", "on-door", "on-offer", "on-talks"];
const coarse = 2; // px that time moves before it is drawn anew
export const stages = ["door", "offer", "talks"];

export class Score {
  /** heard is the week up to which the dance has been played before. */
  constructor(floors, words, heard = 0) {
    Object.assign(this, { words, heard, at: 0 });
    this.rows = floors.map((stage) => this.row(stage));
    for (const row of this.rows) onWidth(row.canvas.parentElement, () => this.draw(), () => true);
  }

  row(stage) {
    const { words } = this;
    const { form } = stage;
    const canvas = h("canvas", { "aria-hidden": "true" });
    const first = h("span", {});
    const box = h("div", { class: "stave " + form.key }, h("p", { class: "whose" }, h("b", {}, words.t("form." + form.key)), first), h("div", { class: "strips" }, canvas));
    const deals = stage.lives.filter((life) => life.deal && life.deal <= form.total_weeks).map((life) => life.deal);
    return { form, lives: stage.lives, lanes: Math.max(2, lanes(stage.lives, form.total_weeks)), canvas, box, first, firstDeal: deals.length ? Math.min(...deals) : 0 };
  }

  /** Lays the staves out anew: the more customers at once, the higher a stave. */
  draw() {
    const boxes = this.rows.map((row) => row.canvas.parentElement.getBoundingClientRect());
    if (!boxes[0].width) return;
    const beside = boxes.length > 1 && boxes[0].top !== boxes[1].top && getComputedStyle(this.rows[0].canvas.parentElement).getPropertyValue("--apart").trim() === "1";
    this.rows.forEach((row, k) => this.layRow(row, boxes[k], k, beside));
    this.show(this.at);
  }

  layRow(row, box, k, beside) {
    const r = rem(),
      axis = beside || k === 0;
    row.top = axis ? 1.05 * r : 0.15 * r;
    row.c = row.canvas.getContext("2d");
    Object.assign(row, fit(row.canvas, box.width, box.height));
    row.lane = Math.min(0.95 * r, (row.h - row.top - 2) / row.lanes);
    row.colours = colours(row.canvas, [...names, "form"]);
    row.x = (week) => thumb + (week / row.form.total_weeks) * (row.w - 2 * thumb);
    row.beside = beside; // there the line is named once, above
    row.ground = layer(row.w, row.h, row.ratio, (c) => this.drawGround(c, row, axis, k === 0));
    row.strips = layer(row.w, row.h, row.ratio, (c) => this.drawStrips(c, row));
    row.front = layer(row.w, row.h, row.ratio, (c) => this.drawStop(c, row, k === 0));
  }

  drawGround(c, row, axis, first) {
    const k = row.colours;
    const { total_weeks, project_weeks } = row.form;
    const r = rem();
    c.fillStyle = k.paper;
    c.fillRect(0, 0, row.w + 1, row.h + 1);
    c.fillStyle = k.lit;
    c.fillRect(thumb, 0, row.x(project_weeks) - thumb, row.h);
    c.font = `${0.8 * r}px ${family()}`;
    const width = (row.w - 2 * thumb) / (total_weeks / 52);
    for (let year = 0; year * 52 < total_weeks; year++) {
      const x = row.x(52 * year);
      c.fillStyle = k.line;
      if (year) c.fillRect(x, 0, 1, row.h);
      c.fillStyle = k.soft;
      const text = width > 5.5 * r ? this.words.t("score.year", { n: year + 1 }) : String(year + 1);
      const hidden = project_weeks < total_weeks && x + 0.3 * r + c.measureText(text).width > row.x(project_weeks) - 7 * r && x < row.x(project_weeks) && first && !row.beside;
      if (axis && !hidden && (width > 1.3 * r || year % 2 === 0)) c.fillText(text, x + 0.3 * r, 0.8 * r);
    }
  }

  /** Every customer's way as it is at the end. What comes after the project is paler. */
  drawStrips(c, row) {
    const { form, lane, top } = row;
    const height = Math.max(2, lane - Math.min(2, 0.22 * lane));
    const longest = new Map();
    for (const life of row.lives) {
      if (life.opened > form.total_weeks) continue;
      const y = top + life.lane * lane;
      for (const s of way(life, form.total_weeks)) {
        const x = row.x(s.from),
          width = row.x(s.to) - x;
        for (const [from, to, alpha] of [
          [x, Math.min(x + width, row.x(form.project_weeks)), 1],
          [Math.max(x, row.x(form.project_weeks)), x + width, 0.5],
        ])
          if (to > from) bar(c, row.colours, s.stage, from, y, to - from, height, alpha);
        const stop = row.x(form.project_weeks);
        for (const [from, to] of [[x, Math.min(x + width, stop - 2)], [Math.max(x, stop + 2), x + width]]) // a name stands on one side of the stop
          if (to - from > (longest.get(s.stage)?.width ?? 0)) longest.set(s.stage, { x: from, y, width: to - from });
      }
      this.drawEnd(c, row, life, y + height / 2, height);
    }
    if (height > 10) for (const [stage, place] of longest) this.label(c, row, stage, place, height);
  }

  /** The deal and the orders after it, or the mark of who was lost. */
  drawEnd(c, row, life, y, height) {
    const k = row.colours;
    const size = Math.min(0.75 * height, 0.42 * rem());
    if (life.deal) {
      const last = life.orders.at(-1);
      c.fillStyle = k.form;
      if (last) c.fillRect(row.x(life.deal), y - 0.5, row.x(last) - row.x(life.deal), 1);
      for (const week of life.orders) dot(c, row.x(week), y, 0.45 * size);
      c.fillStyle = k.ink;
      dot(c, row.x(life.deal), y, size + 1.5, k.card);
    } else if (life.lost) {
      const x = row.x(life.lost),
        s = 0.6 * size;
      for (const [colour, width] of [
        [k.card, 3.6],
        [k.text, 1.7],
      ]) {
        c.strokeStyle = colour;
        c.lineWidth = width;
        c.stroke(new Path2D(`M${x - s},${y - s}L${x + s},${y + s}M${x + s},${y - s}L${x - s},${y + s}`));
      }
    }
  }

  /** The name of a stage in the longest piece of it, where there is room. */
  label(c, row, stage, { x, y, width }, height) {
    const text = this.words.t("way." + stage);
    c.font = `600 ${Math.min(0.8 * rem(), height - 1)}px ${family()}`;
    if (c.measureText(text).width + 8 > width) return;
    c.fillStyle = row.colours["on-" + stage];
    c.textBaseline = "middle";
    c.fillText(text, x + 4, y + height / 2 + 0.5);
    c.textBaseline = "alphabetic";
  }

  drawStop(c, row, axis) {
    const { form, colours: k } = row;
    if (form.project_weeks >= form.total_weeks) return;
    const x = row.x(form.project_weeks);
    c.strokeStyle = k.text;
    c.lineWidth = 2;
    c.setLineDash([3, 3]);
    c.beginPath();
    c.moveTo(x, 0);
    c.lineTo(x, row.h);
    c.stroke();
    if (!axis || row.beside) return;
    const r = rem();
    c.font = `600 ${0.8 * r}px ${family()}`;
    const text = this.words.t("chart.end");
    const width = c.measureText(text).width;
    c.fillStyle = k.lit;
    if (x - width - 0.5 * r < 0) return;
    c.fillRect(x - width - 0.6 * r, 0, width + 0.4 * r, 0.95 * r);
    c.fillStyle = k.text;
    c.fillText(text, x - width - 0.4 * r, 0.8 * r);
  }

  /** Draws up to a time: what was heard before and now lies ahead is faint. While it plays, only where it has moved by some pixels. */
  show(at, playing) {
    this.at = at;
    this.heard = Math.max(this.heard, at);
    const [row] = this.rows;
    if (playing && row.x && Math.abs(row.x(at) - this.drawn) < coarse && at < row.form.total_weeks) return;
    this.drawn = row.x?.(at);
    for (const row of this.rows) if (row.c) this.showRow(row, at);
  }

  showRow(row, at) {
    const { c, ratio } = row;
    const { width, height } = row.canvas;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.drawImage(row.ground, 0, 0);
    const now = Math.round(row.x(at) * ratio),
      known = at >= row.form.total_weeks || this.heard >= row.form.total_weeks ? width : Math.round(row.x(this.heard) * ratio);
    const upTo = at >= row.form.total_weeks ? width : now;
    piece(c, row.strips, 0, upTo, height, 1);
    piece(c, row.strips, upTo, known, height, 0.25);
    c.drawImage(row.front, 0, 0);
    c.fillStyle = row.colours.pencil;
    c.fillRect(now - ratio, 0, 2 * ratio, height);
    const text = row.firstDeal && row.firstDeal <= Math.floor(at) ? this.words.t("watch.first", { week: row.firstDeal }) : at < 1 ? "" : this.words.t("watch.nodeal");
    if (row.first.textContent !== text) row.first.textContent = text;
  }
}

function piece(c, image, from, to, height, alpha) {
  if (to <= from) return;
  c.globalAlpha = alpha;
  c.drawImage(image, from, 0, to - from, height, from, 0, to - from, height);
  c.globalAlpha = 1;
}

/** A stage's piece of a strip. */
function bar(c, k, stage, x, y, width, height, alpha) {
  c.globalAlpha = alpha;
  c.fillStyle = k[stage];
  c.fillRect(x, y, width, height);
  c.globalAlpha = 1;
}

function dot(c, x, y, r, around) {
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
  c.fill();
  if (!around) return;
  c.strokeStyle = around;
  c.lineWidth = 1.5;
  c.stroke();
}

const family = () => getComputedStyle(document.body).fontFamily;
