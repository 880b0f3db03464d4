// The chart of a lesson: curves of the forms over years or over a control,
// with their intervals, and the student's pencil line, drawn by pointer or
// keyboard. One chart serves the prediction, the comparison and the wall.

import { h, svg, onWidth, rem, calm } from "./dom.mjs";
import { linear, ticks, linePath, bandPath, spread, nearest, carry } from "./scale.mjs";

export class Chart {
  /**
   * options: words, xs, yMax, xName, yName, formatX, formatY, editable,
   * label (of the picture), pointLabel(x) and change(values) when editable.
   * mark is {x, text}: where the project stops. fits() says whether the box gives the height, not the chart.
   */
  constructor(box, options) {
    Object.assign(this, { box, series: [], bands: [], yMin: 0, values: null, drawn: [], subject: "", mark: null, pencilName: "", fits: () => false, ...options });
    this.root = svg("svg", { class: "chart", role: options.editable ? "group" : "img", "aria-label": options.label });
    box.replaceChildren(this.root);
    if (this.editable) this.listen();
    onWidth(box, () => this.draw(), this.fits);
    this.draw();
  }

  /** Changes what is shown: series, bands, values, mark, subject, label, yMax, xs. */
  show(changes) {
    Object.assign(this, changes);
    this.draw();
  }

  layout() {
    const r = rem();
    this.width = Math.max(240, this.box.clientWidth);
    const narrow = this.width < 34 * r;
    const usual = Math.round(Math.max(15 * r, Math.min(this.width * (narrow ? 0.86 : 0.52), 30 * r, 0.64 * innerHeight)));
    this.root.style.height = this.fits() ? "100%" : usual + "px";
    this.height = this.fits() ? Math.max(8 * r, this.root.clientHeight) : usual;
    const pencil = this.values || this.editable ? this.pencilName : ""; // room for it from the start: the axis must not move under the pen
    const names = [...this.series.map((s) => s.name ?? ""), pencil];
    const longest = Math.max(...names.map((n) => n.length));
    const rows = narrow && longest ? Math.ceil(names.join("").length / ((this.width / r) * 1.3)) : 0; // of names over the plot, where there is no room beside it
    this.pad = {
      left: 3.6 * r,
      right: longest && !narrow ? (1 + 0.55 * longest) * r : 1.2 * r,
      top: (1.9 + 1.5 * rows) * r,
      bottom: 3.3 * r,
    };
    this.narrow = narrow;
    this.x = linear([this.xs[0], this.xs.at(-1)], [this.pad.left + 0.6 * r, this.width - this.pad.right]);
    this.y = linear([this.yMin, this.yMax], [this.height - this.pad.bottom, this.pad.top]);
  }

  draw() {
    const focused = this.root.contains(document.activeElement) ? Number(document.activeElement.dataset.k) : -1;
    this.layout();
    const { root, width, height } = this;
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("aria-label", this.label);
    root.replaceChildren(
      this.axes(),
      this.markLine(),
      ...this.bands.map((b) => this.band(b)),
      ...this.series.map((s) => this.curve(s)),
      this.pencil(),
      this.names(),
    );
    if (this.editable) root.append(this.handles());
    if (focused >= 0) root.querySelector(`[data-k="${focused}"]`)?.focus({ preventScroll: true });
  }

  axes() {
    const g = svg("g", { class: "axes", "aria-hidden": "true" });
    const r = rem();
    const foot = this.height - this.pad.bottom;
    for (const t of ticks(this.yMax, 5, this.yMin)) {
      const y = this.y(t);
      g.append(
        svg("line", { class: t > this.yMin ? "grid" : "base", x1: this.pad.left, x2: this.width - this.pad.right + 0.4 * r, y1: y, y2: y }),
        svg("text", { x: this.pad.left - 0.5 * r, y: y + 0.32 * r, "text-anchor": "end" }, this.formatY(t)),
      );
    }
    this.xs.forEach((x, k) => {
      if (this.xs.length > 7 && this.width < 22 * r && k % 2) return;
      g.append(svg("text", { x: this.x(x), y: foot + 1.35 * r, "text-anchor": "middle" }, this.formatX(x)));
    });
    g.append(
      svg(
        "text",
        { class: "name", x: (this.pad.left + this.width - this.pad.right) / 2, y: this.height - 0.55 * r, "text-anchor": "middle" },
        this.xName,
      ),
      svg("text", { class: "name", x: 0, y: 0.95 * r }, this.yName),
    );
    return g;
  }

