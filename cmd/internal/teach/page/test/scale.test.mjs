import test from "node:test";
import assert from "node:assert/strict";
import { linear, ticks, roundUp, asFirmAs, spread, nearest, dots, linePath, bandPath, carry } from "../js/scale.mjs";
import { sweepOrder, sweepSeries } from "../js/results.mjs";

test("a scale and its inverse undo each other, upside down too", () => {
  const y = linear([0, 50], [300, 20]);
  assert.equal(y(0), 300);
  assert.equal(y(50), 20);
  for (const v of [0, 7.5, 50]) assert.ok(Math.abs(y.invert(y(v)) - v) < 1e-9);
});

test("ticks are round, start at nought and reach no farther than the axis", () => {
  assert.deepEqual(ticks(1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(6000, 5), [0, 2000, 4000, 6000]);
  assert.deepEqual(ticks(0), [0]);
  assert.deepEqual(ticks(1, 5, 0.5), [0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  for (const max of [0.3, 7, 1234, 9.9e6]) assert.ok(ticks(max).at(-1) <= max * 1.001 && ticks(max).length >= 3);
});

test("an axis ends at a round number at or above its values", () => {
  for (const x of [0.07, 1, 13.2, 10400, 19999]) assert.ok(roundUp(x) >= x * 0.999 && roundUp(x) < 2.01 * x);
  assert.equal(roundUp(0), 1);
});

test("a mean is told no firmer than its interval", () => {
  assert.equal(asFirmAs({ mean: 2748.3, low: 2400, high: 3100 }), 2700);
  assert.equal(asFirmAs({ mean: 2748.3, low: 2728, high: 2770 }), 2748);
  assert.equal(asFirmAs({ mean: 9525, low: 8125, high: 10925 }), 9500);
  assert.equal(asFirmAs({ mean: 0, low: 0, high: 0 }), 0);
  assert.equal(asFirmAs({ mean: 0.1146, low: 0.109, high: 0.12 }, 0.01), 0.11); // 0.115 first would be written 12 %
});

test("labels keep their gap, their order and their frame", () => {
  const ys = [100, 102, 101, 10];
  const out = spread(ys, 15, 0, 110);
  const sorted = [...out].sort((a, b) => a - b);
  for (let k = 1; k < sorted.length; k++) assert.ok(sorted[k] - sorted[k - 1] >= 15 - 1e-9);
  assert.ok(sorted.at(-1) <= 110 + 1e-9);
  assert.ok(out[0] < out[2] && out[2] < out[1]);
});

test("the nearest of some values", () => {
  assert.equal(nearest([8, 16, 24], 13), 1);
  assert.equal(nearest([8, 16, 24], 99), 2);
});

test("each value is a dot, and equal ones stand on each other", () => {
  const ds = dots([5, 5, 5, 80], (v) => v, 4);
  assert.equal(ds.length, 4);
  assert.deepEqual(
    ds.filter((d) => d.value === 5).map((d) => d.row),
    [0, 1, 2],
  );
});

test("paths", () => {
  assert.equal(
    linePath([
      [0, 1.26],
      [2, 3],
    ]),
    "M0,1.3L2,3",
  );
  assert.equal(
    bandPath(
      [
        [0, 1],
        [2, 1],
      ],
      [
        [0, 5],
        [2, 6],
      ],
    ),
    "M0,1L2,1L2,6L0,5Z",
  );
});

test("a sweep goes through all its values, the ends first, and keeps their order on the chart", () => {
  const xs = [0, 8, 16, 24, 32, 48, 64];
  assert.deepEqual(
    [...sweepOrder(xs)].sort((a, b) => a - b),
    xs,
  );
  assert.deepEqual(sweepOrder(xs).slice(0, 2), [0, 64]);
  const line = (mean) => ({ forms: [{ key: "market", outcomes: { fairness: { mean, low: mean, high: mean } } }] });
  const series = sweepSeries(
    new Map([
      [64, line(3)],
      [0, line(1)],
      [16, line(2)],
    ]),
    { xs, outcome: "fairness", y: "unit" },
  );
  assert.deepEqual(
    series[0].points.map((p) => [p.x, p.mean]),
    [
      [0, 1],
      [16, 2],
      [64, 3],
    ],
  );
});

test("a partly drawn line is carried on, not left at zero", () => {
  const xs = [1, 2, 3, 4];
  assert.deepEqual(carry(xs, [], 0.5), [0.5, 0.5, 0.5, 0.5]);
  assert.deepEqual(carry(xs, [, 3], 0), [3, 3, 3, 3]);
  assert.deepEqual(carry(xs, [1, , 3], 0), [1, 2, 3, 3]);
  assert.deepEqual(carry(xs, [0, 0, 0, 0], 0), [0, 0, 0, 0]);
});
