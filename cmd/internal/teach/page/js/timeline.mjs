// The time line of first deals: a lane for each form. A student places a
// marker in each; the reveal is a swarm of dots, one a group, and where the
// project stops. It takes the place of a chart, and is told what a chart is.

import { svg, onWidth, rem } from "./dom.mjs";
import { dots, linear } from "./scale.mjs";

const grain = 0.1; // years

export class Timeline {
  /**
   * options are those of a chart. xs are the forms of the lanes, yMax is the
   * horizon in years, which as a value means "not by then"; docOf says what a
   * form is; series are
   * {key, name, times, later, half}: the weeks of first deals (null: none), those
   * of the ones that only come if the project goes on, and the median in years.
   */
  constructor(box, options) {
    Object.assign(this, { box, series: [], bands: [], values: null, drawn: [], mark: null, fits: () => false, ...options });
    this.root = svg("svg", { class: "chart timeline", role: options.editable ? "group" : "img", "aria-label": options.label });
    box.replaceChildren(this.root);
    if (this.editable) this.listen();
    onWidth(box, () => this.draw(), this.fits);
    this.draw();
  }

  /** Changes what is shown: series, bands, values, label. */
  show(changes) {
    Object.assign(this, changes);
    this.draw();
  }

  /** The forms that have a lane: those asked about, and the group's own mix where it is told. */
  get lanes() {
    return [...new Set([...this.xs, ...this.series.map((s) => s.key)])];
  }

  layout() {
    const r = rem();
    this.width = Math.max(240, this.box.clientWidth);
    this.narrow = this.width < 34 * r;
    this.pad = { left: 0.9 * r, top: 1.9 * r, bottom: 3.1 * r };
    this.zone = (this.narrow ? 5 : 7.5) * r; // where those stand that never sell
    const rows = this.lanes.length;
    const most = this.narrow ? 6.2 * r : this.series.length ? 8.2 * r : 6 * r;
    const usual = Math.max((innerHeight < 30 * r ? 3.8 : 4.6) * r, Math.min(most, ((this.series.length ? 0.57 : 0.66) * innerHeight - 5 * r) / rows));
    const rest = this.pad.top + this.pad.bottom;
    this.height = Math.round(rest + rows * usual);
    this.root.style.height = this.fits() ? "100%" : this.height + "px";
    if (this.fits()) this.height = Math.max(12 * r, this.root.clientHeight);
    this.lane = (this.height - rest) / rows;
    this.end = this.width - this.zone - 0.8 * r;
    this.x = linear([0, this.yMax], [this.pad.left, this.end]);
  }

  /** Where a value stands: "not by then" is in the zone. */
  at(value) {
    return value >= this.yMax ? this.width - this.zone / 2 : this.x(value);
  }

  valueAt(px) {
    if (px > this.end + 0.3 * rem()) return this.yMax;
    return Math.max(0, Math.min(this.yMax - grain, Math.round(this.x.invert(px) / grain) * grain));
  }

  foot(k) {
    return this.pad.top + (k + 1) * this.lane - 0.55 * rem();
  }

  draw() {
    const focused = this.root.contains(document.activeElement) ? Number(document.activeElement.dataset.k) : -1;
    this.layout();
    const { root, width, height } = this;
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("aria-label", this.label);
    const lanes = this.lanes;
    root.replaceChildren(this.axis(), this.stop(), ...lanes.map((key, k) => this.row(key, k)), ...lanes.map((_, k) => this.pin(k)).filter(Boolean));
    if (focused >= 0) root.querySelector(`[data-k="${focused}"]`)?.focus({ preventScroll: true });
  }

  axis() {
    const r = rem();
    const g = svg("g", { class: "axes", "aria-hidden": "true" });
    const foot = this.height - this.pad.bottom;
    g.append(svg("rect", { class: "zone", x: this.end + 0.8 * r, y: this.pad.top, width: this.zone, height: foot - this.pad.top, rx: 0.4 * r }));
    const every = this.yMax > 12 ? 5 : this.narrow && this.yMax > 5 ? 2 : 1;
    for (let year = 0; year <= this.yMax; year += every) {
      const x = this.x(year);
      g.append(
        svg("line", { class: "grid", x1: x, x2: x, y1: this.pad.top, y2: foot }),
        svg("text", { x, y: foot + 1.3 * r, "text-anchor": "middle" }, this.words.plain(year)),
      );
    }
    g.append(
      svg("text", { x: this.width - this.zone / 2, y: foot + 1.3 * r, "text-anchor": "middle" }, this.words.t("first.never")),
      svg("text", { class: "name", x: (this.pad.left + this.end) / 2, y: this.height - 0.5 * r, "text-anchor": "middle" }, this.xName),
    );
    return g;
  }

