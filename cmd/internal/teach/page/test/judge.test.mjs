import test from "node:test";
import assert from "node:assert/strict";
import { difference, judge } from "../js/judge.mjs";

const about = (mean, half) => ({ mean, low: mean - half, high: mean + half });
const shares = (reference, subject, half = 0.01) => ({ reference: about(reference, half), subject: about(subject, half) });

test("two means differ when they lie further apart than their intervals together reach", () => {
  const d = difference(about(5, 3), about(1, 4));
  assert.deepEqual([d.by, d.half, d.clear], [4, 5, false]);
  assert.ok(difference(about(5, 0.3), about(1, 0.4)).clear);
});

test("a suspect is judged by how much of the gap surely closes", () => {
  const before = shares(0.2, 0.1);
  const now = (subject, half) => judge(before, shares(0.2, subject, half));
  assert.deepEqual([0.05, 0.1, 0.105, 0.118, 0.14, 0.18].map((s) => now(s)), ["worse", "unclear", "unclear", "not", "part", "yes"]);
  assert.equal(now(0.18, 0.07), "part"); // most of it, but not surely
  assert.equal(now(0.18, 0.09), "unclear");
});

test("where the form is not behind the reference there is nothing to explain", () => {
  for (const before of [shares(0.1, 0.2), shares(0.2, 0.19), shares(1, 1, 0)]) assert.equal(judge(before, shares(0.2, 0.3)), "nogap");
});
