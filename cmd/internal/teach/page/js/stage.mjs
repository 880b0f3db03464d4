// One dance floor, drawn on canvas: the band in the middle, dancers around it,
// customers at the rim. Everything is a function of the time in weeks, so that
// the scrubber can go both ways.

import { h, calm } from "./dom.mjs";
import { positions, between, lives, members, stageAt, teamAt, leaving, sums, business, sign, bodyRadius, bandRadius } from "./floor.mjs";
import { walks, underWay, nearness, jointWork, pose, waits } from "./motion.mjs";
import { colours, fit, layer } from "./paint.mjs";
import { drawDancer, drawGuest, drawBand, flash, note } from "./figures.mjs";

const half = 108; // units from the middle of a floor to its upper edge
const widest = 1.75; // how much wider than high a floor may be
const names = ["paper", "ground", "light", "edge", "silent", "dusk", "form", "ink", "on", "card", "link", "soft", "faint", "pencil", "band", "alarm"];

export class Stage {
  /** select(who) is called when an SME, a link or a customer is clicked. */
  constructor(form, label, select) {
    Object.assign(this, { form, select, n: form.names.length, chosen: null, at: 0 });
    this.places = positions(form.weeks, this.n);
    this.lives = lives(form);
    this.bySerial = new Map(this.lives.map((life) => [life.serial, life]));
    this.members = members(form);
    this.walks = walks(form);
    this.canvas = h("canvas", { class: "floor", role: "img", "aria-label": label });
    this.canvas.addEventListener("click", (e) => {
      const who = this.hit(e);
      if (who) select(who);
    });
    this.canvas.addEventListener("pointermove", (e) => (this.canvas.style.cursor = this.hit(e) ? "pointer" : ""));
    this.c = this.canvas.getContext("2d", { alpha: false });
  }

  /** Takes the size and the colours that the page gives it now. */
  resize() {
    const box = this.canvas.getBoundingClientRect();
    if (!box.width) return;
    Object.assign(this, fit(this.canvas, box.width, box.height));
    this.scale = Math.min(this.w, this.h) / (2 * half);
    this.wide = Math.max(1, Math.min(widest, this.w / this.h)); // a floor is as wide as there is room, its figures stay round
    this.size = this.wide > 1.3 ? 1.2 : 1; // where there is room they are larger
    this.colours = colours(this.canvas, names);
    this.grounds = [false, true].map((silent) => layer(this.w, this.h, this.ratio, (c) => this.drawGround(c, silent)));
    this.render(this.at);
  }

  drawGround(c, silent) {
    const k = this.colours;
    c.fillStyle = k.paper;
    c.fillRect(0, 0, this.w + 1, this.h + 1);
    c.translate(this.w / 2, this.h / 2);
    c.scale(this.scale, this.scale);
    oval(c, half - 1, this.wide, silent ? k.silent : k.ground, k.edge);
    oval(c, 74, this.wide, silent ? k.dusk : k.light);
  }

  nameOf(i) {
    return this.members.name(i, this.at);
  }

  choose(who) {
    this.chosen = who;
    this.render(this.at);
  }

  sums(at) {
    return sums(this.form, this.lives, at);
  }

  business(at) {
    return business(this.lives, at);
  }

  render(at) {
    this.at = at;
    if (!this.colours) return;
    const { c, form } = this;
    const week = form.weeks[Math.min(form.weeks.length, Math.max(1, Math.floor(at))) - 1];
    const plays = week.p && at < form.total_weeks;
    this.calm = calm();
    this.beat = plays && !this.calm ? at * 2.1 : null; // all dance to one rhythm
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.drawImage(this.grounds[week.p ? 0 : 1], 0, 0);
    const s = this.scale * this.ratio;
    c.setTransform(s, 0, 0, s, (this.w / 2) * this.ratio, (this.h / 2) * this.ratio);
    if (plays && !this.calm) this.drawWaves(at);
    this.dancers = this.pose(at);
    this.drawRays(week);
    this.drawLinks(week);
    this.drawSpokes(at);
    this.drawSearches(at);
    this.drawGuests(at);
    drawBand(c, this.colours, bandRadius, this.size, week.p);
    if (week.p) for (const g of underWay(this.walks.notes, at)) this.drawNote(g, at); // under the dancers, whose signs one reads
    this.dancers.forEach((d, i) => drawDancer(c, this.colours, this.look(d, i, week)));
    this.drawFlashes(at);
  }

