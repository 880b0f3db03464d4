import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Words, languages } from "../js/words.mjs";
import { firstSeries, moneySeries, shareSeries } from "../js/results.mjs";
import { axesOf, yearAxes } from "../js/axes.mjs";
import * as found from "../js/findings.mjs";

const table = Object.fromEntries(languages.map((l) => [l, JSON.parse(readFileSync(new URL(`../i18n/${l}.json`, import.meta.url)))]));
const en = new Words("en", table.en);
const about = (mean, half) => ({ mean, low: mean - half, high: mean + half });

/** A form's part of an ensemble of four groups. */
function form(key, { lost, seen, sold, on, first, later, median }) {
  return {
    key,
    lost: about(lost, 0.03),
    seen: [
      { years: 1, ...about(seen / 2, 0.01) },
      { years: 2, ...about(seen, 0.01) },
      { years: 3, mean: 1, low: 1, high: 1 },
    ],
    nothing: about(first.filter((w) => w === null).length / 4, 0.2),
    stopped: { sold: about(sold, 10), first_deal: first, curve: { week: [52, 104, 130, 156], mean: [1, 2, 3, 4], low: [], high: [] } },
    goes_on: { sold: about(on, 10), first_deal: later, curve: { week: [52, 104, 130, 156], mean: [1, 2, 5, 9], low: [0, 1, 4, 8], high: [2, 3, 6, 10] } },
    outcomes: { first_deal_week: { mean: median, low: null, high: null }, open_at_end: about(300, 20), rescued: about(100, 10), stranded: about(200, 20) },
  };
}

const line = {
  replications: 4,
  own: 2,
  horizon: 3,
  sold_most: "market",
  lost_most: "system",
  forms: [
    form("market", { lost: 0.31, seen: 0.4, sold: 500, on: 725, first: [20, 30, 40, 50], later: [20, 30, 40, 50], median: 35 }),
    form("system", { lost: 0.62, seen: 0.1, sold: 190, on: 500, first: [90, null, null, null], later: [90, 130, null, 120], median: null }),
  ],
};

test("the median group's first deal is told, and that there is none by the horizon", () => {
  assert.equal(found.firstTitle(en, line, "market"), "Market focus: half of the groups wait 0.7 years for their first deal");
  assert.equal(found.firstTitle(en, line, "system"), "System focus: more than half of the groups have no deal by year 3");
});

test("dots are the groups that sell, rings those that would if the project went on", () => {
  assert.deepEqual(firstSeries(line.forms[1], 3), { key: "system", times: [90, null, null, null], later: [120, 130], half: { mean: 3, low: 3, high: 3 } });
  assert.equal(found.laterSaid(en, line, "system"), "System focus: of 3 groups that never sell, 2 would if the music went on.");
  assert.equal(found.laterSaid(en, line, "market"), "");
  assert.equal(found.nothingSaid(en, line), "Groups that have sold nothing when the music stops: system focus 75\u00a0%, market focus 0 of 4 (at most 20.0\u00a0%).");
});

test("the closing sentence says what stopping loses and what sells most, as the verdict has it", () => {
  assert.equal(
    found.closing(en, line),
    "Stopping after 2 years loses, of the sales by year 3: system focus 62\u00a0%, market focus 31\u00a0%. Market focus sells most by year 3: 500\u00a0k€ a group.",
  );
  const unsure = { ...line, sold_most: "", lost_most: "" };
  assert.ok(found.closing(en, unsure).endsWith("No form surely sells most by year 3."));
  assert.equal(found.lostTitle(en, unsure), "No form surely loses most by stopping");
  const on = { ...line, own: 3 };
  assert.equal(found.lostSaid(en, on), "");
  assert.equal(found.leftSaid(en, on), "");
  assert.equal(found.closing(en, on), "Market focus sells most by year 3: 500\u00a0k€ a group.");
});

test("every finding is told in every language, with all its numbers", () => {
  for (const lang of languages) {
    const words = new Words(lang, table[lang]);
    const said = [found.lostTitle, found.lostSaid, found.soldTitle, found.soldSaid, found.leftSaid, found.nothingSaid, found.closing].map((f) => f(words, line));
    said.push(found.firstTitle(words, line, "market"), found.firstTitle(words, line, "system"), found.laterSaid(words, line, "system"));
    for (const text of said) assert.doesNotMatch(text, /[{}]|found\.|undefined/, `${lang} ${text}`);
    for (const number of ["62", "31", "10", "40"]) assert.ok(said[1].includes(number), said[1]);
    for (const number of ["500", "190", "725", "500"]) assert.ok(said[3].includes(number), said[3]);
  }
});

test("nought of some is told with what it may be at most, and all the same as such", () => {
  assert.equal(found.shareText(en, { mean: 0, low: 0, high: 0.0126 }, 300), "0 of 300 (at most 1.3\u00a0%)");
  assert.equal(found.shareText(en, about(0.61, 0.05), 300), "61\u00a0%");
  assert.equal(found.intervalText(en, { mean: 0, low: 0, high: 0 }, String), "0 in all");
  assert.equal(found.intervalText(en, about(2, 1), String), "2 (1 to 3)");
});

test("the curves over the years end at the horizon, and what stops leaves the one that goes on", () => {
  const { xs, mark } = yearAxes(en, { years: 2, horizon: 3 }, false);
  assert.deepEqual([xs, mark.x], [[1, 2, 3], 2]);
  assert.deepEqual(yearAxes(en, { years: 2, horizon: 2.5 }, true).xs, [1, 2, 2.5]);
  assert.equal(yearAxes(en, { years: 3, horizon: 3 }, true).mark, null);
  const [share] = shareSeries(line, xs);
  assert.deepEqual(share.points.map((p) => p.mean), [0.2, 0.4, 1]);
  const [on, stopped] = moneySeries(line, xs);
  assert.deepEqual(on.points.map((p) => p.mean), [1, 2, 9]);
  assert.deepEqual(stopped.points, [{ x: 2, mean: 2 }, { x: 2.5, mean: 3 }, { x: 3, mean: 4 }]);
});

test("on the time line the horizon means not by then", () => {
  const { xs, yMax, formatY, mark } = axesOf(en, { id: "short", chart: { kind: "first" } }, { years: 2, horizon: 3 });
  assert.deepEqual([xs, yMax, formatY(1), formatY(1.5), formatY(3), mark.x], [["market", "customer", "system"], 3, "1 year", "1.5 years", "not by year 3", 2]);
});
