import test from "node:test";
import assert from "node:assert/strict";
import { readGrants, writeGrants } from "../js/ministry.mjs";

const periods = [1, 2, 3, 5];

test("what is funded survives the link", () => {
  const text = "m3.4,c1.0,s5.20,m2.7";
  const grants = readGrants(text, periods);
  assert.deepEqual(grants.map((g) => [g.form, g.years, g.groups]), [["market", 3, 4], ["customer", 1, 0], ["system", 5, 20], ["market", 2, 7]]);
  assert.equal(writeGrants(grants), text);
});

test("a link that says anything else is not followed", () => {
  for (const bad of ["", "m3.4", "m3.4,c3.4,s3.4", "m3.4,c3.4,s3.4,x3.0", "m4.4,c3.4,s3.4,c3.0", "m3.21,c3.4,s3.4,c3.0", "m3.4,c3.4,s3.4,c3.0,c3.0", "m3.-1,c3.4,s3.4,c3.0"]) assert.equal(readGrants(bad, periods), null, bad);
});