  /** Where all dancers are and how they stand. */
  pose(at) {
    const homes = between(this.places, at).map(([x, y]) => [x * this.wide, y]);
    const joint = jointWork(this.form, at);
    return homes.map((home, i) => {
      const goals = this.calm ? [] : underWay(this.walks.visits[i], at).map((v) => this.goal(v, at));
      const mate = joint.partner[i] >= 0 ? homes[joint.partner[i]] : null;
      const beat = this.beat === null || waits(this.walks.visits[i], joint.share[i], at) ? null : this.beat + i * 2.1;
      return pose(home, goals.filter(Boolean), joint.share[i], mate, this.n, beat);
    });
  }

  goal({ week, serial, spot }, at) {
    const life = this.bySerial.get(serial);
    return life && { x: life.at[0] * this.wide, y: life.at[1], w: nearness(week, at), late: (at - week) / 0.8, spot };
  }

  look(d, i, week) {
    const name = this.nameOf(i);
    const hub = this.form.hub === i;
    return {
      ...d, hub, sign: sign(name), passive: !week.a[i],
      r: this.size * (bodyRadius(this.n) + (hub ? 2 : 0)),
      chosen: this.chosen?.kind === "sme" && this.chosen.name === name,
    };
  }

  drawWaves(at) {
    const { c } = this;
    c.lineWidth = 1;
    c.strokeStyle = this.colours.form;
    for (let k = 0; k < 2; k++) {
      const phase = (at * 0.35 + k / 2) % 1;
      c.globalAlpha = 0.5 * (1 - phase);
      c.beginPath();
      c.ellipse(0, 0, (12 + 52 * phase) * this.wide, 12 + 52 * phase, 0, 0, 2 * Math.PI);
      c.stroke();
    }
    c.globalAlpha = 1;
  }

  /** The manager's hours for each firm. */
  drawRays(week) {
    this.dancers.forEach(({ x, y }, i) => this.line(0, 0, x, y, this.colours.band, Math.min(6, week.m[i] / 2), 0.28));
  }

  drawLinks(week) {
    const busy = new Set(week.j.map(([i, k]) => Math.min(i, k) * this.n + Math.max(i, k)));
    for (const [i, k] of this.pairs()) {
      const trust = (week.t[i * this.n + k] + week.t[k * this.n + i]) / 2;
      const [a, b] = [this.dancers[i], this.dancers[k]];
      const width = 0.4 + 9 * Math.max(0, (trust - 0.35) / 0.6) ** 2;
      const isBusy = busy.has(i * this.n + k);
      const isChosen = this.isChosen(i, k);
      const colour = isChosen ? this.colours.pencil : isBusy ? this.colours.form : this.colours.link;
      this.line(a.x, a.y, b.x, b.y, colour, Math.max(width, isBusy ? 2 : 0), isChosen || isBusy ? 0.95 : 0.3);
    }
  }

  *pairs() {
    for (let i = 0; i < this.n; i++) for (let k = i + 1; k < this.n; k++) yield [i, k];
  }

  isChosen(i, k) {
    const who = this.chosen;
    const both = [this.nameOf(i), this.nameOf(k)];
    return who?.kind === "link" && both.includes(who.a) && both.includes(who.b);
  }

  /** From each customer to those who serve it. */
  drawSpokes(at) {
    for (const life of this.lives) {
      const stage = stageAt(life, at);
      if (!stage || stage === "lost") continue;
      const firm = stage === "talks" || stage === "customer";
      this.c.setLineDash(firm ? [] : [1.2, 2]);
      teamAt(life, at).forEach((i, k) => {
        const d = this.dancers[i];
        const alpha = (k ? 0.45 : 0.9) * (stage === "customer" ? 0.35 : 1);
        this.line(life.at[0] * 0.96 * this.wide, life.at[1] * 0.96, d.x, d.y, this.colours.form, firm ? 0.9 : 0.7, alpha);
      });
    }
    this.c.setLineDash([]);
  }

