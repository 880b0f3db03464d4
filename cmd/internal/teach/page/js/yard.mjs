// The picture of the prologue: the yard, its suppliers, the customer, and the offer
// between them as a boat that fills with joint hours.

import { svg, set } from "./dom.mjs";
import { fullness, trustOf, warmth, over } from "./toy.mjs";

const at = { yard: [150, 108], customer: [352, 108], firms: [[44, 52], [44, 164]], offer: [247, 108], manager: [247, 40] };
const hull = "M-40 4 H40 L27 26 H-26 Z M-4 -34 V-1 H-32 Z M2 -34 L30 -1 H2 Z"; // 80 wide, 60 high, about the middle
const music = "M-4,8V-9l11-2.7V4.7M-4,-4l11,-2.7"; // two notes
const [deck, keel] = [-34, 26]; // its top and bottom

export class Yard {
  constructor(words) {
    this.words = words;
    const g = ([x, y], cls, ...drawn) => svg("g", { class: cls, transform: `translate(${x} ${y})` }, drawn);
    const named = (key, y) => svg("text", { y, "text-anchor": "middle" }, words.t(key));
    const arc = (r) => svg("circle", { class: "arc", r, "stroke-dasharray": 2 * Math.PI * r });
    this.links = at.firms.map((p) => this.link(p));
    this.firms = at.firms.map((p, k) => g(p, "firm", svg("circle", { class: "disc", r: 21 }), arc(25), named(`pro.supplier.${k + 1}`, 40)));
    this.water = svg("rect", { x: -42, width: 84, class: "water" });
    this.boat = g(
      at.offer,
      "boat",
      svg("clipPath", { id: "hull" }, svg("path", { d: hull })),
      svg("g", { "clip-path": "url(#hull)" }, svg("rect", { x: -42, y: deck, width: 84, height: keel - deck, class: "empty" }), this.water),
      svg("path", { d: hull, class: "hull" }),
    );
    this.manager = g(at.manager, "manager", svg("circle", { r: 15 }), svg("path", { d: music }), named("pro.manager", -20));
    this.customer = g(at.customer, "buyer", svg("circle", { class: "disc", r: 23 }), arc(28), named("pro.customer", 46));
    this.root = svg(
      "svg",
      { class: "yard", viewBox: "0 0 404 216", role: "img" },
      ...this.links.map((l) => l.root),
      g(at.yard, "firm you", svg("circle", { class: "disc", r: 27 }), named("pro.you", 45)),
      this.manager,
      this.customer,
      this.boat,
      ...this.firms,
    );
  }

  /** A link to a supplier, which fills as joint hours come together. */
  link([x, y]) {
    const [x2, y2] = at.yard;
    const far = Math.hypot(x2 - x, y2 - y);
    const along = (d) => [x + (d / far) * (x2 - x), y + (d / far) * (y2 - y)];
    const [[x1, y1], [xEnd, yEnd]] = [along(27), along(far - 27)]; // from rim to rim, so that the first hours are seen
    const ends = { x1, y1, x2: xEnd, y2: yEnd };
    const done = svg("line", { ...ends, class: "done", pathLength: 1 });
    const hours = svg("text", { class: "so-far", x: x + 34, y: y + (y < y2 ? -4 : 12) });
    return { root: svg("g", { class: "tie" }, svg("line", { ...ends, class: "whole" }), done, hours), done, hours };
  }

  /** Shows the toy as it stands; with music while the project pays for it. */
  show(t, plays) {
    t.firms.forEach((f, k) => {
      set(this.links[k].done, { "stroke-dasharray": `${Math.min(1, f.joint / t.n.needed)} 1` });
      this.links[k].hours.textContent = this.words.t("pro.link", { have: Math.floor(Math.min(f.joint, t.n.needed)), need: t.n.needed });
      set(this.firms[k], { class: f.away ? "firm gone" : "firm" });
      this.turn(this.firms[k], f.away ? 0 : f.comes);
    });
    this.turn(this.customer, Math.min(1, t.trust / t.n.trusted));
    this.customer.style.setProperty("--warmth", t.met ? 0.15 + 0.85 * warmth(t) : 1); // its ring fades while it hears nothing
    const full = fullness(t);
    set(this.water, { y: keel - full * (keel - deck), height: full * (keel - deck) });
    const way = t.stage === "deal" ? 1 : t.stage === "talks" ? (t.n.rounds - t.rounds) / (t.n.rounds + 1) : 0;
    set(this.boat, { transform: `translate(${at.offer[0] + way * 58} ${at.offer[1]})`, class: "boat at-" + t.stage });
    set(this.customer, { class: "buyer at-" + t.stage });
    set(this.manager, { class: plays ? "manager" : "manager gone" });
  }

  /** Draws the ring of a circle so far. */
  turn(g, share) {
    const arc = g.querySelector(".arc");
    const whole = Number(arc.getAttribute("stroke-dasharray"));
    set(arc, { "stroke-dashoffset": whole * (1 - share) });
  }

  /** What the picture shows, in words. */
  describe(t, week) {
    const { words } = this;
    const joint = (f, k) => {
      const who = words.t(`pro.supplier.${k + 1}`);
      return words.t("pro.see.joint", { who, have: Math.min(f.joint, t.n.needed), need: t.n.needed, trust: words.percent(trustOf(f)) });
    };
    return [
      week,
      words.t("pro.see.trust", { share: words.percent(t.trust), need: words.percent(t.n.trusted) }),
      ...t.firms.map(joint),
      over(t) || t.stage === "talks" ? words.t("pro.stage." + t.stage) : "",
    ].filter(Boolean).join(". ");
  }
}
