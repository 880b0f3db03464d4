// One dance floor, drawn: the band in the middle, dancers around it, customers
// at the rim. Everything is a function of the time in weeks, so that the
// scrubber can go both ways.

import { svg, set, calm } from "./dom.mjs";
import { positions, between, lives, stageAt, leaving, sums, sign, bodyRadius, bandRadius } from "./floor.mjs";

export const marks = {
  // drawn in a customer, by stage
  door: "",
  lost: "M-2.2,-2.2L2.2,2.2M2.2,-2.2L-2.2,2.2",
  offer: "M-1.9,-2.6h3.8v5.2h-3.8zM-0.7,-1h1.4M-0.7,0.6h1.4",
  talks: "M-3,-1.6h4.2l-1.5,-1.4M3,1.6h-4.2l1.5,1.4",
  customer: "M-2.6,0.2l1.8,1.9l3.4,-3.9",
};
export const music = "M-2.2,4.4V-5l6-1.5V2.6M-2.2,-2.2l6,-1.5"; // two notes, drawn in the band
export const circle = 2 * Math.PI * 5.6;

export class Stage {
  /** select(who) is called when an SME, a link or a customer is clicked. */
  constructor(form, label, select) {
    this.form = form;
    this.select = select;
    this.n = form.names.length;
    this.places = positions(form.weeks, this.n);
    this.lives = lives(form);
    this.names = namesByWeek(form);
    this.chosen = null;
    this.root = svg("svg", { class: "floor " + form.key, viewBox: "-108 -108 216 216", role: "img", "aria-label": label });
    this.build();
  }

  build() {
    const { root, n } = this;
    root.append(svg("circle", { class: "ground", r: 107 }), svg("circle", { class: "light", r: 74 }));
    this.waves = [0, 1, 2].map((k) => svg("circle", { class: "wave", r: 12, "data-k": k }));
    root.append(...this.waves);
    this.rays = layer(root, n, () => svg("line", { class: "ray" }));
    this.spokes = svg("g", { class: "spokes" });
    this.guests = svg("g", { class: "guests" });
    root.append(this.spokes);
    this.links = [];
    for (let i = 0; i < n; i++) {
      for (let k = i + 1; k < n; k++) {
        const line = svg("line", { class: "link" });
        const reach = svg("line", { class: "reach", onclick: () => this.select({ kind: "link", a: this.nameOf(i), b: this.nameOf(k) }) });
        root.append(line, reach);
        this.links.push({ i, k, line, reach });
      }
    }
    root.append(this.guests);
    this.band = svg(
      "g",
      { class: "manager", onclick: () => this.select({ kind: "group" }) },
      svg("circle", { r: bandRadius }),
      svg("path", { d: music }),
      svg("circle", { class: "note", cx: -3.9, cy: 4.4, r: 2 }),
      svg("circle", { class: "note", cx: 2.1, cy: 2.7, r: 2 }),
    );
    root.append(this.band);
    this.dancers = this.form.names.map((name, i) => {
      const hub = this.form.hub === i;
      const r = bodyRadius(n) + (hub ? 2.5 : 0);
      const g = svg(
        "g",
        { class: "dancer" + (hub ? " hub" : ""), onclick: () => this.select({ kind: "sme", name: this.nameOf(i) }) },
        svg("circle", { class: "body", r }),
        svg("text", { "text-anchor": "middle", y: 0.34 * r, "font-size": 0.95 * r }, sign(name)),
        svg("title", {}, name),
      );
      root.append(g);
      return { g, text: g.querySelector("text"), title: g.querySelector("title") };
    });
    this.ring = svg("g", { class: "rings" });
    root.append(this.ring);
    this.guestOf = new Map(this.lives.map((life) => [life.serial, this.guest(life)]));
  }

  guest(life) {
    const mark = svg("path", { class: "mark" });
    const arc = svg("circle", { class: "arc", r: 5.6, "stroke-dasharray": circle });
    const g = svg(
      "g",
      { class: "guest", onclick: () => this.select({ kind: "customer", serial: life.serial }) },
      svg("circle", { class: "reach", r: 7.2 }),
      svg("circle", { class: "disc", r: 5.6 }),
      arc,
      mark,
    );
    const spokes = life.team.map(() => svg("line", { class: "spoke" }));
    return { g, mark, arc, spokes, shown: false, stage: "" };
  }

  nameOf(i) {
    return this.names(i, this.at ?? 1);
  }

  choose(who) {
    this.chosen = who;
    this.render(this.at ?? 0);
  }

  render(at) {
    this.at = at;
    const week = this.form.weeks[Math.min(this.form.weeks.length, Math.max(1, Math.floor(at))) - 1];
    const plays = week.p && at < this.form.total_weeks;
    this.root.classList.toggle("silent", !week.p);
    const place = between(this.places, at).map(([x, y], i) => {
      const sway = plays && !calm() ? 1.1 * Math.sin(at * 1.9 + i * 2.1) : 0; // all dance to one rhythm
      return [x + sway, y + 0.6 * sway];
    });
    this.renderDancers(week, place, at);
    this.renderLinks(week, place);
    this.renderBand(plays, at);
    this.renderGuests(place, at);
  }

