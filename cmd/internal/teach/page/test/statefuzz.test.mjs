// Whatever stands in the address: the page opens in a state that it could have
// been in, and writes it as an address that is read as the same. More of it:
// EPGSIM_STATES=200000 node --test page/test/statefuzz.test.mjs

import test from "node:test";
import assert from "node:assert/strict";
import { chaptersOwn, codeIn, emptyState, largestFile, pack, readFragment, steps, writeFragment } from "../js/state.mjs";
import { languages } from "../js/words.mjs";

const rounds = Number(process.env.EPGSIM_STATES ?? (process.env.EPGSIM_LONG ? 3000 : 500));

/** Numbers below n from a seed, the same ones every time. */
function luck(seed) {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

const values = [
  "", "0", "1", "-1", "007", "1e9", "1e309", "NaN", "0x10", " 1 ", "999999999999999", "9999999999999999", "-0", "1.23456789", "0,0.25,1200", ",", "1,,2", "1,1e400", "base",
  "fi", "xx", "en-GB", "../../api/start", "constructor", "__proto__", "predict", "cause", chaptersOwn, "%", "%zz", "%FF", "%00", "\u0000", "ä", "\ud800", "😀", "+", "&", "=", "#", "?",
  "a".repeat(255), "a".repeat(256), "ä".repeat(300), "1,".repeat(19) + "1", "1,".repeat(20) + "1", "A", "____", "=====",
]; // prettier-ignore
const keys = ["c", "step", "lang", "s", "f", "seed", "r", "n", "p", "z", "set.", "set.project.years", "set.__proto__", "set.set.", "", "x", "C"];

/** A fragment that may be anything: pairs of what is known and what is not, then a few letters changed. */
function fragment(pick, packed) {
  const one = (list) => list[pick(list.length)];
  let text = "#";
  for (let k = pick(8); k > 0; k--) text += `${one(keys)}${pick(9) ? "=" : ""}${one(pick(4) ? values : packed)}${pick(9) ? "&" : ""}`;
  if (pick(3) === 0) text += "&z=" + one(packed);
  for (let k = pick(4) * pick(3); k > 0; k--) {
    const at = pick(text.length + 1);
    text = text.slice(0, at) + one([String.fromCharCode(pick(256)), String.fromCharCode(pick(65536)), one(values), ""]) + text.slice(at + pick(3));
  }
  return text;
}

/** Whether the page could be in the state. */
function possible(s) {
  assert.deepEqual(Object.keys(s), Object.keys(emptyState()));
  for (const key of ["chapter", "lang", "scenario", "toml", "file"]) assert.equal(typeof s[key], "string", key);
  assert.ok((s.step === "" || steps.includes(s.step)) && (s.lang === "" || languages.includes(s.lang)), `${s.step} ${s.lang}`);
  for (const key of ["seed", "replication", "replications"]) assert.ok(Number.isSafeInteger(s[key]) && s[key] >= 0, key);
  assert.ok(Object.values(s.set).every((v) => typeof v === "string"));
  assert.ok(s.prediction === null || (s.prediction.length <= 20 && s.prediction.every((x) => Number.isFinite(x) && x >= 0)), String(s.prediction));
  assert.ok(new TextEncoder().encode(s.toml).length <= largestFile);
}

test(`${rounds} addresses`, async () => {
  const packed = await Promise.all(["", 'name = "x"\n', "\ufeffname", "ä".repeat(2000), "x".repeat(largestFile), "x".repeat(largestFile + 1), "x".repeat(4e6)].map(pack));
  packed.push(packed[1].slice(0, -3), packed[2] + "AAAA", "_".repeat(6001), btoa("\x01\x02\x00\xfd\xff\xff\xfe")); // the last: bytes that are no UTF-8, as they are
  let read = 0;
  for (let seed = 0; seed < rounds; seed++) {
    const from = fragment(luck(seed), packed);
    try {
      const s = await readFragment(from);
      possible(s);
      const written = await writeFragment(s);
      const again = await readFragment(written);
      possible(again);
      assert.equal(await writeFragment(again), written);
      const rounded = s.prediction && s.prediction.map((x) => Number(x.toPrecision(6)) + 0);
      const kept = written.includes("&z=") || written.startsWith("#z="); // no file too long for a link
      assert.deepEqual(again, { ...s, prediction: rounded, scenario: s.toml ? "" : s.scenario, file: s.file || (s.toml ? "scenario.toml" : ""), toml: kept ? s.toml : "" });
      if (written !== "#") read++;
    } catch (error) {
      error.message = `seed ${seed}, ${JSON.stringify(from.slice(0, 2000))}: ${error.message}`;
      throw error;
    }
  }
  assert.ok(read > rounds / 3, `only ${read} of them say something`);
});

test("the code of a class", () => {
  for (const [path, code] of [
    ["/c/KIVI-42", "KIVI-42"],
    ["/c/k%C3%A4", "kä"],
    ["/c/%FF", "%FF"],
    ["/c/", ""],
  ])
    assert.equal(codeIn(path), code);
});
