import test from "node:test";
import assert from "node:assert/strict";
import { walks, underWay, nearness, jointWork, pose, waits } from "../js/motion.mjs";
import { lives } from "../js/floor.mjs";

const meeting = (week, sme, by) => ({ week, event: "meeting", sme, by, opportunity: 1, team: ["Yard", "Hull"] });
const form = {
  project_weeks: 20,
  names: ["Yard", "Hull"],
  weeks: Array.from({ length: 30 }, (_, k) => ({ o: [], j: k === 9 ? [[0, 1, 4]] : [], d: 0, v: 0 })),
  events: [
    { week: 2, event: "door-opened", opportunity: 1, team: ["Yard", "Hull"], numbers: { value_keur: 300 } },
    { week: 3, event: "door-closed", sme: "Hull", team: ["Hull"] },
    meeting(5, "Yard", "the manager"),
    meeting(12, "Hull", "an SME alone"),
    { week: 20, event: "round", opportunity: 1, team: ["Yard", "Hull"] },
  ],
};

test("firms walk to meetings, all of a team to a round; notes fly where the manager is", () => {
  const { visits, notes, searches } = walks(form);
  assert.deepEqual(visits.map((list) => list.map((v) => v.week)), [[5, 20], [12, 20]]);
  assert.deepEqual(notes.map((n) => n.week), [5]);
  assert.deepEqual(searches.map((s) => [s.week, s.sme]), [[3, 1]]);
});

test("a walk begins and ends at home, and is at its goal in its week, whichever way time goes", () => {
  const [life] = lives(form);
  const at = (time) => {
    const goals = underWay(walks(form).visits[0], time).map((v) => ({ x: life.at[0], y: life.at[1], w: nearness(v.week, time), late: time - v.week, spot: 0 }));
    return pose([0, -40], goals, 0, null, 2, null);
  };
  const away = (time) => Math.hypot(at(time).x - life.at[0], at(time).y - life.at[1]);
  assert.deepEqual([at(1).x, at(1).y], [0, -40]);
  assert.deepEqual([at(9).x, at(9).y], [0, -40]);
  assert.ok(away(5) > 15 && away(5) < 25, "before the customer, not upon it: " + away(5));
  for (let t = 3; t < 5; t += 0.25) assert.ok(away(t + 0.25) <= away(t));
  for (let t = 5; t < 7; t += 0.25) assert.ok(away(t + 0.25) >= away(t));
});

test("a team before a customer stands in a row, each in a place of its own", () => {
  const [life] = lives(form);
  const [a, b] = walks(form).visits.map((list) => list.at(-1));
  assert.deepEqual([a.spot, b.spot], [-0.5, 0.5]);
  const [p, q] = [a, b].map((v) => pose([0, -40], [{ x: life.at[0], y: life.at[1], w: 1, late: 0, spot: v.spot }], 0, null, 2, null));
  assert.ok(Math.hypot(p.x - q.x, p.y - q.y) > 20);
});

test("two who work jointly turn to each other, before and after they do not", () => {
  const { share, partner } = jointWork(form, 10);
  assert.deepEqual([...share, ...partner], [1, 1, 1, 0]);
  assert.deepEqual([...jointWork(form, 12).share], [0, 0]);
  assert.equal(pose([0, 0], [], 1, [10, 0], 2, null).turn, 0);
  assert.ok(Math.abs(pose([0, 0], [], 1, [0, 10], 2, null).turn - Math.PI / 2) < 1e-9);
});

test("who has nobody to meet and nothing to do waits, and stands still", () => {
  const { visits } = walks(form);
  assert.equal(waits(visits[0], 0, 12), true);
  assert.equal(waits(visits[0], 0, 7), false);
  assert.equal(waits(visits[0], 0.5, 12), false);
  assert.deepEqual([3, 4, 5].map((t) => pose([0, -40], [], 0, null, 2, t).x), [0, 0, 0]);
  const swung = [3, 4, 5].map((t) => pose([0, -40], [], 1, [0, 0], 2, t).x);
  assert.ok(new Set(swung).size === 3);
});