  /** Where the music stops. */
  markLine() {
    const g = svg("g", { class: "mark", "aria-hidden": "true" });
    if (!this.mark || this.mark.x < this.xs[0] || this.mark.x > this.xs.at(-1)) return g;
    const x = this.x(this.mark.x),
      r = rem();
    const late = this.mark.x > (this.xs[0] + this.xs.at(-1)) / 2;
    g.append(
      svg("rect", {
        x,
        y: this.pad.top,
        width: Math.max(0, this.x(this.xs.at(-1)) - x),
        height: this.height - this.pad.bottom - this.pad.top,
      }),
      svg("line", { x1: x, x2: x, y1: this.pad.top, y2: this.height - this.pad.bottom }),
      svg("text", { x: x + (late ? -0.45 : 0.45) * r, y: this.pad.top + 0.95 * r, "text-anchor": late ? "end" : "start" }, this.mark.text),
    );
    return g;
  }

  band({ kind, lower, upper }) {
    const known = this.xs.map((_, k) => k).filter((k) => Number.isFinite(lower[k]) && Number.isFinite(upper[k]));
    const at = (values) => known.map((k) => [this.x(this.xs[k]), this.y(Math.min(this.yMax, values[k]))]);
    return svg("path", { class: "band " + kind, d: known.length > 1 ? bandPath(at(lower), at(upper)) : "" });
  }

  curve(s) {
    const known = s.points.filter((p) => p.mean !== null && p.mean !== undefined);
    const g = svg("g", { class: "curve " + s.key + (s.key === this.subject ? " subject" : "") + (s.dashed ? " dashed" : "") });
    if (known.length > 1 && known.every((p) => Number.isFinite(p.low))) {
      g.append(
        svg("path", {
          class: "interval",
          d: bandPath(
            known.map((p) => [this.x(p.x), this.y(p.low)]),
            known.map((p) => [this.x(p.x), this.y(p.high)]),
          ),
        }),
      );
    }
    const line = svg("path", { class: "line", d: linePath(known.map((p) => [this.x(p.x), this.y(p.mean)])) });
    if (s.fresh && !calm()) line.classList.add("fresh");
    line.setAttribute("pathLength", "1");
    if (s.dashed) {
      line.removeAttribute("pathLength");
      g.append(line);
    } else g.append(line, ...known.map((p) => this.spot(s.key, this.x(p.x), this.y(p.mean))));
    return g;
  }

  /** The marker of a form, so that colour is never the only difference. */
  spot(key, x, y) {
    const r = 0.3 * rem();
    if (key === "market") return svg("circle", { class: "spot", cx: x, cy: y, r });
    const d =
      key === "customer"
        ? `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`
        : key === "system"
          ? `M${x},${y - 1.25 * r}l${1.25 * r},${2.2 * r}h${-2.5 * r}z`
          : `M${x},${y - 1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}l${-1.3 * r},${-1.3 * r}z`;
    return svg("path", { class: "spot", d });
  }

  pencil() {
    const g = svg("g", { class: "pencil" });
    if (!this.values) return g;
    g.append(svg("path", { class: "line", d: linePath(this.values.map((v, k) => [this.x(this.xs[k]), this.y(Math.min(v, this.yMax))])) }));
    return g;
  }

  /** The names of the lines, beside their ends. */
  names() {
    const r = rem();
    const all = this.series
      .filter((s) => s.name && s.points.some((p) => p.mean !== null))
      .map((s) => {
        const p = s.points.filter((p) => p.mean !== null).at(-1);
        return { key: s.key, text: s.name, y: this.y(p.mean), x: this.x(p.x) };
      });
    if (this.values && this.pencilName)
      all.push({ key: "you", text: this.pencilName, y: this.y(Math.min(this.yMax, this.values.at(-1))), x: this.x(this.xs.at(-1)) });
    if (this.narrow) return this.namesAbove(all);
    const ys = spread(
      all.map((a) => a.y),
      1.25 * r,
      this.pad.top,
      this.height - this.pad.bottom,
    );
    const right = this.width - this.pad.right + 0.8 * r;
    return svg(
      "g",
      { class: "names", "aria-hidden": "true" },
      all.map((a, k) => svg("text", { class: a.key, x: right, y: ys[k] + 0.35 * r }, a.text)),
    );
  }

