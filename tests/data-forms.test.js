// @ts-check
// Data in a form: a guest's types told to the host, values that fit sent as words. Whatever is
// given, the outcome is the one of an instance that knows no form.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { watchForms } from "./support/forms.js";
import { leavesNothing, thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-data")));
const none = () => undefined;
/** @param {import("../host-js/core.js").Group[]} groups */
const start = (...groups) => instantiate(module, { imports: { app: { exchange: none, find: none, send: none, all: none } }, with: [data, ...groups] });

/** @param {number} i @returns {any} */
const order = (i) => ({
  id: i, name: `Ada ${i}`, paid: i % 2 === 0, weight: i / 4, note: i % 3 === 0 ? undefined : `note ${i}`, tags: ["a", "é", "c"].slice(0, i % 4),
  place: { street: "Länge 1", zip: 8000 }, stock: Object.fromEntries([["x", i], ["y", -i]].slice(0, i % 3)), colour: i % 2 ? "Red" : "Green", pair: [5 - i, "p"], count: i % 5 === 0 ? undefined : i,
});

/** What an order is to the guest, and comes back as. @param {any} order */
const taken = (order) => ({ ...order, note: order.note ?? undefined, count: "count" in order && order.count !== undefined ? order.count ?? undefined : 7 });

/** A guest that was given so many orders that it and the host know the forms. @param {import("../host-js/core.js").Group[]} groups */
async function taught(...groups) {
  const guest = await start(...groups);
  const { exports } = guest;
  for (let i = 0; i < 100; i++) {
    exports.order(order(i));
    exports.orders([order(i), order(i + 1)]);
    exports.both(order(i), "text", order(i).place);
    exports.tree({ name: "a", children: [{ name: "b", children: [] }] });
    exports.grid([[1, 2], [3]]);
    thrownBy(() => exports.strict({ x: 1, y: 2 }));
    exports.strict({ x: 1 });
  }
  return guest;
}

/** Whether a value goes to the guest in a form. @param {(value: any) => unknown} call @param {any} value */
function isFormed(call, value) {
  let formed = false;
  const end = watchForms((fits) => (formed = fits));
  try {
    call(value);
  } finally {
    end();
  }
  return formed;
}

/** What a call gives or throws. @param {() => unknown} call */
function outcome(call) {
  try {
    return { gives: call() };
  } catch (/** @type {any} */ error) {
    assert.ok(error instanceof Error, "whatever is thrown on the way is the cause of an error");
    return { throws: `${error.name}: ${error.message}`, cause: error.cause };
  }
}

const plain = await taught();
const compiled = await taught(compile);

for (const [way, { exports, host }] of /** @type {const} */ ([["by the host's functions", plain], ["by compiled functions", compiled]])) {
  test(`${way}: a type that was told is sent in its form, one that has none is not`, async () => {
    const fresh = await start();
    assert.ok(!isFormed(fresh.exports.order, order(1)));
    for (let i = 0; i < 30; i++) assert.ok(isFormed(exports.order, order(i)), `order ${i}`);
    assert.ok(isFormed(exports.orders, [order(0), order(1)]));
    assert.ok(isFormed((place) => exports.both(order(1), "x", place), order(1).place));
    assert.ok(isFormed(exports.tree, { name: "a", children: [] }));
    assert.ok(isFormed(exports.grid, [[1], []]));
    assert.ok(!isFormed(exports.strict, { x: 1 }));
    for (let i = 0; i < 100; i++) assert.deepEqual(exports.order(order(i)), taken(order(i)));
    const many = Array.from({ length: 5000 }, (_, i) => order(i));
    assert.deepEqual(exports.orders(many), many.map(taken));
    assert.equal(exports.both(order(1), "ü", order(2).place), "Ada 1 ü Länge 1");
    assert.equal(exports.grid(Array.from({ length: 300 }, (_, i) => Array(i).fill(0.5))), (300 * 299) / 4);
    assert.equal(host.handles.live, 0);
  });

  test(`${way}: members of classes, too`, () => {
    for (let i = 0; i < 40; i++) {
      const basket = new /** @type {any} */ (exports).Basket(order(i));
      basket.add(order(i + 1), 2);
      assert.deepEqual(basket.content(), [i, i + 1, i + 1].map((i) => taken(order(i))));
      basket.free();
    }
  });

  test(`${way}: a value that is almost of the type has the outcome that it has without a form`, async () => {
    const odd = fc.oneof(
      fc.constantFrom(undefined, null, true, 0, -0, -1, 1.5, NaN, 255, 65536, 2 ** 32, 2 ** 53, -(2 ** 53), 2n ** 60n, 1n, "", "Red", "Blue", "é", "😀", "\ude00", "\ud83d", [], [1], ["x"], {}, new Map([["x", 1]]), new Set(["s"]), new Date(5), new Uint8Array(2), () => 1, Symbol("s")),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.integer(),
    );
    const paths = ["id", "name", "paid", "weight", "note", "tags", "place", "place.street", "place.zip", "stock", "stock.x", "tags.0", "tags.1", "colour", "pair", "pair.0", "pair.1", "count", "extra", "toString"];
    const change = fc.record({ path: fc.constantFrom(...paths), how: fc.constantFrom("set", "set", "set", "delete", "get", "throw"), value: odd });
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.array(change, { maxLength: 3 }), async (i, changes) => {
        const make = () => {
          const value = order(i);
          for (const { path, how, value: to } of changes) {
            const keys = path.split(".");
            const last = /** @type {string} */ (keys.pop());
            // Past no getter: what that throws is for the host.
            const at = keys.reduce((object, key) => Object.getOwnPropertyDescriptor(Object(object), key)?.value, value);
            if (typeof at !== "object" || at === null || at instanceof Map || at instanceof Set || ArrayBuffer.isView(at)) continue;
            if (how === "set") at[last] = to;
            else if (how === "delete") delete at[last];
            else Object.defineProperty(at, last, { enumerable: true, configurable: true, get: () => { if (how === "throw") throw to; return to; } });
          }
          return value;
        };
        // An instance with no call behind it knows no form.
        const { exports: fresh } = await start();
        assert.deepStrictEqual(outcome(() => exports.order(make())), outcome(() => fresh.order(make())));
        assert.deepStrictEqual(outcome(() => exports.orders([order(1), make()])), outcome(() => fresh.orders([order(1), make()])));
      }),
      { numRuns: 1000 },
    );
    assert.equal(host.dead, null);
    assert.equal(host.handles.live, 0);
  });

  test(`${way}: errors have their place`, () => {
    assert.throws(() => exports.order({ ...order(1), place: { street: "x", zip: 65536 } }), { name: "TypeError", message: "order: order.place.zip: invalid value: integer `65536`, expected u16" });
  });
}

