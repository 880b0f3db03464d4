import { test } from "node:test";
import assert from "node:assert/strict";
import { recall, remember } from "../js/memory.mjs";

const forbids = { get: () => { throw new DOMException("denied", "SecurityError"); } };

function stored() {
  const texts = new Map();
  return {
    value: {
      getItem: (k) => texts.get(k) ?? null,
      setItem: (k, v) => texts.set(k, v),
      removeItem: (k) => texts.delete(k),
    },
  };
}

for (const [name, storage] of Object.entries({ "a tab": stored(), "a frame without storage": forbids })) {
  test(`${name} remembers, and forgets`, () => {
    Object.defineProperty(globalThis, "sessionStorage", { configurable: true, ...storage });
    assert.equal(recall("a"), null);
    remember("a", "1");
    remember("b", "2");
    assert.equal(recall("a"), "1");
    remember("a", null);
    assert.equal(recall("a"), null);
    assert.equal(recall("b"), "2");
  });
}
