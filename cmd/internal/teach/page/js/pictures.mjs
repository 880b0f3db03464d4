// More pictures of an ensemble: bands week by week (uPlot), and every
// replication as a dot.

import { h, svg, onWidth, rem, table } from "./dom.mjs";
import { behind, refill } from "./chart.mjs";
import { intervalText } from "./findings.mjs";
import { linear, ticks, dots, roundUp } from "./scale.mjs";

const quantities = ["value", "trust", "cooperation"];

export class Pictures {
  constructor(app, box) {
    Object.assign(this, { app, words: app.words, box, quantity: "value", plots: [] });
  }

  show(line) {
    this.line = line;
    if (!this.built) this.build();
    if (this.details.open) this.draw();
  }

  build() {
    const { words } = this;
    this.built = true;
    this.tabs = h(
      "div",
      { class: "choice", role: "group", "aria-label": words.t("compare.more") },
      quantities.map((q) =>
        h("button", { type: "button", "aria-pressed": String(q === this.quantity), onclick: () => this.choose(q) }, words.t("weekly." + q)),
      ),
    );
    this.weekly = h("div", { class: "weekly" });
    this.weeks = h("div", {});
    this.dotbox = h("div", { class: "dots" });
    this.numbers = h("div", {});
    this.details = h(
      "details",
      { class: "pictures", ontoggle: () => this.details.open && this.draw() },
      h("summary", {}, words.t("compare.more")),
      this.tabs,
      this.weekly,
      h("p", { class: "doc" }, words.t("compare.band")),
      this.weeks,
      h("h3", {}, words.t("compare.dots")),
      this.dotbox,
      this.numbers,
    );
    this.box.replaceChildren(this.details);
    onWidth(this.box, () => this.details.open && this.draw());
  }

  choose(quantity) {
    this.quantity = quantity;
    [...this.tabs.children].forEach((b, k) => b.setAttribute("aria-pressed", String(quantities[k] === quantity)));
    this.draw();
  }

  draw() {
    this.bands();
    this.dots();
    const { words, line } = this;
    refill(this.numbers, behind(words, this.table()));
    refill(this.weeks, behind(words, this.yearEnds()));
  }

  bands() {
    this.stop();
    const { words, line, quantity } = this;
    const top = quantity === "value" ? roundUp(Math.max(...line.forms.flatMap((f) => f.weekly.value.p95))) : 1;
    this.weekly.replaceChildren(
      ...line.forms.map((f) => {
        const place = h("div", { class: "uplot-place" });
        return h("figure", { class: f.key }, h("figcaption", {}, words.t("form." + f.key)), place);
      }),
    );
    line.forms.forEach((f, k) =>
      this.plots.push(
        bandPlot(
          words,
          f.weekly[quantity],
          top,
          this.weekly.children[k].lastChild,
          `${words.t("compare.weekly", { form: words.t("form." + f.key) })}: ${words.t("weekly." + quantity)}`,
        ),
      ),
    );
  }

  dots() {
    const { words, line } = this;
    const r = rem();
    const width = Math.max(240, this.dotbox.clientWidth),
      left = 0.6 * r,
      size = Math.max(3, Math.min(7, width / 150));
    const top = roundUp(Math.max(1, ...line.forms.flatMap((f) => f.values)));
    const x = linear([0, top], [left, width - left - size]);
    const rows = line.forms.map((f) => ({ f, dots: dots(f.values.filter((v) => v > 0), x, size) })); // those at nought are counted, not piled
    let y = 0;
    const root = svg("svg", { class: "dotplot", role: "img", "aria-label": words.t("compare.dots") });
    for (const { f, dots: ds } of rows) {
      const tall = Math.min(9 * r, rowsOf(ds) * size);
      const squeeze = tall / (rowsOf(ds) * size);
      const none = f.values.length - ds.length;
      y += tall + 2.2 * r;
      root.append(
        svg(
          "g",
          { class: f.key },
          svg("line", { class: "base", x1: 0, x2: width, y1: y, y2: y }),
          svg("text", { x: width - left, y: y - tall - 0.4 * r, "text-anchor": "end" }, `${words.t("form." + f.key)}: ${words.t("dots.nothing", { none: words.number(none), all: words.number(f.values.length) })}`),
          ds.map((d) => svg("circle", { cx: d.x, cy: y - (d.row + 0.5) * size * squeeze, r: size * 0.42 })),
        ),
      );
    }
    for (const t of ticks(top, width < 30 * r ? 3 : 6))
      root.append(
        svg(
          "text",
          { class: "tick", x: x(t), y: y + 1.3 * r, "text-anchor": !t ? "start" : x(t) > width - 3 * r ? "end" : "middle" },
          words.number(t),
        ),
      );
    root.setAttribute("viewBox", `0 0 ${width} ${y + 1.8 * r}`);
    this.dotbox.replaceChildren(root);
  }

