import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { Words } from "../js/words.mjs";
import { inLanguage } from "../js/firms.mjs";

const root = new URL("../", import.meta.url);
const table = Object.fromEntries(["en", "fi", "sv"].map((l) => [l, JSON.parse(readFileSync(new URL(`i18n/${l}.json`, root)))]));
const scenarios = new URL("../../../../../scenarios/", import.meta.url);

test("a dance tells its firms by their names in the language, wherever they stand", () => {
  const forms = [{ key: "system", names: ["Yard", "SME B", "Own Ltd"], weeks: [{ d: 0 }, { n: ["Engines", "SME C", "Own Ltd"] }], events: [{ event: "meeting", sme: "Yard", other: "SME B", team: ["Yard", "Own Ltd"] }, { event: "music-stops" }] }];
  assert.deepEqual(inLanguage(new Words("sv", table.sv, table.en), forms), [
    { key: "system", names: ["Varvet", "Företag B", "Own Ltd"], weeks: [{ d: 0 }, { n: ["Motorer", "Företag C", "Own Ltd"] }], events: [{ event: "meeting", sme: "Varvet", other: "Företag B", team: ["Varvet", "Own Ltd"] }, { event: "music-stops" }] },
  ]);
  assert.deepEqual(inLanguage(new Words("en", table.en), forms), forms);
});

test("every firm and every group that is shipped has a name in Finnish and Swedish", () => {
  for (const file of readdirSync(scenarios).filter((f) => f.endsWith(".toml"))) {
    const text = readFileSync(new URL(file, scenarios), "utf8");
    const firms = text.split(/^(?=\[)/m).filter((part) => part.startsWith("[[sme]]"));
    const names = firms.map((part) => /^name = "(.*)"/m.exec(part)?.[1]).filter(Boolean);
    for (const lang of ["fi", "sv"]) {
      assert.ok("scenario." + file.replace(".toml", "") in table[lang], `${lang} ${file}`);
      for (const name of names) assert.ok("firm." + name in table[lang], `${lang} ${file}: ${name}`);
    }
  }
});