  /** Where the project stops. */
  stop() {
    const g = svg("g", { class: "mark", "aria-hidden": "true" });
    if (!this.mark || this.mark.x >= this.yMax) return g;
    const r = rem(),
      x = this.x(this.mark.x),
      late = x > this.width / 2;
    g.append(
      svg("line", { x1: x, x2: x, y1: 1.1 * r, y2: this.height - this.pad.bottom }),
      svg("text", { x: x + (late ? -0.4 : 0.4) * r, y: 1.1 * r, "text-anchor": late ? "end" : "start" }, this.mark.text),
    );
    return g;
  }

  /** A lane: its name, the class's bands, and the groups. */
  row(key, k) {
    const r = rem(),
      foot = this.foot(k),
      s = this.series.find((s) => s.key === key);
    const g = svg("g", { class: "timerow " + key + (key === this.subject ? " subject" : ""), "aria-hidden": "true" });
    g.append(svg("line", { class: "base", x1: this.pad.left, x2: this.width, y1: foot, y2: foot }));
    for (const b of this.bands) {
      if (!Number.isFinite(b.lower[k])) continue;
      const from = this.at(b.lower[k]);
      g.append(svg("rect", { class: "band " + b.kind, x: from, width: Math.max(2, this.at(b.upper[k]) - from), y: foot - 1.9 * r, height: 1.9 * r }));
    }
    if (s) g.append(...this.swarm(s, foot));
    const name = this.formatX(key),
      top = foot - this.lane + 1.5 * r,
      flat = this.lane < 4.4 * r; // no room for a second line
    const half = s ? this.words.t("first.half", { when: this.formatY(s.half.mean) }) : "";
    const below = flat ? "" : this.editable ? this.docOf(key) : this.narrow ? half : "";
    g.append(svg("text", { class: "who", x: this.pad.left, y: top }, this.editable && flat ? `${name}: ${this.docOf(key)}` : half && !below ? `${name} · ${half}` : name));
    if (below) g.append(svg("text", { class: "form-is", x: this.pad.left, y: top + 1.1 * r }, below));
    return g;
  }

  /** The groups of a form: a dot each; of those that never sell a ring for each that would if the project went on, once there and once at its time. */
  swarm(s, foot) {
    const r = rem(),
      size = Math.max(2.6, Math.min(5, this.width / 230)),
      room = this.lane - (this.narrow ? 3.4 : 2.6) * r;
    const sold = s.times.filter((w) => w !== null);
    const all = dots([...sold, ...s.later.map((w) => w + 0.5)], (w) => this.x(w / 52), size); // weeks are whole: what is not is a ring
    const squeeze = Math.min(1, room / (size * (1 + Math.max(0, ...all.map((d) => d.row)))));
    const path = (list) => list.map((d) => `M${d.x.toFixed(1)},${(foot - (d.row + 0.6) * size * squeeze).toFixed(1)}h0`).join("");
    const none = s.times.length - sold.length;
    const columns = Math.max(1, Math.floor((this.zone - 0.6 * r) / size));
    const rows = Math.ceil(none / columns);
    const heap = Math.min(1, (room - 1.2 * r) / (size * Math.max(1, rows)));
    const left = this.width - this.zone + 0.3 * r + size / 2;
    const idle = Array.from({ length: none }, (_, k) => ({ x: left + (k % columns) * size, row: Math.floor(k / columns) * (heap / squeeze) }));
    const rings = all.filter((d) => !Number.isInteger(d.value));
    return [
      svg("path", { class: "dot", d: path(all), "stroke-width": size * 0.84 }),
      svg("path", { class: "hole", d: path(rings), "stroke-width": size * 0.5 }),
      svg("path", { class: "dot idle", d: path(idle), "stroke-width": size * 0.84 }),
      svg("path", { class: "hole", d: path(idle.slice(none - s.later.length)), "stroke-width": size * 0.5 }),
      s.half.mean < this.yMax
        ? svg("path", { class: "median", d: `M${this.x(s.half.mean)},${foot}l${0.4 * r},${0.55 * r}h${-0.8 * r}z` })
        : "",
      svg(
        "text",
        { class: "count", x: this.width - this.zone / 2, y: foot - Math.max(0.5 * r, rows * size * heap + 0.5 * r), "text-anchor": "middle" },
        this.words.t("first.count", { none: this.words.number(none), all: this.words.number(s.times.length) }),
      ),
    ].filter(Boolean);
  }

