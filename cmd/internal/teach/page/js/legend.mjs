// What the signs on a floor mean, drawn as the floor draws them.

import { h } from "./dom.mjs";
import { colours, fit } from "./paint.mjs";
import { sign } from "./floor.mjs";
import { drawDancer, drawGuest, drawBand, note } from "./figures.mjs";

const names = ["paper", "ground", "form", "ink", "on", "card", "link", "soft", "faint", "silent", "pencil", "band", "alarm"];

const guest = (stage, progress) => [9, (c, k) => drawGuest(c, k, { x: 0, y: 0, stage, progress, age: 0, grow: 1, size: 1 })];

const signs = {
  dancer: [15, (c, k) => drawDancer(c, k, { x: 0, y: 0, r: 10, turn: 0.4, sign: "A" })],
  passive: [15, (c, k) => drawDancer(c, k, { x: 0, y: 0, r: 10, turn: 0.4, sign: "A", passive: true, still: true })],
  band: [15, (c, k) => (drawBand(c, k, 10, 1, true), note(c, k, 10, -9))],
  link: [15, (c, k) => Object.assign(c, { strokeStyle: k.form, lineWidth: 5, lineCap: "round" }).stroke(new Path2D("M-11,6L11,-6"))],
  door: guest("door", 0.6),
  offer: guest("offer", 0.5),
  talks: guest("talks", 0.5),
  customer: guest("customer", 1),
  lost: guest("lost", 1),
};

const inShort = ["door", "offer", "talks", "customer", "lost"]; // in the words of the strips

/** The key beside the dance: the signs of customers in a word each, and whose the letters are. */
export function key(words, forms) {
  const pictures = [...inShort, "passive"].map((name) => picture(name));
  const text = { customer: "way.deal", passive: "key.passive" };
  const told = forms[0].names.filter((name) => name.split(/\s+/).at(-1) !== sign(name)); // "SME A" is A, as one sees
  const box = h(
    "div",
    { class: "legend signs" },
    h("ul", {}, pictures.map(({ name, canvas }) => h("li", {}, canvas, words.t(text[name] ?? "way." + name)))),
    h("p", {}, told.flatMap((name, k) => [k ? " · " : "", h("b", {}, sign(name)), "\u00a0" + name.replaceAll(" ", "\u00a0")])),
    h("p", {}, words.t("key.floor")),
  );
  new ResizeObserver(() => pictures.forEach(paint)).observe(box);
  return box;
}

const picture = (name) => ({ name, half: signs[name][0], draw: signs[name][1], canvas: h("canvas", { class: "key", "aria-hidden": "true" }) });

/** The legend; its pictures are drawn when they have a size. */
export function legend(words) {
  const pictures = Object.keys(signs).map(picture);
  const box = h(
    "section",
    { class: "legend" },
    h("h3", {}, words.t("watch.legend")),
    h(
      "dl",
      {},
      pictures.map(({ name, canvas }) => h("div", {}, h("dt", {}, canvas), h("dd", {}, words.t("legend." + name)))),
    ),
    h("p", { class: "doc" }, words.t("score.legend")),
  );
  new ResizeObserver(() => pictures.forEach(paint)).observe(box);
  return box;
}

function paint({ half, draw, canvas }) {
  const { width, height } = canvas.getBoundingClientRect();
  if (!width) return;
  const { ratio } = fit(canvas, width, height);
  const c = canvas.getContext("2d");
  const s = (ratio * Math.min(width, height)) / (2 * half);
  c.setTransform(s, 0, 0, s, canvas.width / 2, canvas.height / 2);
  draw(c, colours(canvas, names));
}
