import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { Words, languages, pickLanguage } from "../js/words.mjs";
import { settingsAt } from "../js/results.mjs";
import { told } from "../js/axes.mjs";
import { closing } from "../js/compare.mjs";
import { excuse, Failed, Refused } from "../js/api.mjs";

const page = new URL("../", import.meta.url);
const table = Object.fromEntries(languages.map((l) => [l, JSON.parse(readFileSync(new URL(`i18n/${l}.json`, page)))]));
const chapters = JSON.parse(readFileSync(new URL("chapters.json", page)));

test("numbers are written as each language does, thousands parted as on the command line", () => {
  assert.equal(new Words("en", {}).number(12345.678, 1), "12\u202f345.7");
  assert.equal(new Words("fi", {}).number(12345.678, 1), "12\u202f345,7");
  assert.equal(new Words("sv", {}).number(-1234), "−1\u202f234");
  assert.equal(new Words("fi", {}).percent(0.071), "7\u00a0%");
  assert.equal(new Words("en", {}).number(-0.2), "0");
  assert.equal(new Words("en", {}).number(null), "–");
});

test("plural forms follow the number", () => {
  const deals = (lang, n) => new Words(lang, table[lang]).t("watch.deals", { n });
  assert.deepEqual(
    [0, 1, 2].map((n) => deals("fi", n)),
    ["0 kauppaa", "1 kauppa", "2 kauppaa"],
  );
  assert.deepEqual(
    [0, 1, 2].map((n) => deals("sv", n)),
    ["0 affärer", "1 affär", "2 affärer"],
  );
  assert.deepEqual(
    [0, 1, 2].map((n) => deals("en", n)),
    ["0 deals", "1 deal", "2 deals"],
  );
});

test("lists end with the language's own and", () => {
  assert.equal(new Words("fi", {}).list(["A", "B", "C"]), "A, B ja C");
  assert.equal(new Words("sv", {}).list(["A", "B"]), "A och B");
});

test("the first language known among those wished for", () => {
  assert.equal(pickLanguage(["de-DE", "sv-FI", "fi"]), "sv");
  assert.equal(pickLanguage(["de"]), "en");
});

const places = (text) =>
  JSON.stringify([...new Set((typeof text === "string" ? text : Object.values(text).join(" ")).match(/\{\w+\}/g) ?? [])].sort());

test("no translated text lacks a value it should name; what is not translated yet is listed", (t) => {
  for (const lang of languages.filter((l) => l !== "en")) {
    for (const key of Object.keys({ ...table.en, ...table.fi, ...table.sv }))
      if (!(key in table[lang])) t.diagnostic(`${lang} has no ${key}`);
    for (const [key, text] of Object.entries(table.en)) {
      if (!(key in table[lang])) continue;
      assert.equal(places(table[lang][key]), places(text), `${lang} ${key}`);
      assert.equal(typeof table[lang][key], typeof text, `${lang} ${key}`);
    }
  }
});

test("what is not translated is said in English and marked so", () => {
  const w = new Words("fi", { a: "A" }, { a: "a", b: { one: "{n} cat", other: "{n} cats" } });
  assert.deepEqual([w.t("a"), w.t("b", { n: 2 }), w.t("c")], ["A", "2 cats", "c"]);
  assert.deepEqual([w.tongue("a"), w.tongue("b"), w.tongue("c"), new Words("en", {}, { b: "b" }).tongue("b")], [null, "en", null, null]);
  const element = {};
  w.write(element, "b");
  assert.equal(element.lang, "en");
  w.write(element, "a");
  assert.deepEqual(element, { textContent: "A", lang: "fi" });
});