  /** Where it says whose the markers are: the last forms sell least, so there is room. */
  get namedLane() {
    return Math.max(0, (this.values ?? []).findLastIndex((v) => v < this.yMax));
  }

  /** The student's marker, or the middle of the class. */
  pin(k) {
    const value = this.values?.[k] ?? this.drawn[k];
    if (k >= this.xs.length || (value === undefined && !this.editable)) return null;
    const r = rem(),
      foot = this.foot(k),
      empty = value === undefined;
    const x = empty ? this.pad.left : this.at(value);
    const text = empty ? "" : this.editable ? this.formatY(value) : this.pencilName;
    const near = x > this.width - 1.2 * this.zone ? "end" : x < 4 * r ? "start" : "middle";
    const handle = this.editable
      ? {
          "data-k": k,
          tabindex: 0,
          role: "slider",
          "aria-orientation": "horizontal",
          "aria-label": this.pointLabel(this.xs[k]),
          "aria-valuemin": 0,
          "aria-valuemax": this.yMax,
          "aria-valuenow": Number((value ?? 0).toPrecision(4)),
          "aria-valuetext": empty ? this.words.t("first.unset") : this.formatY(value),
        }
      : { "aria-hidden": "true" };
    return svg(
      "g",
      { class: "pencil handle" + (empty ? " empty" : ""), ...handle, transform: `translate(${x},${foot})` },
      svg("circle", { class: "reach", cy: -1.1 * r, r: 1.3 * r }),
      svg("path", { class: "line", d: `M0,0V${-1.1 * r}` }),
      svg("circle", { class: "knob", cy: -1.1 * r, r: (this.editable ? 0.6 : 0.42) * r }),
      text && (this.editable || k === this.namedLane)
        ? svg("text", { class: "you", y: -2 * r, x: near === "end" ? 0.6 * r : near === "start" ? -0.6 * r : 0, "text-anchor": near }, text)
        : "",
    );
  }

  listen() {
    let k = -1;
    const put = (e) => {
      const box = this.root.getBoundingClientRect();
      if (k < 0) k = Math.max(0, Math.min(this.xs.length - 1, Math.floor((((e.clientY - box.top) / box.height) * this.height - this.pad.top) / this.lane)));
      this.set(k, this.valueAt(((e.clientX - box.left) / box.width) * this.width));
    };
    this.root.addEventListener("pointerdown", (e) => {
      if (e.button) return;
      k = -1;
      this.root.setPointerCapture(e.pointerId);
      this.held = true;
      put(e);
      this.root.querySelector(`[data-k="${k}"]`)?.focus({ preventScroll: true, focusVisible: false });
      e.preventDefault();
    });
    this.root.addEventListener("pointermove", (e) => this.held && put(e));
    for (const end of ["pointerup", "pointercancel"]) this.root.addEventListener(end, () => (this.held = false));
    this.root.addEventListener("keydown", (e) => this.key(e));
  }

  key(e) {
    const k = Number(e.target.closest?.("[data-k]")?.dataset.k ?? -1);
    if (k < 0) return;
    const now = this.values?.[k] ?? this.drawn[k] ?? 0;
    const move = { ArrowRight: grain, ArrowUp: grain, ArrowLeft: -grain, ArrowDown: -grain, PageUp: 1, PageDown: -1 }[e.key];
    const to = { Home: 0, End: this.yMax }[e.key];
    if (move === undefined && to === undefined) return;
    this.set(k, to ?? now + move);
    e.preventDefault();
  }

  /** Sets a marker, in years. There is a prediction when all are set. */
  set(k, value) {
    this.drawn = [...(this.values ?? this.drawn)];
    this.drawn[k] = Math.max(0, Math.min(this.yMax, Math.round(value / grain) * grain));
    this.values = this.xs.every((_, j) => this.drawn[j] !== undefined) ? [...this.drawn] : null;
    this.draw();
    this.change?.(this.values);
  }
}
