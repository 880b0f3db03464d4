"use strict";
// What a reader may do with a report. Without it the page is whole and says the same.

// Tables are sorted by the heads of their columns: up, down, and as they were.
for (const table of document.querySelectorAll("table.sorts")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const asWritten = [...body.rows];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "" }[head.ariaSort ?? ""] ?? "ascending";
      for (const h of heads) h.removeAttribute("aria-sort");
      if (next) head.setAttribute("aria-sort", next);
      body.append(...(next ? sorted(asWritten, column, next === "descending" ? -1 : 1) : asWritten));
    });
  });
}

// The number that a cell begins with, as it is written in a report; NaN where there is none.
function numberIn(cell) {
  const plain = cell.textContent.replace(/\s/g, "").replace("−", "-").replace(",", ".");
  return /^[+-]?\d/.test(plain) ? parseFloat(plain) : NaN;
}

// Rows by a column: as numbers where most of its cells are, with those that have none last.
function sorted(rows, column, way) {
  const keys = new Map(rows.map((row) => [row, numberIn(row.cells[column])]));
  const numbers = rows.filter((row) => !isNaN(keys.get(row))).length;
  if (column === 0 || 2 * numbers < rows.length) {
    const text = (row) => row.cells[column].textContent.trim();
    return rows.toSorted((a, b) => way * text(a).localeCompare(text(b), document.documentElement.lang, { numeric: true }));
  }
  return rows.toSorted((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : way * (x - y);
  });
}

// Figures have areas that say what lies below them. A browser shows that late, and never on a
// touch screen or to the keyboard.
const value = document.createElement("div");
value.className = "value";
value.setAttribute("role", "status");
document.body.append(value);

let pointed = null;

function hide() {
  pointed?.classList.remove("pointed");
  pointed = null;
  value.textContent = "";
}

function show(spot, text) {
  if (spot === pointed) return;
  hide();
  pointed = spot;
  spot.classList.add("pointed");
  value.textContent = text;
  const at = spot.getBoundingClientRect();
  const { width, height } = value.getBoundingClientRect();
  const left = (at.left + at.right - width) / 2;
  value.style.left = Math.max(4, Math.min(left, innerWidth - width - 4)) + "px";
  value.style.top = (at.top - height - 6 > 4 ? at.top - height - 6 : Math.min(at.bottom + 6, innerHeight - height - 4)) + "px";
}

for (const svg of document.querySelectorAll("figure svg")) {
  const spots = [], texts = [];
  for (const title of svg.querySelectorAll("rect > title")) {
    spots.push(title.parentNode);
    texts.push(title.textContent);
    title.remove(); // else it is shown twice
  }
  if (spots.length === 0) continue;
  let at = -1; // the area shown, or none
  const reveal = (k) => {
    at = k;
    if (k < 0) hide();
    else show(spots[k], texts[k]);
  };

  svg.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse") reveal(nearest(spots, e, 8)); });
  svg.addEventListener("pointerleave", (e) => { if (e.pointerType === "mouse") hide(); });
  svg.addEventListener("click", (e) => reveal(nearest(spots, e, 24)));

  svg.tabIndex = 0;
  svg.addEventListener("focus", () => { if (svg.matches(":focus-visible")) reveal(Math.max(0, at)); });
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (e) => {
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: spots.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    reveal(Math.max(0, Math.min(to, spots.length - 1)));
  });
}

// The area under a pointer, which of several is the last; else the nearest within reach; else -1.
function nearest(spots, e, reach) {
  let best = -1;
  spots.forEach((spot, k) => {
    const r = spot.getBoundingClientRect();
    const away = Math.hypot(Math.max(r.left - e.clientX, 0, e.clientX - r.right), Math.max(r.top - e.clientY, 0, e.clientY - r.bottom));
    if (away <= reach) [best, reach] = [k, away];
  });
  return best;
}

addEventListener("scroll", hide, { passive: true, capture: true });
addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
addEventListener("pointerdown", (e) => { if (!e.target.closest("figure svg")) hide(); });

// What does not fit and is scrolled can be reached by the keyboard.
function reachable() {
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", reachable);
addEventListener("change", reachable); // of what enlarges a figure
reachable();

document.getElementById("hint").hidden = false;
