import test from "node:test";
import assert from "node:assert/strict";
import { positions, between, lives, lanes, way, teamAt, business, stageAt, sums, sign, leaving, ringRadius } from "../js/floor.mjs";

const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const weeks = (n, pairs) => Array.from({ length: n }, () => ({ j: pairs, o: [] }));

test("without joint work dancers stay on their ring", () => {
  for (const at of positions(weeks(30, []), 6).at(-1)) assert.ok(Math.abs(Math.hypot(...at) - ringRadius) < 1e-6);
});

test("joint work brings partners nearer, week by week, and not on top of each other", () => {
  const where = positions(weeks(40, [[0, 2, 4]]), 5);
  assert.ok(apart(where[39][0], where[39][2]) < apart(where[0][0], where[0][2]) - 5);
  assert.ok(apart(where[39][0], where[39][2]) < apart(where[39][1], where[39][3]));
  for (const at of where) for (let i = 0; i < 5; i++) for (let k = i + 1; k < 5; k++) assert.ok(apart(at[i], at[k]) > 20);
});

test("partners drift apart again when they stop", () => {
  const where = positions([...weeks(40, [[0, 2, 4]]), ...weeks(60, [])], 5);
  assert.ok(apart(where[99][0], where[99][2]) > apart(where[39][0], where[39][2]) + 5);
});

test("two and twelve dancers find room", () => {
  for (const n of [2, 12]) {
    const all = [];
    for (let i = 0; i < n; i++) for (let k = i + 1; k < n; k++) all.push([i, k, 9]);
    const at = positions(weeks(60, all), n).at(-1);
    for (const p of at) assert.ok(p.every(Number.isFinite) && Math.hypot(...p) < 80);
  }
});

test("between two weeks a dancer is between two places", () => {
  const list = [[[0, 0]], [[10, 20]]];
  assert.deepEqual(between(list, 1.5), [[5, 10]]);
  assert.deepEqual(between(list, 0), [[0, 0]]);
  assert.deepEqual(between(list, 2), [[10, 20]]);
});

const form = {
  project_weeks: 20,
  names: ["Yard", "Hull"],
  weeks: Array.from({ length: 40 }, (_, k) => ({ o: k < 9 ? [{ s: 1, p: k / 10 }] : [], d: k >= 14 ? 1 : 0, v: k >= 14 ? 300 : 0 })),
  events: [
    { week: 2, event: "door-opened", opportunity: 1, team: ["Hull", "Yard"], numbers: { value_keur: 300 } },
    { week: 5, event: "trusted", opportunity: 1 },
    { week: 8, event: "offer", opportunity: 1 },
    { week: 15, event: "deal", opportunity: 1 },
    { week: 18, event: "order", opportunity: 1 },
    { week: 12, event: "door-opened", opportunity: 2, team: ["Yard"], numbers: { value_keur: 80 } },
    { week: 30, event: "lost", opportunity: 2, why: "it went cold" },
  ],
};

test("the life of a customer goes from the door to the deal", () => {
  const [first] = lives(form);
  assert.deepEqual(
    [1, 2, 5, 8, 15, 39].map((at) => stageAt(first, at)),
    ["", "door", "offer", "talks", "customer", "customer"],
  );
  assert.deepEqual(teamAt(first, 3), [1, 0]);
  assert.deepEqual(first.orders, [18]);
  assert.equal(first.weeks.get(3), 0.2);
  assert.equal(first.open, false);
});

test("who was undecided when the music stopped is known, and leaves when lost", () => {
  const second = lives(form)[1];
  assert.equal(second.open, true);
  assert.equal(stageAt(second, 29), "door");
  assert.equal(stageAt(second, 31), "lost");
  assert.equal(stageAt(second, 30 + leaving + 1), "");
});

test("the sums of a week are those of the record", () => {
  const all = lives(form);
  assert.deepEqual(sums(form, all, 16), { deals: 1, value: 300, open: 1, openValue: 80 });
  assert.deepEqual(sums(form, all, 0), { deals: 0, value: 0, open: 0, openValue: 0 });
});

test("no two customers share a seat while both are there", () => {
  const many = {
    ...form,
    events: Array.from({ length: 60 }, (_, k) => ({
      week: 1 + k,
      event: "door-opened",
      opportunity: k + 1,
      team: ["Yard"],
      numbers: { value_keur: 1 },
    })),
  };
  many.weeks = Array.from({ length: 80 }, () => ({ o: [], d: 0, v: 0 }));
  const seats = lives(many).map((l) => l.at.map((v) => v.toFixed(3)).join());
  assert.ok(new Set(seats).size >= 45, `${new Set(seats).size} seats`);
});

test("signs are short and tell firms apart", () => {
  assert.deepEqual(["SME A", "SME 12", "Turku Yard", "Engines", "Åbo"].map(sign), ["A", "12", "TY", "EN", "ÅB"]);
});

test("a customer's way is its stages, one after the other, up to the deal, the loss or the end", () => {
  const [first, second] = lives(form);
  assert.deepEqual(way(first, 40), [
    { stage: "door", from: 2, to: 5 },
    { stage: "offer", from: 5, to: 8 },
    { stage: "talks", from: 8, to: 15 },
  ]);
  assert.deepEqual(way(second, 40), [{ stage: "door", from: 12, to: 30 }]);
  assert.deepEqual(way({ ...second, lost: 0 }, 40), [{ stage: "door", from: 12, to: 40 }]);
});

test("ways that are seen at once have lanes of their own, others share", () => {
  const at = (opened, lost, orders = []) => ({ opened, lost, deal: 0, orders });
  const all = [at(1, 10), at(5, 20), at(15, 30), at(19, 0), at(25, 28)];
  assert.equal(lanes(all, 40), 3);
  assert.deepEqual(all.map((life) => life.lane), [0, 1, 0, 2, 1]);
});

test("what waits for joint hours is told before all else, of the offer that has come furthest", () => {
  const waiting = {
    ...form,
    joint_hours: { system: 60 },
    weeks: form.weeks.map((w, k) => ({ ...w, o: [{ s: 1, p: 0.3, h: 4 + k }, { s: 2, p: 0.5, h: 9 + k }] })),
    events: [1, 2].flatMap((serial) => [
      { week: 2, event: "door-opened", opportunity: serial, kind: "system", team: ["Hull", "Yard"], numbers: { value_keur: 300 } },
      { week: 6, event: "trusted", opportunity: serial },
    ]),
  };
  const all = lives(waiting);
  assert.deepEqual(business(all, 1), { key: "seek", n: 0 });
  assert.deepEqual(business(all, 4), { key: "trust", n: 2, share: 0.5 });
  assert.deepEqual(business(all, 14), { key: "joint", n: 2, have: 22, need: 60 });
  assert.deepEqual(business(lives(form), 9), { key: "talks", n: 1 });
  assert.deepEqual(business(lives(form), 36), { key: "none", n: 0 });
});