  drawGuests(at) {
    for (const life of this.lives) {
      const stage = stageAt(life, at);
      if (!stage) continue;
      const age = stage === "lost" ? (at - life.end) / leaving : 0;
      drawGuest(this.c, this.colours, {
        stage, age,
        size: this.size,
        x: life.at[0] * this.wide * (1 + 0.16 * age), // who leaves falls off the floor
        y: life.at[1] * (1 + 0.16 * age),
        grow: Math.max(0, Math.min(1, (at - life.opened + 0.4) / 1.5)),
        progress: stage === "customer" || stage === "lost" ? 1 : (life.weeks.get(Math.floor(at)) ?? 0),
        orphan: life.open && at >= this.form.project_weeks && ["door", "offer", "talks"].includes(stage),
        chosen: this.chosen?.kind === "customer" && this.chosen.serial === life.serial,
      });
    }
  }

  /** A note flies from the manager to whom it meets, and back. */
  drawNote(walk, at) {
    const goal = this.goal(walk, at);
    if (!goal || this.calm) return;
    const w = 0.12 + 0.7 * goal.w;
    note(this.c, this.colours, goal.x * w, goal.y * w);
  }

  /** Who seeks and finds nobody: a dot that leaves and fades. */
  drawSearches(at) {
    if (this.calm) return;
    const { c } = this;
    c.fillStyle = this.colours.soft;
    for (const { week, sme, angle } of underWay(this.walks.searches, at)) {
      const age = (at - week + 1) / 3;
      if (age < 0 || age > 1) continue;
      const d = this.dancers[sme];
      c.globalAlpha = 0.8 * (1 - age);
      c.beginPath();
      c.arc(d.x + age * (98 * this.wide * Math.cos(angle) - d.x), d.y + age * (98 * Math.sin(angle) - d.y), 1.6, 0, 2 * Math.PI);
      c.fill();
    }
    c.globalAlpha = 1;
  }

  drawFlashes(at) {
    for (const life of this.lives) {
      if (life.deal) flash(this.c, this.colours, [life.at[0] * this.wide, life.at[1]], at - life.deal, "deal");
      for (const week of life.orders) flash(this.c, this.colours, [life.at[0] * this.wide, life.at[1]], at - week, "order");
    }
  }

  line(x1, y1, x2, y2, colour, width, alpha) {
    if (width <= 0) return;
    const { c } = this;
    c.globalAlpha = alpha;
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
    c.globalAlpha = 1;
  }

  /** Who is under the pointer: a dancer before a customer before a link, the band for the group, or null. */
  hit(e) {
    if (!this.dancers) return null;
    const box = this.canvas.getBoundingClientRect();
    const x = (e.clientX - box.left - this.w / 2) / this.scale,
      y = (e.clientY - box.top - this.h / 2) / this.scale;
    const near = (d, r) => Math.hypot(d.x - x, d.y - y) < r;
    const touch = 10 / this.scale; // px around small things
    const dancer = this.dancers.findIndex((d) => near(d, this.size * bodyRadius(this.n) + 2));
    if (dancer >= 0) return { kind: "sme", name: this.nameOf(dancer) };
    const guest = this.lives.find((life) => stageAt(life, this.at) && near({ x: life.at[0] * this.wide, y: life.at[1] }, Math.max(7.5, touch)));
    if (guest) return { kind: "customer", serial: guest.serial };
    if (Math.hypot(x, y) < bandRadius + 2) return { kind: "group" };
    for (const [i, k] of this.pairs()) if (offLine(this.dancers[i], this.dancers[k], x, y) < 4) return { kind: "link", a: this.nameOf(i), b: this.nameOf(k) };
    return null;
  }
}

/** How far a point is from a line between two. */
function offLine(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}

function oval(c, r, wide, fill, stroke) {
  c.beginPath();
  c.ellipse(0, 0, r * wide, r, 0, 0, 2 * Math.PI);
  c.fillStyle = fill;
  c.fill();
  if (!stroke) return;
  c.strokeStyle = stroke;
  c.lineWidth = 1;
  c.stroke();
}
