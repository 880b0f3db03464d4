import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { newToy, numbersOf, playWeek, fullness, trustOf, warmth, over, wantedAtHome, year } from "../js/toy.mjs";

// The model's defaults, from the table that the program is built of.
const table = readFileSync(new URL("../../../../../sim/table.go", import.meta.url), "utf8");
const defaults = Object.fromEntries([...table.matchAll(/\{"([a-z_.]+)", "[^"]*", [-\d.e]+, [-\d.e]+, ([-\d.e]+),/g)].map((m) => [m[1], Number(m[2])]));
const n = numbersOf(defaults);

/** Plays with the same hours every week, or those that a function of the toy says; returns toy and all that was told. */
function play(hours, weeks = year) {
  const t = newToy(n);
  const told = [];
  while (t.week < weeks && !over(t)) told.push(...playWeek(t, typeof hours === "function" ? hours(t) : hours).map((e) => ({ week: t.week, ...e })));
  return { t, told, kinds: told.map((e) => e.kind) };
}
const split = (customer, first, second) => ({ customer, firms: [first, second] });

test("the toy has the model's own numbers", () => {
  assert.deepEqual([n.hours, n.needed, n.most, n.rounds, n.roundEvery, n.patience, n.cold], [18, 210, 4, 6, 4, 78, 26]);
  for (const [name, x] of Object.entries(n)) assert.ok(name === "gives" || Number.isFinite(x), `${name} is ${x}`);
  assert.ok(n.gives(0.2) < n.gives(0.5) && n.gives(0.5) < n.gives(0.9) && n.gives(0.9) <= 1);
});

test("nobody has a deal when the music stops after a year; who works well has one in the next", () => {
  const free = play((t) => ({ customer: 9, firms: t.firms.map(() => n.hours) })); // more hours than anybody has, at home too
  assert.ok(!over(free.t) && free.t.week === year);
  const well = (t) => (wantedAtHome(n, t.week + 1) > 9 ? split(1, 3, 3) : split(1, 4, 4));
  assert.equal(play(well).t.stage, "talks");
  const { t, kinds } = play(well, 2 * year);
  assert.equal(t.stage, "deal");
  assert.ok(t.marks.trusted < t.marks.offer && t.marks.offer < t.marks.deal && t.marks.deal > year, JSON.stringify(t.marks));
  assert.equal(t.marks.deal - t.marks.offer, n.rounds * n.roundEvery);
  assert.deepEqual(kinds.filter((k) => ["joint", "met", "trusted", "offer", "deal"].includes(k)), ["joint", "met", "trusted", "offer", "deal"]);
});

test("no card of the prologue has more than 40 words, in any language", () => {
  for (const lang of ["en", "fi", "sv"]) {
    const texts = JSON.parse(readFileSync(new URL(`../i18n/${lang}.json`, import.meta.url)));
    const count = (...keys) => keys.reduce((sum, key) => sum + texts[key].split(/\s+/).length, 0);
    const cards = [["pro.begin", "pro.begin.how"], ["pro.end.stop", "pro.end.offer"], ["pro.end.stop", "pro.end.talks"], ["pro.end.later", "pro.end.offer"], ["pro.end.deal", "pro.end.form"], ["pro.lost.cold", "pro.end.form"], ["pro.goon"]];
    for (const card of [...cards, ...Object.keys(texts).filter((k) => k.startsWith("pro.tell.")).map((k) => [k])]) assert.ok(count(...card) <= 40, `${lang} ${card}: ${count(...card)}`);
  }
});

test("who gives less than the other gives away trust, and who stays away is left for a quarter", () => {
  const even = play(split(2, 4, 4), 20).t;
  const mean = play(split(2, 2, 4), 20).t;
  assert.ok(trustOf(mean.firms[0]) < trustOf(mean.firms[1]) && trustOf(even.firms[0]) > n.start);
  assert.ok(mean.firms[0].joint < 0.6 * mean.firms[1].joint);
  const { told } = play(split(2, 0, 4), 30);
  const [away, back] = ["away", "back"].map((kind) => told.find((e) => e.kind === kind && e.firm === 0));
  assert.deepEqual([away.week, back.week], [6, 19]);
  assert.ok(!told.some((e) => e.firm === 1 && e.kind === "away"));
});

test("work left undone at home takes whole weeks", () => {
  const { t, kinds } = play(split(6, 6, 6), 40);
  assert.ok(kinds.includes("busy") && kinds.includes("home") && kinds.includes("most"));
  assert.ok(t.lostWeeks > 5 && fullness(t) < fullness(play(split(1, 4, 4), 40).t));
});

test("a customer who hears nothing, or waits too long for the offer, is lost", () => {
  const cold = play((t) => split(t.met ? 0 : 2, 4, 4));
  assert.deepEqual(cold.told.filter((e) => e.kind === "silent").map((e) => e.week - cold.t.met), [n.cold / 2], "warned in time");
  assert.deepEqual([cold.t.stage, cold.t.why, cold.t.week], ["lost", "cold", cold.t.met + n.cold + 1]);
  assert.equal(warmth(cold.t), 0);
  assert.ok(!play(split(1, 4, 4)).kinds.includes("silent"), "who meets it is not warned");
  const never = play(split(0, 4, 4));
  assert.deepEqual([never.t.stage, never.t.why, never.t.week], ["lost", "cold", n.cold + 1]);
  const slow = play(split(2, 0, 0), 3 * year);
  assert.deepEqual([slow.t.stage, slow.t.why], ["lost", "patience"]);
  assert.equal(slow.t.week - slow.t.marks.trusted, n.patience);
});
