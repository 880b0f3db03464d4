import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { evening, formAt, many, six, tell } from "../js/sliders.mjs";
import { formsOf, emptyState } from "../js/state.mjs";
import { Words } from "../js/words.mjs";

const table = JSON.parse(readFileSync(new URL("../i18n/en.json", import.meta.url)));
const words = new Words("en", table);
const about = (mean) => ({ mean, low: mean - 0.01, high: mean + 0.01 });

test("the focus slider stands at a pure form or at a mix, which then is shown too", () => {
  assert.deepEqual([0, 0.5, 1, 0.7].map(formAt), ["market", "customer", "system", "own"]);
  const chapter = { scenario: "base", set: {} };
  const forms = (focus) => formsOf({ ...emptyState(), set: { "group.focus": focus } }, chapter, null);
  assert.deepEqual(forms("0.5"), ["market", "customer", "system"]);
  assert.equal(forms("0.7"), undefined);
});

test("an evening has the deals of the project, and the first of all", () => {
  const form = (...weeks) => ({ project_weeks: 52, events: [...weeks.map((week) => ({ event: "deal", week })), { event: "lost", week: 3 }] });
  assert.deepEqual(evening(form(60, 30, 52)), { deals: 2, first: 30 });
  assert.deepEqual(evening(form(60)), { deals: 0, first: 60 });
  assert.deepEqual(evening(form()), { deals: 0, first: null });
});

test("the line says each number, and what it was before", () => {
  const before = { form: "system", evening: { deals: 0, first: 170 }, many: { n: 100, done: true, horizon: 10, seen: about(0.05), lost: about(0.8) } };
  const now = { form: "system", evening: { deals: 3, first: 74 }, before };
  const of = (x) => tell(words, x).replaceAll("\u00a0", " ");
  assert.equal(of({ ...now, before: null }), "System focus, this evening: 3 deals, the first in week 74.");
  assert.equal(of(now), "System focus, this evening: 3 deals, the first in week 74 (before: no deal in time, the first in week 170).");
  assert.equal(of({ ...now, evening: before.evening }), "System focus, this evening: no deal in time, the first in week 170.");
  assert.equal(of({ ...now, evening: { deals: 0, first: null }, before: null }), "System focus, this evening: no deal.");
  assert.match(of({ ...now, many: { n: 100, horizon: 10, seen: about(0.1), lost: about(0.52) } }), /In 100 evenings, of what would be sold by year 10 if the music went on: sold when it stops \(seen by the funder\) 10 % \(9 to 11\), before 5 %; not even by year 10 \(lost by stopping\) 52 % \(51 to 53\), before 80 %\.$/u);
});

test("seen and lost are those of the form and of the group's own period", () => {
  const form = { key: "system", seen: [{ years: 1, ...about(0.01) }, { years: 3, ...about(0.05) }], lost: about(0.8) };
  const got = { own: 3, replications: 20, done: false, forms: [{ key: "market" }, form] };
  assert.deepEqual(many(got, "system"), { n: 20, done: false, seen: { years: 3, ...about(0.05) }, lost: about(0.8) });
  assert.equal(many(got, "own"), null);
});

test("the sliders are parameters of the model within what it allows", () => {
  const source = readFileSync(new URL("../../../../../sim/table.go", import.meta.url), "utf8");
  for (const { key, min, max } of six) {
    const [, low, high] = new RegExp(`\\{"${key}", "[^"]*", ([\\d.]+), ([\\d.]+),`).exec(source);
    assert.ok(min >= Number(low) && max <= Number(high), key);
    assert.ok(`sliders.${key}` in table, key);
  }
});