  renderDancers(week, place, at) {
    place.forEach(([x, y], i) => {
      const d = this.dancers[i];
      d.g.setAttribute("transform", `translate(${fix(x)},${fix(y)})`);
      d.g.classList.toggle("passive", !week.a[i]);
      const name = this.names(i, at);
      d.g.classList.toggle("chosen", this.chosen?.kind === "sme" && this.chosen.name === name);
      if (d.title.textContent !== name) [d.title.textContent, d.text.textContent] = [name, sign(name)];
      set(this.rays[i], { x2: fix(x), y2: fix(y), "stroke-width": fix(Math.min(5, week.m[i] / 2.5)) });
    });
  }

  renderLinks(week, place) {
    const busy = new Set(week.j.map(([i, k]) => Math.min(i, k) * this.n + Math.max(i, k)));
    for (const l of this.links) {
      const trust = (week.t[l.i * this.n + l.k] + week.t[l.k * this.n + l.i]) / 2;
      const [a, b] = [place[l.i], place[l.k]];
      const line = { x1: fix(a[0]), y1: fix(a[1]), x2: fix(b[0]), y2: fix(b[1]) };
      set(l.line, { ...line, "stroke-width": fix(0.4 + 9 * Math.max(0, (trust - 0.35) / 0.6) ** 2) });
      set(l.reach, line);
      l.line.classList.toggle("busy", busy.has(l.i * this.n + l.k));
      const c = this.chosen;
      const names = [this.nameOf(l.i), this.nameOf(l.k)];
      l.line.classList.toggle("chosen", c?.kind === "link" && names.includes(c.a) && names.includes(c.b));
    }
  }

  renderBand(plays, at) {
    this.band.classList.toggle("gone", !plays && this.root.classList.contains("silent"));
    this.waves.forEach((w, k) => {
      const phase = (at * 0.35 + k / 3) % 1;
      set(w, { r: fix(12 + 52 * phase), opacity: plays ? fix(0.5 * (1 - phase)) : 0 });
    });
  }

  renderGuests(place, at) {
    const flashes = [];
    for (const life of this.lives) {
      const guest = this.guestOf.get(life.serial);
      const stage = stageAt(life, at);
      if (!stage) {
        if (guest.shown) this.hideGuest(guest);
        continue;
      }
      if (!guest.shown) {
        this.guests.append(guest.g);
        this.spokes.append(...guest.spokes);
        guest.shown = true;
      }
      this.renderGuest(life, guest, stage, place, at);
      if (life.deal) flash(flashes, life, at - life.deal, "deal", 4);
      for (const week of life.orders) flash(flashes, life, at - week, "order", 2.5);
    }
    this.ring.replaceChildren(...flashes);
  }

  renderGuest(life, guest, stage, place, at) {
    const age = stage === "lost" ? (at - life.end) / leaving : 0;
    const out = 1 + 0.16 * age; // who leaves falls off the floor
    const [x, y] = [life.at[0] * out, life.at[1] * out];
    const grow = Math.min(1, (at - life.opened + 0.4) / 1.5);
    set(guest.g, { transform: `translate(${fix(x)},${fix(y)}) scale(${fix(large * grow * (1 - 0.5 * age))})`, opacity: fix(1 - age) });
    if (guest.stage !== stage) {
      guest.stage = stage;
      guest.g.setAttribute("class", `guest ${stage}`);
      guest.mark.setAttribute("d", marks[stage]);
    }
    guest.g.classList.toggle("chosen", this.chosen?.kind === "customer" && this.chosen.serial === life.serial);
    guest.g.classList.toggle("orphan", life.open && at >= this.form.project_weeks && ["door", "offer", "talks"].includes(stage));
    const progress = stage === "customer" || stage === "lost" ? 1 : (life.weeks.get(Math.floor(at)) ?? 0);
    guest.arc.setAttribute("stroke-dashoffset", fix(circle * (1 - progress)));
    guest.spokes.forEach((line, k) => {
      const to = place[life.team[k]];
      set(line, { x1: fix(x * 0.96), y1: fix(y * 0.96), x2: fix(to[0]), y2: fix(to[1]), opacity: stage === "lost" ? 0 : k ? 0.4 : 0.8 });
      line.setAttribute("class", "spoke " + stage);
    });
  }

  hideGuest(guest) {
    guest.g.remove();
    for (const line of guest.spokes) line.remove();
    guest.shown = false;
  }

  sums(at) {
    return sums(this.form, this.lives, at);
  }
}

function flash(list, life, age, kind, weeks) {
  if (age < 0 || age > weeks) return;
  const f = calm() ? 0.4 : age / weeks;
  list.push(
    svg("circle", {
      class: kind,
      cx: fix(life.at[0]),
      cy: fix(life.at[1]),
      r: fix(5 + (kind === "deal" ? 17 : 7) * f),
      opacity: fix(1 - f),
    }),
  );
}

function layer(root, n, make) {
  const all = Array.from({ length: n }, make);
  root.append(...all);
  return all;
}

const large = 1.18; // customers are drawn larger than their paths, as far as their seats allow

const fix = (v) => Math.round(v * 100) / 100;

/** Who is in a slot in which week: members of an open group may be replaced. */
function namesByWeek(form) {
  const changes = [{ week: 0, names: form.names }];
  form.weeks.forEach((week, k) => {
    if (week.n) changes.push({ week: k + 1, names: week.n });
  });
  return (i, at) => changes.findLast((c) => c.week <= at).names[i];
}
