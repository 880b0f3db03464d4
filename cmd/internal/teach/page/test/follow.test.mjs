import test from "node:test";
import assert from "node:assert/strict";
import { follow, patience } from "../js/follow.mjs";
import { csv, foundAt, lineAt, resultRows, placeOf } from "../js/asked.mjs";
import { binAt, binsOf } from "../js/hands.mjs";

/** A server that the test plays: sources are the streams asked for, answers what a question gets. */
function played() {
  const world = { sources: [], answers: [], waiting: null, heard: [], lost: [] };
  world.doors = {
    EventSource: class {
      constructor(path) {
        Object.assign(this, { path, closed: false });
        world.sources.push(this);
      }
      close() {
        this.closed = true;
      }
    },
    get: async () => {
      const a = world.answers.shift();
      if (a instanceof Error) throw a;
      return a;
    },
    wait: (f) => (world.waiting = f),
    stop: () => (world.waiting = null),
  };
  world.end = follow("A B", { who: "me" }, (room) => world.heard.push(room.count), (error) => world.lost.push(error?.status ?? null), world.doors);
  return world;
}

const soon = () => new Promise((done) => setImmediate(done));

test("a lost wall is told, tried again and heard again", async () => {
  const w = played();
  assert.equal(w.sources[0].path, "/api/class/A%20B/wall?who=me");
  w.sources[0].onmessage({ data: '{"count":1}' });
  for (const status of [undefined, 404]) {
    w.answers.push(Object.assign(new Error("E"), { status }));
    w.sources.at(-1).onerror();
    assert.ok(w.sources.at(-1).closed);
    await soon();
    w.waiting();
  }
  w.sources.at(-1).onmessage({ data: '{"count":3}' });
  assert.deepEqual([w.heard, w.lost, w.sources.length], [[1, 3], [null, null, 404, null], 3]);
});

test("who has no place at the wall asks how the class stands", async () => {
  const w = played();
  for (const count of [5, 6]) {
    w.answers.push({ count });
    w.sources.at(-1).onerror(); // 429
    await soon();
    w.waiting();
  }
  assert.deepEqual([w.heard, w.lost], [[5, 6], [null, null]]);
  w.end();
  w.sources.at(-1).onmessage({ data: '{"count":7}' });
  assert.deepEqual([w.heard.length, w.waiting, w.sources.at(-1).closed], [2, null, true]);
});

test("a page waits longer the longer it has waited, but never long, and pages do not come at once", () => {
  assert.deepEqual([patience(0, 0), patience(0, 1), patience(3, 0.5), patience(1000, 1)], [0.75, 1.25, 4, 12.5]);
});

const axes = { xs: [1, 2, 4], yMin: 0, yMax: 1 };

test("a guess is read at its place, on a time line at its form", () => {
  assert.deepEqual([1, 4].map((x) => lineAt(axes, [0.2, 0.4, 1], x)), [0.2, 1]);
  const lanes = { kind: "first", xs: ["market", "system"] };
  const chapter = { subject: "system", chart: { kind: "first" } };
  const half = { mean: 2, low: 1.5, high: 10 };
  assert.equal(lineAt(lanes, [0.5, 3], placeOf(chapter)), 3);
  assert.deepEqual(foundAt([{ key: "system", times: [104, null], later: [], half }], placeOf(chapter)), { system: half });
  assert.deepEqual(resultRows(lanes, chapter, [{ id: 1, device: 2, values: [0.5, 3] }], [{ key: "system", half }]), [
    ["row", "number", "device", "form", "measure", "first_deal_year market", "first_deal_year system"],
    ["prediction", 1, 2, "", "guess", 0.5, 3],
    ["model", "", "", "system", "mean", "", 2],
    ["model", "", "", "system", "low", "", 1.5],
    ["model", "", "", "system", "high", "", 10],
  ]);
});

test("answers are saved one a row, without names, and the result below", () => {
  const series = [{ key: "system", points: [{ x: 1, mean: 0.1, low: 0, high: 0.2 }, { x: 4, mean: null }] }];
  const rows = resultRows(axes, { subject: "system", chart: { key: "year" } }, [{ id: 3, device: 1, values: [0, 0.5, 1] }], series);
  assert.deepEqual(rows, [
    ["row", "number", "device", "form", "measure", "year 1", "year 2", "year 4"],
    ["prediction", 3, 1, "system", "guess", 0, 0.5, 1],
    ["model", "", "", "system", "mean", 0.1, "", ""],
    ["model", "", "", "system", "low", 0, "", ""],
    ["model", "", "", "system", "high", 0.2, "", ""],
  ]);
  assert.equal(csv([["a,b", 'c"d', null], [1.5, "", "e"]]), '"a,b","c""d",\r\n1.5,,e\r\n');
  assert.deepEqual(foundAt(series, 4), {});
  assert.equal(foundAt(series, 1).system.mean, 0.1);
});

test("every guess called out belongs to one answer", () => {
  const bins = binsOf({ yMin: 0.5, yMax: 1 });
  assert.deepEqual([0, 0.5, 0.59, 0.6, 0.999, 1, 2].map((v) => bins.indexOf(binAt(bins, v))), [0, 0, 0, 1, 4, 4, 4]);
  assert.equal(bins.length, 5);
  const years = binsOf({ kind: "first", yMin: 0, yMax: 10 });
  assert.deepEqual([0, 1.9, 2, 9.9, 10].map((v) => years.indexOf(binAt(years, v))), [0, 0, 1, 4, 5]); // ten years mean "not by then"
});
