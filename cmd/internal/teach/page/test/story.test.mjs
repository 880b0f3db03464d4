import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Words, meanings } from "../js/words.mjs";
import { concerns, customerOf, kindsOf, sentence, tell, tongue, turningPoints } from "../js/story.mjs";

// The kinds of events are those that sim/event.go describes.
const source = readFileSync(new URL("../../../../../sim/event.go", import.meta.url), "utf8");
const events = [...source.matchAll(/^\tEvent\w+:\s+\{"([\w-]+)", "([^"]+)",.* (\d+)\},$/gm)].map(([line, name, doc, weight]) => ({
  name,
  doc,
  often: line.includes("SummedUp"),
  weight: Number(weight),
}));
const kinds = kindsOf(events);

const table = (lang) => JSON.parse(readFileSync(new URL(`../i18n/${lang}.json`, import.meta.url)));
const english = { ...meanings(events), ...table("en") };
const words = (lang) => new Words(lang, table(lang), english);
const en = words("en");
const reasons = [...source.matchAll(/\[\.\.\.\]string\{([^}]+)\}/g)].flatMap((m) => [...m[1].matchAll(/"([^"]+)"/g)].map((r) => r[1]));

test("every kind of event and every reason has its words in every language, or is told by its meaning", (t) => {
  assert.ok(events.length >= 22 && reasons.length >= 8);
  for (const lang of ["en", "fi", "sv"]) {
    const w = words(lang);
    for (const { name: kind, often } of events) {
      const text = sentence(w, {
        week: 3,
        event: kind,
        sme: "Yard",
        other: "Hull",
        team: ["Yard", "Hull"],
        opportunity: 4,
        numbers: { value_keur: 1234, customer_trust: 0.3, trust_needed: 0.6 },
      });
      assert.ok(!text.startsWith("event.") && !/\{\w+\}|undefined|NaN/.test(text), `${lang} ${kind}: ${text}`);
      if (often) assert.ok(w.has("count." + kind), `${lang} count.${kind}`);
      for (const key of ["event." + kind, ...(often ? ["count." + kind] : [])])
        if (!(key in table(lang))) t.diagnostic(`${lang} has no ${key}: it is said in English`);
    }
    for (const why of reasons) if (!w.has("why." + why)) t.diagnostic(`${lang} has no why.${why}: it is said in English`);
  }
});

test("a kind without words of its own is told by its meaning, in English and marked so", () => {
  const fair = [{ name: "fair", doc: "the group goes to a fair", often: true, weight: 0 }];
  for (const lang of ["en", "fi"]) {
    const w = new Words(lang, table(lang), { ...meanings(fair), ...table("en") });
    const e = { week: 3, event: "fair", why: "rain" };
    assert.equal(sentence(w, e), "The group goes to a fair.");
    assert.equal(tongue(w, e), lang === "en" ? null : "en");
    assert.equal(tongue(w, { event: "deal" }), null);
    assert.equal(tell(w, kindsOf(fair), [e, e], { kind: "group" })[0].text, "2 × the group goes to a fair.");
  }
});

test("a hub without hours says so", () => {
  const text = sentence(en, {
    week: 96,
    event: "round-missed",
    sme: "Turku Yard",
    numbers: { hours_left: 1.25, hours_needed: 8, hours_this_week: 20 },
  });
  assert.equal(text, "Turku Yard has no hours left: 1.3 of the 8.0 needed. The round is put off, and the others remember.");
});

const log = [
  { week: 1, event: "door-closed", sme: "Yard", team: ["Yard"] },
  { week: 2, event: "door-closed", sme: "Yard", team: ["Yard"] },
  { week: 3, event: "door-opened", sme: "Yard", team: ["Yard", "Hull"], opportunity: 1, numbers: { value_keur: 300, trust_needed: 0.7 } },
  { week: 4, event: "joint-work", sme: "Yard", other: "Hull", numbers: { joint_hours: 4 } },
  { week: 5, event: "joint-work", sme: "Yard", other: "Deck", numbers: { joint_hours: 4 } },
  {
    week: 9,
    event: "deal",
    sme: "Yard",
    team: ["Yard", "Hull"],
    opportunity: 1,
    numbers: { value_keur: 300, chance: 0.5, weeks_since_door: 6 },
  },
];

test("stories pick what concerns whom", () => {
  const count = (who) => log.filter((e) => concerns(e, who)).length;
  assert.equal(count({ kind: "sme", name: "Hull" }), 3);
  assert.equal(count({ kind: "link", a: "Hull", b: "Yard" }), 3);
  assert.equal(count({ kind: "customer", serial: 1 }), 2);
  assert.equal(count({ kind: "group" }), 6);
});

test("what happens week after week is summed up, and the story ends at its week", () => {
  const story = tell(en, kinds, log, { kind: "group" });
  assert.deepEqual(
    story.map((l) => l.big),
    [false, true, false, true],
  );
  assert.equal(story[0].text, "2 doors that stayed shut.");
  assert.equal(story[2].text, "Joint work 2 times.");
  assert.equal(tell(en, kinds, log, { kind: "group" }, 3).length, 2);
});

test("a waiting customer's story holds the joint work of its own links, up to the offer", () => {
  const team = ["Yard", "Hull", "Deck"];
  const joint = (week, sme, other, hours) => ({ week, event: "joint-work", sme, other, numbers: { joint_hours: hours } });
  const form = {
    joint_hours: { customer: 30, system: 60 },
    events: [
      joint(1, "Yard", "Hull", 4),
      { week: 2, event: "door-opened", opportunity: 7, kind: "system", team, numbers: { value_keur: 900, trust_needed: 0.6 } },
      joint(3, "Yard", "Hull", 8),
      joint(3, "Hull", "Deck", 9), // no link of the hub
      joint(4, "Yard", "Deck", 22),
      { week: 5, event: "meeting", opportunity: 7, kind: "system", team: ["Yard", "Hull", "Engines"], by: "the manager", numbers: {} },
      joint(6, "Yard", "Engines", 30),
      joint(6, "Yard", "Deck", 30), // taken out of the team
      { week: 8, event: "offer", opportunity: 7, kind: "system", team: ["Yard", "Hull", "Engines"], numbers: { value_keur: 900, rounds_to_come: 4 } },
      joint(9, "Yard", "Hull", 12),
    ],
  };
  const who = customerOf(form, 7);
  assert.equal(who.need, 60);
  assert.deepEqual(
    form.events.filter((e) => concerns(e, who)).map((e) => [e.week, e.other ?? e.event]),
    [[2, "door-opened"], [3, "Hull"], [4, "Deck"], [5, "meeting"], [6, "Engines"], [8, "offer"]],
  );
  const told = tell(en, kinds, form.events, who, 4).at(-1).text;
  assert.equal(told, "Joint work 2 times. The pair furthest behind has 8 of 60 joint hours.");
});

test("turning points are first deals, large losses, who gives up and the stop, well apart", () => {
  const event = (week, name, more = {}) => ({ week, event: name, numbers: { value_keur: 100 }, ...more });
  const form = (key, events) => ({ key, project_weeks: 50, total_weeks: 100, events });
  const turns = turningPoints(kinds, [
    form("market", [event(10, "deal"), event(20, "deal"), event(30, "trusted", { opportunity: 1 }), event(40, "lost", { opportunity: 1 }), event(45, "lost", { opportunity: 2, numbers: { value_keur: 900 } })]),
    form("system", [event(12, "passive"), event(51, "left"), event(90, "deal")]),
  ]);
  assert.deepEqual(
    turns.map((t) => [t.week, t.event?.event ?? "stop", t.still]),
    [[10, "deal", false], [40, "lost", false], [50, "stop", true], [90, "deal", false]],
  );
  assert.deepEqual(turningPoints(kinds, [{ ...form("market", []), total_weeks: 50 }]), []);
});
