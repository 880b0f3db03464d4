import test from "node:test";
import assert from "node:assert/strict";
import { emptyState, readFragment, writeFragment, pack, unpack, whatOf } from "../js/state.mjs";

test("a state survives the address", async () => {
  const s = {
    ...emptyState(),
    chapter: "fit",
    step: "compare",
    lang: "fi",
    scenario: "food-products",
    set: { "project.years": "5", "group.size": "4" },
    seed: 7,
    replication: 3,
    replications: 40,
    prediction: [0, 0.25, 1200],
  };
  assert.deepEqual(await readFragment(await writeFragment(s)), s);
});

test("an untouched page has a bare address", async () => {
  assert.equal(await writeFragment(emptyState()), "#");
});

test("a dropped file survives the address, letters of any language too", async () => {
  const toml = 'name = "oma-ryhmä"\n[project]\nyears = 3 # kolme vuotta\n'.repeat(20);
  assert.equal(await unpack(await pack(toml)), toml);
  const s = { ...emptyState(), toml };
  const fragment = await writeFragment(s);
  assert.ok(fragment.length < toml.length);
  assert.equal((await readFragment(fragment)).toml, toml);
});

test("a file too large for a link is left out of it", async () => {
  const noise = Array.from({ length: 20000 }, (_, k) => String.fromCharCode(33 + ((k * 7919 + ((k * k) % 613)) % 90))).join("");
  assert.ok((await pack(noise)).length > 6000);
  assert.equal(await writeFragment({ ...emptyState(), toml: noise }), "#");
});

test("a bad link opens the page as it is at first", async () => {
  for (const bad of ["#step=nonsense&seed=-1&r=x&n=many&p=1,NaN,3", "#z=%%%", "#z=abc", "#p=", "#p=-1,2"]) {
    assert.deepEqual(await readFragment(bad), emptyState(), bad);
  }
});

test("the chapter's settings give way to the user's, and to another scenario", () => {
  const chapter = { scenario: "base", set: { "project.years": "3", "group.size": "5" } };
  const s = { ...emptyState(), set: { "group.size": "6" } };
  assert.deepEqual(whatOf(s, chapter, { "manager.hours": "8" }), {
    scenario: "base",
    set: { "project.years": "3", "group.size": "6", "manager.hours": "8" },
  });
  assert.deepEqual(whatOf({ ...s, scenario: "food-products" }, chapter), { scenario: "food-products", set: { "group.size": "6" } });
  assert.deepEqual(whatOf({ ...s, toml: 'name = "a"' }, chapter), { toml: 'name = "a"', set: { "group.size": "6" } });
});