test("a host that stops to fit asks once more, and gives up at last", async () => {
  const { exports } = await taught();
  for (let i = 0; i < 3000; i++) assert.deepEqual(exports.order({ ...order(1), place: Object.assign(Object.create({ class: 1 }), order(1).place) }).place, order(1).place);
  assert.deepEqual(exports.order(order(1)), taken(order(1)));
});

test("a value that calls the guest while it is written", async () => {
  for (const groups of [[], [compile]]) {
    const { exports, host } = await taught(...groups);
    let calls = 0;
    const value = order(1);
    Object.defineProperty(value, "name", { enumerable: true, get: () => (calls++, exports.order(order(2)).name) });
    for (let i = 0; i < 20; i++) assert.deepEqual(exports.order(value), { ...taken(order(1)), name: "Ada 2" });
    assert.ok(calls >= 20);
    // It ends the guest: then this call is not made.
    Object.defineProperty(value, "name", { enumerable: true, get: () => { thrownBy(() => exports.decode_by_host(new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]))); return "x"; } });
    assert.throws(() => exports.order(value), { code: "poisoned" });
    assert.notEqual(host.dead, null);
  }
});

test("a value that grows the guest's memory, and one larger than what there is", async () => {
  const { exports } = await taught(compile);
  const long = "é".repeat(3_000_000);
  assert.deepEqual(exports.order({ ...order(1), name: long }).name, long);
  const pages = exports.alloc_pages();
  const value = order(1);
  Object.defineProperty(value, "name", { enumerable: true, get: () => exports.order({ ...order(1), name: long.repeat(3) }).name.slice(0, 5) });
  assert.equal(exports.order(value).name, "ééééé");
  assert.ok(exports.alloc_pages() > pages);
});

test("deep and round values of a type without an end", async () => {
  const { exports } = await taught();
  const { exports: fresh } = await start();
  /** @param {number} depth @returns {any} */
  const deep = (depth) => (depth === 0 ? { name: "leaf", children: [] } : { name: `${depth}`, children: [deep(depth - 1)] });
  for (const depth of [1, 2, 3, 10, 40, 60, 64, 200]) assert.deepEqual(outcome(() => exports.tree(deep(depth))), outcome(() => fresh.tree(deep(depth))));
  const round = deep(1);
  round.children[0].children.push(round);
  assert.match(thrownBy(() => exports.tree(round)).message, /it is inside of itself/);
});

leavesNothing(compiled, (i) => {
  compiled.exports.order(order(i));
  compiled.exports.orders([order(i), order(i)]);
  thrownBy(() => compiled.exports.order({ ...order(i), id: -1 }));
  compiled.exports.order({ ...order(i), extra: [i] });
});
