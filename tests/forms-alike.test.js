// @ts-check
// Nothing but speed differs: of any value, a guest that takes it in a form says what one says that is never asked for a form.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { handlesOf } from "../host-js/handles.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { watchForms } from "./support/forms.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-data")));
const none = () => undefined;
/** How many values were written in a form, and how many turned out to be of none. */
const counts = { of: 0, not: 0 };
watchForms((fits) => counts[fits ? "of" : "not"]++);

/** @param {boolean} asks whether forms are asked for @param {import("../host-js/core.js").Group[]} groups */
async function start(asks, ...groups) {
  const { exports, host } = await instantiate(module, { imports: { app: { exchange: none, find: none, send: none, all: none } }, with: [data, ...groups] });
  const state = handlesOf(host.guest).data;
  assert.ok(state?.forms, "the guest imports data_form");
  if (!asks) state.forms = false;
  return { exports, host };
}

const order = {
  id: 7, name: "Ada Müller", paid: true, weight: 0.5, note: null, tags: ["a", "b"], place: { street: "Long Street", zip: 8001 }, stock: { screws: 5, nails: -1 }, colour: "Red", pair: [12345678901, "two"], count: 3,
};
const leaf = (/** @type {string} */ name) => ({ name, children: [] });
/** @type {Record<string, any[]>} */
const samples = {
  order: [order, { ...order, note: "text", tags: [], stock: {} }, { ...order, count: undefined }],
  orders: [[order, order], [], [{ ...order, note: "x" }]],
  strict: [{ x: 5 }],
  tree: [{ name: "root", children: [leaf("a"), { name: "b", children: [leaf("c")] }] }, leaf("alone")],
  grid: [[[1, 2], [3]], [[]], []],
  user: [{ name: "n", address: { street: "s", zip: 1 }, tags: ["t"] }],
  counts: [new Map([[1, "one"]]), {}],
  tagged: [[{ type: "square", side: 2 }], [{ type: "circle", radius: 1 }]],
};

const odd = fc.oneof(
  fc.constantFrom(null, undefined, true, false, 0, -1, 0.5, NaN, 300, 70_000, 2 ** 32, 2 ** 53, 1n, 2n ** 70n, "", "text", "\ud83d", "\ude00x", "Green", "Blue"),
  fc.constantFrom({}, [], [1], ["text"], [undefined], { x: 1 }, new Map([["a", 1]]), new Set(["a"]), new Date(5), new Uint8Array([1]), [[]], Object("text"), Object(5)),
  fc.double(),
  fc.string({ unit: "binary" }),
);

/** What is done to a value: at a place in it, by steps of which each takes one of the entries. */
const change = fc.record({ steps: fc.array(fc.nat(12), { maxLength: 4 }), what: fc.constantFrom("replace", "drop", "add", "turn", "bare", "hide", "class"), by: odd, key: fc.constantFrom("more", "__proto__", "constructor", "id", "a", "0", "name") });

/** A copy of a value with something else at a place. @param {any} value @param {{ steps: number[], what: string, by: any, key: string }} change @returns {any} */
function changed(value, { steps, what, by, key }) {
  const [step, ...rest] = steps;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === Map.prototype) return by;
  if (Array.isArray(value)) {
    if (what === "add" && rest.length === 0) return [...value, by];
    if (what === "turn" && rest.length === 0) return value.toReversed();
    return step === undefined || value.length === 0 ? by : value.map((item, i) => (i === step % value.length ? changed(item, { steps: rest, what, by, key }) : item));
  }
  const entries = Object.entries(value);
  if (step !== undefined && entries.length > 0) {
    const [at] = entries[step % entries.length];
    if (rest.length > 0 || what === "replace") return Object.fromEntries(entries.map(([key, inner]) => [key, key === at ? changed(inner, { steps: rest, what, by, key }) : inner]));
    if (what === "drop") return Object.fromEntries(entries.filter(([key]) => key !== at));
    if (what === "hide") return Object.defineProperty({ ...value }, at, { enumerable: false });
  }
  if (what === "add") return Object.fromEntries([...entries, [key, by]]);
  if (what === "turn") return Object.fromEntries(entries.reverse());
  if (what === "bare") return Object.assign(Object.create(null), value);
  if (what === "class") return Object.assign(new (class Order {})(), value);
  return by;
}

/** @param {() => unknown} act */
function outcome(act) {
  try {
    return { value: act() };
  } catch (/** @type {any} */ thrown) {
    return { name: thrown.name, message: thrown.message };
  }
}

for (const [name, groups] of /** @type {[string, import("../host-js/core.js").Group[]][]} */ ([["by tree", []], ["compiled", [compile]]]))
  test(`${name}: any value in a form has the result, or the error, that it has without`, async () => {
    const cold = await start(false);
    const warm = await start(true, ...groups);
    const hold = (/** @type {string} */ of, /** @type {any} */ value) => assert.deepStrictEqual(outcome(() => warm.exports[of](value)), outcome(() => cold.exports[of](value)));
    for (const [of, values] of Object.entries(samples)) {
      const again = () => {
        for (let i = 0; i < 40; i++) for (const value of values) hold(of, value);
      };
      again();
      const property = fc.property(fc.nat(values.length - 1), fc.array(change, { minLength: 1, maxLength: 2 }), (which, changes) => {
        hold(of, changes.reduce(changed, values[which]));
        // Fitting ones in between, so that the form stays.
        for (let i = 0; i < 8; i++) hold(of, values[i % values.length]);
      });
      fc.assert(property, { numRuns: 400 });
      again();
    }
    assert.equal(warm.host.handles.live, 0);
    assert.equal(warm.host.dead, null);
    assert.ok(counts.of > 10_000 && counts.not > 100, JSON.stringify(counts));
    counts.of = counts.not = 0;
  });
