// A picture to take along: the SVG as it stands on the page, with its title and
// how to cite it.

import { h, svg, rem } from "./dom.mjs";
import { download } from "./asked.mjs";

// What a drawing of its own must carry of the page's style.
const carried = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-size", "font-weight", "font-family", "display"];

/** A button that saves a picture; now() is {title, picture}. */
export function saveButton(app, now) {
  return h("button", { type: "button", class: "quiet", id: "save-picture", onclick: () => save(app, now()) }, app.words.t("save"));
}

function save(app, { title, picture }) {
  download(`epgsim-${app.chapter.id}.svg`, drawing(app, title, picture), "image/svg+xml");
}

/** The text of a drawing that stands for itself. */
export function drawing(app, title, picture) {
  const r = rem();
  const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
  const copy = picture.cloneNode(true);
  styled(picture, copy);
  for (const name of ["class", "style", "role", "aria-label"]) copy.removeAttribute(name);
  copy.setAttribute("y", 3 * r);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const foot = height + 4.4 * r;
  const paper = getComputedStyle(document.body).getPropertyValue("--card").trim() || "#fff";
  const ink = getComputedStyle(document.body).color;
  const write = (x, y, size, weight, words) => svg("text", { x, y, fill: ink, "font-family": "sans-serif", "font-size": size, "font-weight": weight }, words);
  const cite = app.words.t("save.cite", { version: app.start.version, group: app.groupName, seed: String(app.state.seed) });
  const whole = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${foot + r}`, width, height: foot + r },
    svg("rect", { width, height: foot + r, fill: paper }),
    write(0.8 * r, 1.9 * r, fit(title, width, 1.2 * r), 700, title),
    copy,
    write(0.8 * r, foot, fit(cite, width, 0.75 * r), 400, cite),
  );
  return new XMLSerializer().serializeToString(whole);
}

/** A size in which a text surely fits the width. */
const fit = (text, width, size) => Math.min(size, width / (0.6 * text.length));

/** Writes the style that the page gives to an element and all within into a copy of them. */
function styled(from, to) {
  const style = getComputedStyle(from);
  for (const name of carried) to.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["tabindex", "data-k"]) to.removeAttribute(name);
  [...from.children].forEach((child, k) => styled(child, to.children[k]));
}