  /** The bands at the end of each year. */
  yearEnds() {
    const { words, line, quantity } = this;
    const digits = quantity === "value" ? 0 : 2;
    const bands = line.forms.map((f) => f.weekly[quantity]);
    const last = bands[0].week.at(-1);
    const at = (b, week) => b.week.findLastIndex((w) => w <= week);
    const cell = (b, k) =>
      words.t("table.interval", {
        mean: words.number(b.mean[k], digits),
        low: words.number(b.p05[k], digits),
        high: words.number(b.p95[k], digits),
      });
    const rows = Array.from({ length: Math.floor(last / 52) }, (_, k) => 52 * (k + 1)).map((week) => [
      words.t("watch.week", { week: bands[0].week[at(bands[0], week)] }),
      ...bands.map((b) => cell(b, at(b, week))),
    ]);
    return table(
      `${words.t("weekly." + quantity)}. ${words.t("table.ninety")}`,
      ["", ...line.forms.map((f) => words.t("form." + f.key))],
      rows,
    );
  }

  table() {
    const { words, line } = this;
    const outcomes = [
      "value_project",
      "value_total",
      "deals_project",
      "first_deal_week",
      "stranded",
      "rescued",
      "cooperation",
      "trust_end",
      "commitment_end",
      "fairness",
    ];
    const digits = (v) => (Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? 1 : 2);
    const cell = (i) => {
      const format = (v) => (v === null ? "…" : words.number(v, digits(i.mean)));
      return i.mean === null ? "–" : { text: intervalText(words, i, format), value: i.mean };
    };
    const name = (o) => {
      const i = this.app.start.outcomes.find((x) => x.name === o);
      return words.has("outcome." + o) ? words.t("outcome." + o) : [i.label, i.unit].filter(Boolean).join(", ");
    };
    return table(
      words.t("table.caption", { n: line.replications }),
      ["", ...line.forms.map((f) => words.t("form." + f.key))],
      outcomes.map((o) => [name(o), ...line.forms.map((f) => cell(f.outcomes[o]))]),
    );
  }

  stop() {
    for (const plot of this.plots) plot.destroy();
    this.plots = [];
  }
}

/** How many dots the highest column has, at least one. */
const rowsOf = (ds) => 1 + Math.max(0, ...ds.map((d) => d.row));

function bandPlot(words, band, top, place, label) {
  const size = rem();
  const [colour, ink, line] = ["--form", "--soft", "--line"].map((name) => getComputedStyle(place).getPropertyValue(name).trim());
  const font = `${Math.round(0.8 * size)}px ${getComputedStyle(document.body).fontFamily}`;
  const side = () => ({ label: "", stroke: "transparent", points: { show: false } });
  const every = 52 * Math.ceil(band.week.at(-1) / 300); // weeks from one number on the axis to the next
  const plot = new window.uPlot(
    {
      width: Math.max(200, place.clientWidth),
      height: Math.round(13 * size),
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: [0, top] } },
      axes: [
        {
          font,
          stroke: ink,
          grid: { show: false },
          values: (_, ts) => ts.map((t) => String(t)),
          label: words.t("week"),
          labelFont: font,
          labelSize: 1.5 * size,
          size: 2.2 * size,
          space: 3.4 * size,
          splits: (_, __, min, max) => Array.from({ length: Math.floor(max / every) + 1 }, (_, k) => k * every),
        },
        {
          font,
          stroke: ink,
          grid: { stroke: line, width: 1 },
          size: 3.6 * size,
          values: (_, ts) => ts.map((t) => words.number(t, top > 1 ? 0 : 1)),
        },
      ],
      series: [{}, side(), side(), side(), side(), { stroke: colour, width: 2.5, points: { show: false } }],
      bands: [
        { series: [4, 1], fill: colour + "26" },
        { series: [3, 2], fill: colour + "4D" },
      ],
    },
    [band.week, band.p05, band.p25, band.p75, band.p95, band.mean],
    place,
  );
  plot.root.setAttribute("role", "img");
  plot.root.setAttribute("aria-label", label);
  return plot;
}
