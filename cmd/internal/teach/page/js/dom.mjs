// Small helpers to make elements. Nothing is ever parsed from a string.

const svgSpace = "http://www.w3.org/2000/svg";

function fill(el, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (name === "hidden" || name === "disabled" || name === "checked") el[name] = value;
    else el.setAttribute(name, value === true ? "" : value);
  }
  el.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return el;
}

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(svgSpace, tag), attributes, children);
}

export function set(el, attributes) {
  for (const name in attributes) el.setAttribute(name, attributes[name]);
}

export const $ = (selector, within = document) => within.querySelector(selector);

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A size that follows the text size of the page. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Tells a text to those who listen to the page. */
export function announce(text) {
  const live = $("#live");
  if (live && live.textContent !== text) live.textContent = text;
}

/** Calls back when the width of an element has changed, and its height too where that matters. */
export function onWidth(el, callback, tall = () => false) {
  let last = "";
  new ResizeObserver(() => {
    const size = `${el.clientWidth} ${tall() ? el.clientHeight : ""}`;
    if (el.clientWidth && size !== last) callback((last = size));
  }).observe(el);
}

/** A table of numbers: head is the row of headings, rows begin with theirs. Cells are texts or {text, value}. */
export function table(caption, head, rows) {
  const cell = (c, k, tag) => h(tag, { scope: tag === "th" ? "row" : null, "data-value": c?.value ?? null }, c?.text ?? c);
  return h(
    "table",
    {},
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((t) => (t === "" ? h("td") : h("th", { scope: "col" }, t))),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          row.map((c, k) => cell(c, k, k ? "td" : "th")),
        ),
      ),
    ),
  );
}