  /** The names in rows over the plot, each with its marker. */
  namesAbove(all) {
    const r = rem();
    const g = svg("g", { class: "names", "aria-hidden": "true" });
    let x = 0.4 * r,
      y = 2.4 * r;
    for (const a of all) {
      const wide = (1.9 + 0.5 * a.text.length) * r;
      if (x + wide > this.width && x > r) [x, y] = [0.4 * r, y + 1.5 * r];
      g.append(
        svg(
          "g",
          { class: a.key === "you" ? "handle" : a.key },
          a.key === "you" ? svg("circle", { class: "knob", cx: x, cy: y - 0.3 * r, r: 0.3 * r }) : this.spot(a.key, x, y - 0.3 * r),
        ),
        svg("text", { class: a.key, x: x + 0.65 * r, y }, a.text),
      );
      x += wide;
    }
    return g;
  }

  handles() {
    const r = rem();
    const g = svg("g", { class: "handles" });
    (this.values ?? carry(this.xs, [], this.yMin)).forEach((v, k) => {
      g.append(
        svg(
          "g",
          {
            class: "handle" + (this.values ? "" : " empty"),
            "data-k": k,
            tabindex: 0,
            role: "slider",
            "aria-orientation": "vertical",
            "aria-label": this.pointLabel(this.xs[k]),
            "aria-valuemin": this.yMin,
            "aria-valuemax": this.yMax,
            "aria-valuenow": Number(v.toPrecision(4)),
            "aria-valuetext": this.formatY(v),
            transform: `translate(${this.x(this.xs[k])},${this.y(v)})`,
          },
          svg("circle", { class: "reach", r: 1.3 * r }),
          svg("circle", { class: "knob", r: 0.55 * r }),
        ),
      );
    });
    return g;
  }

  listen() {
    let drawing = false,
      last = null;
    const put = (e) => {
      const box = this.root.getBoundingClientRect();
      const px = ((e.clientX - box.left) / box.width) * this.width,
        py = ((e.clientY - box.top) / box.height) * this.height;
      const k = nearest(this.xs, this.x.invert(px)),
        value = this.y.invert(py);
      for (let j = last?.k ?? k; j !== k; j += Math.sign(k - j)) {
        // a quick hand skips points
        this.set(j, last.value + ((value - last.value) * (j - last.k)) / (k - last.k));
      }
      this.set(k, value);
      last = { k, value };
    };
    this.root.addEventListener("pointerdown", (e) => {
      if (e.button) return;
      [drawing, last] = [true, null];
      this.root.setPointerCapture(e.pointerId);
      put(e);
      e.preventDefault();
    });
    this.root.addEventListener("pointermove", (e) => drawing && put(e));
    for (const end of ["pointerup", "pointercancel"])
      this.root.addEventListener(end, () => {
        drawing = false;
      });
    this.root.addEventListener("keydown", (e) => this.key(e));
  }

  key(e) {
    const k = Number(e.target.closest?.("[data-k]")?.dataset.k ?? -1);
    if (k < 0) return;
    const move = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
    const go = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (move) this.set(k, (this.values?.[k] ?? carry(this.xs, [], this.yMin)[k]) + (move * (this.yMax - this.yMin)) / 100);
    else if (e.key === "Home") this.set(k, this.yMin);
    else if (e.key === "End") this.set(k, this.yMax);
    else if (go) this.root.querySelector(`[data-k="${k + go}"]`)?.focus();
    else return;
    e.preventDefault();
  }

  /** Sets one point of the pencil line, to a hundredth of the axis; points never set follow their neighbours. */
  set(k, value) {
    if (!this.values) this.drawn = [];
    else if (!this.drawn.length) this.drawn = [...this.values];
    const grain = (this.yMax - this.yMin) / 100;
    const onGrain = (v) => Math.max(this.yMin, Math.min(this.yMax, Math.round(v / grain) * grain));
    this.drawn[k] = onGrain(value);
    this.values = carry(this.xs, this.drawn, this.yMin).map(onGrain);
    this.draw();
    this.change?.(this.values);
  }
}

/** Puts a new details element in place of the one before, which stays open if it was. */
export function refill(box, details) {
  details.open = box.firstElementChild?.open ?? false;
  box.replaceChildren(details);
}

/** A details element with the numbers behind a chart. */
export function behind(words, content) {
  return h(
    "details",
    { class: "behind" },
    h("summary", {}, words.t("table.show")),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.t("table.region") }, content),
  );
}