test("every chapter has its texts", () => {
  for (const c of chapters) {
    for (const s of c.steps ?? []) assert.ok(`step.${s}` in table.en, s);
    if (!c.chart) {
      for (const part of ["name", "question", "lead"]) for (const lang of languages) assert.ok(`ch.${c.id}.${part}` in table[lang], `ch.${c.id}.${part}`);
      continue;
    }
    const parts = ["name", "question", "lead", "predict", "point", "watch", "closing", "talk", "reveal", ...(c.chart.kind === "first" ? [] : ["x", "y"])];
    for (const part of parts) assert.ok(`ch.${c.id}.${part}` in table.en, `ch.${c.id}.${part}`);
    const texts = ["title", "how", "axis", "reference", "changed", "not", "nogap", "yes"]; // which name what the first chapter tries its suspects by
    if (c.suspects && c.chart.kind !== "first") for (const key of texts) assert.ok(`ch.${c.id}.cause.${key}` in table.en, `ch.${c.id}.cause.${key}`);
    for (const s of c.suspects ?? []) assert.ok(`suspect.${s.id}` in table.en && `suspect.${s.id}.doc` in table.en, s.id);
    for (const control of c.controls) assert.ok(`control.${control.key}` in table.en, control.key);
    for (const id of c.claims) for (const lang of ["fi", "sv"]) assert.ok(`claim.${id}` in table[lang], id);
    assert.ok((c.chart.kind === "first" || c.chart.point < c.chart.xs.length) && `form.${c.subject}` in table.en);
  }
});

test("where a chapter lets the public share fall, every place of its picture pays the same sum", () => {
  for (const { chart, id } of chapters.filter((c) => c.chart?.key === "project.fade")) {
    const sums = chart.xs.map((fade, k) => Number(settingsAt(chart, k)["project.full"]) + fade / 2); // full years
    assert.deepEqual(sums, chart.xs.map(() => 3), id);
  }
});

test("every text the page asks for by name is there", () => {
  const source = readdirSync(new URL("js/", page))
    .map((f) => readFileSync(new URL("js/" + f, page), "utf8"))
    .join("\n");
  const html = ["index.html", "student.html"].map((f) => readFileSync(new URL(f, page), "utf8")).join("\n");
  const keys = [...source.matchAll(/words\.t\("([\w.-]+\w)"/g), ...html.matchAll(/data-t="([\w.-]+)"/g)].map((m) => m[1]);
  assert.ok(keys.length > 60);
  for (const key of keys) assert.ok(key in table.en, key);
});

test("the closing sentence of a comparison names every form, the group's own mix too where it has one", () => {
  const pure = { market: "11", customer: "22", system: "33", year: "3" };
  for (const lang of languages) {
    const words = new Words(lang, table[lang]);
    for (const chapter of chapters.filter((c) => c.chart?.kind === "sweep")) {
      const app = { words, chapter, told: (part, values) => told(words, chapter, part, { years: 3, horizon: 10, foreign: true }, values) };
      const name = `${lang} ${chapter.id}`;
      for (const of of ["11", "22", "33"]) assert.ok(closing(app, pure).includes(of), name);
      assert.ok(closing(app, { ...pure, own: "44" }).startsWith(closing(app, pure)), name);
      assert.ok(closing(app, { ...pure, own: "44" }).includes("44"), name);
      assert.doesNotMatch(closing(app, { ...pure, own: "44" }), /[{}]|compare/, name);
    }
  }
});

test("a student is told in the language of the page what went wrong", () => {
  for (const lang of languages) {
    const words = new Words(lang, table[lang]);
    const said = [new Failed(404, "E"), new Failed(409, "E"), new Failed(429, "E"), new Failed(500, "E"), new Refused([{ text: "E" }]), new TypeError("E")].map((e) =>
      excuse(words, e, "KIVI-42"),
    );
    const want = ["student.nocode", "class.closed", "student.busy", "student.trouble", "student.trouble", "student.away"];
    assert.deepEqual(said, want.map((key) => words.t(key, { code: "KIVI-42" })));
    assert.ok(said[0].includes("KIVI-42") && new Set(said).size === 5, lang);
  }
});
