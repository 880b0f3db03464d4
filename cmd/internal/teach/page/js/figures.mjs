// The figures on a floor: dancers, customers, the band and its notes. Colours
// are those of paint.mjs, lengths units of the floor.

import { calm } from "./dom.mjs";

const path = (d) => new Path2D(d);
const whole = 2 * Math.PI;
const large = 1.18; // customers are drawn larger than their marks' paths, as far as their seats allow

const marks = {
  lost: path("M-2.2,-2.2L2.2,2.2M2.2,-2.2L-2.2,2.2"),
  offer: path("M-1.9,-2.6h3.8v5.2h-3.8zM-0.7,-1h1.4M-0.7,0.6h1.4"),
  talks: path("M-3,-1.6h4.2l-1.5,-1.4M3,1.6h-4.2l1.5,1.4"),
  customer: path("M-2.6,0.2l1.8,1.9l3.4,-3.9"),
};
const music = path("M-2.2,4.4V-5l6-1.5V2.6M-2.2,-2.2l6,-1.5"); // two notes
const heads = path("M-5.9,4.4a2,2 0 1 0 4,0a2,2 0 1 0 -4,0M0.1,2.7a2,2 0 1 0 4,0a2,2 0 1 0 -4,0");

/** A firm from above: shoulders that turn, a head with its sign. d is {x, y, turn, r, sign, passive, hub, chosen, still}. */
export function drawDancer(c, k, d) {
  c.save();
  c.translate(d.x, d.y);
  c.save();
  c.rotate(d.turn);
  c.beginPath();
  c.ellipse(0, 0, 0.62 * d.r, 1.22 * d.r, 0, 0, whole); // it looks along the x axis
  c.fillStyle = d.passive ? k.card : k.form;
  c.strokeStyle = d.passive ? k.soft : k.card;
  c.lineWidth = 1;
  c.fill();
  c.stroke();
  for (const side of d.still || d.passive ? [] : [-1, 1]) {
    c.beginPath(); // who is at work reaches forward
    c.moveTo(0.2 * d.r, side * 1.08 * d.r);
    c.quadraticCurveTo(0.8 * d.r, side * 1.15 * d.r, 1.18 * d.r, side * 0.5 * d.r);
    c.strokeStyle = k.form;
    c.lineWidth = 0.24 * d.r;
    c.lineCap = "round";
    c.stroke();
  }
  c.restore();
  c.beginPath();
  c.arc(0, 0, 0.84 * d.r, 0, whole);
  c.fillStyle = d.passive ? k.card : k.ink;
  c.fill();
  c.lineWidth = d.chosen ? 4 : d.hub ? 2.6 : 1.2;
  c.strokeStyle = d.chosen ? k.pencil : d.passive ? k.soft : d.hub ? k.form : k.card;
  c.setLineDash(d.passive && !d.chosen ? [3, 2] : []);
  c.stroke();
  c.fillStyle = d.passive ? k.soft : k.on;
  c.font = `700 ${0.86 * d.r}px ${font()}`;
  c.textAlign = "center";
  c.fillText(d.sign, 0, 0.31 * d.r);
  c.restore();
}

let family = "";
const font = () => (family ||= getComputedStyle(document.body).fontFamily);

/** A customer: {x, y, size, stage, age, grow, progress, orphan, chosen}. Its ring closes as its stage goes on. */
export function drawGuest(c, k, g) {
  const s = large * g.size * g.grow * (1 - 0.5 * g.age);
  c.save();
  c.translate(g.x, g.y);
  c.scale(s, s);
  c.globalAlpha = 1 - g.age;
  const lost = g.stage === "lost";
  c.beginPath();
  c.arc(0, 0, 5.6, 0, whole);
  c.fillStyle = g.stage === "customer" ? k.ink : lost ? k.silent : k.card;
  c.fill();
  c.setLineDash(g.orphan && !g.chosen ? [2, 1.4] : []);
  c.strokeStyle = g.chosen ? k.pencil : g.orphan ? k.alarm : lost ? k.soft : k.faint;
  c.lineWidth = g.chosen ? 2.8 : 1.4;
  c.stroke();
  c.setLineDash([]);
  if (!g.chosen && g.progress > 0) {
    c.beginPath();
    c.arc(0, 0, 5.6, -Math.PI / 2, -Math.PI / 2 + whole * g.progress);
    c.strokeStyle = lost ? k.soft : k.ink;
    c.lineWidth = 2;
    c.stroke();
  }
  if (marks[g.stage]) {
    c.strokeStyle = g.stage === "customer" ? k.on : lost ? k.soft : k.ink;
    c.lineWidth = g.stage === "customer" ? 1.4 : 1.15;
    c.lineCap = c.lineJoin = "round";
    c.stroke(marks[g.stage]);
  }
  c.restore();
}

/** The band in the middle; of one that has gone there is a shadow left. */
export function drawBand(c, k, r, size, present) {
  c.globalAlpha = present ? 1 : 0.15;
  c.fillStyle = k.band;
  c.beginPath();
  c.arc(0, 0, r * size, 0, whole);
  c.fill();
  glyph(c, k.card, size);
  c.globalAlpha = 1;
}

/** A note on its way. */
export function note(c, k, x, y) {
  c.save();
  c.translate(x, y);
  c.fillStyle = k.band;
  c.beginPath();
  c.arc(0, 0, 4.4, 0, whole);
  c.fill();
  glyph(c, k.card, 0.46);
  c.restore();
}

function glyph(c, colour, size) {
  c.save();
  c.scale(size, size);
  c.translate(0.6, 0.6);
  c.strokeStyle = c.fillStyle = colour;
  c.lineWidth = 1.5;
  c.lineJoin = "round";
  c.stroke(music);
  c.fill(heads);
  c.restore();
}

const rings = { deal: { weeks: 4, size: 17, width: 3.2 }, order: { weeks: 2.5, size: 7, width: 1.4 } };

/** A ring that spreads from a customer after a deal or an order, so many weeks old. */
export function flash(c, k, [x, y], age, kind) {
  const ring = rings[kind];
  if (age < 0 || age > ring.weeks) return;
  const f = calm() ? 0.4 : age / ring.weeks;
  c.globalAlpha = 1 - f;
  c.strokeStyle = k.ink;
  c.lineWidth = ring.width;
  c.beginPath();
  c.arc(x, y, 5 + ring.size * f, 0, whole);
  c.stroke();
  c.globalAlpha = 1;
}
