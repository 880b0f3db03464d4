import test from "node:test";
import assert from "node:assert/strict";
import { addressesOf, chaptersOwn, emptyState, readFragment, writeFragment, pack, unpack, whatOf, isForeign } from "../js/state.mjs";

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
  const s = { ...emptyState(), toml, file: "oma.toml" };
  const fragment = await writeFragment(s);
  assert.ok(fragment.length < toml.length);
  assert.deepEqual(await readFragment(fragment), s);
});

test("of a file too large for a link only the name is in it", async () => {
  const noise = Array.from({ length: 20000 }, (_, k) => String.fromCharCode(33 + ((k * 7919 + ((k * k) % 613)) % 90))).join("");
  assert.ok((await pack(noise)).length > 6000);
  assert.equal(await writeFragment({ ...emptyState(), toml: noise, file: "long.toml" }), "#f=long.toml");
});

test("a bad link opens the page as it is at first", async () => {
  for (const bad of ["#step=nonsense&seed=-1&r=x&n=many&p=1,NaN,3", "#z=%%%", "#z=abc", "#p=", "#p=-1,2"]) {
    assert.deepEqual(await readFragment(bad), emptyState(), bad);
  }
});

test("the chapter's settings give way to the user's, and to another scenario", () => {
  const chapter = { scenario: "base", set: { "project.years": "3", "group.size": "5" } };
  const s = { ...emptyState(), set: { "group.size": "6" } };
  assert.deepEqual(whatOf(s, chapter, undefined, { "manager.hours": "8" }), {
    scenario: "base",
    set: { "project.years": "3", "group.size": "6", "manager.hours": "8" },
  });
  assert.deepEqual(whatOf({ ...s, scenario: "food-products" }, chapter), { scenario: "food-products", set: { "group.size": "6" } });
  assert.deepEqual(whatOf({ ...s, toml: 'name = "a"', file: "a.toml" }, chapter), {
    toml: 'name = "a"',
    file: "a.toml",
    set: { "group.size": "6" },
  });
});

test("where a group is served it is what no choice means, and the chapter's own can be chosen", () => {
  const chapter = { scenario: "base", set: { "project.years": "3" } };
  const served = { toml: 'name = "ours"', file: "ours.toml" };
  const of = (changes) => whatOf({ ...emptyState(), ...changes }, chapter, served);
  assert.deepEqual(of({}), { ...served, set: {} });
  assert.deepEqual(of({ set: { "group.size": "4" } }), { ...served, set: { "group.size": "4" } });
  assert.deepEqual(of({ scenario: chaptersOwn }), { scenario: "base", set: { "project.years": "3" } });
  assert.deepEqual(of({ scenario: "food-products" }), { scenario: "food-products", set: {} });
  const foreign = (scenario, served) => isForeign({ ...emptyState(), scenario }, chapter, served);
  assert.deepEqual(
    [foreign("", served), foreign(chaptersOwn, served), foreign("", undefined), foreign("food-products", undefined)],
    [true, false, false, true],
  );
});

test("a class can be found at the address it was told, and at each that other machines know", () => {
  const urls = ["http://10.0.0.7:8080/", "http://192.168.1.5:8080/", "http://127.0.0.1:8080/"];
  assert.deepEqual(addressesOf("http://192.168.1.5:8080/c/KIVI-42", urls), [urls[1], urls[0]]);
  assert.deepEqual(addressesOf("http://opettaja.local:8080/c/KIVI-42", urls), ["http://opettaja.local:8080/", urls[0], urls[1]]);
  assert.deepEqual(addressesOf("http://localhost:8080/c/KIVI-42", ["http://127.0.0.1:8080/"]), ["http://localhost:8080/"]);
});
